// Finding devices in nmstate's YAML: a list of interfaces, and lists of routes and resolvers that are the whole host's and
// are given to the interface that they are for. And how a device is put together for its template.

import type { Statement } from '../../dialects/dialect.ts'
import { yaml } from '../../dialects/yaml.ts'
import type { DeviceSubject } from '../../options/index.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Recognised, ScannedFile } from '../target.ts'
import type { View } from '../write.ts'

const types: Readonly<Record<string, DeviceSubject>> = {
  ethernet: 'port',
  bond: 'bond',
  vlan: 'vlan',
  'linux-bridge': 'bridge',
}

/** Where the settings below a key of an interface stand; of what is below those, where that is another part. */
const parts: Readonly<Record<string, string>> = {
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  'link-aggregation': 'aggregation',
  vlan: 'vlan-of',
  bridge: 'bridge-of',
}

const inside = (statements: readonly Statement[] | undefined, name: string): readonly Statement[] =>
  statements?.find(statement => statement.name === name)?.inside ?? []

const valueIn = (statements: readonly Statement[], name: string): string =>
  String(statements.find(statement => statement.name === name)?.value ?? '')

type Open = ScannedDevice & { readonly found: Found[] }

/** Finds the devices of a host. */
export function recognise(files: readonly ScannedFile[]): Recognised {
  const devices: Open[] = []
  let outside = 0
  for (const { path, statements } of files) {
    for (const { inside: fields } of inside(statements, 'interfaces')) {
      const subject = types[valueIn(fields, 'type')]
      const name = fields.find(field => field.name === 'name')
      if (subject === undefined || name === undefined) outside += 1
      else
        devices.push({
          subject,
          name: String(name.value),
          file: path,
          key: name.at,
          found: fields.flatMap(field => settingsOf(field, path)),
        })
    }
    outside += statements.filter(
      ({ name }) => !['interfaces', 'routes', 'dns-resolver'].includes(name),
    ).length
  }
  const routes = files.flatMap(({ path, statements }) =>
    inside(inside(statements, 'routes'), 'config').map(route => ({ path, route })),
  )
  for (const { path, route } of routes) {
    const device = devices.find(({ name }) => name === valueIn(route.inside, 'next-hop-interface'))
    if (device === undefined) outside += 1
    else device.found.push(...found({ ...route, name: 'route' }, 'routes', path))
  }
  for (const { path, statements } of files) {
    const resolver = inside(inside(statements, 'dns-resolver'), 'config').flatMap(field =>
      found(field, 'resolver', path),
    )
    const owner = speaker(devices)
    if (owner === undefined) outside += resolver.length
    else owner.found.push(...resolver)
  }
  return { devices, outside }
}

function found({ name, value, key, at }: Statement, part: string, file: string): readonly Found[] {
  return value === undefined ? [] : [{ in: part, name, value, file, key, at }]
}

function settingsOf(field: Statement, file: string): readonly Found[] {
  const part = parts[field.name]
  if (part === undefined) return ['name', 'type'].includes(field.name) ? [] : found(field, 'body', file)
  return field.inside.flatMap(inner => {
    if (inner.name !== 'options') return found(inner, part, file)
    return inner.inside.flatMap(option =>
      option.name === 'stp'
        ? option.inside.flatMap(one => found(one, 'stp', file))
        : found(option, field.name === 'bridge' ? 'bridge-options' : 'options', file),
    )
  })
}

/** nmstate keeps resolvers with the interface of a default route, or else with one that has addresses. */
function speaker(devices: readonly Open[]): Open | undefined {
  const leads = (device: Open): boolean =>
    device.found.some(({ in: part, value }) => {
      const { destination } = typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {}
      return part === 'routes' && (destination === '0.0.0.0/0' || destination === '::/0')
    })
  const lives = (device: Open): boolean =>
    device.found.some(
      ({ in: part, name, value }) =>
        (part === 'ipv4' || part === 'ipv6') &&
        ((name === 'dhcp' && value === true) ||
          (name === 'address' && Array.isArray(value) && value.length > 0)),
    )
  return devices.find(leads) ?? devices.find(lives)
}

/** A family is on where anything is said of it. */
export function arrange(view: View): View {
  const family = (name: string): readonly View[] => {
    const settings = view[name] as readonly View[]
    const value = yaml.encode(settings.length > 0)
    const enabled = yaml.encode('enabled')
    return value === undefined || enabled === undefined ? settings : [{ name: enabled, value }, ...settings]
  }
  const lists = ['aggregation', 'options'].some(name => (view[name] as readonly View[]).length > 0)
  const optioned = ['bridge-options', 'stp'].some(name => (view[name] as readonly View[]).length > 0)
  const bridged = optioned || (view['bridge-of'] as readonly View[]).length > 0
  return { ...view, ipv4: family('ipv4'), ipv6: family('ipv6'), aggregated: lists, bridged, optioned }
}
