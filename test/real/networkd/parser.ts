// systemd-networkd's own parser, many configurations in one go. The daemon runs on this machine but sees none of it: a
// network of its own, a fresh /run, and one configuration after the other as /etc/systemd/network.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { devicesOf, type Host } from '../../../src/intent/intent.ts'

/** Files of one host: paths below its root. */
export interface Configuration {
  readonly files: readonly { readonly path: string; readonly content: string }[]
}

/**
 * Whether systemd takes the name of every device for one: what reads as a number, in any base, is an index there, and all
 * and default are sysctl groups (basic/socket-util.c, ifname_valid_full()).
 */
export const isNamed = (host: Host): boolean =>
  devicesOf(host).every(({ name }) => !/^(?:\d+|0x[\da-f]+|0o[0-7]+|0b[01]+|all|default)$/i.test(name))

/** The version of systemd-networkd on this machine; throws where there is none. */
export function networkdVersion(): string {
  const { stdout, error } = spawnSync('networkctl', ['--version'], { encoding: 'utf8' })
  const version = /^systemd (\d+)/.exec(stdout ?? '')?.[1]
  if (version === undefined) throw new Error(`systemd-networkd is not installed: ${error ?? stdout}`)
  return version
}

/**
 * `$1` holds a folder for each configuration; its log is put beside it. The daemon has read everything when it says that
 * it has enumerated the devices, and is ended then.
 */
const script = `
set -eu
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/network /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
chown -R systemd-network:systemd-network /run/systemd/netif
mount -t tmpfs tmpfs /lib/systemd/network
mount -t sysfs -o ro sysfs /sys
for folder in "$1"/*/; do
  log="\${folder%/}.log"
  : >"$log"
  for below in etc run; do
    mkdir -p "$folder$below/systemd/network"
    mount --bind "$folder$below/systemd/network" /$below/systemd/network
  done
  SYSTEMD_LOG_TARGET=console-prefixed SYSTEMD_LOG_LEVEL=info SYSTEMD_LOG_COLOR=0 \\
    unshare -n /lib/systemd/systemd-networkd >"$log" 2>&1 &
  daemon=$!
  tries=0
  until grep -q '>Enumeration completed' "$log"; do
    sleep 0.01
    tries=$((tries + 1))
    if [ $tries -gt 3000 ]; then
      cat "$log" >&2
      exit 9
    fi
  done
  kill $daemon
  wait $daemon || true
  umount /etc/systemd/network /run/systemd/network
done
`

/**
 * What the parser complains of, for each configuration: lines of warning or worse until it has read everything (what comes
 * after is between it and the kernel of this machine). Throws where the daemon cannot be run.
 */
export function networkdComplaints(configurations: readonly Configuration[]): readonly (readonly string[])[] {
  const shared = mkdtempSync(join(tmpdir(), 'bondplan-networkd-'))
  try {
    for (const [at, { files }] of configurations.entries()) {
      mkdirSync(join(shared, String(at)))
      for (const { path, content } of files) {
        const full = join(shared, String(at), path)
        mkdirSync(dirname(full), { recursive: true })
        writeFileSync(full, content)
      }
    }
    const { status, stderr, error } = spawnSync('unshare', ['-n', '-m', 'sh', '-c', script, 'sh', shared], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`systemd-networkd could not be run: ${error ?? stderr}`)
    return configurations.map((_, at) => complaintsIn(readFileSync(join(shared, `${at}.log`), 'utf8')))
  } finally {
    rmSync(shared, { recursive: true, force: true })
  }
}

/** A line begins with its priority in angle brackets, whose lower three bits are the level; 4 is warning (syslog(3)). */
const complaintsIn = (log: string): readonly string[] =>
  log
    .slice(0, log.search(/^<\d+>Enumeration completed/m))
    .split('\n')
    .filter(line => line !== '' && (Number(/^<(\d+)>/.exec(line)?.[1] ?? 4) & 7) <= 4)
