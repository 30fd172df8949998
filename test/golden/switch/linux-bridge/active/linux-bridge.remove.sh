#!/bin/sh
# Written by bondplan: takes back the LAGs and their ports. The bridge stays.
ip link set dev lan1 down
ip link set dev lan2 down
ip link delete dev bond1
ip link set dev lan1 alias ""
ip link set dev lan2 alias ""
