// Readers of interfaces files that take one stanza for all of a device, and bring devices up by what stands on what:
// ifupdown2 and ifupdown-ng. Both make a bond with its members before the `pre-up` commands run, and only then bring it up;
// so every option of the driver that has no line is told there. What differs between the two is data in their tables.

import type { Device, Host } from '../../intent/intent.ts'
import type { Route } from '../../options/interface.ts'
import { familyOf } from '../../options/kind.ts'
import { custom, joined, type Spelling, type Written } from '../stance.ts'
import {
  bondOf,
  foundIn,
  kindOf,
  mark,
  namesIn,
  read,
  readLast,
  refused,
  setting,
  carried as shared,
} from './interfaces.ts'
import { addVlan, command, routeCommand } from './interfaces-commands.ts'
import { isSixRoute } from './ip-route.ts'

/** Why a reader would not do something with a device; undefined where it would. */
export type Hindrance = (device: Device, host: Host) => string | undefined

/** Members in the order of their attachment, in one line. `patterns`: whether that may hold some. */
export const membersIn = (line: string, hindrance: Hindrance, patterns: boolean) =>
  custom({
    shape: line,
    write(ports: readonly string[], { device, host }): Written {
      const because = hindrance(device, host)
      if (because !== undefined) return refused(because)
      if (ports.length === 0) return { settings: [] }
      return {
        settings: [setting(device, 'link', line, ports.join(' ')), ...mark(ports, 'attached', device)],
      }
    },
    read(device) {
      const used = foundIn(device, 'link', 'bond-slaves').filter(one => namesIn(one, patterns) !== undefined)
      return read(
        kindOf('bond', 'members'),
        used.flatMap(one => namesIn(one, patterns) ?? []),
        used,
      )
    },
  })

/** Told by the bond once its members are attached. */
export const memberOption = (id: 'prio' | 'actor-port-prio' | 'queue-id', hindrance: Hindrance) => {
  const name = id.replaceAll('-', '_')
  return custom({
    shape: `up ip link set type bond_slave ${name}`,
    write(value: number, { device, host }): Written {
      const bond = bondOf(device.name, host)
      if (bond === undefined) return refused('the port is a member of no bond')
      const because = hindrance(bond, host)
      if (because !== undefined) return refused(because)
      const told = command('ip', 'link', 'set', 'dev', device.name, 'type', 'bond_slave', name, value)
      return { settings: [setting(bond, 'after', 'up', told)] }
    },
    read: device => readLast(kindOf('port', id), foundIn(device, 'member', name)),
  })
}

/** A bond gives its members its own MTU as it attaches them, so theirs is set by the bond, afterwards. */
export const memberMtu = custom({
  shape: 'mtu, of a member up ip link set mtu',
  write(mtu: number, { device, host }): Written {
    const bond = bondOf(device.name, host)
    const told = command('ip', 'link', 'set', 'dev', device.name, 'mtu', mtu)
    return {
      settings: [
        bond === undefined ? setting(device, 'link', 'mtu', mtu) : setting(bond, 'after', 'up', told),
      ],
    }
  },
  read: device => readLast(kindOf('port', 'mtu'), foundIn(device, 'link', 'mtu')),
})

/**
 * Lines for the default routes while they come first, commands for all others: the file keeps the order. `fits`: whether
 * a next hop may stand in a line.
 */
export const routesBy = (fits: (via: string) => boolean) =>
  custom({
    shape: 'gateway, or up ip route add',
    write(said: readonly Route[], { device }): Written {
      const families = new Set((device.options.addresses ?? []).map(familyOf))
      const settings: Written['settings'][number][] = []
      let commanded = false
      for (const route of said) {
        const { to, via, metric, table } = route
        const six = isSixRoute(route)
        const family = six ? 'inet6' : 'inet'
        if (six && via !== undefined && familyOf(via) === 'inet')
          return refused(`no kernel has a route to ${to} by ${via}`)
        const plain =
          to === 'default' && via !== undefined && metric === undefined && table === undefined && fits(via)
        if (plain && !commanded && families.delete(family))
          settings.push(setting(device, 'gateway', 'gateway', via))
        else {
          commanded = true
          settings.push(setting(device, 'routes', 'up', routeCommand(route)))
        }
      }
      return { settings }
    },
    read(device) {
      const used = foundIn(device, 'routes', 'route')
      return read(
        kindOf('bond', 'routes'),
        used.map(({ value }) => value),
        used,
      )
    },
  })

