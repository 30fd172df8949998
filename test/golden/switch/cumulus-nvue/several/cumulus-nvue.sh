#!/bin/sh
# Written by bondplan. Change the intent, not this file.
nv set bridge domain br_default vlan 10
nv set bridge domain br_default vlan 20
nv set interface swp1-2 link state up
nv set interface swp3-4 link state up
nv set interface swp5-6 link state up
nv set interface bond1 bond member swp1-2
nv set interface bond1 bond mode lacp
nv set interface bond1 bond lacp-rate slow
nv set interface bond1 description "to h1 bond0"
nv set interface bond1 bridge domain br_default vlan 10,20
nv set interface bond1 bridge domain br_default untagged none
nv set interface bond1 bridge domain br_default stp admin-edge enabled
nv set interface bond3 bond member swp3-4
nv set interface bond3 bond mode static
nv set interface bond3 description "to h2 bond0"
nv set interface bond3 bridge domain br_default access 1
nv set interface bond3 bridge domain br_default stp admin-edge enabled
nv set interface bond9 bond member swp5-6
nv set interface bond9 bond mode lacp
nv set interface bond9 bond lacp-rate slow
nv set interface bond9 description "to sw9 9"
nv set interface bond9 bridge domain br_default vlan 10,20
nv set interface bond9 bridge domain br_default untagged none
nv set interface swp1 description "h1 eth0"
nv set interface swp2 description "h1 eth1"
nv set interface swp3 description "h2 eth0"
nv set interface swp4 description "h2 eth1"
nv config apply
