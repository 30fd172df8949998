#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ip link add br0 type bridge vlan_filtering 1 vlan_default_pvid 1
ip link add bond1 type bond mode 802.3ad
ip link set dev bond1 type bond miimon 100
ip link set dev bond1 type bond xmit_hash_policy layer3+4
ip link set dev bond1 type bond lacp_rate slow
ip link set dev bond1 alias "to h1 bond0"
ip link set dev lan1 down
ip link set dev lan1 alias "h1 eth0"
ip link set dev lan1 master bond1
ip link set dev lan2 down
ip link set dev lan2 alias "h1 eth1"
ip link set dev lan2 master bond1
ip link set dev bond1 master br0
bridge vlan add vid 1 dev bond1 pvid untagged
ip link set dev lan1 up
ip link set dev lan2 up
ip link set dev bond1 up
ip link set dev br0 up
