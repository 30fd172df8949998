#!/bin/sh
# Written by bondplan: takes back the LAGs and their ports. VLANs stay, and what ports are called and their MTU.
config portchannel member del PortChannel1 Ethernet0
config portchannel member del PortChannel1 Ethernet4
config portchannel del PortChannel1
