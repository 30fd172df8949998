// What two LACP ends say to each other, as values. Nothing here decides anything.
// Source: IEEE 802.1AX-2014, 6.4.2.3 (LACPDU structure) and 6.4.2.3 l) (state bits).

/** The bits of a port's state octet. */
export const bit = {
  activity: 1,
  timeout: 2,
  aggregation: 4,
  synchronization: 8,
  collecting: 16,
  distributing: 32,
  defaulted: 64,
  expired: 128,
} as const

export type StateBit = keyof typeof bit

/** What an end says of one port: its system, its key, the port, and the state octet. */
export interface PortInfo {
  readonly systemPriority: number
  /** MAC address, lower case with colons. */
  readonly system: string
  readonly key: number
  readonly portPriority: number
  readonly port: number
  readonly state: number
}

/** One LACPDU: the sender, and what the sender has recorded of the receiver. */
export interface Lacpdu {
  readonly actor: PortInfo
  readonly partner: PortInfo
}

export const noSystem = '00:00:00:00:00:00'

/** Periods and time limits in ms. Source: IEEE 802.1AX-2014, 6.4.4 (constants). */
export const protocolMs = {
  fastPeriodic: 1_000,
  slowPeriodic: 30_000,
  shortTimeout: 3_000,
  longTimeout: 90_000,
  aggregateWait: 2_000,
  churnDetection: 60_000,
} as const

export const has = (state: number, name: StateBit): boolean => (state & bit[name]) !== 0

/** `state` with one bit set or cleared. */
export const withBit = (state: number, name: StateBit, on: boolean): number =>
  on ? state | bit[name] : state & ~bit[name]

/** The names of the bits that are set, lowest first: 71 is activity, timeout, aggregation, defaulted. */
export const bitsOf = (state: number): StateBit[] =>
  (Object.keys(bit) as StateBit[]).filter(name => has(state, name))

/** Same system, by priority and address. Source: IEEE 802.1AX-2014, 6.3.2 (System Identifier). */
export const sameSystem = (a: PortInfo, b: PortInfo): boolean =>
  a.system === b.system && a.systemPriority === b.systemPriority

/**
 * Whether the two describe the same link to the same system with the same key; the state counts only in whether
 * the link may be aggregated. Source: IEEE 802.1AX-2014, 6.4.9, update_Selected.
 */
export const samePort = (a: PortInfo, b: PortInfo): boolean =>
  sameSystem(a, b) &&
  a.key === b.key &&
  a.portPriority === b.portPriority &&
  a.port === b.port &&
  has(a.state, 'aggregation') === has(b.state, 'aggregation')

/** Whether the receiver has to be told anew who we are. Source: IEEE 802.1AX-2014, 6.4.9, update_NTT. */
export const toldTheSame = (recorded: PortInfo, now: PortInfo): boolean =>
  samePort(recorded, now) &&
  has(recorded.state, 'activity') === has(now.state, 'activity') &&
  has(recorded.state, 'timeout') === has(now.state, 'timeout') &&
  has(recorded.state, 'synchronization') === has(now.state, 'synchronization')

/** Below zero when `a` is the better (numerically lower) system. Source: IEEE 802.1AX-2014, 6.3.2. */
export const compareSystems = (a: PortInfo, b: PortInfo): number =>
  a.systemPriority - b.systemPriority || (a.system < b.system ? -1 : a.system > b.system ? 1 : 0)

/** Below zero when `a` is the better (numerically lower) port of its system. Source: IEEE 802.1AX-2014, 6.3.4. */
export const comparePorts = (a: PortInfo, b: PortInfo): number =>
  a.portPriority - b.portPriority || a.port - b.port
