#!/bin/sh
ip link add name bond0 type bond mode active-backup miimon 100 \
    primary_reselect better
ip link set dev eth0 master bond0
ip link set dev eth1 master bond0
ip link set dev bond0 type bond primary eth0
ip link add link bond0 name bond0.10 type vlan id 10
ip link add br0 type bridge vlan_filtering 1 stp_state 0
ip link set dev bond0 master br0
bridge vlan add dev bond0 vid 20-22
ip link set bond0.10 up; ip link set br0 up && ip link set bond0 up
ip address add 198.51.100.18/24 dev bond0.10
iptables -A INPUT -j ACCEPT
