// What machines show of their bonds, whatever showed it: one model for /proc, ip, Open vSwitch and the shells of
// switches. Every fact keeps the place at which it stands, and one that nobody has shown is absent, which is not the
// same as off. Readers fill it (sight.ts), checks ask it.

import type { Region } from '../diagnostics/region.ts'
import { hashPolicyKind } from '../options/balancing.ts'
import { modeKind } from '../options/row.ts'
import { readMac, readSpeed, readWhole, type State } from './values.ts'

/** A fact and where it stands. */
export interface Seen<T> {
  readonly value: T
  readonly at: Region
}

const word =
  <W extends string>(...words: readonly W[]) =>
  (text: string): W | undefined =>
    words.find(one => one === text.toLowerCase())

const yes = (text: string): boolean | undefined =>
  /^(?:up|on|yes|true|1|enabled|fast)$/i.test(text)
    ? true
    : /^(?:down|off|no|false|0|disabled|slow)$/i.test(text)
      ? false
      : undefined

const text = (said: string): string | undefined => (said === '' ? undefined : said)

/** What a switch says of a port of a LAG, in one word for all vendors. */
export const standings = [
  'bundled',
  'suspended',
  'individual',
  'standby',
  'waiting',
  'down',
  'incompatible',
  'min-links',
  'unselected',
] as const
export type Standing = (typeof standings)[number]

/** What can be known of a bond or a LAG, and how a text for it is read. */
export const bundleFacts = {
  mode: (said: string) => modeKind.read(said),
  /** How the two ends agree; `static`: not at all. */
  protocol: word('lacp', 'static', 'pagp'),
  /** Its carrier. */
  up: yes,
  /** Whether its administrator has it up. */
  enabled: yes,
  miimonMs: readWhole,
  arpIntervalMs: readWhole,
  arpTargets: text,
  hashPolicy: (said: string) => hashPolicyKind.read(said),
  lacpActive: yes,
  lacpRate: word('slow', 'fast'),
  minLinks: readWhole,
  adSelect: word('stable', 'bandwidth', 'count', 'actor_port_prio'),
  system: readMac,
  /** The aggregator in use; `none`: there is none. */
  aggregator: (said: string) => (said === 'none' ? ('none' as const) : readWhole(said)),
  partnerSystem: readMac,
  primary: text,
  activeMember: text,
  mtu: readWhole,
  /** What a switch is told of it: where it leads. */
  description: text,
}

/** What can be known of a member. */
export const memberFacts = {
  link: word('up', 'down', 'going down', 'going back'),
  enabled: yes,
  speedMbps: readSpeed,
  duplex: word('full', 'half', 'unknown'),
  failures: readWhole,
  /** The address that the port was built with. */
  mac: readMac,
  aggregator: (said: string) => (said === 'N/A' ? ('none' as const) : readWhole(said)),
  actorChurn: word('monitoring', 'churned', 'none'),
  partnerChurn: word('monitoring', 'churned', 'none'),
  role: word('active', 'backup'),
  mtu: readWhole,
  standing: word(...standings),
  /** What the other end calls itself, and its port, by LLDP. */
  neighbour: text,
  neighbourPort: text,
}

/** What one end of a member says of itself in LACP, or is recorded as having said. */
export const endFacts = {
  system: readMac,
  systemPriority: readWhole,
  key: readWhole,
  portNumber: readWhole,
  state: (): State | undefined => undefined,
}

type Read<F> = F extends (said: string) => infer V ? Exclude<V, undefined> : never
export type Facts<T> = { readonly [K in keyof T]?: Seen<Read<T[K]>> }

export type BundleFact = keyof typeof bundleFacts
export type MemberFact = keyof typeof memberFacts
export type EndFact = keyof typeof endFacts
export type End = Facts<typeof endFacts>

export interface Member extends Facts<typeof memberFacts> {
  readonly name: string
  readonly at: Region
  /** This end, and what it has recorded of the other. */
  readonly actor: End
  readonly partner: End
}

/** A bond of a host or a LAG of a switch. */
export interface Bundle extends Facts<typeof bundleFacts> {
  readonly name: string
  readonly at: Region
  readonly members: readonly Member[]
  /** Whether its name is made up, as nothing that was collected tells it. */
  readonly unnamed: boolean
  /** Whether what is shown to an administrator alone was left out. */
  readonly hidden: boolean
}

/** A line of a kernel's log that says something of a member. */
export interface Event {
  readonly kind: 'loopback' | 'no-response'
  readonly bundle: string
  readonly member: string | undefined
  readonly at: Region
}

export interface Machine {
  readonly name: string
  /** A switch by what it prints, or by the names of its ports where it is Linux itself. */
  readonly kind: 'host' | 'switch'
  readonly bundles: readonly Bundle[]
  readonly events: readonly Event[]
}

export interface Observed {
  readonly machines: readonly Machine[]
}
