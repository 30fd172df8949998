#!/bin/sh
# Written by bondplan: takes back the LAGs and their ports, which are then free and down. The bridge stays.
set -eu

there() { [ -e "/sys/class/net/$1" ]; }
attached() { [ -e "/sys/class/net/$1/lower_$2" ]; }

ip link set dev lan1 down
ip link set dev lan2 down
! there bond1 || ip link delete dev bond1
ip link set dev lan1 alias ""
ip link set dev lan2 alias ""
