// What NetworkManager's bond and bridge settings say only in company, whoever writes them: our own keyfiles, or nmstate. It
// refuses a whole profile in which one option lacks another (nm-setting-bond.c, verify(); nm-setting-bridge.c, verify()), so
// none of these may be written. `part`: where the target has its bond options.

import { settle } from '../../intent/effective.ts'
import { modeKind, type Said, type Value, type VlanRange } from '../../options/index.ts'
import { whole } from '../../options/kind.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Context, type Custom, custom, type Written } from '../stance.ts'
import { compareVersions } from '../target.ts'

export const refuse = (refused: string): Written => ({ settings: [], refused })

/** What a device was found to say last under one name; the last assignment of a key is the one that holds. */
export const foundAs = (device: ScannedDevice, part: string, name: string): Found | undefined =>
  device.found.findLast(found => found.in === part && found.name === name)

const one = ({ device }: Context, part: string, name: string, value: Value): Written => ({
  settings: [{ device: device.name, in: part, name, value }],
})

/** One key, written unless something speaks against it. */
export const guarded = <V extends Value>(
  part: string,
  name: string,
  against: (value: V, context: Context) => string | undefined,
  as: { write(value: V): Value; read(text: string): Value | undefined },
): Custom =>
  custom({
    shape: name,
    write(value: V, context) {
      const refused = against(value, context)
      if (refused !== undefined) return refuse(refused)
      return Array.isArray(value) && value.length === 0
        ? { settings: [] }
        : one(context, part, name, as.write(value))
    },
    read(device) {
      const found = foundAs(device, part, name)
      const value = found && as.read(String(found.value))
      return found === undefined || value === undefined ? undefined : { value, used: [found] }
    },
  })

const plain = { write: (value: Value) => value, read: (text: string) => text }

export const number = {
  write: (value: number) => value,
  read: (text: string) => whole({ min: -2147483648, max: 2147483647 }).read(text),
}

export const commas = {
  write: (value: readonly string[]) => value.join(','),
  read: (text: string) =>
    text
      .split(/[,;\s]/)
      .map(item => item.trim())
      .filter(item => item !== ''),
}

const bondOptions = ({ device }: Context): Said<'bond'> => device.options as Said<'bond'>

/** The miimon that holds, in ms: what was said, or the default of the mode. */
export function miimonOf(context: Context): number {
  const { mode = 'balance-rr', miimon } = bondOptions(context)
  return miimon ?? settle({ mode: modeKind.read(mode) ?? 'balance-rr' }).miimon
}

export const before = ({ version }: Context, since: string): boolean =>
  version !== undefined && compareVersions(version, since) < 0

export const tooOld = (name: string, since: string, { version }: Context): string | undefined =>
  before({ version } as Context, since)
    ? `NetworkManager has ${name} from ${since}, and ${version} was asked for`
    : undefined

/** `updelay` and `downdelay` count polls of miimon. */
export const delay = (part: string, name: string): Custom =>
  guarded(
    part,
    name,
    (value: number, context) =>
      value > 0 && miimonOf(context) === 0
        ? 'NetworkManager refuses a bond that has a delay and no miimon'
        : undefined,
    number,
  )

/** Why a bond cannot probe; undefined where it does. `knowsNs`: whether probes for IPv6 can be said. */
export function unprobed(context: Context, knowsNs: boolean): string | undefined {
  const { 'arp-interval': interval = 0, 'arp-ip-target': four = [], miimon = 0 } = bondOptions(context)
  const six = knowsNs ? (bondOptions(context)['ns-ip6-target'] ?? []) : []
  const { mode = 'balance-rr' } = bondOptions(context)
  if (miimon > 0) return 'NetworkManager monitors by miimon alone where both are said'
  if (['802.3ad', 'balance-tlb', 'balance-alb'].includes(mode)) return `there are no probes in mode ${mode}`
  if (interval === 0) return 'NetworkManager refuses a bond that has targets and no arp_interval'
  if (four.length + six.length === 0)
    return 'NetworkManager refuses a bond that has an arp_interval and no target that it knows'
  return undefined
}

export const arpInterval = (part: string, knowsNs: (context: Context) => boolean): Custom =>
  guarded(
    part,
    'arp_interval',
    (value: number, context) => (value === 0 ? undefined : unprobed(context, knowsNs(context))),
    number,
  )

export const arpIpTarget = (part: string, knowsNs: (context: Context) => boolean): Custom =>
  guarded(
    part,
    'arp_ip_target',
    (value: readonly string[], context) =>
      value.length === 0 ? undefined : unprobed(context, knowsNs(context)),
    commas,
  )

export const arpValidate = (part: string): Custom =>
  guarded(
    part,
    'arp_validate',
    (value: string, context) =>
      value !== 'none' && miimonOf(context) > 0
        ? 'the driver takes no arp_validate together with a miimon'
        : undefined,
    plain,
  )

/** IEEE 802.1D has 4 to 30 s, the kernel 2 to 30 s; less than that only where nothing listens and learns. */
export const forwardDelay = (part: string, zeroWithoutStp: boolean, name = 'forward-delay'): Custom =>
  guarded(
    part,
    name,
    (value: number, { device }) => {
      const { stp = false } = device.options as Said<'bridge'>
      return value >= 2 || (value === 0 && !stp && zeroWithoutStp)
        ? undefined
        : zeroWithoutStp
          ? 'NetworkManager refuses a bridge with less than 2 s, but for 0 without spanning tree'
          : 'nmstate refuses a bridge with less than 2 s'
    },
    number,
  )

/** Ranges that share no VLAN with one before them: NetworkManager and nmstate refuse a bridge that has one twice. */
export function distinct(ranges: readonly VlanRange[]): readonly VlanRange[] {
  const taken = new Set<number>()
  return ranges.filter(({ from, to }) => {
    const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at)
    if (numbers.some(one => taken.has(one))) return false
    for (const one of numbers) taken.add(one)
    return true
  })
}

export const vlanTwice = 'a bridge that has one VLAN twice is refused, so only the first is written'

/** It sends neither by netlink when they are 0 (nm-device-bond.c; seen with 1.42 on Linux 6.1). */
export const zeroIsNotSent = [
  { values: [0], because: 'NetworkManager does not send a 0, and the driver then keeps its default of 1' },
]
