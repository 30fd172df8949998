// What readers of interfaces files share: stances for what any device carries, as data and as pairs; those for VLANs and
// bridges stand beside it. How settings become stanzas is interfaces-stanzas.ts, how they are found again
// interfaces-find.ts.

import type { Device, Host } from '../../intent/intent.ts'
import { bonding, type DeviceSubject, type OptionId, options } from '../../options/index.ts'
import type { Nameservers, Route } from '../../options/interface.ts'
import { nameserversKind } from '../../options/interface.ts'
import { type AnyKind, deviceName, familyOf, ipPrefix, type Value } from '../../options/kind.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { custom, respelled, type Spelling, says, type Written } from '../stance.ts'
import { routeCommand } from './interfaces-commands.ts'
import { patternWord, withoutPatterns } from './interfaces-patterns.ts'
import { gatewayHead, headsOf, lastHead } from './interfaces-stanzas.ts'
import { isSixRoute } from './ip-route.ts'

/** One line of a stanza, or one of the parts that stanzas are made of. */
export const setting = (device: Device, part: string, name: string, value: Value) => ({
  device: device.name,
  in: part,
  name,
  value,
})

export const refused = (because: string): Written => ({ settings: [], refused: because })

/** What was found under some names of a part, in order. */
export const foundIn = (
  { found }: ScannedDevice,
  part: string,
  ...names: readonly string[]
): readonly Found[] => found.filter(one => one.in === part && names.includes(one.name))

/** The kind of an option. */
export function kindOf<S extends DeviceSubject>(subject: S, id: OptionId<S>): AnyKind {
  const rows: Readonly<Record<string, { readonly kind: AnyKind } | undefined>> = options[subject]
  const row = rows[id]
  if (row === undefined) throw new Error(`${subject} has no option ${id}`)
  return row.kind
}

/** A value with what it was read from; undefined where there is none, or none of the kind. */
export function read(kind: AnyKind, value: Value | undefined, used: readonly Found[]) {
  const known = value === undefined || used.length === 0 ? undefined : kind.read(value)
  return known === undefined ? undefined : { value: kind.write(known), used }
}

/** The words of a value. */
export const wordsOf = (value: Value): readonly string[] => String(value).split(/\s+/).filter(Boolean)

/**
 * Words that ifenslave and bridge-utils do not take for the name of a device, in a list of that length, or that somebody
 * who writes them does not mean as one.
 */
export const noName = (option: string, word: string, length: number): boolean =>
  (length === 1 && word === 'none') ||
  patternWord.test(word) ||
  (option === 'bond-slaves' ? length === 1 && word === 'all' : word === 'all')

/** The devices that a list of members or ports names; undefined where a word of it means something else. */
export function namesIn({ name, value }: Found, patterns: boolean): readonly string[] | undefined {
  const words = patterns ? withoutPatterns(wordsOf(value)) : wordsOf(value)
  const known = words?.every(word => deviceName.read(word) !== undefined && !noName(name, word, words.length))
  return known ? words : undefined
}

/** Only what is an address with its prefix is read. */
const prefix: Spelling = { write: value => value, read: native => ipPrefix.read(native) }

const unasked = [{ values: [false], because: 'nothing is asked for an address where no stanza says dhcp' }]

const advertised: Spelling = {
  // 2 holds on hosts that forward as well; the auto method sets the same.
  write: value => (value === true ? 2 : 0),
  read: native => (/^[012]$/.test(String(native)) ? String(native) !== '0' : undefined),
}

