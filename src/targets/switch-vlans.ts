// VLANs of a LAG as a platform lists them: which belong into a list, and how the list is written.

import type { PlannedLag } from '../intent/partner.ts'
import { joinRanges, vlanIds, withoutVlan } from '../intent/partner-vlans.ts'
import type { VlanRange } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import type { Platform } from '../platforms/index.ts'
import type { VlanList } from './lines.ts'
import type { SwitchTarget } from './switch-target.ts'

/** VLANs that pass a LAG, the native one too where untagged frames do. */
export const passing = ({ options: { vlans, native, untagged } }: PlannedLag): readonly VlanRange[] =>
  joinRanges(untagged || vlans.length === 0 ? [...vlans, { from: native, to: native }] : vlans)

const withNative = ({ options: { vlans, native } }: PlannedLag): readonly VlanRange[] =>
  joinRanges([...vlans, { from: native, to: native }])

/** The VLANs that an option speaks of. */
export function vlansOf(id: string, lag: PlannedLag, target: SwitchTarget): readonly VlanRange[] {
  if (id === 'native' || id === 'untagged') return [{ from: lag.options.native, to: lag.options.native }]
  if (id !== 'vlans') return passing(lag)
  switch (target.vlanLists) {
    case 'tagged':
      return lag.options.vlans
    case 'all':
      return withNative(lag)
    case 'passing':
      return passing(lag)
    case 'passing-but-1':
      return withoutVlan(passing(lag), 1)
  }
}

/** The same one by one, as far as the platform has them; limits() complains of the others. */
export const existing = (id: string, lag: PlannedLag, target: SwitchTarget): readonly number[] =>
  vlanIds(vlansOf(id, lag, target)).filter(vlan => hasVlan(target.platform, vlan))

/** Whether a platform has a VLAN at all. */
export const hasVlan = ({ vlans: { min, max } }: Platform, vlan: number): boolean =>
  vlan >= min && vlan <= max

/** VLANs as one text. */
export const writeVlans = (ranges: readonly VlanRange[], list: VlanList): string =>
  vlanItems(ranges, list).join(list.between)

/** VLANs as a list: single ones as numbers, ranges as text where the platform has them. */
const vlanItems = (ranges: readonly VlanRange[], { to }: VlanList): readonly (string | number)[] =>
  to === undefined
    ? vlanIds(ranges)
    : ranges.map(range => (range.from === range.to ? range.from : `${range.from}${to}${range.to}`))

/** The name of a VLAN where the platform calls them by name. */
export const vlanName = ({ vlanNames }: SwitchTarget, vlan: number): string => vlanNames[vlan] ?? `v${vlan}`

/** VLANs in one list; undefined where there are none, so there is no such line. */
export const vlansText = (ranges: readonly VlanRange[], { vlanList }: SwitchTarget): Value | undefined =>
  vlanList.items ? vlanItems(ranges, vlanList) : writeVlans(ranges, vlanList) || undefined
