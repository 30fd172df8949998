#!/bin/sh
# Written by bondplan: takes back the LAGs and their ports. The bridge stays.
ip link set dev lan1 down
ip link set dev lan2 down
ip link set dev lan3 down
ip link set dev lan4 down
ip link set dev lan5 down
ip link set dev lan6 down
ip link delete dev bond1
ip link delete dev bond3
ip link delete dev bond9
ip link set dev lan1 alias ""
ip link set dev lan2 alias ""
ip link set dev lan3 alias ""
ip link set dev lan4 alias ""
ip link set dev lan5 alias ""
ip link set dev lan6 alias ""
