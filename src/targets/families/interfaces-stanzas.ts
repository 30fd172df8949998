// Stanzas of interfaces files: which ones a device needs, in which order, and on which of them each line stands. Every
// stanza of a device is gone through in turn, hooks included (ifupdown, main.c, do_interface()), so what belongs to the
// link stands in the first one only.

import type { Encoded } from '../../dialects/dialect.ts'
import { certain } from '../../dialects/eni.ts'
import type { Said } from '../../options/index.ts'
import { rowsOf } from '../../options/index.ts'
import { familyOf } from '../../options/kind.ts'
import type { View } from '../write.ts'
import { command } from './interfaces-commands.ts'

/** How addresses come to a device. */
export interface Head {
  readonly family: 'inet' | 'inet6'
  readonly method: 'static' | 'auto' | 'dhcp' | 'manual'
}

type Carried = Pick<Said<'bond'>, 'addresses' | 'dhcp4' | 'dhcp6' | 'accept-ra'>

/**
 * The stanzas that what is said asks for. Fixed addresses first: where a DHCP client gives up, ifup does not go on. A
 * static stanza switches autoconf off again (inet6.defn, its default), so auto comes after those. None: manual.
 */
export function headsOf(said: Carried): readonly Head[] {
  const fixed = (said.addresses ?? []).map(
    (address): Head => ({ family: familyOf(address), method: 'static' }),
  )
  const advertised = said['accept-ra']
  const alone =
    said.dhcp6 !== true && (advertised === true || !fixed.some(({ family }) => family === 'inet6'))
  return [
    ...fixed,
    ...(advertised !== undefined && alone ? [{ family: 'inet6', method: 'auto' } as const] : []),
    ...(said.dhcp4 === true ? [{ family: 'inet', method: 'dhcp' } as const] : []),
    ...(said.dhcp6 === true ? [{ family: 'inet6', method: 'dhcp' } as const] : []),
  ]
}

/** The stanza whose gateway line can name the default route of a family: its first with an address. -1: none. */
export const gatewayHead = (heads: readonly Head[], family: Head['family']): number =>
  heads.findIndex(head => head.family === family && head.method === 'static')

/** The stanza after which every address of a family is there. */
export function lastHead(heads: readonly Head[], family: Head['family']): number {
  const last = heads.findLastIndex(head => head.family === family)
  return last < 0 ? Math.max(heads.length - 1, 0) : last
}

/** A line of a stanza. */
interface Line {
  readonly name: Encoded
  readonly value: Encoded
}

interface Stanza {
  readonly head: Head
  readonly top: Line[]
  readonly end: Line[]
}

const manual: Head = { family: 'inet', method: 'manual' }

const stanzaOf = (head: Head): Stanza => ({ head, top: [], end: [] })

const line = (name: string, value: string): Line => ({ name: certain(name), value: certain(value) })

/** The parts that `arrange` makes stanzas of. */
export const parts = [
  'link',
  'driver',
  'before',
  'after',
  'end',
  'address',
  'head',
  'ra',
  'routes',
  'dns',
  'boot',
  'attached',
  'bridged',
  'late',
] as const

/** What is said of the device itself: the others tell how it stands to other devices. */
const said = parts.filter(part => part !== 'attached' && part !== 'bridged' && part !== 'late')

/** Makes stanzas of a device's parts. A port that is named elsewhere and of which nothing is said needs none. */
export function arrange(view: View): View {
  const of = (part: (typeof parts)[number]): readonly Line[] => view[part] as unknown as readonly Line[]
  const named = of('attached').length + of('bridged').length > 0
  const silent = view.port === true && named && said.every(part => of(part).length === 0)
  const [master] = of('attached')
  const start =
    of('boot').length > 0
      ? certain('allow-hotplug')
      : view.port === true && master !== undefined
        ? certain(`allow-${master.value}`)
        : certain('auto')
  const stanzas = silent ? [] : stanzasOf(view, of)
  return {
    name: view.name as Encoded,
    start,
    late: of('late').length > 0,
    stanzas: stanzas.map(({ head, top, end }, at) => ({
      device: view.name as Encoded,
      head: certain(`${head.family} ${head.method}`),
      further: at > 0,
      lines: [...top, ...end].map(({ name, value }) => ({ name, value })),
    })),
  }
}

type PartsOf = (part: (typeof parts)[number]) => readonly Line[]

function stanzasOf(view: View, of: PartsOf): readonly Stanza[] {
  const asks = (head: string): boolean => of('head').some(({ value }) => value === head)
  const [advertised] = of('ra')
  const heads = headsOf({
    addresses: of('address').map(({ value }) => value),
    dhcp4: asks('inet dhcp'),
    dhcp6: asks('inet6 dhcp'),
    ...(advertised && { 'accept-ra': advertised.value !== '0' }),
  })
  const stanzas = (heads.length > 0 ? heads : [manual]).map(stanzaOf)
  for (const [at, address] of of('address').entries()) stanzas[at]?.top.push(address)
  placeRoutes(stanzas, of('routes'))
  const link = [...linkOf(view, of('link'))]
  const live = [...liveLines(of('driver')), ...of('after')]
  const all = needsManual(heads[0] ?? manual, link, live) ? [stanzaOf(manual), ...stanzas] : stanzas
  all[0]?.top.unshift(...createLine(of('driver'), link), ...of('before'))
  all[0]?.top.push(...link)
  placeAdvertised(stanzas, advertised)
  all[0]?.end.unshift(...live)
  all[0]?.end.push(...of('end'))
  resolving(all)?.top.push(...of('dns'))
  return all
}

