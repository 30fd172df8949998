// What the lines of a stanza say, under the names that the stances use: what can be said in several ways comes out as one,
// and what takes two lines as one. Names of options are compared as hooks compare them.

import type { Statement } from '../../dialects/dialect.ts'
import type { Value } from '../../options/kind.ts'
import type { Found } from '../setting.ts'
import { addressOf } from './interfaces-address.ts'
import { checkedRoute, type Meaning, meaningOf } from './interfaces-commands.ts'

/** What a reader of such files has words for. */
export interface Reader {
  /** Driver options that it has an option line for, by the driver's name. */
  readonly hooked: ReadonlySet<string>
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
  const [gateway, metric] = [saidOf('gateway'), saidOf('metric')]
  const route = gateway && checkedRoute({ to: 'default', via: gateway, ...(metric && { metric }) })
  // Read together with another line.
  const taken = new Set([...(saidOf('address') ? ['netmask'] : []), ...(route ? ['metric'] : [])])
  for (const { statement, file } of options) {
    const { value } = statement
    const name = plainName(statement.name)
    if (value === undefined) lines.push({ ...foundAs(statement, file, 'link', name), value: '' })
    else if (commands.has(name)) lines.push(...ofCommand(statement, String(value), file, stanza, reader))
    else if (name === 'address') {
      const address = addressOf(String(value), saidOf('netmask'), stanza.family)
      lines.push({ ...foundAs(statement, file, 'address', 'address'), value: address ?? value })
    } else if (name === 'gateway') {
      const line = foundAs(statement, file, 'routes', route ? 'route' : 'gateway')
      lines.push(route ? { ...line, value: route } : line)
    } else if (!taken.has(name))
      lines.push({ ...foundAs(statement, file, partOf(name), name), value: plainValue(name, value) })
  }
  return lines
}

function optionsOf(
  { file, inherits, family, options }: Stanza,
  all: readonly Stanza[],
  depth = 0,
): readonly { readonly statement: Statement; readonly file: string }[] {
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

/** Hooks read options from their environment, in which a hyphen and an underscore are the same. */
function plainName(name: string): string {
  const plain = /^(?:bond|bridge|vlan|dns)_/.test(name) ? name.replaceAll('_', '-') : name
  return plain === 'slaves' ? 'bond-slaves' : plain
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
