// Commands in hook lines of interfaces files: how one is put together so that a shell reads values as data, and what
// one means that is found. Only commands whose whole meaning is known are read; for all others the answer is undefined.

import type { Route } from '../../options/interface.ts'
import { deviceName, type Value } from '../../options/kind.ts'
import { isSixRoute, routeOf, routeWords } from './ip-route.ts'

/** A word as a shell reads it back unchanged. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_.:,+@/%=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A command of words that are data. `$IFACE` and `>` are what they are in a shell. */
export const command = (...words: readonly Value[]): string =>
  words.map(word => (word === '$IFACE' || word === '>' ? word : quoted(String(word)))).join(' ')

/** The command that makes a VLAN device. */
export const addVlan = (link: string, name: string, id: number): string =>
  command('ip', 'link', 'add', 'link', link, 'name', name, 'type', 'vlan', 'id', id)

/** What a command does to a device. */
export interface Meaning {
  /** Undefined: the device in whose stanza it stands. */
  readonly device: string | undefined
  readonly in: string
  readonly name: string
  readonly value: Value
}

/** What a command means in the stanza of a device; undefined where that is not known. `[]`: it only undoes. */
export function meaningOf(text: string, device: string): readonly Meaning[] | undefined {
  const meanings = meaningOfWords(wordsOf(text, device) ?? [], device)
  const isDevice = (name: string | undefined): boolean =>
    name === undefined || deviceName.read(name) !== undefined
  return meanings?.every(meaning => isDevice(meaning.device)) ? meanings : undefined
}

function meaningOfWords(words: readonly string[], device: string): readonly Meaning[] | undefined {
  const [program = '', ...rest] = words
  switch (program.replace(/^(?:\/usr)?\/s?bin\//, '')) {
    case 'echo':
      return echo(rest)
    case 'ip':
      return ip(rest, device)
    case 'bridge':
      return bridge(rest)
    case 'ifenslave':
      return ifenslave(rest)
    default:
      return undefined
  }
}

const interfaceName = /\$(?:IFACE(?!\w)|\{IFACE\})/

/** What a shell sees: blanks, quoted text, an escaped character, a redirection, the device, plain text, or more than that. */
const piece = new RegExp(
  [
    String.raw`(?<blank>\s+)`,
    `'(?<single>[^']*)'`,
    `"(?<double>(?:[^"\\\\$\`]|${interfaceName.source})*)"`,
    String.raw`\\(?<escaped>.)`,
    '(?<redirection>>)',
    `(?<device>${interfaceName.source})`,
    '(?<plain>[^\\s\'"\\\\$`;&|<>()#~*?[\\]{}!]+)',
    '.',
  ].join('|'),
  'gs',
)

/**
 * The words of a simple command: quotes and backslashes undone, the device's name filled in, a redirection as a word of
 * its own. Anything else that a shell would act on is not simple. A `|| true` behind it does not change what it does.
 */
function wordsOf(text: string, device: string): readonly string[] | undefined {
  const words: string[] = []
  let open: string | undefined
  let last: string | undefined
  const close = (): void => {
    if (open !== undefined) words.push(open)
    open = undefined
  }
  for (const { groups = {} } of text.replace(/\s*\|\|\s*(?:true|:)\s*$/, '').matchAll(piece)) {
    const { blank, single, double, escaped, redirection, plain } = groups
    if (blank !== undefined) close()
    else if (redirection !== undefined) {
      // A number before it says which stream is meant, unless it is quoted.
      if (/^\d+$/.test(last ?? '')) return undefined
      close()
      words.push('>')
    } else {
      const part =
        single ?? double?.replaceAll(new RegExp(interfaceName, 'g'), () => device) ?? escaped ?? plain
      const filled = part ?? (groups.device === undefined ? undefined : device)
      if (filled === undefined) return undefined
      open = (open ?? '') + filled
    }
    last = plain
  }
  close()
  return words
}

/** `ifenslave BOND PORT...`, as before there were option lines; with -d it takes members away. */
function ifenslave(words: readonly string[]): readonly Meaning[] | undefined {
  const [bond, ...ports] = words.filter(word => !word.startsWith('-'))
  if (words.some(word => /^(?:-d|--detach)$/.test(word))) return []
  if (bond === undefined || ports.length === 0 || words.some(word => /^-[^f]/.test(word))) return undefined
  return [{ device: bond, in: 'link', name: 'bond-slaves', value: ports.join(' ') }]
}

/** The files that options are echoed into, by the part that they belong to. */
const files: readonly (readonly [part: string, path: RegExp])[] = [
  ['driver', /^\/sys\/class\/net\/([^/]+)\/bonding\/([a-z0-9_]+)$/],
  ['ra', /^\/proc\/sys\/net\/ipv6\/conf\/([^/]+)\/(accept_ra)$/],
]

/** `echo VALUE > FILE`, of the driver's in sysfs or of the protocol's in /proc/sys */
function echo(words: readonly string[]): readonly Meaning[] | undefined {
  const [value, into, path = '', more] = words
  if (value === undefined || into !== '>' || more !== undefined) return undefined
  for (const [part, pattern] of files) {
    const [, device, name] = pattern.exec(path) ?? []
    if (name !== undefined) return [{ device, in: part, name, value }]
  }
  return undefined
}

function ip(words: readonly string[], device: string): readonly Meaning[] | undefined {
  const family = words[0] === '-6' || words[0] === '-4' ? words[0] : undefined
  const [object, action, ...rest] = family === undefined ? words : words.slice(1)
  if (object === 'route' || object === 'r') return route(action, rest, family === '-6', device)
  if (object !== 'link' && object !== 'l') return undefined
  switch (action) {
    case 'add':
    case 'a':
      return linkAdd(rest)
    case 'set':
    case 's':
      return linkSet(rest)
    case 'del':
    case 'delete':
      return []
    default:
      return undefined
  }
}

/** Words in pairs, in order; undefined where one has no partner. */
function pairs(words: readonly string[]): readonly (readonly [string, string])[] | undefined {
  const found: (readonly [string, string])[] = []
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1]
    if (value === undefined) return undefined
    found.push([words[at] ?? '', value])
  }
  return found
}

