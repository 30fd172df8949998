// What is given to the LACP simulation: systems, the cables between them, and what happens to them. Names are the
// field's; nothing of the intent is known here, an adapter translates. All times are simulated milliseconds.

/** A port of a system, by name. */
export interface PortRef {
  readonly system: string
  readonly port: string
}

export interface Cable {
  readonly name: string
  readonly a: PortRef
  readonly b: PortRef
  /** Pulled from the start; a later `cable-up` plugs it in. */
  readonly pulled?: boolean
}

export type Duplex = 'full' | 'half' | 'unknown'
export type LacpRate = 'slow' | 'fast'
export type AdSelect = 'stable' | 'bandwidth' | 'count' | 'actor_port_prio'
export type LinuxMode =
  | 'balance-rr'
  | 'active-backup'
  | 'balance-xor'
  | 'broadcast'
  | 'balance-tlb'
  | 'balance-alb'

/** A member of a Linux bond. */
export interface LinuxMember {
  readonly name: string
  /** Default 1000. `unknown`: the driver reports none, as many virtual cards do. */
  readonly speedMbps?: number | 'unknown'
  /** Default full, or unknown where the speed is. */
  readonly duplex?: Duplex
  /** actor_port_prio, 0 to 65535, default 255. */
  readonly portPriority?: number
  readonly mac?: string
  /** What the driver reports while the link is down. Hardware: `unknown` (the default); veth: `kept`. */
  readonly speedWithoutLink?: 'unknown' | 'kept'
}

interface LinuxCommon {
  readonly name: string
  readonly members: readonly LinuxMember[]
  /** The kernel series, such as `6.1` or `5.10`; the default is the newest. */
  readonly kernel?: string
  /** The MAC address of the bond; default that of its first member. */
  readonly mac?: string
  /** Default 100 for 802.3ad, balance-tlb and balance-alb, 0 for the others without an ARP monitor. */
  readonly miimonMs?: number
  /** Rounded down to whole polls, as the driver does. */
  readonly updelayMs?: number
  readonly downdelayMs?: number
  /** When the bond and its members are brought up; default 0. */
  readonly startMs?: number
}

/** A Linux bond in mode 802.3ad. */
export interface LinuxLacpBond extends LinuxCommon {
  readonly kind: '802.3ad'
  readonly lacpRate?: LacpRate
  readonly lacpActive?: boolean
  readonly lacpStrict?: boolean
  readonly minLinks?: number
  readonly adSelect?: AdSelect
  /** ad_actor_system: the MAC address of the LACP system, where it is not the bond's. */
  readonly actorSystem?: string
  readonly actorSysPriority?: number
  readonly userPortKey?: number
  readonly coupledControl?: boolean
  readonly allMembersActive?: boolean
  /**
   * Whether the bond was opened after its members were attached (the default) or before. A bond that was open
   * already waits 8 s before the first aggregator may be used, an opened one 0.1 s.
   */
  readonly opened?: 'after-attaching' | 'before-attaching'
}

/** A Linux bond in one of the modes without a protocol. */
export interface LinuxPlainBond extends LinuxCommon {
  readonly kind: 'bond'
  readonly mode: LinuxMode
  readonly arpIntervalMs?: number
  readonly missedMax?: number
  readonly primary?: string
  readonly primaryReselect?: 'always' | 'better' | 'failure'
}

/** A port of a switch's LAG. */
export interface SwitchPort {
  readonly name: string
  /** Default 32768, Open vSwitch 65535. */
  readonly portPriority?: number
  /** Default: its place in the list, from 1; the chassis of one MLAG count on. */
  readonly portNumber?: number
  /** Default 1000. */
  readonly speedMbps?: number
  /** Declared as one that may not be aggregated. */
  readonly individual?: boolean
}

/** What a switch does with ports of an LACP LAG that hear no LACPDU. */
export type Fallback =
  | { readonly kind: 'suspend' }
  /** Each port works alone; `lag`: only when none of the LAG's ports hears any, `port`: each for itself. */
  | { readonly kind: 'individual'; readonly afterMs: number; readonly scope?: 'lag' | 'port' }
  /** The LAG works as a static one on its best port, or on all. */
  | { readonly kind: 'static'; readonly afterMs: number; readonly ports?: 'one' | 'all' }

