// One stanza for a device, and a further one for each family that asks a DHCP server: how ifupdown2 and ifupdown-ng are
// written. In which order devices stand does not matter to either.

import type { Encoded } from '../../dialects/dialect.ts'
import { certain } from '../../dialects/eni.ts'
import { rowsOf } from '../../options/index.ts'
import type { View } from '../write.ts'
import { command } from './interfaces-commands.ts'

/** The parts that a device's stanza is made of. */
export const singleParts = [
  'address',
  'gateway',
  'link',
  'before',
  'driver',
  'after',
  'ra',
  'routes',
  'dns',
  'head',
  'attached',
  'bridged',
  'named',
] as const

/** What tells the kind of a device that joins nothing yet. */
export interface Empty {
  readonly bond: Marker
  readonly bridge: Marker
}

interface Marker {
  /** The line that tells as much. */
  readonly unless: string
  readonly name: string
  readonly value: string
}

/** A line of a stanza. */
interface Line {
  readonly name: Encoded
  readonly value: Encoded
}

const line = (name: string, value: string): Line => ({ name: certain(name), value: certain(value) })

/** What is said of the device itself: the others tell how it stands to other devices. */
const own = singleParts.filter(part => part !== 'attached' && part !== 'bridged' && part !== 'named')

/** Makes stanzas of a device's parts. A port that is named elsewhere and of which nothing is said needs none. */
export const arrangeSingle =
  (empty: Empty) =>
  (view: View): View => {
    const of = (part: (typeof singleParts)[number]): readonly Line[] =>
      view[part] as unknown as readonly Line[]
    const named = of('attached').length + of('bridged').length > 0
    const silent = view.port === true && named && own.every(part => of(part).length === 0)
    const [first, ...more] = headsOf(
      of('address').length > 0,
      of('head').map(({ value }) => value),
    )
    const lines = [
      ...of('address'),
      ...of('gateway'),
      ...unmade(view, of('named'), of('link')),
      ...joining(view, of('link'), empty),
      ...of('before'),
      ...told(of('driver')),
      ...of('after'),
      ...advertised(of('ra')),
      ...of('routes'),
      ...of('dns'),
    ].map(({ name, value }) => ({ name, value }))
    const stanza = (head: Encoded, further: boolean, said: typeof lines) => ({
      device: view.name as Encoded,
      head,
      further,
      lines: said,
    })
    return {
      name: view.name as Encoded,
      stanzas: silent ? [] : [stanza(first, false, lines), ...more.map(head => stanza(head, true, []))],
    }
  }

/** The heads of the stanzas; everything is said in the first. */
function headsOf(fixed: boolean, asked: readonly Encoded[]): readonly [Encoded, ...Encoded[]] {
  const [first, ...more] = asked
  if (fixed) return [certain('inet static'), ...asked]
  return first === undefined ? [certain('inet manual')] : [first, ...more]
}

function joining(view: View, link: readonly Line[], { bond, bridge }: Empty): readonly Line[] {
  const marker = view.bond === true ? bond : view.bridge === true ? bridge : undefined
  if (marker === undefined || link.some(({ name }) => name === marker.unless)) return link
  return [line(marker.name, marker.value), ...link]
}

/** A VLAN of which neither a name nor a line says which: nothing is made of its name then. */
function unmade(view: View, named: readonly Line[], link: readonly Line[]): readonly Line[] {
  const told = named.length > 0 || link.some(({ name }) => name === 'vlan-raw-device' || name === 'requires')
  return view.vlan === true && !told ? [line('vlan-raw-device', 'none')] : []
}

/** Router advertisements have no option of their own: the kernel is told by its file. */
const advertised = (said: readonly Line[]): readonly Line[] =>
  said.map(({ name, value }) =>
    line('up', `${command('echo', value, '>')} /proc/sys/net/ipv6/conf/$IFACE/${name}`),
  )

const inSysfs = new Set(
  Object.values(rowsOf('bond')).flatMap(({ kernel }) => (kernel?.sysfs ? [kernel.name] : [])),
)

/** What the driver is told itself, while the bond has its members and is still down. */
const told = (driver: readonly Line[]): readonly Line[] =>
  driver.map(({ name, value }) =>
    line(
      'pre-up',
      inSysfs.has(name)
        ? `${command('echo', value, '>')} /sys/class/net/$IFACE/bonding/${name}`
        : command('ip', 'link', 'set', 'dev', '$IFACE', 'type', 'bond', name, value),
    ),
  )
