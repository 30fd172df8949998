// Which transmit hash a kernel has: one row per change of the formula, and what the packet dissector of that
// kernel can walk. Data and the reading of a version; the formulas that these facts steer are in hash.ts, the
// dissector in frame-dissect.ts.

import type { HashPolicy } from '../options/balancing.ts'

/** What one change of the driver made of the hash. A row holds from its release on, until the next one. */
export interface EraRow {
  /** The first mainline release with it. */
  readonly from: string
  /** Stable releases that took the change over; it holds in the rest of their series. */
  readonly stable?: readonly string[]
  /** Series that took it over at a release that is not established; it holds in their last ones. */
  readonly lateIn?: readonly string[]
  /** `by-policy`: each policy has a formula of its own; `common`: one formula for all (bond_xmit_hash). */
  readonly formula: 'by-policy' | 'common'
  /** How the Ethertype enters E: not at all, as loaded by a little-endian host, or as its number. */
  readonly etherType: 'absent' | 'swapped' | 'number'
  /** Which IP policies drop the lowest bit at the end. */
  readonly shift: 'none' | 'all' | 'layer3+4'
  /** Echo identifiers and quoted packets of ICMP count. */
  readonly icmp: boolean
  /** Header offsets are counted from the start of the packet buffer, so short packets are misread. */
  readonly headroom: boolean
  readonly source: string
}

// Sources name the commit by its subject; `src` in the reference means the tree itself was read.
const rows: readonly EraRow[] = [
  {
    from: '2.6.24',
    formula: 'by-policy',
    etherType: 'absent',
    shift: 'none',
    icmp: false,
    headroom: false,
    source: 'linux 3.10 drivers/net/bonding/bond_main.c, bond_xmit_hash_policy_l2(), _l23(), _l34()',
  },
  {
    from: '3.13',
    formula: 'common',
    etherType: 'absent',
    shift: 'none',
    icmp: false,
    headroom: false,
    source: 'linux "bonding: modify the old and add new xmit hash policies", bond_xmit_hash()',
  },
  {
    from: '3.17',
    formula: 'common',
    etherType: 'swapped',
    shift: 'none',
    icmp: false,
    headroom: false,
    source: 'linux 4.4 drivers/net/bonding/bond_main.c, bond_eth_hash()',
  },
  {
    from: '4.15',
    lateIn: ['4.4', '4.9', '4.14'],
    formula: 'common',
    etherType: 'swapped',
    shift: 'all',
    icmp: false,
    headroom: false,
    source: 'linux b5f862180d70 "bonding: discard lowest hash bit for 802.3ad layer3+4"',
  },
  {
    from: '5.5',
    formula: 'common',
    etherType: 'swapped',
    shift: 'all',
    icmp: true,
    headroom: false,
    source: 'linux 58deb77cc52d "bonding: balance ICMP echoes in layer3+4 mode"',
  },
  {
    from: '5.15',
    formula: 'common',
    etherType: 'number',
    shift: 'all',
    icmp: true,
    headroom: true,
    source: 'linux a815bde56b15 "net, bonding: Refactor bond_xmit_hash for use with xdp_buff"',
  },
  {
    from: '5.17',
    stable: ['5.15.17', '5.16.3'],
    formula: 'common',
    etherType: 'number',
    shift: 'all',
    icmp: true,
    headroom: false,
    source: 'linux 429e3d123d9a "bonding: Fix extraction of ports from the packet headers"',
  },
  {
    from: '5.18',
    stable: ['5.15.38', '5.17.6'],
    formula: 'common',
    etherType: 'number',
    shift: 'layer3+4',
    icmp: true,
    headroom: false,
    source: 'linux 49aefd131739 "bonding: do not discard lowest hash bit for non layer3+4 hashing"',
  },
]

/** The first release in which the packet dissector (net/core/flow_dissector.c) walks or accepts something. */
const dissectorSince = {
  /** IPv6 hop-by-hop, routing and destination headers. */
  ipv6Extensions: '4.2',
  /** MPLS and TIPC are accepted. */
  mplsAndTipc: '4.2',
  /** The IPv6 fragment header. */
  ipv6Fragments: '4.3',
  /** GRE version 1 (PPTP). */
  pptp: '4.9',
  /** ARP and RARP are accepted. */
  arp: '4.11',
  /** Batman-adv unicast. */
  batman: '4.16',
  /** No ports are read of an IPv6 fragment; before, the first four bytes after its header counted as such. */
  noFragmentPorts: '4.20',
  /** The precision time protocol on layer 2 is accepted. */
  ptp: '5.12',
  /** HSR and PRP tags. */
  hsr: '5.18',
  /** PPPoE headers are checked, and MPLS and other PPP protocols accepted. */
  pppoeChecks: '6.0',
  /** Connectivity fault management is accepted. */
  cfm: '6.5',
} as const

