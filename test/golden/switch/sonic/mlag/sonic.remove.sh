#!/bin/sh
# Written by bondplan: takes back the LAGs and their ports. VLANs stay, and what ports are called and their MTU.
config vlan member del 10 PortChannel1
config vlan member del 20 PortChannel1
config portchannel member del PortChannel1 Ethernet0
config portchannel del PortChannel1
config vlan member del 10 PortChannel29
config vlan member del 20 PortChannel29
config portchannel member del PortChannel29 Ethernet28
config portchannel member del PortChannel29 Ethernet32
config portchannel del PortChannel29
