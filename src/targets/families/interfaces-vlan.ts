// VLAN devices in interfaces files. ifup makes one by itself where the name is LINK.ID, the package vlan one that is called
// vlanID; for all other names a command does.

import type { Device, Host } from '../../intent/intent.ts'
import { custom, type Written } from '../stance.ts'
import { foundIn, kindOf, readLast, refused, setting } from './interfaces.ts'
import { command } from './interfaces-commands.ts'

type VlanShape =
  | { readonly by: 'name' | 'raw-device' | 'command' }
  | { readonly by: 'nothing'; readonly because: string }

/** How a VLAN device can be made: LINK.ID by ifup itself, vlanID by the hook of the package vlan, others by a command. */
function shapeOf({ name, options }: Device<'vlan'>): VlanShape {
  const { id, link } = options
  if (id === undefined || link === undefined)
    return { by: 'nothing', because: 'a VLAN has an id and a link, or it is none' }
  const [, before, number] = /^([^.]+)\.(\d+)$/.exec(name) ?? []
  if (before === link && Number(number) === id) return { by: 'name' }
  if (name.includes('.'))
    return {
      by: 'nothing',
      because: `a VLAN with a dot in its name is LINK.ID, and ${name} is not ${link}.${id}`,
    }
  return { by: name === `vlan${id}` ? 'raw-device' : 'command' }
}

/** A vlan-aware bridge hands a frame up to its VLAN device only where it carries the VLAN itself. */
function carryingItself(device: Device<'vlan'>, host: Host) {
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

/** VLANs come up before bridges, which may stand on them; but for those that stand on a bridge. */
function standsOnBridge(
  { name, options }: Device<'vlan'>,
  host: Host,
  seen: readonly string[] = [],
): boolean {
  if (host.bridges.some(bridge => bridge.name === options.link)) return true
  const below = host.vlans.find(vlan => vlan.name === options.link)
  return below !== undefined && !seen.includes(name) && standsOnBridge(below, host, [...seen, name])
}

const asVlan = (device: Device): Device<'vlan'> => device as Device<'vlan'>

export const vlan = {
  id: custom({
    shape: 'the number in the name, or type vlan id',
    write(_: number, { device }): Written {
      const shape = shapeOf(asVlan(device))
      // Told with the link, in one line for both.
      return shape.by === 'nothing' ? refused(shape.because) : { settings: [] }
    },
    read: device => readLast(kindOf('vlan', 'id'), foundIn(device, 'vlan', 'id')),
  }),
  link: custom({
    shape: 'the name before the dot, vlan-raw-device, or ip link add link',
    write(link: string, { device: said, host }): Written {
      const device = asVlan(said)
      const shape = shapeOf(device)
      if (shape.by === 'nothing') return refused(shape.because)
      const make = command(
        'ip',
        'link',
        'add',
        'link',
        link,
        'name',
        '$IFACE',
        'type',
        'vlan',
        'id',
        device.options.id ?? 0,
      )
      const lines = {
        name: [],
        'raw-device': [setting(device, 'link', 'vlan-raw-device', link)],
        command: [
          setting(device, 'before', 'pre-up', make),
          setting(device, 'end', 'post-down', command('ip', 'link', 'del', 'dev', '$IFACE')),
        ],
      }
      const late = standsOnBridge(device, host) ? [setting(device, 'late', 'link', link)] : []
      return { settings: [...lines[shape.by], ...carryingItself(device, host), ...late] }
    },
    read: device => readLast(kindOf('vlan', 'link'), foundIn(device, 'vlan', 'link')),
  }),
}
