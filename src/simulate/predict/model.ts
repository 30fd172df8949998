// What a prediction says. Rates are payload in Mbit/s, as iperf3 and a copy count them; times are ms.

import type { LagOutcome } from '../lacp/outcome.ts'
import type { Figures, Spread } from '../rates/question.ts'
import type { Declared, FlowGroup } from './flow.ts'
import type { State } from './form.ts'
import type { Bundle, Network } from './network.ts'

export interface LagPrediction {
  readonly bundle: Extract<Bundle, { kind: 'bond' | 'lag' }>
  readonly node: string
  readonly lag: string
  readonly forms: boolean
  readonly carrying: readonly string[]
  readonly standby: readonly { readonly port: string; readonly why: string }[]
  /** Absent where it never carries. */
  readonly upAfterMs?: number
  readonly detection: {
    /** At the latest; `never` where nothing notices. */
    readonly linkDownMs: number | 'never'
    readonly silentPartnerMs: number | 'never'
  }
  readonly why: readonly string[]
  readonly outcome: LagOutcome
}

/** One node's choice on the way of a stream. */
export interface HopPrediction {
  readonly node: string
  readonly lag: string
  /** One port; several joined by `|` where it is not known which; joined by `+` where all of them are used. */
  readonly port: string
  readonly exact: boolean
  /** The links, by index, that it may use. */
  readonly links: readonly number[]
}

export interface FlowPrediction {
  readonly name: string
  readonly from: string
  readonly to: string
  /** From 1; several that differ in nothing known have the same figures. */
  readonly stream: number
  readonly group: number
  readonly back: boolean
  readonly hops: readonly HopPrediction[]
  readonly mbps: Figures
}

export interface LinkPrediction {
  readonly node: string
  readonly port: string
  readonly outMbps: Figures
  readonly inMbps: Figures
}

export interface ExpectationPrediction {
  readonly item: number
  readonly from: string
  readonly to: string
  readonly wantMbps: number
  readonly getMbps: Figures
  readonly met: 'yes' | 'no' | 'maybe'
  readonly why: string
}

/** How many links a node can use at once for an item's streams, and why no more. */
export interface Stage {
  readonly node: string
  readonly lag: string
  /** Ports that it could use. */
  readonly of: number
  /** Links that the streams are on at once, at most. */
  readonly used: number
  /** What these links carry, in payload Mbit/s. */
  readonly mostMbps: number
  readonly linkMbps: number
  /** Whether the index is known, drawn by each stream, or drawn by all alike. */
  readonly choice: 'known' | 'each' | 'alike' | 'all' | 'only'
  /** The platform's or the driver's word for its choice, and what that sees. */
  readonly words: string
  readonly sees: readonly string[]
}

/** One direction of a declared item. */
export interface ItemPrediction {
  readonly item: number
  readonly back: boolean
  readonly declared: Declared
  readonly groups: readonly number[]
  readonly sum: Figures
  readonly stages: readonly Stage[]
  /** Why frames are dropped, where some or all are. */
  readonly lost?: string
}

/** What one direction of all declared traffic comes to. */
export interface Run {
  readonly back: boolean
  /** Indices of `Prediction.groups`, in the order of `spread.flows`. */
  readonly groups: readonly number[]
  readonly spread: Spread
}

export interface Prediction {
  readonly network: Network
  readonly state: State
  readonly groups: readonly FlowGroup[]
  readonly lags: readonly LagPrediction[]
  readonly flows: readonly FlowPrediction[]
  readonly links: readonly LinkPrediction[]
  readonly items: readonly ItemPrediction[]
  readonly expectations: readonly ExpectationPrediction[]
  /** The declared direction, and the other way. */
  readonly runs: readonly [Run, Run]
  readonly assumptions: readonly string[]
  /** What of the line is payload, in words, for each kind of flow. */
  readonly overheads: readonly string[]
}
