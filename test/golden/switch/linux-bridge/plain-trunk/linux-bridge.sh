#!/bin/sh
# Written by bondplan. Change the intent, not this file.
# A LAG or port that is in the bridge already stays as it is: to change it, run the removal of the old one first.
set -eu

there() { [ -e "/sys/class/net/$1" ]; }
attached() { [ -e "/sys/class/net/$1/lower_$2" ]; }
holds_1() { [ "$(cat "/sys/class/net/br0/bridge/$1")" = 1 ] || { echo "br0: $1 is not 1" >&2; exit 1; }; }

there br0 || ip link add br0 type bridge vlan_filtering 1 vlan_default_pvid 1
holds_1 vlan_filtering
holds_1 default_pvid
ip link set dev br0 up

if ! attached br0 lan1; then
  ip link set dev lan1 down
  ip link set dev lan1 mtu 9000
  ip link set dev lan1 alias "h1 eth0"
  ip link set dev lan1 master br0
  bridge vlan del vid 1 dev lan1
  bridge vlan add dev lan1 vid 10
  bridge vlan add dev lan1 vid 20
  ip link set dev lan1 up
fi

if ! attached br0 lan2; then
  ip link set dev lan2 down
  ip link set dev lan2 mtu 9000
  ip link set dev lan2 alias "h1 eth1"
  ip link set dev lan2 master br0
  bridge vlan del vid 1 dev lan2
  bridge vlan add dev lan2 vid 10
  bridge vlan add dev lan2 vid 20
  ip link set dev lan2 up
fi
