// What the LACP simulation answers: for every system, whether its LAG forms, which ports carry and why the others do
// not, since when, how soon a failure is noticed, and what its own show commands would say.

import type { ActiveAggregatorView, Held, LinuxPortView, Selected } from './device.ts'
import type { PortRef, SystemKind } from './input.ts'
import type { PortInfo } from './lacpdu.ts'

/** What becomes of frames of one direction: they arrive, they are sent and dropped, or none are sent. */
export type Traffic = 'carries' | 'lost' | 'idle'

export type Role =
  /** Both directions carry. */
  | 'carrying'
  /** One direction carries and the other is not used. */
  | 'one-way'
  /** An end sends, and it does not arrive. */
  | 'lossy'
  /** Ready, but not used: kept in reserve by limits, a backup, or a port of another aggregator. */
  | 'standby'
  /** Has link and waits for the protocol. */
  | 'waiting'
  /** A switch keeps it out of use. */
  | 'suspended'
  | 'down'

/** What keeps ports from carrying, named by the variable that decides it. */
export type Variable =
  | 'cable'
  | 'link'
  | 'lacp'
  | 'lacp-active'
  | 'silent'
  | 'one-way'
  | 'key'
  | 'duplex'
  | 'speed'
  | 'partner-system'
  | 'partner-key'
  | 'own-system'
  | 'individual'
  | 'min-links'
  | 'max-links'
  | 'lacp-strict'
  | 'collecting'
  | 'negotiation'
  | 'mode'
  | 'monitor'
  | 'selection'

export interface Block {
  readonly variable: Variable
  readonly ports: readonly string[]
  /** The reason, without the ports: a clause that can follow a colon. */
  readonly because: string
}

export interface PortOutcome {
  readonly port: string
  readonly cable?: string
  readonly far?: PortRef
  readonly link: boolean
  readonly role: Role
  /** Works by itself, without a partner. */
  readonly alone: boolean
  /** The aggregator it belongs to, and whether that is the one in use. */
  readonly aggregator?: number
  readonly inActiveAggregator: boolean
  readonly selected: Selected
  readonly held?: Held
  readonly actor?: PortInfo
  readonly partner?: PortInfo
  /** By the actor's state octet. Ports of an inactive aggregator can have both set and carry nothing. */
  readonly collecting: boolean
  readonly distributing: boolean
  /** Whether this end would send frames there, and would take frames that come from there. */
  readonly sends: boolean
  readonly accepts: boolean
  readonly out: Traffic
  readonly in: Traffic
  /** Why it does not carry in both directions; absent where it does. */
  readonly block?: Omit<Block, 'ports'>
}

/** When a failure is noticed at the soonest and at the latest, in ms after it happened. */
export interface Span {
  readonly leastMs: number
  readonly mostMs: number
}

export type Notice = Span | 'never'

/** How soon this end stops sending on a port after each kind of failure. */
export interface Detection {
  /** Its link goes down: until no more frames are sent there. Most modes look at the carrier for each frame. */
  readonly linkDown: Notice
  /** Its link goes down: until the bond has given the port up, for its own carrier and for what takes over. */
  readonly givenUp: Notice
  /** The partner's control plane dies; the link stays up. */
  readonly silentPartner: Notice
  /** Frames to this end are lost; the link stays up. */
  readonly oneWayIn: Notice
  /** Frames from this end are lost; the partner has to notice and say so. */
  readonly oneWayOut: Notice
}

export interface LagOutcome {
  readonly system: string
  readonly kind: SystemKind
  /** Both ends use the ports as one LAG, as meant. A host alone on one port does not form one. */
  readonly forms: boolean
  /** The carrier of the bond, or the state of the LAG's interface. */
  readonly up: boolean
  /** Ports that carry in both directions. */
  readonly carrying: readonly string[]
  /** Ports that have link and do not carry. */
  readonly standby: readonly { readonly port: string; readonly why: string }[]
  /** When a port first carried in both directions as part of the LAG; absent where none ever did. */
  readonly upAfterMs?: number
  /** When the set of carrying ports last changed, and whether it has been at rest since for 5 s. */
  readonly settledAfterMs: number
  readonly steady: boolean
  /** Ports of one aggregator, by their order; ports that have none are left out. */
  readonly aggregators: readonly {
    readonly id: number
    readonly active: boolean
    readonly ports: readonly string[]
  }[]
  readonly ports: readonly PortOutcome[]
  readonly detection: Detection
  /** What keeps ports from carrying, in the order of the ports. */
  readonly blocks: readonly Block[]
  /** What blocks, and what to know besides, in plain sentences. */
  readonly why: readonly string[]
  readonly shows: Shows
}

/** What an administrator would see there. */
export type Shows =
  /** The fields of /proc/net/bonding/<bond>. */
  | {
      readonly kind: 'linux'
      readonly miiStatus: 'up' | 'down'
      readonly activeAggregator?: ActiveAggregatorView
      readonly members: readonly LinuxShown[]
    }
  /** The letters that switches put behind a port, in words. */
  | { readonly kind: 'switch'; readonly up: boolean; readonly ports: readonly SwitchShown[] }

export interface LinuxShown extends LinuxPortView {
  readonly name: string
  readonly aggregatorId?: number
  readonly actor?: PortInfo
  readonly partner?: PortInfo
}

export interface SwitchShown {
  readonly name: string
  readonly status: 'bundled' | 'standby' | 'waiting' | 'suspended' | 'individual' | 'forwarding' | 'down'
}

/** A moment at which a port or a LAG changed what it does. */
export interface Change {
  readonly atMs: number
  readonly system: string
  readonly port?: string
  readonly what: PortChange | { readonly up: boolean }
}

export interface PortChange {
  readonly out: Traffic
  readonly in: Traffic
  /** Used without a partner. */
  readonly alone: boolean
}

export interface LacpOutcome {
  readonly untilMs: number
  readonly lags: readonly LagOutcome[]
  /** Every change of traffic and of carrier, in order of time. */
  readonly history: readonly Change[]
}
