#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ip link add br0 type bridge vlan_filtering 1 vlan_default_pvid 1
ip link add bond1 type bond mode 802.3ad
ip link add bond5 type bond mode 802.3ad
ip link set dev bond1 type bond miimon 100
ip link set dev bond1 type bond lacp_rate slow
ip link set dev bond1 alias "to h1 bond0"
ip link set dev bond5 type bond miimon 100
ip link set dev bond5 type bond lacp_rate slow
ip link set dev bond5 alias "to sw2 peer link"
ip link set dev lan1 down
ip link set dev lan1 alias "h1 eth0"
ip link set dev lan1 master bond1
ip link set dev lan5 down
ip link set dev lan5 master bond5
ip link set dev lan6 down
ip link set dev lan6 master bond5
ip link set dev bond1 master br0
ip link set dev bond5 master br0
bridge vlan add vid 1 dev bond5 pvid untagged
bridge vlan del vid 1 dev bond1
bridge vlan add dev bond1 vid 10
bridge vlan add dev bond1 vid 20
bridge vlan add dev bond5 vid 10
bridge vlan add dev bond5 vid 20
ip link set dev lan1 up
ip link set dev lan5 up
ip link set dev lan6 up
ip link set dev bond1 up
ip link set dev bond5 up
ip link set dev br0 up
