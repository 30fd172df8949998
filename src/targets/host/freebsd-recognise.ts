// How devices become variables of rc.conf and are found in them again: a variable has the name of its device, with dots
// made underscores; lists name what is cloned, and which routes there are.

import type { Encoded, Span, Statement } from '../../dialects/dialect.ts'
import { variable } from '../../dialects/shell.ts'
import { type Device, devicesOf, type Host } from '../../intent/intent.ts'
import { within } from '../../intent/ip.ts'
import type { DeviceSubject } from '../../options/index.ts'
import { ipPrefix } from '../../options/kind.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Recognised, ScannedFile } from '../target.ts'
import type { View } from '../write.ts'
import { readRoute } from './freebsd-shapes.ts'

const plainName = /^[A-Za-z][A-Za-z0-9]*$/

/** Names that become variables and are known again: plain ones, and `lagg0.20` of a VLAN on lagg0. */
export function unnamed(host: Host): readonly { readonly device: Device; readonly because: string }[] {
  const fits = (device: Device): boolean => {
    if (plainName.test(device.name)) return true
    const vlan = host.vlans.find(({ name }) => name === device.name)
    const { link = '', id } = vlan?.options ?? {}
    const below = [...host.vlans, ...host.bridges].some(({ name }) => name === link)
    return !below && plainName.test(link) && device.name === `${link}.${id}`
  }
  return devicesOf(host)
    .filter(device => !fits(device))
    .map(device => ({
      device,
      because:
        'it becomes part of variables, so it has letters and digits alone, or is a VLAN called LINK.ID',
    }))
}

const variableOf = (name: string): Encoded => variable(name.replaceAll('.', '_'))

const viewsOf = (view: View, name: string): readonly View[] => {
  const list = view[name]
  return Array.isArray(list) ? list : []
}

const first = (group: View): string => String(viewsOf(group, 'settings')[0]?.value ?? '')

/** Gives a device the name of its variables, and each of its routes a name of its own. */
export function arrange(view: View): View {
  const name = String(view.name)
  return {
    ...view,
    variable: variableOf(name),
    Vlans: listed(viewsOf(view, 'Vlans')),
    Route: viewsOf(view, 'Route').map((group, at) => {
      const via = String(viewsOf(group, 'settings')[1]?.value ?? '')
      const six = (first(group) === 'default' ? via : first(group)).includes(':')
      return { ...group, six, label: variable(`${variableOf(name)}_${at + 1}`) }
    }),
  }
}

/** Adds what is cloned, under which name it begins, and the lists of routes. */
export function arrangeHost(view: View): View {
  const names = new Set(viewsOf(view, 'devices').map(device => String(device.name)))
  const cloned: View[] = []
  for (const [subject, prefix] of [
    ['bond', 'lagg'],
    ['bridge', 'bridge'],
  ] as const) {
    let free = 0
    for (const device of viewsOf(view, subject)) {
      const own = new RegExp(`^${prefix}\\d+$`).test(String(device.name))
      while (!own && names.has(`${prefix}${free}`)) free += 1
      const clone = own ? (device.name as Encoded) : variable(`${prefix}${free++}`)
      cloned.push({ name: device.name as Encoded, clone, renamed: !own })
    }
  }
  const routes = viewsOf(view, 'devices').flatMap((device): readonly View[] =>
    viewsOf(device, 'Route').map(route => ({ ...route, device: device.name as Encoded })),
  )
  return {
    ...view,
    cloned: listed(cloned),
    routes: listed(routes.filter(({ six }) => six !== true)),
    routes6: listed(routes.filter(({ six }) => six === true)),
  }
}

/** `more` is true for all but the last, for the blanks between. */
const listed = (views: readonly View[]): readonly View[] =>
  views.map((view, at) => ({ ...view, more: at + 1 < views.length }))

/** Words of ifconfig(8) that have a value behind them, with the part and the name that they have here. */
const withValue: Readonly<Record<string, readonly [string, string]>> = {
  laggproto: ['Proto', 'laggproto '],
  laggport: ['Words', 'laggport '],
  lagghash: ['Words', 'lagghash '],
  rr_limit: ['Words', 'rr_limit '],
  mtu: ['Words', 'mtu '],
  ether: ['Words', 'ether '],
  link: ['Words', 'ether '],
  lladdr: ['Words', 'ether '],
  addm: ['Words', 'addm '],
  stp: ['Words', 'stp '],
  fwddelay: ['Words', 'fwddelay '],
  timeout: ['Words', 'timeout '],
  vlan: ['Create', 'vlan'],
  vlandev: ['On', 'link'],
  laggtype: ['Type', 'laggtype '],
}

interface Word {
  readonly text: string
  readonly at: Span
}

