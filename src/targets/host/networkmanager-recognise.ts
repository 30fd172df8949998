// Finding devices in keyfiles: a profile is one device's. A port names its bond or bridge, a VLAN what it stands on, by the
// device's name or by the UUID of its profile. And how a profile is put together for its template.

import type { Encoded, Statement } from '../../dialects/dialect.ts'
import { keyfile } from '../../dialects/keyfile.ts'
import type { DeviceSubject } from '../../options/index.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Recognised, ScannedFile } from '../target.ts'
import type { View } from '../write.ts'
import { nameUuid } from './networkmanager-uuid.ts'

const types: Readonly<Record<string, DeviceSubject>> = {
  ethernet: 'port',
  '802-3-ethernet': 'port',
  bond: 'bond',
  vlan: 'vlan',
  bridge: 'bridge',
}

const groups: Readonly<Record<string, string>> = {
  connection: 'Connection',
  ethernet: 'Ethernet',
  '802-3-ethernet': 'Ethernet',
  bond: 'Bond',
  'bond-port': 'BondPort',
  vlan: 'Vlan',
  bridge: 'Bridge',
  'bridge-port': 'BridgePort',
  ipv4: 'IPv4',
  ipv6: 'IPv6',
}

/** What names the profile, and is not a setting of the device. */
const naming = ['id', 'uuid', 'type', 'interface-name', 'port-type', 'slave-type']

/** The last assignment of a key, which is the one that holds. */
const keyIn = ({ statements }: ScannedFile, group: string, key: string): Statement | undefined =>
  statements
    .filter(({ name }) => name === group)
    .flatMap(({ inside }) => inside.filter(({ name }) => name === key))
    .at(-1)

const textIn = (file: ScannedFile, group: string, key: string): string | undefined => {
  const value = keyIn(file, group, key)?.value
  return value === undefined ? undefined : String(value)
}

/** Finds the devices of a host. */
export function recognise(files: readonly ScannedFile[]): Recognised {
  const byUuid = new Map(
    files.flatMap(file => {
      const [uuid, name] = [textIn(file, 'connection', 'uuid'), textIn(file, 'connection', 'interface-name')]
      return uuid === undefined || name === undefined ? [] : [[uuid.toLowerCase(), name] as const]
    }),
  )
  const devices: ScannedDevice[] = []
  let outside = 0
  for (const file of files) {
    const subject = types[textIn(file, 'connection', 'type') ?? '']
    const name = keyIn(file, 'connection', 'interface-name')
    if (subject === undefined || name === undefined) {
      outside += file.statements.reduce((sum, { inside }) => sum + inside.length, 0)
      continue
    }
    const found = settingsOf(file, value => byUuid.get(value.toLowerCase()) ?? value)
    devices.push({ subject, name: String(name.value), file: file.path, key: name.at, found })
  }
  return { devices, outside }
}

function settingsOf(file: ScannedFile, named: (value: string) => string): readonly Found[] {
  const role = textIn(file, 'connection', 'port-type') ?? textIn(file, 'connection', 'slave-type')
  return file.statements.flatMap(group =>
    group.inside.flatMap(({ name, value, key, at }): readonly Found[] => {
      if (value === undefined || (group.name === 'connection' && naming.includes(name))) return []
      const common = { name, file: file.path, key, at }
      if (group.name === 'connection' && (name === 'controller' || name === 'master'))
        return [{ ...common, in: role === 'bridge' ? 'Bridged' : 'Member', value: named(String(value)) }]
      if (group.name === 'vlan' && name === 'parent')
        return [{ ...common, in: 'Vlan', value: named(String(value)) }]
      return [{ ...common, in: groups[group.name] ?? group.name, value }]
    }),
  )
}

const certain = (text: string): Encoded => {
  const encoded = keyfile.encode(text)
  if (encoded === undefined) throw new Error(`not a word of a keyfile: ${JSON.stringify(text)}`)
  return encoded
}

const listOf = (view: View, part: string): readonly View[] => view[part] as readonly View[]

/** One more word of `name=value`. */
const word = (name: string, value: string): View => ({ name: certain(name), value: certain(value) })

/** The method of a family that no option has decided. */
function withMethod(settings: readonly View[], otherwise: string): readonly View[] {
  if (settings.some(({ name }) => name === 'method')) return settings
  const isStatic = settings.some(({ name }) => /^address\d/.test(String(name)))
  return [word('method', isStatic ? 'manual' : otherwise), ...settings]
}

/** `port-type` goes with `controller`, `slave-type` with the older `master`. */
const withRole = (settings: readonly View[], role: string): readonly View[] =>
  settings.flatMap(setting => [setting, word(setting.name === 'master' ? 'slave-type' : 'port-type', role)])

/**
 * A profile as its file has it: its UUID, what it is a port of, and a method for each family unless it is a port. What
 * nothing was said of is left to the kernel: no IPv4, and IPv6 as it does it by itself.
 */
export function arrange(view: View): View {
  const [member, bridged] = [listOf(view, 'Member'), listOf(view, 'Bridged')]
  const isPort = member.length + bridged.length > 0
  return {
    ...view,
    uuid: certain(nameUuid(String(view.name))),
    Member: withRole(member, 'bond'),
    Bridged: withRole(bridged, 'bridge'),
    IPv4: isPort ? listOf(view, 'IPv4') : withMethod(listOf(view, 'IPv4'), 'disabled'),
    IPv6: isPort ? listOf(view, 'IPv6') : withMethod(listOf(view, 'IPv6'), 'ignore'),
  }
}