/** What any device carries. */
export const carried = { ...shared, routes: routesBy(() => true) }

const half = 'a VLAN has an id and a link, or it is none'

/**
 * What says which VLAN a device is, beside its name: lines, or a command that makes it. A text: why the reader makes another
 * of it by its name.
 */
export type VlanShape = (
  device: Device<'vlan'>,
) => readonly ('vlan-id' | 'vlan-raw-device')[] | 'command' | { readonly refused: string }

/** VLANs by lines that say the link and the number, or by a name that says both. `beside`: what else one needs. */
export const vlanBy = (
  shapeOf: VlanShape,
  beside: (device: Device<'vlan'>, host: Host) => Written['settings'] = () => [],
) => ({
  id: custom({
    shape: 'vlan-id, or the number in the name',
    write(id: number, { device: said }): Written {
      const device = said as Device<'vlan'>
      if (device.options.link === undefined) return refused(half)
      const shape = shapeOf(device)
      if (typeof shape === 'object' && 'refused' in shape) return refused(shape.refused)
      return { settings: shape.includes('vlan-id') ? [setting(device, 'link', 'vlan-id', id)] : [] }
    },
    read: device => readLast(kindOf('vlan', 'id'), foundIn(device, 'vlan', 'id')),
  }),
  link: custom({
    shape: 'vlan-raw-device, or the name before the last dot',
    write(link: string, { device: said, host }): Written {
      const device = said as Device<'vlan'>
      const { id } = device.options
      if (id === undefined) return refused(half)
      const shape = shapeOf(device)
      const raw = setting(device, 'link', 'vlan-raw-device', link)
      if (typeof shape === 'object' && 'refused' in shape) return refused(shape.refused)
      if (shape === 'command') return { settings: [...madeBy(device, link, id), ...beside(device, host)] }
      const told = shape.includes('vlan-raw-device') ? raw : setting(device, 'named', 'link', link)
      return { settings: [told, ...beside(device, host)] }
    },
    read: device => readLast(kindOf('vlan', 'link'), foundIn(device, 'vlan', 'link')),
  }),
})

/** A command that makes the device, once its link is there. */
const madeBy = (device: Device<'vlan'>, link: string, id: number): Written['settings'] => [
  setting(device, 'link', 'requires', link),
  setting(device, 'before', 'pre-up', addVlan(link, '$IFACE', id)),
]

/** The link and the number that a name with dots says. */
export function dotted(name: string): { readonly link: string; readonly id: number } | undefined {
  const { link, id } = /^(?<link>[^.]+(?:\.\d+)?)\.0*(?<id>[1-9]\d*)$/.exec(name)?.groups ?? {}
  return link === undefined ? undefined : { link, id: Number(id) }
}

/** What a bridge joins, in one line. */
export const bridgePorts = (hindrance: Hindrance, patterns: boolean) =>
  custom({
    shape: 'bridge-ports',
    write(ports: readonly string[], { device, host }): Written {
      const because = hindrance(device, host)
      if (because !== undefined) return refused(because)
      if (ports.length === 0) return { settings: [] }
      return {
        settings: [
          setting(device, 'link', 'bridge-ports', ports.join(' ')),
          ...mark(ports, 'bridged', device),
        ],
      }
    },
    read(device) {
      const used = foundIn(device, 'link', 'bridge-ports').filter(one => namesIn(one, patterns) !== undefined)
      return read(
        kindOf('bridge', 'ports'),
        used.flatMap(one => namesIn(one, patterns) ?? []),
        used,
      )
    },
  })

/** Told one by one, as the file in sysfs takes them. */
export const eachTold = (id: 'arp-ip-target', name: string) =>
  custom({
    shape: `pre-up echo + > ${name}`,
    write: (values: readonly string[], { device }): Written => ({
      settings: values.map(value => setting(device, 'driver', name, `+${value}`)),
    }),
    read(device) {
      const used = foundIn(device, 'driver', name)
      const values = used.flatMap(({ value }) =>
        String(value)
          .split(/[\s,]+/)
          .map(word => word.replace(/^\+/, '')),
      )
      return read(kindOf('bond', id), values, used)
    },
  })

/** VLANs and ranges of them as words; commas are read as well. */
export const vlanWords: Spelling = {
  write: value => (Array.isArray(value) && value.length > 0 ? value.join(' ') : undefined),
  read: native => joined(' ').read(String(native).replaceAll(',', ' ')),
}
