#!/bin/sh
modprobe bonding mode=1 miimon=100 max_bonds=1
ip link set bond0 up
ifenslave bond0 eth0 eth1
ip address add 192.0.2.17/255.255.255.0 dev bond0
