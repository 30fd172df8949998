// Every value of every bonding option in every mode that allows it, as bonds that the kernel test brings up: one
// option said beside the least that the mode needs to be itself.

import type { Settled } from '../../src/intent/effective.ts'
import { bonding, type Mode, modeKind, type Said } from '../../src/options/index.ts'
import type { AnyKind } from '../../src/options/kind.ts'
import type { AnyRow } from '../../src/options/row.ts'
import { compareVersions, kernelHas } from '../../src/targets/target.ts'

export interface OptionCase {
  readonly mode: Mode
  /** The option under test; `mode` where the mode alone is. */
  readonly id: string
  readonly shown: string
  /** Everything that is said of the bond but its members. */
  readonly said: Readonly<Record<string, unknown>>
}

/** Values that need others beside them, and what they need. */
const needs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'arp-interval': { 'arp-ip-target': ['192.0.2.1'] },
  'arp-ip-target': { 'arp-interval': 200 },
  'ns-ip6-target': { 'arp-interval': 200 },
  'arp-validate': { 'arp-interval': 200, 'arp-ip-target': ['192.0.2.1'] },
  'arp-all-targets': { 'arp-interval': 200, 'arp-ip-target': ['192.0.2.1'], 'arp-validate': 'all' },
  'arp-missed-max': { 'arp-interval': 200, 'arp-ip-target': ['192.0.2.1'] },
}

const samples: Readonly<Record<string, readonly unknown[]>> = {
  miimon: [0, 50, 100, 1000],
  updelay: [0, 200, 250, 30000],
  downdelay: [0, 100, 199],
  'peer-notif-delay': [0, 300],
  'arp-interval': [100, 1000],
  'arp-ip-target': [['192.0.2.1'], ['192.0.2.1', '198.51.100.7', '203.0.113.9']],
  'ns-ip6-target': [['2001:db8::1']],
  'ad-actor-system': ['02:00:00:00:00:01'],
  'ad-actor-sys-prio': [1, 1000, 65535],
  'ad-user-port-key': [0, 1, 1023],
  'min-links': [0, 1, 2],
  'packets-per-slave': [0, 1, 8],
  'lp-interval': [1, 5],
  'num-grat-arp': [0, 1, 255],
  'resend-igmp': [0, 1, 255],
  'arp-missed-max': [1, 2, 255],
}

const valuesOf = (id: string, kind: AnyKind): readonly unknown[] => samples[id] ?? kind.words ?? []

/** Values of an option, the older ones of a choice first; `firstMember` for those that name a port. */
export const samplesOf = (id: string, row: AnyRow, firstMember: string): readonly unknown[] =>
  id === 'primary' ? [firstMember] : valuesOf(id, row.kind)

/** All cases for a kernel series, or one release of it. `members` names the ports of a bond, for options that name one. */
export function optionCases(kernel: string, firstMember: string): readonly OptionCase[] {
  const modes = Object.keys(modeKind.numbers) as Mode[]
  return modes.flatMap(mode => {
    const alone: OptionCase = { mode, id: 'mode', shown: mode, said: { mode, miimon: 100 } }
    const options = Object.entries<AnyRow>(bonding).flatMap(([id, row]) => {
      if (
        id === 'mode' ||
        id === 'active-slave' ||
        (row.elsewhere === 'refused' && !row.modes.includes(mode))
      )
        return []
      if (!kernelHas(kernel, row)) return []
      return samplesOf(id, row, firstMember)
        .filter(value => compareVersions(kernel, row.valuesSince[String(value)] ?? '0') >= 0)
        .filter(value => compareVersions(kernel, row.valuesUntil[String(value)] ?? '999') < 0)
        .flatMap(value => caseOf(mode, id, value))
    })
    return [alone, ...options]
  })
}

function caseOf(mode: Mode, id: string, value: unknown): readonly OptionCase[] {
  const beside = needs[id] ?? (id === 'miimon' ? {} : { miimon: 100 })
  // A mode that cannot probe ignores targets; they are then said beside the carrier's monitor.
  const probing = !('arp-interval' in beside) || bonding['arp-interval'].modes.includes(mode)
  const context = probing ? beside : { miimon: 100 }
  const shown = Array.isArray(value) ? value.join(' ') : String(value)
  return [{ mode, id, shown, said: { mode, ...context, [id]: value } }]
}

/** What a file below /sys/class/net/BOND/bonding says, as the kind's own value. */
export function readSysfs(row: AnyRow, text: string): unknown {
  const words = text
    .trim()
    .split(/\s+/)
    .filter(word => word !== '')
  if ('item' in row.kind) return row.kind.read(words)
  // Enumerations read back as `slow 0`, some as the number alone, unset names as nothing.
  return row.kind.read(words[0] ?? '') ?? words[0] ?? ''
}

type ByOption = Record<string, unknown>

/**
 * What a bond's files below /sys/class/net/BOND/bonding say, and what `settle` says of the same options. Left out: what
 * this kernel has no file for; which member is active, which the kernel decides at run time; and what has no meaning
 * in the mode and reads back empty.
 */
export function heldAndSettled(
  files: Readonly<Record<string, string>>,
  expected: Settled,
  mode: Mode,
): { readonly held: ByOption; readonly settled: ByOption } {
  const held: ByOption = {}
  const settled: ByOption = {}
  for (const [id, row] of Object.entries<AnyRow>(bonding)) {
    const text = row.kernel?.sysfs ? files[row.kernel.name] : undefined
    const idle = text?.trim() === '' && row.elsewhere === 'refused' && !row.modes.includes(mode)
    if (text === undefined || id === 'active-slave' || idle) continue
    held[id] = readSysfs(row, text)
    settled[id] = expected[id as keyof Settled]
  }
  return { held, settled }
}

export type { Said }
