#!/bin/bash
set -euo pipefail
BOND=bond0
PORTS="eth0 eth1"

ip link show "$BOND" > /dev/null 2>&1 || ip link add "$BOND" type bond mode 4
ip link set "$BOND" type bond miimon 100
ip link set "$BOND" type bond xmit_hash_policy layer3+4   # as the switch hashes
for port in $PORTS; do
    ip link set "$port" down
    ip link set "$port" master "$BOND"
done
ip link set "$BOND" up
