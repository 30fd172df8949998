// What Netplan refuses of how definitions stand together. It takes all of its files or none: one name that is defined
// nowhere, and no device of the host is configured.

import type { Statement } from '../../dialects/dialect.ts'
import type { Astray } from '../target.ts'

/** A device as one file defines it. */
interface Defined {
  readonly subject: string
  readonly id: string
  readonly file: string
  readonly statement: Statement
}

const refused = (file: string, span: Astray['span'], message: string, help: string): Astray => ({
  code: 'netplan-refused',
  severity: 'error',
  message: `${message}; Netplan refuses all of its files for it`,
  help,
  file,
  span,
})

/** What a VLAN has to say (netplan, validation.c, validate_netdef_grammar()). */
const vlanNeeds = ['id', 'link']

/**
 * Devices that are named and not yet defined, definitions without a mapping, and VLANs that lack something (netplan,
 * parse.c, process_document() for each file in turn; 0.106, 1.1 and 1.2 do the same). `firstIn`: in which file each id
 * of all collections is defined first; `files`: their names as they are read. What `primary` names is left out: it is a
 * member, or a rule tells that it is none.
 */
export function* refusals(
  definitions: readonly Defined[],
  firstIn: ReadonlyMap<string, string>,
  files: readonly string[],
): Generator<Astray> {
  const order = new Map(files.map((file, at) => [file, at]))
  const isBefore = (there: string, here: string): boolean => (order.get(there) ?? 0) <= (order.get(here) ?? 0)
  /** What is said of each VLAN, in all its definitions. */
  const vlans = new Map<string, { readonly first: Defined; readonly says: Set<string> }>()
  for (const one of definitions) {
    const { subject, id, file, statement } = one
    if (statement.value === undefined && statement.inside.length === 0) {
      yield refused(file, statement.key, `${id} is no mapping`, `write ${id}: {}`)
      continue
    }
    for (const { name, value, at, inside } of statement.inside) {
      const named = name === 'interfaces' ? inside : name === 'link' ? [{ value, at }] : []
      for (const { value: other, at: span } of named) {
        const there = firstIn.get(String(other))
        if (other === undefined || (there !== undefined && isBefore(there, file))) continue
        yield there === undefined
          ? refused(
              file,
              span,
              `${id} names ${other}, which is defined in no file that was read`,
              `define it (an Ethernet port by ${other}: {} below ethernets), or read the file together with the one that does`,
            )
          : refused(
              file,
              span,
              `${id} names ${other}, which is defined only in ${there}, and that is read later`,
              'define it in this file, or in one whose name goes before',
            )
      }
    }
    if (subject !== 'vlan') continue
    const vlan = vlans.get(id) ?? { first: one, says: new Set() }
    vlans.set(id, vlan)
    for (const { name } of statement.inside) vlan.says.add(name)
  }
  for (const [id, { first, says }] of vlans)
    for (const need of vlanNeeds)
      if (!says.has(need))
        yield refused(first.file, first.statement.key, `the VLAN ${id} has no ${need}`, `say its ${need}`)
}

/** The ids that a collection defines: those of its mappings, and the ports that Open vSwitch makes in pairs. */
export function* idsIn({ name, inside }: Statement): Generator<string> {
  if (name !== 'openvswitch') for (const one of inside) yield one.name
  else
    for (const one of inside)
      if (one.name === 'ports' && Array.isArray(one.value))
        for (const port of one.value.flat()) yield String(port)
}
