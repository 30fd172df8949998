// What the lines of a stanza say, under the names that the stances use: what can be said in several ways comes out as one,
// and what takes two lines as one. Names of options are compared as hooks compare them.

import type { Statement } from '../../dialects/dialect.ts'
import { familyOf, type Value } from '../../options/kind.ts'
import type { Found } from '../setting.ts'
import { addressOf, type BareAddress } from './interfaces-address.ts'
import { type Meaning, meaningOf } from './interfaces-commands.ts'
import { checkedRoute } from './ip-route.ts'

/** What a reader of such files has words for. */
export interface Reader {
  /** Driver options that it has an option line for, by the driver's name. */
  readonly hooked: ReadonlySet<string>
  /** Its further names of options, by the usual name. */
  readonly aliases: Readonly<Record<string, string>>
  /** Options whose names begin with these may have an underscore for a hyphen. */
  readonly underscores: RegExp
  /** A name that says which VLAN a device is: its link, where that is said, and its number, as the groups `link` and `id`. */
  readonly vlanName: RegExp
  /** Names by which alone it goes, whatever lines say of the link. */
  readonly vlanNameAlone: RegExp
  /** Whether lists of members and ports may hold patterns. */
  readonly patterns: boolean
  /** How long the prefix of an address is that says nothing of it. */
  readonly bareAddress: BareAddress
  /** Whether its bonds are made by ifenslave, with the traps that this has. */
  readonly ifenslave?: boolean
}

/** A stanza of one device, taken apart. */
export interface Stanza {
  readonly file: string
  readonly name: Statement
  readonly family: string
  readonly head: Statement
  readonly inherits: string | undefined
  readonly options: readonly Statement[]
}

const commands = new Set(['pre-up', 'up', 'post-up', 'down', 'pre-down', 'post-down'])

/** A line; `device` where it is about another than the one in whose stanza it stands. */
export type Line = Found & { readonly device: string | undefined }

/** Everything that a stanza says, inherited lines first. */
export function linesOf(stanza: Stanza, all: readonly Stanza[], reader: Reader): readonly Line[] {
  const { file, head } = stanza
  const options = optionsOf(stanza, all)
  const lines: Line[] = [foundAs(head, file, 'head', 'iface')]
  // The method of itself accepts advertisements; a line of its own says otherwise.
  if (head.value === 'inet6 auto' && !options.some(({ statement }) => statement.name === 'accept_ra'))
    lines.push({ ...foundAs(head, file, 'ra', 'accept_ra'), value: 2 })
  const saidOf = (name: string) => options.find(({ statement }) => statement.name === name)?.statement.value
  const metric = saidOf('metric')
  const routeBy = (via: Value) => checkedRoute({ to: 'default', via, ...(metric && { metric }) })
  const routed = options.some(
    ({ statement: { name, value } }) => name === 'gateway' && value && routeBy(value),
  )
  // Read together with another line.
  const taken = new Set([...(saidOf('address') ? ['netmask'] : []), ...(routed ? ['metric'] : [])])
  for (const [at, { statement, file }] of options.entries()) {
    const { value } = statement
    const name = plainName(statement.name, reader)
    if (value === undefined) lines.push({ ...foundAs(statement, file, 'link', name), value: '' })
    else if (commands.has(name)) lines.push(...ofCommand(statement, String(value), file, stanza, reader))
    else if (name === 'address') {
      const address = addressOf(
        String(value),
        netmaskOf(options, at),
        familyOf(String(value)),
        reader.bareAddress,
      )
      lines.push({ ...foundAs(statement, file, 'address', 'address'), value: address ?? value })
    } else if (name === 'gateway') {
      const route = routeBy(value)
      const line = foundAs(statement, file, 'routes', route ? 'route' : 'gateway')
      lines.push(route ? { ...line, value: route } : line)
    } else if (!taken.has(name))
      lines.push({ ...foundAs(statement, file, partOf(name), name), value: plainValue(name, value) })
  }
  return lines
}

/** A statement of a stanza, which may be inherited from another file. */
interface Option {
  readonly statement: Statement
  readonly file: string
}

function optionsOf(
  { file, inherits, family, options }: Stanza,
  all: readonly Stanza[],
  depth = 0,
): readonly Option[] {
  const own = options.map(statement => ({ statement, file }))
  if (inherits === undefined || depth > 20) return own
  const from = all.find(one => one.name.value === inherits && (family === '' || one.family === family))
  return from === undefined ? own : [...optionsOf(from, all, depth + 1), ...own]
}

const foundAs = ({ value = '', key, at }: Statement, file: string, part: string, name: string): Line => ({
  device: undefined,
  in: part,
  name,
  value,
  file,
  key,
  at,
})

/** The netmask of an address: the stanza's only one, or the one that follows before the next address does. */
function netmaskOf(options: readonly Option[], at: number): Value | undefined {
  const named = (name: string) => options.filter(({ statement }) => statement.name === name)
  if (named('address').length === 1) return named('netmask')[0]?.statement.value
  const after = options.slice(at + 1)
  const next = after.findIndex(({ statement }) => statement.name === 'address')
  const own = next < 0 ? after : after.slice(0, next)
  return own.find(({ statement }) => statement.name === 'netmask')?.statement.value
}

/** The usual name of an option. */
function plainName(name: string, { underscores, aliases }: Reader): string {
  const plain = underscores.test(name) ? name.replaceAll('_', '-') : name
  return Object.hasOwn(aliases, plain) ? (aliases[plain] as string) : plain
}

function partOf(name: string): string {
  if (name.startsWith('dns-')) return 'dns'
  return name === 'accept_ra' || name === 'autoconf' ? 'ra' : 'link'
}

/** A class before the address is of old, and only ether was ever used. */
const plainValue = (name: string, value: Value): Value =>
  name === 'hwaddress' ? String(value).replace(/^ether\s+/i, '') : value

function ofCommand(
  statement: Statement,
  text: string,
  file: string,
  stanza: Stanza,
  { hooked }: Reader,
): readonly Line[] {
  const meanings = meaningOf(text, String(stanza.name.value))
  const astray = foundAs(statement, file, 'commands', statement.name)
  if (meanings === undefined) return [astray]
  return meanings.map((meaning): Line => {
    const { device, in: part, name, value } = asOption(meaning, hooked)
    return { ...astray, device, in: part, name, value }
  })
}

/** What a command tells the driver may be an option of the reader's as well. */
function asOption(meaning: Meaning, hooked: ReadonlySet<string>): Meaning {
  return meaning.in === 'driver' && hooked.has(meaning.name)
    ? { ...meaning, in: 'link', name: `bond-${meaning.name.replaceAll('_', '-')}` }
    : meaning
}
