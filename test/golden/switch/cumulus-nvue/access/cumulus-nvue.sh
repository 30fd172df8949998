#!/bin/sh
# Written by bondplan. Change the intent, not this file.
nv set bridge domain br_default vlan 30
nv set interface swp1-2 link state up
nv set interface bond2 bond member swp1-2
nv set interface bond2 bond mode lacp
nv set interface bond2 bond lacp-rate slow
nv set interface bond2 description "to h1 bond0"
nv set interface bond2 bridge domain br_default access 30
nv set interface swp1 description "h1 eth0"
nv set interface swp2 description "h1 eth1"
nv config apply
