// Finding devices in a network configuration of version 2, with `network:` around it or without; and how a device is put
// together for its template.

import type { Statement } from '../../dialects/dialect.ts'
import { yaml } from '../../dialects/yaml.ts'
import type { DeviceSubject } from '../../options/index.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Recognised, ScannedFile } from '../target.ts'
import type { View } from '../write.ts'

const collections: Readonly<Record<string, DeviceSubject>> = {
  ethernets: 'port',
  bonds: 'bond',
  vlans: 'vlan',
  bridges: 'bridge',
}

/** Finds the devices of a host. */
export function recognise(files: readonly ScannedFile[]): Recognised {
  const devices: ScannedDevice[] = []
  let outside = 0
  for (const { path, statements } of files) {
    const network = statements.find(({ name }) => name === 'network')
    if (network !== undefined) outside += statements.length - 1
    for (const collection of network?.inside ?? statements) {
      const subject = collections[collection.name]
      if (subject === undefined) {
        if (!['version', 'renderer'].includes(collection.name)) outside += 1
        continue
      }
      for (const device of collection.inside) {
        const found = device.inside.flatMap(statement => foundIn(statement, path))
        devices.push({ subject, name: device.name, file: path, key: device.key, found })
      }
    }
  }
  return { devices, outside }
}

function foundIn(statement: Statement, file: string): readonly Found[] {
  const found = ({ name, value, key, at }: Statement, part: string): readonly Found[] =>
    value === undefined ? [] : [{ in: part, name, value, file, key, at }]
  if (statement.name !== 'parameters') return found(statement, 'body')
  return statement.inside.flatMap(inner => found(inner, 'parameters'))
}

/** Without a list of its own, though an empty one, a bond or a bridge makes cloud-init end (handle_bond()). */
export function arrange(view: View): View {
  const body = view.body as readonly View[]
  const [name, value] = [yaml.encode('interfaces'), yaml.encode([])]
  const needs = view.bond === true || view.bridge === true
  if (!needs || name === undefined || value === undefined || body.some(one => one.name === name)) return view
  return { ...view, empty: false, body: [{ name, value }, ...body] }
}
