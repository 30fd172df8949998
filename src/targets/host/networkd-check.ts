// How systemd-networkd is asked about files that are not in place: it has no command that only parses. The daemon itself
// runs on the host and sees none of it: a network, a /run and an /etc/systemd/network of its own. When it says that it has
// enumerated the devices it has read everything; a line of level warning (4, syslog(3)) or worse before that is a complaint.

import type { Command } from '../target.ts'

const script = `
set -eu
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/network /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
chown -R systemd-network:systemd-network /run/systemd/netif
mount --bind "$1/etc/systemd/network" /etc/systemd/network
mount -t sysfs -o ro sysfs /sys
export SYSTEMD_LOG_TARGET=console-prefixed SYSTEMD_LOG_LEVEL=info SYSTEMD_LOG_COLOR=0
/lib/systemd/systemd-networkd >/run/log 2>&1 &
tries=0
until grep -q '>Enumeration completed' /run/log; do
  tries=$((tries + 1))
  if [ $tries -gt 300 ] || ! kill -0 $!; then cat /run/log >&2; exit 2; fi
  sleep 0.1
done
kill $!
awk -F'[<>]' '/>Enumeration completed/ { exit } $2 % 8 <= 4 { print; bad = 1 } END { exit bad }' /run/log >&2
`

/** Fails with the complaints on standard error. */
export const networkdCheck: Command = ['unshare', '--net', '--mount', 'sh', '-c', script, 'sh', '{root}']
