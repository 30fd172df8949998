#!/bin/sh
# Written by bondplan: takes back the LAGs and their ports. VLANs stay, and what ports are called and their MTU.
config vlan member del 10 PortChannel1
config vlan member del 20 PortChannel1
config portchannel member del PortChannel1 Ethernet0
config portchannel member del PortChannel1 Ethernet4
config portchannel del PortChannel1
config vlan member del 10 PortChannel9
config vlan member del 20 PortChannel9
config portchannel member del PortChannel9 Ethernet28
config portchannel member del PortChannel9 Ethernet32
config portchannel del PortChannel9
config portchannel member del PortChannel21 Ethernet20
config portchannel member del PortChannel21 Ethernet24
config portchannel del PortChannel21
