#!/bin/sh
# Written by bondplan. Change the intent, not this file.
nv set bridge domain br_default vlan 10
nv set bridge domain br_default vlan 20
nv set interface swp1 link state up
nv set interface swp5-6 link state up
nv set interface bond1 bond member swp1
nv set interface bond1 bond mode lacp
nv set interface bond1 bond lacp-rate slow
nv set interface bond1 description "to h1 bond0"
nv set interface bond1 bridge domain br_default vlan 10,20
nv set interface bond1 bridge domain br_default untagged none
nv set interface bond1 bridge domain br_default stp admin-edge enabled
nv set interface bond1 bond mlag id 1
nv set interface bond5 bond member swp5-6
nv set interface bond5 bond mode lacp
nv set interface bond5 bond lacp-rate slow
nv set interface bond5 description "to sw2 peer link"
nv set interface bond5 bridge domain br_default vlan 10,20
nv set interface bond5 bridge domain br_default untagged 1
nv set interface bond5 type peerlink
nv set interface swp1 description "h1 eth0"
nv set mlag mac-address 02:00:00:00:00:0a
nv set mlag peer-ip linklocal
nv config apply
