#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ip link add br0 type bridge vlan_filtering 1 vlan_default_pvid 1
ip link set dev lan1 down
ip link set dev lan1 alias "h1 eth0"
ip link set dev lan2 down
ip link set dev lan2 alias "h1 eth1"
ip link set dev lan1 master br0
ip link set dev lan2 master br0
bridge vlan add vid 1 dev lan1 pvid untagged
bridge vlan add vid 1 dev lan2 pvid untagged
ip link set dev lan1 up
ip link set dev lan2 up
ip link set dev br0 up
