// What NetBox knows of devices, interfaces and cables, as an intent: the results of /api/dcim/devices/ and
// /api/dcim/interfaces/ of its REST interface. It knows neither a bond's mode nor what a host reads: that stays unsaid.
// What an interface says is in the intent or is reported at its place.

import type { Outcome, Path } from '../diagnostics/diagnostic.ts'
import type { Origin } from '../diagnostics/origin.ts'
import { deviceName, nodeName, portRef } from '../options/kind.ts'
import { platformOf } from '../platforms/index.ts'
import type { Bond, Bridge, Host, Intent, Lag, Port, Switch, Vlan } from './intent.ts'
import { choice, Item, isSaid, Notes, numberOf, within } from './netbox-item.ts'

/** One parsed export. */
export interface Export {
  readonly value: unknown
  readonly origin: Origin
}

interface Device {
  readonly name: string
  readonly interfaces: Item[]
  readonly known: Item | undefined
}

/** Reads exports as one intent. */
export function readNetbox(exports: readonly Export[]): Outcome<Intent> {
  const reader = new Reader()
  for (const one of exports) reader.take(one)
  return { value: reader.intent(), diagnostics: reader.notes.close() }
}

/** The words by which the role of a device tells that it is a switch. */
const switchRole = /(?:^|[-_])(?:switch|leaf|spine|tor|mlag|access|aggregation|distribution|core)(?:$|[-_\d])/

class Reader {
  readonly notes = new Notes()
  readonly #devices = new Map<string, Item>()
  readonly #interfaces: Item[] = []
  /** Interfaces by device and name. */
  readonly #byEnd = new Map<string, Item>()

  take({ value, origin }: Export): void {
    const listed = within(value, 'results') ?? value
    const base: Path = listed === value ? [] : ['results']
    if (isSaid(within(value, 'next')))
      new Item({}, origin, ['next'], this.notes).say([], 'the export is one page of several', 'error')
    if (!Array.isArray(listed)) {
      new Item({}, origin, base, this.notes).say([], 'this is no list of interfaces or devices', 'error')
      return
    }
    for (const [index, fields] of listed.entries()) {
      const item = new Item(fields, origin, [...base, index], this.notes)
      if (isSaid(item.fields.device_type)) {
        this.#devices.set(String(item.fields.name), item)
        item.restOfDevice(['device_type', 'role', 'device_role', 'platform'])
      } else if (isSaid(item.fields.device) && isSaid(item.fields.name)) this.#interfaces.push(item)
      else item.say([], 'this is neither an interface nor a device, as NetBox writes them', 'error')
    }
  }

