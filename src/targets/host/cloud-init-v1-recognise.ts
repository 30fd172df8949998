// Finding devices in a network configuration of version 1, with `network:` around it or without; and how a device is put
// together for its template.

import type { Statement } from '../../dialects/dialect.ts'
import { yaml } from '../../dialects/yaml.ts'
import type { DeviceSubject } from '../../options/index.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Recognised, ScannedFile } from '../target.ts'
import type { View } from '../write.ts'

const types: Readonly<Record<string, DeviceSubject>> = {
  physical: 'port',
  bond: 'bond',
  vlan: 'vlan',
  bridge: 'bridge',
}

/** Finds the devices of a host. */
export function recognise(files: readonly ScannedFile[]): Recognised {
  const devices: ScannedDevice[] = []
  let outside = 0
  for (const { path, statements } of files) {
    const network = statements.find(({ name }) => name === 'network')
    if (network !== undefined) outside += statements.length - 1
    for (const { name, inside: items } of network?.inside ?? statements) {
      if (name !== 'config') {
        if (name !== 'version') outside += 1
        continue
      }
      for (const { inside } of items) {
        const subject = types[String(inside.find(one => one.name === 'type')?.value)]
        const named = inside.find(one => one.name === 'name')
        if (subject === undefined || named === undefined) outside += 1
        else
          devices.push({
            subject,
            name: String(named.value),
            file: path,
            key: named.at,
            found: inside.flatMap(statement => foundIn(statement, path)),
          })
      }
    }
  }
  return { devices, outside }
}

function foundIn(statement: Statement, file: string): readonly Found[] {
  const found = ({ name, value, key, at }: Statement, part: string): readonly Found[] =>
    value === undefined ? [] : [{ in: part, name, value, file, key, at }]
  if (statement.name === 'type' || statement.name === 'name') return []
  if (statement.name !== 'params') return found(statement, 'body')
  return statement.inside.flatMap(inner => found(inner, 'params'))
}

/** Without these, though empty, cloud-init skips a bond or a bridge (ensure_command_keys()). */
export function arrange(view: View): View {
  const list = view.bond === true ? 'bond_interfaces' : 'bridge_interfaces'
  const needs = view.bond === true || view.bridge === true
  const body = view.body as readonly View[]
  const [name, value] = [yaml.encode(list), yaml.encode([])]
  const full =
    !needs || name === undefined || value === undefined || body.some(one => one.name === name)
      ? body
      : [{ name, value }, ...body]
  return { ...view, body: full, bare: needs && (view.params as readonly View[]).length === 0 }
}
