// VLAN devices in interfaces files. ifup makes one by itself where the name is LINK.ID, the package vlan one that is called
// vlanID; for all other names a command does.

import { type Device, type Host, needsFirst } from '../../intent/intent.ts'
import { once } from '../../intent/once.ts'
import type { Said } from '../../options/index.ts'
import { custom, type Written } from '../stance.ts'
import { dottedParts, foundIn, kindOf, readLast, refused, setting, takenForVlan } from './interfaces.ts'
import { addVlan, command } from './interfaces-commands.ts'

type VlanShape = 'name' | 'raw-device' | 'command' | 'by-link'

/**
 * How a VLAN device is made. LINK.ID by ifup itself, which looks for the first two parts of a name, before any line of
 * the stanza: what it would take for another VLAN must be there by then, so the stanza of the link makes it.
 */
function shapeOf({ name, options: { id, link } }: Device<'vlan'>, host: Host): VlanShape {
  const [, before, number] = /^([^.]+)\.(\d+)$/.exec(name) ?? []
  if (before === link && Number(number) === id) return 'name'
  if (number !== undefined || takenForVlan(name, host) !== undefined) return 'by-link'
  return name === `vlan${id}` ? 'raw-device' : 'command'
}

const half = 'a VLAN has an id and a link, or it is none'

/** A vlan-aware bridge hands a frame up to its VLAN device only where it carries the VLAN itself. */
export function carryingItself(device: Device<'vlan'>, host: Host) {
  const { id, link } = device.options
  const below = host.bridges.find(bridge => bridge.name === link && bridge.options['vlan-aware'] === true)
  if (below === undefined || id === undefined) return []
  return [
    setting(
      device,
      'before',
      'pre-up',
      command('bridge', 'vlan', 'add', 'dev', below.name, 'vid', id, 'self'),
    ),
  ]
}

/** The devices that are or stand on a bridge. VLANs come up before bridges, which may stand on them; but for these. */
const onBridges = once((host: Host): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const { subject, name, options } of needsFirst(host)) {
    const { link } = options as Said<'vlan'>
    if (subject === 'bridge' || (link !== undefined && found.has(link))) found.add(name)
  }
  return found
})

const asVlan = (device: Device): Device<'vlan'> => device as Device<'vlan'>

/** The lines that make the device, in its own stanza or in that of its link. */
function making(device: Device<'vlan'>, link: string, id: number, host: Host): Written['settings'] {
  const { name } = device
  switch (shapeOf(device, host)) {
    case 'name':
      return []
    case 'raw-device':
      return [setting(device, 'link', 'vlan-raw-device', link)]
    case 'by-link':
      return [{ device: link, in: 'after', name: 'up', value: addVlan('$IFACE', name, id) }]
    case 'command': {
      const made = setting(device, 'before', 'pre-up', addVlan(link, '$IFACE', id))
      // What has a dot inside its name ifdown deletes by itself (link.defn).
      const gone = setting(device, 'end', 'post-down', command('ip', 'link', 'del', 'dev', '$IFACE'))
      return dottedParts(name).length > 1 ? [made] : [made, gone]
    }
  }
}

export const vlan = {
  id: custom({
    shape: 'the number in the name, or type vlan id',
    write(_: number, { device }): Written {
      // Told with the link, in one line for both.
      return asVlan(device).options.link === undefined ? refused(half) : { settings: [] }
    },
    read: device => readLast(kindOf('vlan', 'id'), foundIn(device, 'vlan', 'id')),
  }),
  link: custom({
    shape: 'the name before the dot, vlan-raw-device, or ip link add link',
    write(link: string, { device: said, host }): Written {
      const device = asVlan(said)
      const { id } = device.options
      if (id === undefined) return refused(half)
      const late = onBridges(host).has(link) ? [setting(device, 'late', 'link', link)] : []
      return { settings: [...making(device, link, id, host), ...carryingItself(device, host), ...late] }
    },
    read: device => readLast(kindOf('vlan', 'link'), foundIn(device, 'vlan', 'link')),
  }),
}
