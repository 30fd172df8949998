// The changes that rules propose: edits of the intent by place. Making them in a text is for others.

import type { Edit, Fix, Path } from '../diagnostics/diagnostic.ts'
import type { Bond, Device, Node } from '../intent/intent.ts'
import { bonding, rowsOf, type Subject } from '../options/index.ts'
import { type addressing, at, distinct } from './support.ts'

/** Where an option stands if the node says it itself; undefined where a profile does. */
function ownPath(node: Node<Subject>, id: string): Path | undefined {
  const { path } = at(node, id)
  return node.path.every((step, index) => path[index] === step) ? path : undefined
}

/** Says an option at the node itself, whatever a profile says to others. */
export function setting(node: Node<Subject>, id: string, value: unknown): Edit {
  const path = ownPath(node, id) ?? [...node.path, id]
  return { kind: 'set', path, value: rowsOf(node.subject)[id]?.kind.write(value) ?? value }
}

/** Takes an option away; undefined where a profile says it, also to others. */
export function removing(node: Node<Subject>, id: string): Edit | undefined {
  const path = ownPath(node, id)
  return path === undefined ? undefined : { kind: 'remove', path }
}

/** A fix of edits, none where one of them cannot be made. `safe`: the driver does the same before and after. */
export function fixed(
  safe: boolean,
  title: string,
  ...edits: readonly (Edit | undefined)[]
): { readonly fix?: Fix } {
  const made = edits.filter(edit => edit !== undefined)
  return made.length < edits.length || made.length === 0 ? {} : { fix: { safe, title, edits: made } }
}

/** The monitor that goes by the carrier, without anything that speaks of probes. */
export function pollingWithout(bond: Bond): { readonly fix?: Fix } {
  const probes = Object.keys(bonding).filter(id => /^(?:arp|ns)-/.test(id) && said(bond, id))
  const { miimon } = bond.options
  const polled = miimon ? [] : [setting(bond, 'miimon', 100)]
  const title = `poll the carrier every ${miimon || 100} ms instead`
  return fixed(false, title, ...polled, ...probes.map(id => removing(bond, id)))
}

const said = (node: Node<Subject>, id: string): boolean =>
  (node.options as Readonly<Record<string, unknown>>)[id] !== undefined

/** Moves one of the addressing options to the device that ought to have it. */
export function moved(from: Device, to: Device, id: (typeof addressing)[number]): { readonly fix?: Fix } {
  const value = from.options[id]
  const there = to.options[id]
  if (there !== undefined && !Array.isArray(there)) return {}
  const joined = Array.isArray(value) && Array.isArray(there) ? distinct([...there, ...value]) : value
  return fixed(false, `move ${id} to ${to.name}`, setting(to, id, joined), removing(from, id))
}
