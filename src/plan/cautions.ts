// What to mind before a change is made on a host: options that its front end passes over in silence, devices that it leaves
// there, and the way in that the change itself cuts off. Each has a page in `explain` under its code.

import type { Severity } from '../diagnostics/diagnostic.ts'
import { type Device, devicesOf, type Host } from '../intent/intent.ts'
import type { Leftover } from '../targets/target.ts'
import type { DeviceChange, HostChange } from './change.ts'
import type { Applying, BondPlan } from './plan.ts'

export interface Caution {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  /** What to do about it. */
  readonly help: string
}

/** In the order of the host's devices. */
export function cautionsOf(
  change: HostChange,
  applying: readonly Applying[],
  bonds: readonly BondPlan[],
): readonly Caution[] {
  const { old, new: now } = change
  if (old === undefined || now === undefined) return []
  return [
    ...change.devices.flatMap(device => passedOver(device, applying)),
    ...change.devices.flatMap(device => leftThere(device, applying)),
    ...cutOff(old, change, bonds),
  ]
}

/** Options of a bond that is there which are not sent to it, and nobody says so. */
function passedOver(device: DeviceChange, applying: readonly Applying[]): readonly Caution[] {
  if (device.subject !== 'bond' || device.kind !== 'changed') return []
  const silent = applying.find(({ by }) => by?.silent)
  if (silent?.by === undefined) return []
  const { bond, command } = silent.by
  const options = device.options.filter(({ needs }) => bond === 'kept' || needs !== 'live')
  if (options.length === 0) return []
  const ids = options.map(({ id }) => id)
  return [
    {
      code: 'networkd-mode-not-changed',
      severity: 'warning',
      message: `the new ${ids.join(', ')} of ${device.name} would not be set: networkd does not send ${ids.length === 1 ? 'it' : 'them'} to a bond that is up, and ${command} ends well all the same`,
      help: `delete ${device.name} before (ip link delete ${device.name}), or restart the host`,
    },
  ]
}

/** A device that is in the new files no more and stays all the same. */
function leftThere(device: DeviceChange, applying: readonly Applying[]): readonly Caution[] {
  if (device.kind !== 'removed') return []
  const left = applying.flatMap(({ by }): readonly (Leftover & { readonly by: string })[] => {
    const gone = by?.gone
    return by === undefined || gone === undefined || gone === 'removed' ? [] : [{ ...gone, by: by.command }]
  })[0]
  if (left === undefined) return []
  const command = left.command.replaceAll('{device}', device.name)
  return [
    {
      code: 'netplan-apply-leaves-old-bond',
      severity: 'warning',
      message: `the ${device.subject} ${device.name} is gone from the files and stays on the host: ${left.because}`,
      help: `${command}, ${left.first ? 'before the new files are in place' : 'once the new files are in place'}`,
    },
  ]
}

/** Addresses that can be reached by what the change interrupts alone. */
function cutOff(old: Host, { devices }: HostChange, bonds: readonly BondPlan[]): readonly Caution[] {
  const removed = devices.filter(({ subject, kind }) => subject === 'bond' && kind === 'removed')
  const away = new Set([
    ...removed.map(({ name }) => name),
    ...bonds.filter(({ goes, order }) => goes !== 'live' || order.worst === 'cut').map(({ name }) => name),
  ])
  if (away.size === 0) return []
  const reachable = devicesOf(old).filter(isReachable)
  const lost = reachable.filter(device => standsOn(old, device).some(name => away.has(name)))
  const under = new Set(lost.flatMap(device => standsOn(old, device).filter(name => away.has(name))))
  const others = reachable.filter(device => !lost.includes(device))
  if (lost.length === 0 || others.length > 0) return []
  const shown = lost.flatMap(({ name, options }) => {
    const { addresses = [] } = options as { readonly addresses?: readonly string[] }
    return addresses.length > 0 ? addresses : [`what ${name} gets by DHCP`]
  })
  return [
    {
      code: 'management-on-changed-bond',
      severity: 'warning',
      message: `every address of the host (${shown.join(', ')}) is on ${[...under].join(', ')}, so a session over the network ends with the change, and with a mistake for good`,
      help: 'have a console or an address on a port of its own, let a timer put the old files back, and change one host at a time',
    },
  ]
}

const isReachable = ({ options }: Device): boolean => {
  const {
    addresses = [],
    dhcp4,
    dhcp6,
  } = options as {
    readonly addresses?: readonly string[]
    readonly dhcp4?: boolean
    readonly dhcp6?: boolean
  }
  return addresses.length > 0 || dhcp4 === true || dhcp6 === true
}

/** A device, and those below it. */
function standsOn(host: Host, device: Device): readonly string[] {
  const found = new Set([device.name])
  for (const name of found) {
    for (const one of devicesOf(host)) {
      if (one.name !== name) continue
      const { link, ports = [] } = one.options as {
        readonly link?: string
        readonly ports?: readonly string[]
      }
      for (const below of link === undefined ? ports : [link, ...ports]) found.add(below)
    }
  }
  return [...found]
}
