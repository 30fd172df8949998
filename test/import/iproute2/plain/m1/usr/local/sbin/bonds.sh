#!/bin/sh
set -e
ip link add bond0 type bond mode 802.3ad miimon 100 lacp_rate fast
ip link set eth0 down
ip link set eth0 master bond0
ip link set eth1 down
ip link set eth1 master bond0
ip link set bond0 mtu 9000
ip link set bond0 up
ip addr add 192.0.2.16/24 dev bond0
ip -6 addr add 2001:db8::16/64 dev bond0
ip route add default via 192.0.2.1
