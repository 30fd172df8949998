#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ip link add br0 type bridge vlan_filtering 1 vlan_default_pvid 1
ip link set dev lan1 down
ip link set dev lan1 mtu 9000
ip link set dev lan1 alias "h1 eth0"
ip link set dev lan2 down
ip link set dev lan2 mtu 9000
ip link set dev lan2 alias "h1 eth1"
ip link set dev lan1 master br0
ip link set dev lan2 master br0
bridge vlan del vid 1 dev lan1
bridge vlan del vid 1 dev lan2
bridge vlan add dev lan1 vid 10
bridge vlan add dev lan1 vid 20
bridge vlan add dev lan2 vid 10
bridge vlan add dev lan2 vid 20
ip link set dev lan1 up
ip link set dev lan2 up
ip link set dev br0 up