/** `ip link add [dev] NAME type bond KEY VALUE...` and `ip link add [link] PARENT name NAME type vlan id N` */
function linkAdd(words: readonly string[]): readonly Meaning[] | undefined {
  const at = words.indexOf('type')
  const before = words.slice(0, Math.max(at, 0))
  const head = pairs(before.length % 2 === 0 ? before : ['dev', ...before])
  const options = pairs(words.slice(at + 2))
  if (at < 0 || head === undefined || options === undefined) return undefined
  const part = (...names: readonly string[]) => head.find(([name]) => names.includes(name))?.[1]
  const name = part('dev', 'name')
  if (name === undefined || head.some(([word]) => !['dev', 'name', 'link'].includes(word))) return undefined
  switch (words[at + 1]) {
    case 'bond':
      return [made(name, 'bond'), ...options.map(([key, value]) => driver(name, key, value))]
    case 'bridge':
      return options.length === 0 ? [made(name, 'bridge')] : undefined
    case 'vlan': {
      const [[key, id] = ['', ''], more] = options
      const link = part('link')
      if (link === undefined || key !== 'id' || more !== undefined) return undefined
      return [
        { device: name, in: 'vlan', name: 'id', value: id },
        { device: name, in: 'vlan', name: 'link', value: link },
      ]
    }
    default:
      return undefined
  }
}

const made = (device: string, kind: string): Meaning => ({ device, in: 'made', name: kind, value: device })

const driver = (device: string, name: string, value: string): Meaning => ({
  device,
  in: 'driver',
  name,
  value,
})

/** `ip link set [dev] NAME KEY VALUE...`, also `type bond KEY VALUE...` and `type bond_slave KEY VALUE...` */
function linkSet(words: readonly string[]): readonly Meaning[] | undefined {
  const [device, ...rest] = words[0] === 'dev' ? words.slice(1) : words
  if (device === undefined) return undefined
  const [type, kind, ...options] = rest
  const said = pairs(type === 'type' ? options : rest)
  if (said === undefined || said.length === 0) return undefined
  if (type === 'type') {
    if (kind === 'bond') return said.map(([key, value]) => driver(device, key, value))
    return kind === 'bond_slave'
      ? said.map(([name, value]) => ({ device, in: 'member', name, value }))
      : undefined
  }
  const names: Readonly<Record<string, string>> = { mtu: 'mtu', address: 'hwaddress' }
  const known = said.flatMap(([key, value]): readonly Meaning[] => {
    const name = Object.hasOwn(names, key) ? names[key] : undefined
    return name === undefined ? [] : [{ device, in: 'link', name, value }]
  })
  return known.length === said.length ? known : undefined
}

/** `ip route add TO [via GATEWAY]...` by the device of the stanza */
function route(
  action: string | undefined,
  words: readonly string[],
  six: boolean,
  device: string,
): readonly Meaning[] | undefined {
  if (!['add', 'a', 'replace', 'append'].includes(action ?? '')) return undefined
  const said = routeOf(words, six)
  if (said === undefined || (said.device ?? device) !== device) return undefined
  return [{ device: undefined, in: 'routes', name: 'route', value: said.route }]
}

/** The command that makes a route by the device of the stanza. */
export const routeCommand = (route: Route): string =>
  command('ip', ...(isSixRoute(route) ? ['-6'] : []), 'route', 'add', ...routeWords(route, '$IFACE'))

/** `bridge vlan add dev PORT vid RANGE`, and the same of the bridge itself, which its VLAN devices need */
function bridge(words: readonly string[]): readonly Meaning[] | undefined {
  const [vlan, add, ...rest] = words
  if (vlan !== 'vlan' || add !== 'add') return undefined
  const self = rest.includes('self')
  const parts = new Map(pairs(rest.filter(word => word !== 'self' && word !== 'master')))
  const [dev, vid] = [parts.get('dev'), parts.get('vid')]
  if (dev === undefined || vid === undefined || parts.size !== 2) return undefined
  return [{ device: undefined, in: self ? 'self' : 'vids', name: self ? 'vid' : dev, value: vid }]
}
