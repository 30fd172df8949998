// The values of option-cases.ts, one a bond there, said by fewer bonds that say more each: for programs of which a bond
// costs a great deal.

import { bonding, type Mode } from '../../src/options/index.ts'
import { type OptionCase, optionCases } from './option-cases.ts'

type Said = Readonly<Record<string, unknown>>

/** What only a bond that polls its links has a use for; the driver refuses a delay of one that does not. */
const polling: readonly string[] = ['miimon', 'updelay', 'downdelay', 'peer-notif-delay']

/**
 * Packs cases: bond number n of a mode says value number n of each option that has as many, and what those values need. A
 * mode that can probe has bonds that probe and others that poll. One bond of each mode is told not to poll and nothing
 * else, so that all the rest is the driver's own.
 */
export function packed(cases: readonly OptionCase[]): readonly OptionCase[] {
  return [...new Set(cases.map(({ mode }) => mode))].flatMap(mode => {
    const unpolled = (one: OptionCase): boolean => one.id === 'miimon' && one.said.miimon === 0
    const own = cases.filter(one => one.mode === mode && one.id !== 'mode' && !unpolled(one))
    const polls = ({ id }: OptionCase): boolean => polling.includes(id)
    const bonds = bonding['arp-interval'].modes.includes(mode)
      ? [
          ...rounds(own.filter(polls), true),
          ...rounds(
            own.filter(one => !polls(one)),
            false,
          ),
        ]
      : rounds(own, true)
    const idle = cases.some(one => one.mode === mode && unpolled(one)) || bonds.length === 0
    return [...(idle ? [{ miimon: 0 }] : []), ...bonds].map(said => bondOf(mode, said))
  })
}

/** What the kernel test plays: options of Debian 12's user space and kernel, that the newest kernel still takes. */
export const kernelTest = (): readonly OptionCase[] => commonCases('6.1', '7.2', 'eth0')

/** The cases of one kernel series that another takes as well. `firstMember` names a port of the bond. */
export function commonCases(series: string, other: string, firstMember: string): readonly OptionCase[] {
  const key = ({ mode, id, shown }: OptionCase): string => `${mode} ${id} ${shown}`
  const taken = new Set(optionCases(other, firstMember).map(key))
  return optionCases(series, firstMember).filter(one => taken.has(key(one)))
}

/** Each value in one mode alone of those that take it, by turns. */
export function eachOnce(cases: readonly OptionCase[]): readonly OptionCase[] {
  const values = new Map<string, OptionCase[]>()
  for (const one of cases) {
    const key = one.id === 'mode' ? one.mode : `${one.id} ${one.shown}`
    values.set(key, [...(values.get(key) ?? []), one])
  }
  return [...values.values()].flatMap((modes, at) => modes[at % modes.length] ?? [])
}

/** As many bonds as the option with the most values has. */
function rounds(cases: readonly OptionCase[], polls: boolean): readonly Said[] {
  const ids = [...new Set(cases.map(({ id }) => id))]
  const values = ids.map(id => cases.filter(one => one.id === id))
  const amount = Math.max(0, ...values.map(({ length }) => length))
  return Array.from({ length: amount }, (_, at) => {
    const own = values.flatMap(list => list[at] ?? [])
    const { mode: _mode, miimon, ...beside }: Said = Object.assign({}, ...own.map(({ said }) => said))
    const said = Object.fromEntries(own.map(one => [one.id, one.said[one.id]]))
    return { ...(polls && { miimon }), ...beside, ...said }
  })
}

function bondOf(mode: Mode, said: Said): OptionCase {
  const shown = Object.entries(said).map(([id, value]) => `${id} ${[value].flat().join(' ')}`)
  return { mode, id: Object.keys(said).join(' '), shown: shown.join(', '), said: { mode, ...said } }
}