/** The words of a value, and where each stands unless the value was written with escapes. */
function wordsOf({ value, at }: Statement): readonly Word[] {
  const text = String(value)
  const exact = at.end - at.start === text.length
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    text: word,
    at: exact ? { start: at.start + index, end: at.start + index + word.length } : at,
  }))
}

interface Draft {
  readonly name: string
  readonly file: string
  readonly key: Span
  readonly found: Found[]
  subject: DeviceSubject | undefined
}

/** Which variables there are beside the devices' own, and what they list. */
const lists = /^(?:cloned_interfaces|static_routes|ipv6_static_routes)$/

export function recognise(files: readonly ScannedFile[]): Recognised {
  const scan = new Scan()
  for (const file of files) scan.names(file)
  for (const file of files) scan.read(file)
  return scan.recognised()
}

/** Reads names first, then what is said of them. */
class Scan {
  readonly #drafts = new Map<string, Draft>()
  /** The clone that a device begins as, by its later name's origin. */
  readonly #renamed = new Map<string, string>()
  readonly #routes = new Map<
    string,
    { readonly words: readonly Word[]; readonly six: boolean; readonly file: string }
  >()
  readonly #listed: {
    readonly name: string
    readonly device: string
    readonly word: Word
    readonly six: boolean
  }[] = []
  #outside = 0

  #draft(name: string, file: string, key: Span): Draft {
    let draft = this.#drafts.get(name)
    if (draft === undefined) {
      draft = { name, file, key, found: [], subject: undefined }
      this.#drafts.set(name, draft)
    }
    return draft
  }

  names({ path, statements }: ScannedFile): void {
    for (const { name, value } of statements) {
      const [, clone] = /^ifconfig_(\w+)_name$/.exec(name) ?? []
      if (clone !== undefined && value !== undefined) this.#renamed.set(clone, String(value))
    }
    for (const statement of statements) {
      if (statement.name === 'cloned_interfaces')
        for (const word of wordsOf(statement)) this.#clone(word, path)
      const [, link] = /^vlans_(\w+)$/.exec(statement.name) ?? []
      if (link !== undefined) for (const word of wordsOf(statement)) this.#vlan(link, word, path)
    }
  }

  #clone({ text, at }: Word, file: string): void {
    const draft = this.#draft(this.#renamed.get(text) ?? text, file, at)
    if (/^lagg\d+$/.test(text)) draft.subject = 'bond'
    else if (/^bridge\d+$/.test(text)) draft.subject = 'bridge'
    else if (/^vlan\d+$/.test(text)) draft.subject = 'vlan'
  }

  /** A number makes LINK.ID; a name is made with arguments of its own. */
  #vlan(link: string, { text, at }: Word, file: string): void {
    const numbered = /^\d+$/.test(text)
    const draft = this.#draft(numbered ? `${link}.${text}` : text, file, at)
    draft.subject = 'vlan'
    const common = { file, key: at, at }
    draft.found.push({ ...common, in: 'On', name: 'link', value: link })
    if (numbered) draft.found.push({ ...common, in: 'Create', name: 'vlan', value: text })
    this.#draft(link, file, at).found.push({ ...common, in: 'Vlans', name: 'vlan', value: text })
  }

  /** A device by what its variables are called. */
  #byVariable(name: string, file: string, key: Span): Draft {
    const known = [...this.#drafts.values()].find(draft => draft.name.replaceAll('.', '_') === name)
    return known ?? this.#draft(name, file, key)
  }

  read({ path, statements }: ScannedFile): void {
    for (const statement of statements) {
      const { name, key } = statement
      if (statement.value === undefined) this.#outside += 1
      else if (lists.test(name)) this.#list(statement)
      else if (/^(?:ipv6_)?defaultrouter$/.test(name)) this.#defaultRouter(statement, path)
      else if (/^vlans_\w+$|^ifconfig_\w+_(?:name|descr)$/.test(name)) continue
      else {
        const [, kind, rest = ''] =
          /^(ifconfig|ipv4_addrs|create_args|route|ipv6_route)_(\w+)$/.exec(name) ?? []
        const [, own = '', more] = /^(\w+?)(?:_(aliases|alias\d+|ipv6))?$/.exec(rest) ?? []
        const words = wordsOf(statement)
        if (kind === 'route' || kind === 'ipv6_route')
          this.#routes.set(`${kind} ${rest}`, { words, six: kind === 'ipv6_route', file: path })
        else if (kind === undefined || own === 'DEFAULT') this.#outside += 1
        else this.#words(this.#byVariable(own, path, key), words, more === 'ipv6', path)
      }
    }
  }

  #list(statement: Statement): void {
    if (statement.name === 'cloned_interfaces') return
    const six = statement.name === 'ipv6_static_routes'
    for (const word of wordsOf(statement)) {
      const [name = '', device = ''] = word.text.split(':')
      this.#listed.push({ name, device, word, six })
    }
  }

  /** The same as a route in the lists, whose name no other can have. */
  #defaultRouter(statement: Statement, file: string): void {
    const [word] = wordsOf(statement)
    if (word === undefined || /^no$/i.test(word.text)) return
    const six = statement.name !== 'defaultrouter'
    const name = 'default router'
    this.#routes.set(`${six ? 'ipv6_route' : 'route'} ${name}`, {
      words: [{ ...word, text: 'default' }, word],
      six,
      file,
    })
    this.#listed.push({ name, device: '', word, six })
  }

  /** Words of ifconfig(8), one after the other. */
  #words(draft: Draft, words: readonly Word[], six: boolean, file: string): void {
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as Word
      const next = words[at + 1]
      const say = (part: string, name: string, value: string, end = word): void => {
        draft.found.push({ in: part, name, value, file, key: word.at, at: end.at })
      }
      const pair = Object.hasOwn(withValue, word.text) ? withValue[word.text] : undefined
      if (pair !== undefined && next !== undefined) {
        say(pair[0], pair[1], next.text, next)
        if (/^(?:laggport|addm)$/.test(word.text)) this.#draft(next.text, file, next.at)
        at += 1
      } else if (/^inet6?$/.test(word.text)) {
        // The family of the words behind it.
      } else if (/^[0-9a-f:.]+(?:\/\d+)?$/i.test(word.text) && /[.:]/.test(word.text)) {
        const [, length] = [words[at + 1]?.text, words[at + 2]?.text]
        const masked = /^(?:netmask|prefixlen)$/.test(next?.text ?? '') && length !== undefined
        say('Aliases', 'address', masked ? `${word.text}/${lengthOf(length)}` : word.text)
        at += masked ? 2 : 0
      } else say(six ? 'Six' : 'Words', '', word.text)
    }
  }

  /** The device that reaches a route's next hop by an address of its own. */
  #near(words: readonly Word[]): Draft | undefined {
    const { via } = (readRoute(words.map(({ text }) => text)) ?? {}) as { readonly via?: string }
    const reaches = ({ in: part, value }: Found): boolean =>
      part === 'Aliases' && ipPrefix.read(value) !== undefined && within(String(value), via ?? '')
    return via === undefined ? undefined : [...this.#drafts.values()].find(({ found }) => found.some(reaches))
  }

  recognised(): Recognised {
    for (const { name, device, word, six } of this.#listed) {
      const found = this.#routes.get(`${six ? 'ipv6_route' : 'route'} ${name}`)
      const draft = device === '' ? this.#near(found?.words ?? []) : this.#drafts.get(device)
      if (found === undefined || draft === undefined) this.#outside += 1
      else {
        const value = readRoute(found.words.map(({ text }) => text)) ?? ''
        const last = found.words.at(-1) ?? word
        const at = { start: (found.words[0] ?? word).at.start, end: last.at.end }
        draft.found.push({ in: 'Routes', name, value, file: found.file, key: at, at })
      }
    }
    const devices = [...this.#drafts.values()]
    const members = new Set(devices.flatMap(({ found }) => namesIn(found, 'laggport ')))
    return { devices: devices.map(one => scanned(one, members)), outside: this.#outside }
  }
}

const namesIn = (found: readonly Found[], name: string): readonly string[] =>
  found.flatMap(one => (one.name === name ? [String(one.value)] : []))

/** A netmask, dotted or in hexadecimal, as a length. */
function lengthOf(mask: string): string {
  const hex = /^0x([0-9a-f]{8})$/i.exec(mask)?.[1]
  const number =
    hex !== undefined
      ? Number.parseInt(hex, 16)
      : mask.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
  return mask.includes('.') || hex !== undefined
    ? String(number.toString(2).padStart(32, '0').replace(/0*$/, '').length)
    : mask
}

function scanned({ name, file, key, found, subject }: Draft, members: ReadonlySet<string>): ScannedDevice {
  const is = subject ?? (found.some(one => one.in === 'On' || one.in === 'Create') ? 'vlan' : 'port')
  const own = members.has(name)
    ? found.map(one => (one.name === 'mtu ' ? { ...one, in: 'MemberMtu' } : one))
    : found
  // A lagg that is told no protocol fails over.
  const silent = is === 'bond' && !found.some(one => one.in === 'Proto')
  const proto = { in: 'Proto', name: 'laggproto ', value: 'failover', file, key, at: key }
  return { subject: is, name, file, key, found: silent ? [...own, proto] : own }
}
