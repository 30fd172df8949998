#!/bin/sh
# Written by bondplan: takes back the LAGs and their ports, which are then free and down. The bridge stays.
set -eu

there() { [ -e "/sys/class/net/$1" ]; }
attached() { [ -e "/sys/class/net/$1/lower_$2" ]; }

ip link set dev lan1 down
ip link set dev lan2 down
! attached br0 lan1 || ip link set dev lan1 nomaster
ip link set dev lan1 mtu 1500
! attached br0 lan2 || ip link set dev lan2 nomaster
ip link set dev lan2 mtu 1500
ip link set dev lan1 alias ""
ip link set dev lan2 alias ""
