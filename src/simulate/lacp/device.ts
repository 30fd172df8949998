// What every kind of system is to the simulation: something with ports that is told of carrier and LACPDUs, and
// that says on which ports it would send and accept. The kinds themselves are in linux/ and switch/.

import type { Lacpdu, PortInfo } from './lacpdu.ts'

/** What a device may use of the world. Times are simulated ms. */
export interface World {
  now(): number
  at(atMs: number, action: () => void): void
  /** Whether this port of the device has link. */
  carrier(port: string): boolean
  /** Sends an LACPDU; where there is no link it is lost. */
  send(port: string, pdu: Lacpdu): void
  /** Whether a frame sent on this port now would be accepted at the far end, and one from there here. */
  roundTrip(port: string): boolean
}

export type Selected = 'selected' | 'standby' | 'unselected'
export type Churn = 'none' | 'monitoring' | 'churned'

/** Why a switch leaves a port out of its LAG, or lets it wait. */
export type Held =
  | 'no-lacpdu'
  | 'own-system'
  | 'other-partner'
  | 'other-speed'
  | 'individual'
  | 'max-links'
  | 'min-links'

/** What a device says of one of its ports. */
export interface PortView {
  /** The aggregator the port belongs to, where there are any. */
  readonly aggregator?: number
  /** Whether that is the one in use. */
  readonly inActiveAggregator: boolean
  readonly selected: Selected
  readonly actor?: PortInfo
  readonly partner?: PortInfo
  /** Whether the partner's data are current: neither defaulted nor expired. */
  readonly partnerHeard: boolean
  readonly held?: Held
  readonly linux?: LinuxPortView
}

/** The member's block of /proc/net/bonding. */
export interface LinuxPortView {
  readonly role: 'active' | 'backup'
  readonly miiStatus: 'up' | 'going down' | 'down' | 'going back'
  readonly speedMbps: number | 'unknown'
  readonly duplex: 'full' | 'half' | 'unknown'
  readonly linkFailureCount: number
  readonly actorChurn?: Churn
  readonly partnerChurn?: Churn
  readonly actorChurnedCount?: number
  readonly partnerChurnedCount?: number
}

/** The head of /proc/net/bonding for 802.3ad. */
export interface ActiveAggregatorView {
  readonly id: number
  readonly ports: number
  readonly actorKey: number
  readonly partnerKey: number
  readonly partnerMac: string
}

export interface Device {
  /** Brings the system up. */
  start(): void
  /** The link of a port changed. */
  carrierChanged(port: string): void
  receive(port: string, pdu: Lacpdu): void
  /** Whether it would send frames on this port. `wanted`: the far end accepts there, which a learning switch knows. */
  sends(port: string, wanted: boolean): boolean
  accepts(port: string): boolean
  /** Whether it uses the port without a partner: a fallback, or a bond that nobody answers. */
  alone(port: string): boolean
  /** The carrier of the bond or the state of the LAG's interface. */
  up(): boolean
  view(port: string): PortView
  activeAggregator?(): ActiveAggregatorView | undefined
  /** A dead control plane stops its timers and hears nothing; its forwarding stays as it was. */
  setSilent(silent: boolean): void
}

/** What there is to say of a port that nobody looks after. */
export const unusedPort: PortView = {
  inActiveAggregator: false,
  selected: 'unselected',
  partnerHeard: false,
}