export type Dissector = { readonly [feature in keyof typeof dissectorSince]: boolean }

const policySince: Readonly<Record<HashPolicy, string>> = {
  layer2: '2.6.24',
  'layer3+4': '2.6.24',
  'layer2+3': '2.6.24',
  'encap2+3': '3.13',
  'encap3+4': '3.13',
  'vlan+srcmac': '5.12',
}

const placementSince = {
  /** balance-tlb and -alb keep neighbour discovery there ("Add support for IPV6 ns/na to balance-alb"). */
  neighbourDiscovery: '5.18',
} as const

/** All that the simulation needs to know of a kernel. */
export interface Era {
  /** The version asked for, as said; "newest" where none was. */
  readonly kernel: string
  readonly hash: EraRow
  readonly dissector: Dissector
  readonly placement: { readonly [feature in keyof typeof placementSince]: boolean }
  /** The policies this kernel accepts. */
  readonly policies: ReadonlySet<HashPolicy>
  /** Why the version number alone does not decide, where it does not. */
  readonly doubt: string | undefined
}

interface Version {
  readonly series: string
  readonly rank: number
  readonly exact: boolean
}

// A series without a release stands for its last one: nobody runs x.y.0 for long, and the changes to the hash
// were carried into the stable releases. Debian and Ubuntu name their kernels x.y.0-BUILD whatever the stable
// release inside, so that form says no more than the series.
function versionOf(text: string): Version | undefined {
  const parts = /^v?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3})(-\d+)?)?(?!\d)/.exec(text.trim())
  if (!parts) return undefined
  const [, major = '', minor = '', release, build] = parts
  const exact = release !== undefined && !(release === '0' && build !== undefined)
  const last = exact ? Number(release) : 999
  return { series: `${major}.${minor}`, rank: (Number(major) * 1000 + Number(minor)) * 1000 + last, exact }
}

/** The order of releases, x.y meaning the first of its series. */
function rankOf(from: string): number {
  const [major = 0, minor = 0, release = 0] = from.split('.').map(Number)
  return (major * 1000 + minor) * 1000 + release
}

const since = <T extends Record<string, string>>(table: T, rank: number) =>
  Object.fromEntries(Object.entries(table).map(([name, from]) => [name, rank >= rankOf(from)])) as {
    readonly [name in keyof T]: boolean
  }

const seriesOf = (release: string) => release.split('.').slice(0, 2).join('.')

function holds(row: EraRow, version: Version): boolean {
  if (version.rank >= rankOf(row.from)) return true
  const taken = row.stable?.find(release => seriesOf(release) === version.series)
  if (taken !== undefined) return version.rank >= rankOf(taken)
  return !version.exact && (row.lateIn?.includes(version.series) ?? false)
}

/**
 * What a kernel's transmit hash is. `kernel` is a version as `uname -r` prints it or a series ("5.10", which stands
 * for that series' last release); undefined is the newest known formula, the one of 5.18 and later.
 * Undefined comes back for what is no version, and for kernels before 2.6.24.
 *
 * Enterprise kernels that keep an old number and take changes over (4.18.0-477.el8) follow the table only as far as
 * their `doubt` says.
 */
export function eraOf(kernel?: string): Era | undefined {
  const version: Version | undefined =
    kernel === undefined ? { series: '', rank: Number.MAX_SAFE_INTEGER, exact: true } : versionOf(kernel)
  if (!version) return undefined
  const hash = rows.findLast(row => holds(row, version))
  if (!hash) return undefined
  const late = rows.find(row => version.exact && row.lateIn?.includes(version.series))
  const enterprise = /\.el\d/.test(kernel ?? '')
  return {
    kernel: kernel ?? 'newest',
    hash,
    dissector: since(dissectorSince, version.rank),
    placement: since(placementSince, version.rank),
    policies: new Set(
      (Object.keys(policySince) as HashPolicy[]).filter(id => version.rank >= rankOf(policySince[id])),
    ),
    doubt: enterprise
      ? 'an enterprise kernel takes changes over and keeps its old number'
      : late && `a later ${version.series}.y hashes as ${late.from} does; from which release on is not known`,
  }
}

/** The newest known formula, for callers that were told no kernel. */
export const newestEra: Era = eraOf() as Era

/** The rows themselves, for documentation and tests. */
export const eraRows: readonly EraRow[] = rows
