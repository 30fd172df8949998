// Lines of modprobe.d(5) that speak of the bonding driver: its options, and other names that it is loaded by, each of which
// is a bond with options of its own where somebody still does so.

import type { Encoded, Span } from '../../dialects/dialect.ts'
import { shell } from '../../dialects/shell.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Recognised, ScannedFile } from '../target.ts'
import type { View } from '../write.ts'

/** The parameters once, for they are those of every bond, and how many bonds the driver makes. */
export function arrangeHost(view: View): View {
  const bonds = Array.isArray(view.bond) ? (view.bond as readonly View[]) : []
  const count = shell.encode(bonds.length)
  if (count === undefined) throw new Error('a count is a number')
  return { ...view, count: count as Encoded, Parameters: bonds[0]?.Parameters ?? [] }
}

/** `mode=4`, and where it stands. */
interface Parameter {
  readonly file: string
  readonly name: string
  readonly value: string
  readonly key: Span
  readonly at: Span
}

export function recognise(files: readonly ScannedFile[]): Recognised {
  const aliases = new Map<string, { readonly file: string; readonly key: Span }>()
  const said = new Map<string, Parameter[]>()
  let outside = 0
  for (const { path: file, statements } of files) {
    for (const { name, key, value, inside } of statements) {
      const [module, ...rest] = value === undefined ? inside : []
      const of = String(module?.value ?? '')
      if (name === 'alias' && rest[0]?.value === 'bonding') aliases.set(of, { file, key: module?.at ?? key })
      else if (name !== 'options' || module === undefined) outside += 1
      else {
        const words = rest.map(word => parameterOf(String(word.value), word.at, file))
        said.set(of, [...(said.get(of) ?? []), ...words])
      }
    }
  }
  for (const module of said.keys()) {
    if (module === 'bonding' || aliases.has(module)) continue
    outside += 1
    said.delete(module)
  }
  const shared = said.get('bonding') ?? []
  const [first] = shared
  const made = shared.findLast(({ name }) => name === 'max_bonds')
  const count = first === undefined ? 0 : Math.min(Number(made?.value ?? 1) || 0, 64)
  const own = new Map<string, ScannedDevice>()
  const add = (name: string, file: string, key: Span, parameters: readonly Parameter[]): void => {
    const found = parameters.map((one): Found => ({ ...one, in: 'Parameters' }))
    own.set(name, { subject: 'bond', name, file, key, found })
  }
  if (first !== undefined)
    for (let at = 0; at < count; at++) add(`bond${at}`, first.file, (made ?? first).key, shared)
  for (const [name, { file, key }] of aliases) add(name, file, key, [...shared, ...(said.get(name) ?? [])])
  return { devices: [...own.values()], outside }
}

function parameterOf(text: string, at: Span, file: string): Parameter {
  const sign = text.indexOf('=')
  const [name, value] = sign < 0 ? [text, ''] : [text.slice(0, sign), text.slice(sign + 1)]
  const exact = at.end - at.start === text.length && sign > 0
  return {
    file,
    name,
    value,
    key: exact ? { start: at.start, end: at.start + sign } : at,
    at: exact ? { start: at.start + sign + 1, end: at.end } : at,
  }
}
