// Finding devices in a network configuration of version 2, with `network:` around it or without; and how a device is put
// together for its template.

import type { Statement } from '../../dialects/dialect.ts'
import { yaml } from '../../dialects/yaml.ts'
import { find } from '../families/netplan-find.ts'
import type { Recognised, ScannedFile } from '../target.ts'
import type { View } from '../write.ts'

/** Finds the devices of a host. */
export function recognise(files: readonly ScannedFile[]): Recognised {
  const networkIn = ({ statements }: ScannedFile): Statement | undefined =>
    statements.find(({ name }) => name === 'network')
  const found = find(files, {
    roots: file => networkIn(file)?.inside ?? file.statements,
    renames: false,
    refuses: false,
  })
  const beside = files.flatMap(file => (networkIn(file) === undefined ? [] : file.statements.slice(1)))
  return { ...found, outside: found.outside + beside.length }
}

/** Without a list of its own, though an empty one, a bond or a bridge makes cloud-init end (handle_bond()). */
export function arrange(view: View): View {
  const body = view.body as readonly View[]
  const [name, value] = [yaml.encode('interfaces'), yaml.encode([])]
  const needs = view.bond === true || view.bridge === true
  if (!needs || name === undefined || value === undefined || body.some(one => one.name === name)) return view
  return { ...view, empty: false, body: [{ name, value }, ...body] }
}
