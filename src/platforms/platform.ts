// What a switch platform is, as facts: how it names ports and LAGs, which ways of LACP it has, what its hash sees, how it
// counts an MTU. The partner, the rules and the prediction take them from here; how it is all spelled is the business of
// src/targets/switch. A fact that no source confirmed carries a mark in `unverified`, which follows it everywhere.

import type { HashPolicy } from '../options/index.ts'

/** A field of a frame's headers that a hash may take in. */
export type Field =
  | 'source-mac'
  | 'destination-mac'
  | 'ethertype'
  | 'vlan'
  | 'source-ip'
  | 'destination-ip'
  | 'protocol'
  | 'source-port'
  | 'destination-port'
  | 'ingress-port'

export const macs: readonly Field[] = ['source-mac', 'destination-mac']
export const ips: readonly Field[] = ['source-ip', 'destination-ip']
export const l4Ports: readonly Field[] = ['source-port', 'destination-port']

/** The platform's own words for a Linux policy, and what they make the switch look at. */
export interface HashWords {
  readonly words: string
  /** Whether frames spread as under the Linux policy: over the same fields, though perhaps by another function. */
  readonly exact: boolean
  readonly sees: readonly Field[]
}

export const exactly = (words: string, ...sees: readonly (readonly Field[])[]): HashWords => ({
  words,
  exact: true,
  sees: sees.flat(),
})

export const roughly = (words: string, ...sees: readonly (readonly Field[])[]): HashWords => ({
  words,
  exact: false,
  sees: sees.flat(),
})

/** How ports are called. */
export interface PortNames {
  /** The words before the numbers as the configuration prints them, each with its abbreviations; `''` where there is none. */
  readonly types: Readonly<Record<string, readonly string[]>>
  /** What stands between word and numbers. */
  readonly between: '' | ' '
  /** The numbers, with named groups unit, slot, port and lane; what names no group is a free name. */
  readonly numbers: RegExp
  /** The first number of each. */
  readonly first: { readonly unit: 0 | 1; readonly slot: 0 | 1; readonly port: 0 | 1 }
  readonly examples: readonly [string, ...string[]]
  /** Whether case matters, as where ports are devices of Linux. */
  readonly exactCase: boolean
}

/** Inclusive bounds; both open where the sources name none. */
export interface Limits {
  readonly min?: number
  readonly max?: number
}

export interface Platform {
  readonly id: string
  readonly vendor: string
  readonly product: string
  readonly lag: {
    /** `{number}` is the LAG's number, `{port}` its lowest port. */
    readonly name: string
    /** Undefined: any number will do, as the name is free. */
    readonly ids: { readonly min: number; readonly max: number } | undefined
  }
  readonly members: {
    /** How many links carry traffic at most; undefined where the sources name no limit. */
    readonly active: number | undefined
    /** How many more may wait as LACP standby. */
    readonly standby: number
    /** How many it must have at least to be made at all; 1 where absent. */
    readonly fewest?: number
  }
  readonly ports: PortNames
  /** Which ways a LAG can form. */
  readonly modes: { readonly active: boolean; readonly passive: boolean; readonly static: boolean }
  readonly rate: {
    readonly scope: 'lag' | 'member' | 'device' | 'none'
    /** What it asks for when nothing is configured. */
    readonly unset: 'slow' | 'fast'
    /** `partner`: the word sets what the other end must send; `own`: the document defines it as what this end sends. */
    readonly means: 'partner' | 'own'
  }
  readonly minLinks: Limits | undefined
  readonly maxLinks: Limits | undefined
  readonly hash: {
    readonly scope: 'lag' | 'device' | 'none'
    readonly policies: { readonly [P in HashPolicy]?: HashWords }
    /** What it looks at when nothing is configured, for IP traffic. */
    readonly unset: { readonly words: string; readonly sees: readonly Field[] }
  }
  /** How two of them stand as one LACP system; undefined where they cannot. `cli`: whether LAGs are told so one by one. */
  readonly multichassis: { readonly name: string; readonly perLag: boolean } | undefined
  /** Whether a port can work alone while the host is silent. */
  readonly fallback: boolean
  readonly mtu: {
    readonly scope: 'device' | 'vlan' | 'lag' | 'port'
    /** The packet in the frame; the frame with its Ethernet header but without FCS; the frame with all. */
    readonly counts: 'payload' | 'frame-without-fcs' | 'frame'
    /** What holds when nothing is configured, counted its way; undefined where the sources differ. */
    readonly unset?: number
    /** The largest that can be configured, counted its way. */
    readonly max?: number
    /** The only value beside the default: jumbo frames are on or off, or accepted at one size. */
    readonly fixed?: number
  }
  readonly vlans: {
    readonly min: number
    readonly max: number
    /** The one that is there without being created. */
    readonly unset: number | undefined
    readonly reserved: readonly { readonly from: number; readonly to: number }[]
  }
  /** How far its facts were checked: by a machine-readable model, by a parser, by documents, or not. */
  readonly confidence: 'schema' | 'parser' | 'document' | 'unverified'
  /** Facts without a source: the option, `option=value`, or the name of a fact here, and what is assumed. */
  readonly unverified: Readonly<Record<string, string>>
  readonly source: string
}

export const plainVlans: Platform['vlans'] = { min: 1, max: 4094, unset: 1, reserved: [] }

const anyNumbers = { unit: 1, slot: 0, port: 1 } as const

/** Fills what is the same for most grammars of port names. */
export const portNames = (
  names: Pick<PortNames, 'types' | 'numbers' | 'examples'> & Partial<PortNames>,
): PortNames => ({ between: '', first: anyNumbers, exactCase: false, ...names })
