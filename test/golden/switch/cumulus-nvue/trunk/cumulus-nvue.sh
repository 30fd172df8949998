#!/bin/sh
# Written by bondplan. Change the intent, not this file.
nv set bridge domain br_default vlan 10
nv set bridge domain br_default vlan 20
nv set interface swp1-2 link state up
nv set interface bond1 bond member swp1-2
nv set interface bond1 bond mode lacp
nv set interface bond1 bond lacp-rate slow
nv set interface bond1 link mtu 9000
nv set interface bond1 description "to h1 bond0"
nv set interface bond1 bridge domain br_default vlan 10,20
nv set interface bond1 bridge domain br_default untagged 1
nv set interface bond1 bridge domain br_default stp admin-edge enabled
nv set interface swp1 description "h1 eth0"
nv set interface swp2 description "h1 eth1"
nv config apply
