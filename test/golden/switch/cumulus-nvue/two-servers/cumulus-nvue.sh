#!/bin/sh
# Written by bondplan. Change the intent, not this file.
nv set interface swp1-4 link state up
nv set interface swp5-6 link state up
nv set interface bond1 bond member swp1-4
nv set interface bond1 bond mode lacp
nv set interface bond1 bond lacp-rate fast
nv set interface bond1 description "to s1 bond0"
nv set interface bond1 bridge domain br_default access 1
nv set interface bond1 bridge domain br_default stp admin-edge enabled
nv set interface bond5 bond member swp5-6
nv set interface bond5 bond mode lacp
nv set interface bond5 bond lacp-rate fast
nv set interface bond5 description "to s2 bond0"
nv set interface bond5 bridge domain br_default access 1
nv set interface bond5 bridge domain br_default stp admin-edge enabled
nv set interface swp1 description "s1 eth0"
nv set interface swp2 description "s1 eth1"
nv set interface swp3 description "s1 eth2"
nv set interface swp4 description "s1 eth3"
nv set interface swp5 description "s2 eth0"
nv set interface swp6 description "s2 eth1"
nv config apply
