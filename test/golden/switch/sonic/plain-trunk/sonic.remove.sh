#!/bin/sh
# Written by bondplan: takes back the LAGs and their ports. VLANs stay, and what ports are called and their MTU.
config vlan member del 10 Ethernet0
config vlan member del 20 Ethernet0
config vlan member del 10 Ethernet4
config vlan member del 20 Ethernet4
