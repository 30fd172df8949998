#!/bin/sh
# Written by bondplan. Change the intent, not this file.
nv set interface swp1-2 link state up
nv set interface swp1 description "h1 eth0"
nv set interface swp1 bridge domain br_default access 1
nv set interface swp1 bridge domain br_default stp admin-edge enabled
nv set interface swp2 description "h1 eth1"
nv set interface swp2 bridge domain br_default access 1
nv set interface swp2 bridge domain br_default stp admin-edge enabled
nv config apply
