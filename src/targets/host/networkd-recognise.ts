// Finding devices in networkd's files: a .netdev defines one, a .network configures those that it matches by name, a
// .link is udev's word on them. What the settings mean is the table's business.

import type { Statement } from '../../dialects/dialect.ts'
import type { DeviceSubject } from '../../options/index.ts'
import { deviceName } from '../../options/kind.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Recognised, ScannedFile } from '../target.ts'

const kinds: Readonly<Record<string, DeviceSubject>> = { bond: 'bond', vlan: 'vlan', bridge: 'bridge' }

interface FileKind {
  /** What names the devices, and is not a setting of them. */
  readonly naming: readonly string[]
  /**
   * Keys that stand in another part than their section: in one of their own, or where the table expects them although
   * either file may say them.
   */
  readonly parts: Readonly<Record<string, string>>
}

const fileKinds = {
  netdev: { naming: ['NetDev.Name', 'NetDev.Kind'], parts: { 'NetDev.MTUBytes': 'Link' } },
  network: {
    naming: ['Match.Name'],
    parts: {
      'Link.MACAddress': 'NetDev',
      'Link.RequiredForOnline': 'Online',
      'Network.Bond': 'Member',
      'Network.DHCP': 'Addressing',
      'Network.IPv6AcceptRA': 'Addressing',
      'Network.Address': 'Addressing',
    },
  },
  link: { naming: ['Match.OriginalName'], parts: { 'Link.MACAddress': 'NetDev' } },
} satisfies Readonly<Record<string, FileKind>>

/** Finds the devices of a host. */
export function recognise(files: readonly ScannedFile[]): Recognised {
  const devices = new Map<string, ScannedDevice & { readonly found: Found[] }>()
  let outside = 0
  const add = (
    subject: DeviceSubject,
    file: ScannedFile,
    name: string,
    at: Statement,
    kind: FileKind,
  ): void => {
    let device = devices.get(name)
    if (device === undefined) {
      device = { subject, name, file: file.path, key: at.at, found: [] }
      devices.set(name, device)
    }
    device.found.push(...settingsOf(file, kind))
  }
  for (const file of ending('netdev', files)) {
    const name = keyIn(file, 'NetDev', 'Name')
    const subject = kinds[String(keyIn(file, 'NetDev', 'Kind')?.value)]
    if (name !== undefined && subject !== undefined)
      add(subject, file, String(name.value), name, fileKinds.netdev)
    else outside += countOf(file)
  }
  // The first file that matches a device is the only one that is applied to it (systemd.network(5), [Match]).
  const configured = new Set<string>()
  for (const file of ending('network', files)) {
    const match = keyIn(file, 'Match', 'Name')
    const names = namesIn(match).filter(name => !configured.has(name))
    if (match === undefined || names.length === 0) outside += countOf(file)
    else for (const name of names) add('port', file, name, match, fileKinds.network)
    for (const name of names) configured.add(name)
  }
  for (const file of ending('link', files)) {
    const match = keyIn(file, 'Match', 'OriginalName')
    const names = namesIn(match).filter(name => devices.has(name))
    if (match === undefined || names.length === 0) outside += countOf(file)
    else for (const name of names) add('port', file, name, match, fileKinds.link)
  }
  for (const file of files) if (!/\.(?:netdev|network|link)$/.test(file.path)) outside += countOf(file)
  return { devices: [...devices.values()], outside }
}

/** The files of one ending by their own names: the order in which they are read, whatever folder they are in. */
function ending(wanted: keyof typeof fileKinds, files: readonly ScannedFile[]): readonly ScannedFile[] {
  const own = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
  return files
    .filter(({ path }) => path.endsWith(`.${wanted}`))
    .toSorted((a, b) => (own(a.path) < own(b.path) ? -1 : own(a.path) > own(b.path) ? 1 : 0))
}

/** The last assignment of a key, which is the one that holds. */
const keyIn = ({ statements }: ScannedFile, section: string, key: string): Statement | undefined =>
  statements
    .filter(({ name }) => name === section)
    .flatMap(({ inside }) => inside.filter(({ name }) => name === key))
    .at(-1)

/** The devices that a match names; none where it has a pattern, which no single device is known by. */
function namesIn(match: Statement | undefined): readonly string[] {
  const names = String(match?.value ?? '').split(/[ \t]+/)
  return names.every(name => deviceName.read(name) !== undefined) ? names : []
}

const countOf = ({ statements }: ScannedFile): number =>
  statements.reduce((count, { value, inside }) => count + (value === undefined ? inside.length : 1), 0)

const settingsOf = ({ path, statements }: ScannedFile, { naming, parts }: FileKind): readonly Found[] =>
  statements.flatMap((section, group) =>
    section.inside.flatMap(({ name, value, key, at }) => {
      const full = `${section.name}.${name}`
      if (value === undefined || naming.includes(full)) return []
      return [{ in: parts[full] ?? section.name, group, name, value, file: path, key, at }]
    }),
  )
