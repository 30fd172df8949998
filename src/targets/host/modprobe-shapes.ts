// Parameters of the driver, each both ways. One holds for every bond that the driver makes when it is loaded, so what the
// bonds of a host do not say alike cannot be written; and the driver drops or refuses some of them in company
// (bond_main.c, bond_check_params()).

import { settle } from '../../intent/effective.ts'
import type { Device, Host } from '../../intent/intent.ts'
import { bonding, type Mode, type Said, type Value } from '../../options/index.ts'
import { sameValue } from '../place.ts'
import { type Custom, custom, type Spelling, type Written } from '../stance.ts'
import { compareVersions } from '../target.ts'

type BondOption = keyof typeof bonding

interface Parameter {
  readonly as?: Spelling
  /** The first kernel that has it. */
  readonly since?: string
  /** Single values that are newer or older than a kernel. */
  readonly values?: Readonly<Record<string, { readonly since?: string; readonly before?: string }>>
  /** Why the driver does not take it, by what all bonds say alike. */
  against?(value: never, common: Said<'bond'>): string | undefined
}

const refuse = (refused: string): Written => ({ settings: [], refused })

/** What all bonds of a host say alike. */
function commonOf({ bonds }: Host): Said<'bond'> {
  const [first, ...others] = bonds
  const same = (id: string, value: Value): boolean =>
    others.every(({ options }) => {
      const own = (options as Readonly<Record<string, Value | undefined>>)[id]
      return own !== undefined && sameValue(own, value)
    })
  const entries = Object.entries((first?.options ?? {}) as Readonly<Record<string, Value>>)
  return Object.fromEntries(entries.filter(([id, value]) => same(id, value)))
}

/** A parameter of the option's kernel name. */
export function parameter(id: BondOption, { as, since, values, against }: Parameter = {}): Custom {
  const { kind, kernel } = bonding[id]
  const name = kernel?.name ?? id
  return custom({
    shape: name,
    write(value: never, { device, host, version = '' }) {
      const common = commonOf(host)
      const modes = new Set(host.bonds.map(({ options }) => options.mode ?? 'balance-rr'))
      if (modes.size > 1 || !Object.hasOwn(common, id))
        return refuse('a parameter holds for every bond that the driver makes, and they do not say it alike')
      const older = (than: string | undefined): boolean =>
        than !== undefined && version !== '' && compareVersions(version, than) < 0
      if (older(since)) return refuse(`the driver has it from Linux ${since}, and ${version} was asked for`)
      const limits = values?.[String(value)]
      if (older(limits?.since)) return refuse(`the driver has it from Linux ${limits?.since}`)
      if (limits?.before !== undefined && !older(limits.before))
        return refuse(`the driver has it up to Linux ${limits.before}`)
      const because = against?.(value, common)
      if (because !== undefined) return refuse(because)
      const neutral = kind.write(value) as Value
      const native = as === undefined ? neutral : as.write(neutral)
      return native === undefined || (Array.isArray(native) && native.length === 0)
        ? { settings: [] }
        : { settings: [{ device: device.name, in: 'Parameters', name, value: native }] }
    },
    read(device) {
      const used = device.found.filter(found => found.in === 'Parameters' && found.name === name)
      const native = used.at(-1)?.value
      const neutral = native === undefined || as === undefined ? native : as.read(native)
      const value = neutral === undefined ? undefined : kind.read(neutral)
      return value === undefined ? undefined : { value: kind.write(value as never), used }
    },
  })
}

export const needsPolling = (_: number, common: Said<'bond'>): string | undefined =>
  settle(common).miimon === 0 ? 'the driver drops it while miimon is 0' : undefined

/** Modes that bond_check_params() has polled every 100 ms where the parameter is 0, which is where nothing is said. */
const polledModes: readonly Mode[] = ['802.3ad', 'balance-tlb', 'balance-alb']

export const polledAnyway = (value: number, { mode = 'balance-rr' }: Said<'bond'>): string | undefined =>
  value === 0 && polledModes.includes(mode)
    ? `the driver takes a parameter of 0 in mode ${mode} for one that is not said, and polls every 100 ms`
    : undefined

const isTarget = (address: string): boolean => !['0.0.0.0', '255.255.255.255'].includes(address)

/** Why the driver does not probe; undefined where it does. */
export function unprobed(common: Said<'bond'>): string | undefined {
  const { 'arp-interval': interval = 0, 'arp-ip-target': targets = [] } = common
  if (settle(common).miimon > 0) return 'the driver polls by miimon alone where both are said'
  if (interval === 0) return 'the driver probes only at an interval above 0'
  return targets.length > 0 && targets.every(isTarget) ? undefined : 'the driver has nobody to probe'
}

export const validTargets = (targets: readonly string[]): string | undefined =>
  targets.every(isTarget) ? undefined : 'the driver takes no address of only zeros or ones'

export const withPrimary = (_: string, { primary, mode = 'balance-rr' }: Said<'bond'>): string | undefined =>
  primary !== undefined && bonding.primary.modes.includes(mode)
    ? undefined
    : 'the driver passes it over where there is no primary'

/** The driver calls its bonds bond0, bond1 and so on. */
export function unnamed({ bonds }: Host): readonly { readonly device: Device; readonly because: string }[] {
  const expected = bonds.map((_, at) => `bond${at}`)
  return bonds
    .filter(({ name }) => !expected.includes(name))
    .map(device => ({ device, because: `the driver itself calls its bonds ${expected.join(', ')}` }))
}