const routes = custom({
  shape: 'gateway, or up ip route add',
  write(said: readonly Route[], { device }): Written {
    const heads = headsOf(device.options)
    const settings: Written['settings'][number][] = []
    const taken = new Set<number>()
    // Never back: where routes stand in the file is the order in which they are read.
    let at = 0
    for (const route of said) {
      const six = isSixRoute(route)
      if (six && route.via !== undefined && familyOf(route.via) === 'inet')
        return refused(`no kernel has a route to ${route.to} by ${route.via}`)
      const family = six ? 'inet6' : 'inet'
      const first = gatewayHead(heads, family)
      const plain = route.to === 'default' && route.via !== undefined && route.table === undefined
      if (plain && route.via !== undefined && first >= at && !taken.has(first)) {
        taken.add(first)
        at = first
        settings.push(setting(device, 'routes', 'gateway', route.via))
        if (route.metric !== undefined) settings.push(setting(device, 'routes', 'metric', route.metric))
      } else {
        at = Math.max(at, lastHead(heads, family))
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

const nameservers = custom({
  shape: 'dns-nameservers, dns-search',
  write({ addresses = [], search = [] }: Nameservers, { device }): Written {
    return {
      settings: [
        ...(addresses.length > 0 ? [setting(device, 'dns', 'dns-nameservers', addresses.join(' '))] : []),
        ...(search.length > 0 ? [setting(device, 'dns', 'dns-search', search.join(' '))] : []),
      ],
    }
  },
  read(device) {
    const servers = foundIn(device, 'dns', 'dns-nameservers', 'dns-nameserver')
    const domains = foundIn(device, 'dns', 'dns-search', 'dns-domain')
    const value = {
      ...(servers.length > 0 && { addresses: servers.flatMap(({ value }) => wordsOf(value)) }),
      ...(domains.length > 0 && { search: domains.flatMap(({ value }) => wordsOf(value)) }),
    }
    return read(nameserversKind, value, [...servers, ...domains])
  },
})

/** What any device carries. */
export const carried = {
  mtu: says('mtu', { in: 'link' }),
  mac: says('hwaddress', { in: 'link', also: ['bridge-hw', 'hw-mac-address'] }),
  dhcp4: says('iface', { in: 'head', as: respelled({ true: 'inet dhcp' }), except: unasked }),
  dhcp6: says('iface', { in: 'head', as: respelled({ true: 'inet6 dhcp' }), except: unasked }),
  'accept-ra': says('accept_ra', { in: 'ra', as: advertised }),
  addresses: says('address', { in: 'address', each: true, as: prefix }),
  routes,
  nameservers,
}

/** The bond that a port is a member of. */
export const bondOf = (port: string, { bonds }: Host) =>
  bonds.find(({ options }) => options.members?.includes(port))

/** udev brings a port up when it finds it, which no boot waits for. */
export const optionalPort = custom({
  shape: 'allow-hotplug instead of auto',
  write(value: boolean, { device, host }): Written {
    if (!value) return refused('ifup -a waits for what stands in an auto line, which is every device')
    if (bondOf(device.name, host) !== undefined)
      return refused('a member comes up with its bond, and is not waited for by itself')
    return { settings: [setting(device, 'boot', 'allow-hotplug', device.name)] }
  },
  read(device) {
    const used = foundIn(device, 'boot', 'allow-hotplug')
    return used.length === 0 ? undefined : { value: true, used }
  },
})

/** What stands around the dots in a name, as ifupdown takes it apart (get_token()): empty parts do not count. */
export const dottedParts = (name: string): readonly string[] => name.split('.').filter(Boolean)

/**
 * What becomes of a device whose name has a dot: ifupdown makes a VLAN of it, by what stands before and after the dot,
 * where a device of the first name exists (link.defn).
 */
export function takenForVlan(name: string, { ports, bonds, vlans, bridges }: Host): string | undefined {
  const [link, ...rest] = dottedParts(name)
  const known = [...ports, ...bonds, ...vlans, ...bridges].some(device => device.name === link)
  return rest.length > 0 && known ? `ifup makes ${name} a VLAN of ${link} by its name` : undefined
}

/** The last of several lines holds. */
export const readLast = (kind: AnyKind, used: readonly Found[]) => read(kind, used.at(-1)?.value, used)

/** Marks ports as named by another device, so that they need no stanza of their own. */
export const mark = (ports: readonly string[], part: 'attached' | 'bridged', by: Device) =>
  ports.map(device => ({ device, in: part, name: by.subject, value: by.name }))

/** The driver's names of some options of a bond. */
export const driverNames = (ids: readonly string[]): ReadonlySet<string> =>
  new Set(ids.flatMap(id => bonding[id as keyof typeof bonding]?.kernel?.name ?? []))