  intent(): Intent {
    const devices = new Map<string, Device>()
    for (const [name, known] of this.#devices) devices.set(name, { name, interfaces: [], known })
    for (const item of this.#interfaces) {
      const name = String(within(item.fields.device, 'name') ?? within(item.fields.device, 'display'))
      const device = devices.get(name) ?? { name, interfaces: [], known: undefined }
      devices.set(name, device)
      const end = `${name}\0${item.fields.name}`
      if (this.#byEnd.has(end))
        item.say(['name'], `${name} ${item.fields.name} is there twice; the first is used`)
      else {
        this.#byEnd.set(end, item)
        device.interfaces.push(item)
      }
    }
    const hosts: Host[] = []
    const switches: Switch[] = []
    for (const device of devices.values()) {
      const first = device.known ?? device.interfaces[0]
      if (first !== undefined && nodeName.read(device.name) === undefined)
        first.say([], `${device.name} is left out: it is not ${nodeName.expects}`, 'error')
      else if (this.#isSwitch(device)) switches.push(this.#switch(device))
      else if (device.interfaces.length > 0) hosts.push(this.#host(device))
    }
    return { hosts, switches, traffic: [] }
  }

  /** By its platform, else by the name of its role. */
  #isSwitch({ name, known, interfaces: [first] }: Device): boolean {
    if (known === undefined) {
      if (first !== undefined)
        first.say(
          ['device'],
          `nothing tells what ${name} is, so it is taken for a host; export its device too`,
        )
      return false
    }
    const { fields } = known
    if (platformOf(String(within(fields.platform, 'slug'))) !== undefined) return true
    return switchRole.test(String(within(fields.role ?? fields.device_role, 'slug')))
  }

  #host({ name, known, interfaces }: Device): Host {
    const path = ['hosts', name]
    if (known !== undefined && isSaid(known.fields.platform)) {
      const slug = within(known.fields.platform, 'slug')
      known.say(['platform'], `${name} runs ${slug}, which does not tell what it reads; say target`, 'note')
    }
    const ports: Port[] = []
    const bonds: Bond[] = []
    const vlans: Vlan[] = []
    const bridges: Bridge[] = []
    for (const item of interfaces) {
      const own = String(item.fields.name)
      if (deviceName.read(own) === undefined) {
        item.say(['name'], `${name} ${own} is left out: it is not ${deviceName.expects}`, 'error')
        continue
      }
      const type = choice(item.fields.type)
      const at = (collection: string) => ({ name: own, path: [...path, collection, own] })
      const common = { mtu: 'mtu', mac_address: 'mac' }
      if (type === 'lag') {
        const members = this.#below(interfaces, 'lag', own)
        const options = { members, ...item.options('bond', common) }
        bonds.push({ subject: 'bond', ...at('bonds'), options })
        item.rest(['type', 'mtu', 'mac_address', 'bridge'])
      } else if (type === 'bridge') {
        const options = {
          ports: this.#below(interfaces, 'bridge', own),
          ...item.options('bridge', common),
        }
        bridges.push({ subject: 'bridge', ...at('bridges'), options })
        item.rest(['type', 'mtu', 'mac_address'])
      } else if (
        type === 'virtual' &&
        isSaid(item.fields.parent) &&
        isSaid(within(item.fields.untagged_vlan, 'vid'))
      ) {
        const tag = {
          id: Number(within(item.fields.untagged_vlan, 'vid')),
          link: String(within(item.fields.parent, 'name')),
        }
        vlans.push({
          subject: 'vlan',
          ...at('vlans'),
          options: { ...tag, ...item.options('vlan', common) },
        })
        item.rest(['type', 'mtu', 'mac_address', 'parent', 'untagged_vlan', 'mode', 'bridge'])
      } else if (type === 'virtual')
        item.say(['type'], `${name} ${own} is left out: it names no parent with an untagged VLAN`)
      else {
        const options = { ...item.speed(), ...item.cable(), ...item.options('port', common) }
        ports.push({ subject: 'port', ...at('ports'), options })
        item.rest(['type', 'speed', 'mtu', 'mac_address', 'lag', 'bridge'])
      }
    }
    for (const item of interfaces) {
      const { lag, bridge } = item.fields
      for (const [key, there] of [
        ['lag', bonds],
        ['bridge', bridges],
      ] as const) {
        const above = within({ lag, bridge }[key], 'name')
        if (above !== undefined && !there.some(one => one.name === above))
          item.say(
            [key],
            `${name} ${item.fields.name} is in ${above}, which is no ${key} of the export`,
            'error',
          )
      }
    }
    return { subject: 'host', name, path, options: {}, ports, bonds, vlans, bridges }
  }

  #below(interfaces: readonly Item[], key: string, name: string): readonly string[] {
    return interfaces.flatMap(({ fields }) =>
      within(fields[key], 'name') === name ? [String(fields.name)] : [],
    )
  }

  #switch({ name, known, interfaces }: Device): Switch {
    const path = ['switches', name]
    const slug = String(within(known?.fields.platform, 'slug'))
    const platform = platformOf(slug) === undefined ? {} : { platform: slug }
    if (known !== undefined && platform.platform === undefined)
      known.say(
        isSaid(known.fields.platform) ? ['platform'] : [],
        `the platform of ${name} is none of bondplan targets; say it`,
      )
    const lags = interfaces.flatMap((item): readonly Lag[] => {
      const own = String(item.fields.name)
      if (choice(item.fields.type) !== 'lag') return []
      const number = numberOf(own)
      if (number === undefined) {
        item.say(['name'], `${name} ${own} is left out: it has no number`, 'error')
        return []
      }
      const members = interfaces.filter(({ fields }) => within(fields.lag, 'name') === own)
      const options = {
        ports: members.map(({ fields }) => String(fields.name)),
        ...item.vlans(),
        ...item.options('lag', { mtu: 'mtu', description: 'description' }),
        ...this.#between(members),
      }
      item.rest(['type', 'mtu', 'description', 'mode', 'untagged_vlan', 'tagged_vlans'])
      return [{ subject: 'lag', number, path: [...path, 'lags', String(number)], options }]
    })
    const grouped = new Set(lags.flatMap(({ options }) => options.ports ?? []))
    const plain = interfaces.filter(({ fields }) => choice(fields.type) !== 'lag')
    for (const item of plain)
      if (grouped.has(String(item.fields.name))) item.rest(['type', 'speed', 'lag', 'mac_address'])
      else if (isSaid(item.fields.lag))
        item.say(['lag'], `${name} ${item.fields.name} is in a LAG that is not in the intent`, 'error')
    const alone = plain.filter(({ fields }) => !isSaid(fields.lag))
    alone[0]?.say(
      [],
      `${name}: ${alone.length} interfaces are in no LAG; what is said of them is not in the intent`,
      'note',
      'outside',
    )
    return { subject: 'switch', name, path, options: platform, lags }
  }

  /** The LAG of another switch, where the ports lead to one. */
  #between(members: readonly Item[]) {
    const ends = new Set(
      members.flatMap(({ fields }) => {
        const list = isSaid(fields.connected_endpoints) ? fields.connected_endpoints : fields.link_peers
        const end = Array.isArray(list) ? list[0] : undefined
        const node = within(within(end, 'device'), 'name')
        const far = this.#byEnd.get(`${node}\0${within(end, 'name')}`)
        const device = this.#devices.get(String(node))
        const lag = within(far?.fields.lag, 'name')
        if (device === undefined || !isSaid(lag)) return []
        const number = numberOf(String(lag))
        const box = platformOf(String(within(device.fields.platform, 'slug'))) !== undefined
        return box && number !== undefined ? [`${node}:${number}`] : []
      }),
    )
    const [only, more] = ends
    const to = only === undefined || more !== undefined ? undefined : portRef.read(only)
    return to === undefined ? {} : { to }
  }
}