/** A LAG of a switch that follows IEEE 802.1AX. */
export interface SwitchLag {
  readonly kind: 'lacp-lag'
  readonly name: string
  readonly ports: readonly SwitchPort[]
  readonly lacp: 'active' | 'passive'
  /** The timeout it announces, which is the rate it asks of its partner. Default slow. */
  readonly rate?: LacpRate
  /** The LAG's key; default 1. */
  readonly key?: number
  readonly systemPriority?: number
  /** Several LAGs of one switch have the same; the default is an address of this LAG's own, or of its MLAG's. */
  readonly systemMac?: string
  /** LAGs of one name are one LAG across several chassis: same aggregator, same choice of standby ports. */
  readonly mlag?: string
  readonly minLinks?: number
  /** What too few links mean: ports are not offered to the partner (default), or only the LAG's interface is down. */
  readonly belowMinLinks?: 'out-of-sync' | 'interface-down'
  readonly maxLinks?: number
  readonly fallback?: Fallback
  /** Whether collecting and distributing begin together (default). */
  readonly control?: 'coupled' | 'independent'
  readonly startMs?: number
}

/** A bond of Open vSwitch, which has an LACP of its own that is neither Linux's nor quite the standard's. */
export interface OpenVswitchBond {
  readonly kind: 'openvswitch'
  readonly name: string
  readonly ports: readonly SwitchPort[]
  readonly lacp: 'active' | 'passive' | 'off'
  readonly rate?: LacpRate
  /** Default 65534. */
  readonly systemPriority?: number
  readonly systemMac?: string
  /** other_config:lacp-fallback-ab. */
  readonly fallbackActiveBackup?: boolean
  readonly startMs?: number
}

/** A LAG without a protocol: every port with link is used. */
export interface StaticLag {
  readonly kind: 'static-lag'
  readonly name: string
  readonly ports: readonly SwitchPort[]
  readonly minLinks?: number
  readonly mlag?: string
  readonly startMs?: number
}

/** Ordinary ports that are in no group. */
export interface PlainPorts {
  readonly kind: 'plain-ports'
  readonly name: string
  readonly ports: readonly SwitchPort[]
  readonly startMs?: number
}

export type System = LinuxLacpBond | LinuxPlainBond | SwitchLag | OpenVswitchBond | StaticLag | PlainPorts

export type SystemKind = System['kind']

/** What happens to cables and systems while time passes. */
export type Happening =
  | { readonly atMs: number; readonly kind: 'cable-down' | 'cable-up'; readonly cable: string }
  /** Frames of one direction are lost. `seen`: the end that no longer receives loses its link (default: it does not). */
  | {
      readonly atMs: number
      readonly kind: 'one-way'
      readonly cable: string
      readonly lost: 'a-to-b' | 'b-to-a'
      readonly seen?: boolean
    }
  | { readonly atMs: number; readonly kind: 'both-ways'; readonly cable: string }
  /** The control plane of a system is dead while its links stay up and its hardware goes on as it was. */
  | { readonly atMs: number; readonly kind: 'silent' | 'speaks'; readonly system: string }
  /** All its links go down, and up again. */
  | { readonly atMs: number; readonly kind: 'dies' | 'returns'; readonly system: string }
  /** One end of a cable is put into another port; the link is away for `gapMs`, default 2000. */
  | {
      readonly atMs: number
      readonly kind: 'move'
      readonly cable: string
      readonly end: 'a' | 'b'
      readonly to: PortRef
      readonly gapMs?: number
    }

export interface LacpSimulation {
  readonly systems: readonly System[]
  readonly cables: readonly Cable[]
  readonly events?: readonly Happening[]
  /** When to look; the default is long enough for what is simulated. */
  readonly untilMs?: number
  /** Decides the phases of the systems' timers, and so every order that is otherwise open. Default 1. */
  readonly seed?: number
}

/** The ports of any system, in their order. */
export const portNames = (system: System): string[] =>
  'members' in system ? system.members.map(({ name }) => name) : system.ports.map(({ name }) => name)