/** In the order in which they were said, for reading back; see the pair that writes them. */
function placeRoutes(stanzas: readonly Stanza[], routes: readonly Line[]): void {
  const heads = stanzas.map(({ head }) => head)
  let at = 0
  for (const route of routes) {
    const six = route.name === 'gateway' ? route.value.includes(':') : route.value.startsWith('ip -6 ')
    const family = six ? 'inet6' : 'inet'
    if (route.name === 'gateway') at = Math.max(at, gatewayHead(heads, family))
    else if (route.name === 'up') at = Math.max(at, lastHead(heads, family))
    const stanza = stanzas[at]
    // A gateway stands by its address, but not before a command that was said before it.
    const late = route.name === 'up' || (stanza !== undefined && stanza.end.length > 0)
    if (late) stanza?.end.push(route)
    else stanza?.top.push(route)
  }
}

/** Where router advertisements have no stanza of their own they are a line of the DHCP client's, or of the first address. */
function placeAdvertised(stanzas: readonly Stanza[], advertised: Line | undefined): void {
  const six = stanzas.filter(({ head }) => head.family === 'inet6')
  const stanza =
    six.find(({ head }) => head.method === 'dhcp') ?? six.find(({ head }) => head.method === 'auto') ?? six[0]
  if (advertised === undefined || stanza === undefined) return
  // By itself the auto method sets 2.
  if (stanza.head.method === 'auto' && advertised.value !== '0') return
  stanza.top.push(advertised)
  if (advertised.value !== '0') stanza.top.push(line('autoconf', '1'))
}

/** What makes ifenslave and bridge-utils take the device for theirs, also where it has no members or ports. */
function* linkOf(view: View, link: readonly Line[]): Generator<Line> {
  const missing = (name: string): boolean => !link.some(one => one.name === name)
  if (view.bond === true && missing('bond-slaves')) yield line('bond-slaves', 'none')
  if (view.bridge === true && missing('bridge-ports')) yield line('bridge-ports', 'none')
  yield* link
}

/**
 * Whether what is said of the link needs a stanza before those with addresses: in inet6 stanzas an mtu is the protocol's
 * and dhcp has none (inet.defn, inet6.defn), auto has no hwaddress, and commands should not wait for a DHCP client.
 */
function needsManual(first: Head, link: readonly Line[], live: readonly Line[]): boolean {
  const says = (name: string): boolean => link.some(one => one.name === name)
  return (
    (says('mtu') && !(first.family === 'inet' && first.method !== 'dhcp')) ||
    (says('hwaddress') && first.method === 'auto') ||
    (live.length > 0 && first.method === 'dhcp')
  )
}

/**
 * resolvconf keeps one record for each device and family, and a later stanza of the family empties it. An inet stanza
 * with an address is where one looks for it.
 */
function resolving(stanzas: readonly Stanza[]): Stanza | undefined {
  const last = stanzas.at(-1)
  const lastInet = stanzas.findLast(({ head }) => head.family === 'inet')
  return lastInet === undefined || lastInet.head.method === 'manual' ? last : lastInet
}

/** The driver's facts of an option by its own name: what it takes only while the bond is down, what has no file. */
const byDriverName = new Map(
  Object.values(rowsOf('bond')).flatMap(row =>
    row.kernel === undefined ? [] : [[row.kernel.name, row] as const],
  ),
)

const onlyDown = ({ name }: Line): boolean => byDriverName.get(name)?.change !== 'live'

/** Commands for what the bond takes while it is up; they run after ifenslave has made it. */
function* liveLines(driver: readonly Line[]): Generator<Line> {
  for (const { name, value } of driver.filter(one => !onlyDown(one))) {
    const file = `/sys/class/net/$IFACE/bonding/${name}`
    const set = byDriverName.get(name)?.kernel?.sysfs
      ? `${command('echo', value, '>')} ${file}`
      : command('ip', 'link', 'set', 'dev', '$IFACE', 'type', 'bond', name, value)
    yield line('up', set)
  }
}

/** What the bond takes only while it is down is said before ifenslave runs, which goes on with the bond that it finds. */
function* createLine(driver: readonly Line[], link: readonly Line[]): Generator<Line> {
  const down = driver.filter(onlyDown)
  if (down.length === 0) return
  const mode = link.find(({ name }) => name === 'bond-mode')
  const options = [...(mode ? [{ name: 'mode', value: mode.value }] : []), ...down]
  const words = options.flatMap(({ name, value }) => [name, value])
  yield line('pre-up', command('ip', 'link', 'add', 'dev', '$IFACE', 'type', 'bond', ...words))
}
