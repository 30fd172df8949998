// Bridges in interfaces files, as bridge-utils makes them (from 1.6 on with bridge-vlan-aware). What it has no option for,
// the VLANs of the ports, is told by commands.

import type { Device, Host } from '../../intent/intent.ts'
import type { VlanRange } from '../../options/bridge.ts'
import type { Value } from '../../options/kind.ts'
import { sameValue } from '../place.ts'
import { custom, respelled, says, type Written } from '../stance.ts'
import {
  foundIn,
  kindOf,
  mark,
  namesIn,
  noName,
  read,
  readLast,
  refused,
  setting,
  takenForVlan,
} from './interfaces.ts'
import { command } from './interfaces-commands.ts'

/** Why bridge-utils would not take these ports into the bridge; undefined where it would. */
function hindrance({ name, options: { ports = [] } }: Device<'bridge'>, host: Host): string | undefined {
  const word = ports.find(port => noName('bridge-ports', port, ports.length))
  return word === undefined
    ? takenForVlan(name, host)
    : `bridge-utils does not take ${word} for the name of a port`
}

const asBridge = (device: Device): Device<'bridge'> => device as Device<'bridge'>

const bridgePorts = custom({
  shape: 'bridge-ports',
  write(ports: readonly string[], { device, host }): Written {
    const because = hindrance(asBridge(device), host)
    if (because !== undefined) return refused(because)
    if (ports.length === 0) return { settings: [] }
    return {
      settings: [setting(device, 'link', 'bridge-ports', ports.join(' ')), ...mark(ports, 'bridged', device)],
    }
  },
  read(device) {
    const used = foundIn(device, 'link', 'bridge-ports').filter(one => namesIn(one, false) !== undefined)
    return read(
      kindOf('bridge', 'ports'),
      used.flatMap(one => namesIn(one, false) ?? []),
      used,
    )
  },
})

const bridgeMtu = custom({
  shape: 'mtu, or up ip link set mtu',
  write(mtu: number, { device, host }): Written {
    const ports = asBridge(device).options.ports ?? []
    const others = [...host.ports, ...host.bonds, ...host.vlans].filter(({ name }) => ports.includes(name))
    const differs = others.some(({ options }) => options.mtu !== undefined && options.mtu !== mtu)
    // The hook of bridge-utils gives the bridge's mtu line to every port.
    return {
      settings: [
        differs
          ? setting(device, 'after', 'up', command('ip', 'link', 'set', 'dev', '$IFACE', 'mtu', mtu))
          : setting(device, 'link', 'mtu', mtu),
      ],
    }
  },
  read: device => readLast(kindOf('bridge', 'mtu'), foundIn(device, 'link', 'mtu')),
})

/** What a port carries is told by `bridge vlan`, for which bridge-utils has no option. */
const bridgeVlans = custom({
  shape: 'up bridge vlan add',
  write(vlans: readonly VlanRange[], { device, host }): Written {
    const bridge = asBridge(device)
    const ports = bridge.options.ports ?? []
    const because =
      ports.length === 0 ? 'the bridge has no ports that could carry them' : hindrance(bridge, host)
    if (vlans.length > 0 && because !== undefined) return refused(because)
    const ranges = kindOf('bridge', 'vlans').write(vlans) as readonly Value[]
    return {
      settings: ranges.flatMap(range =>
        ports.map(port =>
          setting(device, 'after', 'up', command('bridge', 'vlan', 'add', 'dev', port, 'vid', range)),
        ),
      ),
    }
  },
  read(device) {
    const found = device.found.filter(one => one.in === 'vids')
    const of = (port: string | undefined): readonly Value[] =>
      found.filter(({ name }) => name === port).map(({ value }) => value)
    const told = of(found[0]?.name)
    // A port that is told something else is not what the option says.
    const used = found.filter(({ name }) => sameValue(of(name), told))
    return read(kindOf('bridge', 'vlans'), told, used)
  },
})

/** Bridges by bridge-utils from 1.6 on, whose options these are. */
export const bridge = {
  ports: bridgePorts,
  stp: says('bridge-stp', { in: 'link', as: respelled({ true: 'on', false: 'off' }) }),
  'forward-delay': says('bridge-fd', { in: 'link' }),
  'ageing-time': says('bridge-ageing', { in: 'link' }),
  'vlan-aware': says('bridge-vlan-aware', { in: 'link', as: respelled({ true: 'yes', false: 'no' }) }),
  vlans: bridgeVlans,
  mtu: bridgeMtu,
}
