// What a switch is to be, as the hosts' bonds need it: the shapes that the partner hands to switch targets, rules and
// the prediction. Every value that somebody said keeps the place where it was said, in `stands`.

import type { Place } from '../diagnostics/diagnostic.ts'
import type { Mode, Said } from '../options/index.ts'
import type { Platform } from '../platforms/index.ts'
import type { PortName } from '../platforms/ports.ts'
import type { Node } from './intent.ts'

export type LagMode = 'active' | 'passive' | 'static' | 'plain'

/** What each mode of a bond needs at the other end (linux Documentation/networking/bonding.rst, section 5). */
export const lagModeFor: Readonly<Record<Mode, LagMode>> = {
  'balance-rr': 'static',
  'active-backup': 'plain',
  'balance-xor': 'static',
  broadcast: 'static',
  '802.3ad': 'active',
  'balance-tlb': 'plain',
  'balance-alb': 'plain',
}

/** A port of the switch and what its cable leads to. */
export interface PlannedPort extends PortName {
  /** Where its name was said. */
  readonly at: Place
  readonly host?: string
  /** The host's own name for its end of the cable. */
  readonly device?: string
  readonly speedMbps?: number
}

/** A LAG with every option settled; `plain` is a group of ports that are no LAG. */
export interface PlannedLag extends Node<'lag'> {
  readonly number: number
  readonly options: Settled
  /** Where options were said, by whichever end; what is missing followed from nothing but defaults. */
  readonly stands: Readonly<Record<string, readonly (string | number)[]>>
  /** In the platform's order. */
  readonly ports: readonly PlannedPort[]
  /** The bond behind it; absent for a LAG of the switch's own. */
  readonly bond?: { readonly host: string; readonly name: string }
  /** Whether it is the link between the switches of a pair. */
  readonly peerLink: boolean
}

/** Always there after planning; the others only where somebody said them. */
type Always = 'mode' | 'ports' | 'vlans' | 'native' | 'untagged' | 'edge' | 'mlag'
export type Settled = Said<'lag'> & { readonly [K in Always]-?: NonNullable<Said<'lag'>[K]> }

export interface SwitchPlan extends Node<'switch'> {
  readonly name: string
  readonly platform: Platform
  /** The version that the intent names: `mikrotik-routeros@7.19`. */
  readonly version: string | undefined
  /** In the order of their numbers, plain groups last. */
  readonly lags: readonly PlannedLag[]
}

/** Whether a LAG has one VLAN only, untagged. */
export const isAccess = ({ options }: PlannedLag): boolean => options.vlans.length === 0
