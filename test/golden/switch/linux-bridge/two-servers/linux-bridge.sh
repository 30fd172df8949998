#!/bin/sh
# Written by bondplan. Change the intent, not this file.
# A LAG or port that is in the bridge already stays as it is: to change it, run the removal of the old one first.
set -eu

there() { [ -e "/sys/class/net/$1" ]; }
attached() { [ -e "/sys/class/net/$1/lower_$2" ]; }
holds_1() { [ "$(cat "/sys/class/net/br0/bridge/$1")" = 1 ] || { echo "br0: $1 is not 1" >&2; exit 1; }; }

# Loaded by itself, the driver would make a bond0 of its own.
[ -d /sys/module/bonding ] || modprobe bonding max_bonds=0

there br0 || ip link add br0 type bridge vlan_filtering 1 vlan_default_pvid 1
holds_1 vlan_filtering
holds_1 default_pvid
ip link set dev br0 up

if ! attached br0 bond1; then
  ip link add bond1 type bond mode 802.3ad
  ip link set dev bond1 type bond miimon 100
  ip link set dev bond1 type bond lacp_rate fast
  ip link set dev bond1 alias "to s1 bond0"
  ip link set dev lan1 down
  ip link set dev lan1 alias "s1 eth0"
  ip link set dev lan1 master bond1
  ip link set dev lan2 down
  ip link set dev lan2 alias "s1 eth1"
  ip link set dev lan2 master bond1
  ip link set dev lan3 down
  ip link set dev lan3 alias "s1 eth2"
  ip link set dev lan3 master bond1
  ip link set dev lan4 down
  ip link set dev lan4 alias "s1 eth3"
  ip link set dev lan4 master bond1
  ip link set dev bond1 master br0
  bridge vlan add vid 1 dev bond1 pvid untagged
  ip link set dev lan1 up
  ip link set dev lan2 up
  ip link set dev lan3 up
  ip link set dev lan4 up
  ip link set dev bond1 up
fi

if ! attached br0 bond5; then
  ip link add bond5 type bond mode 802.3ad
  ip link set dev bond5 type bond miimon 100
  ip link set dev bond5 type bond lacp_rate fast
  ip link set dev bond5 alias "to s2 bond0"
  ip link set dev lan5 down
  ip link set dev lan5 alias "s2 eth0"
  ip link set dev lan5 master bond5
  ip link set dev lan6 down
  ip link set dev lan6 alias "s2 eth1"
  ip link set dev lan6 master bond5
  ip link set dev bond5 master br0
  bridge vlan add vid 1 dev bond5 pvid untagged
  ip link set dev lan5 up
  ip link set dev lan6 up
  ip link set dev bond5 up
fi
