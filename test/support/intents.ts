// Hosts as somebody might describe them, for the laws that hold for every target: made as documents from the option
// rows and read as a file would be, so that a new row needs nothing here. Relations are sound (a member is in one bond,
// a VLAN stands on a device that exists); the options of one device may contradict each other.

import fc from 'fast-check'
import type { Host } from '../../src/intent/intent.ts'
import { readIntent } from '../../src/intent/read.ts'
import { collections, type DeviceSubject, type OptionId, rowsOf } from '../../src/options/index.ts'
import { deviceName } from '../../src/options/kind.ts'
import { valueOfKind } from './values.ts'

type Fields = Readonly<Record<string, unknown>>

/** What ties devices together is made with the host; `use` needs a profile. */
const structural: { readonly [S in DeviceSubject]: readonly OptionId<S>[] } = {
  port: [],
  bond: ['use', 'members', 'primary', 'active-slave'],
  vlan: ['id', 'link'],
  bridge: ['ports'],
}

/** Any of a subject's options, each in about half of all cases, as a document says them. */
export function optionsOf(subject: DeviceSubject): fc.Arbitrary<Fields> {
  const model = Object.entries(rowsOf(subject))
    .filter(([id]) => !(structural[subject] as readonly string[]).includes(id))
    .map(([id, row]) => [id, valueOfKind(row.kind).map(value => row.kind.write(value))] as const)
  return fc.record(Object.fromEntries(model), { requiredKeys: [] })
}

/** Few options or many: a device with half of all rows said is rare in life and finds other mistakes. */
const someOptionsOf = (subject: DeviceSubject): fc.Arbitrary<Fields> =>
  fc.oneof(
    fc
      .tuple(optionsOf(subject), fc.nat())
      .map(([options, at]) => Object.fromEntries(Object.entries(options).slice(at % 7, (at % 7) + 2))),
    optionsOf(subject),
    fc.constant({}),
  )

const commonNames = [
  'eth0',
  'eth1',
  'eno1',
  'enp3s0f1',
  'bond0',
  'bond1',
  'lag-a',
  'br0',
  'vmbr0',
  'lan.home',
  'vlan7',
]

/**
 * Names of devices: usual ones, and all that the kind allows. `lo` is the system's own, and LINK.ID is the name of a VLAN
 * wherever a program looks at names.
 */
const anyName = fc
  .oneof(fc.constantFrom(...commonNames), valueOfKind(deviceName) as fc.Arbitrary<string>)
  .filter(name => name !== 'lo' && !/^[^.]+(?:\.\d+)+$/.test(name))

/** A host as a document's part: what stands below `hosts: {name: ...}`. */
export const anyHostFields: fc.Arbitrary<Fields> = fc
  .record({
    names: fc.uniqueArray(anyName, { minLength: 16, maxLength: 16, size: 'max' }),
    ports: fc.array(someOptionsOf('port'), { maxLength: 3 }),
    bonds: fc.array(
      fc.record({
        members: fc.option(fc.nat(3), { nil: undefined }),
        primary: fc.option(fc.nat(), { nil: undefined }),
        active: fc.option(fc.nat(), { nil: undefined, freq: 9 }),
        options: someOptionsOf('bond'),
      }),
      { maxLength: 2 },
    ),
    vlans: fc.array(
      fc.record({
        on: fc.nat(),
        late: fc.boolean(),
        id: fc.integer({ min: 1, max: 4094 }),
        named: fc.boolean(),
        options: someOptionsOf('vlan'),
      }),
      { maxLength: 2 },
    ),
    bridges: fc.array(
      fc.record({ ports: fc.option(fc.nat(3), { nil: undefined }), options: someOptionsOf('bridge') }),
      { maxLength: 2 },
    ),
  })
  .map(({ names, ports, bonds, vlans, bridges }) => {
    const free = names.filter(name => !names.some(other => name.startsWith(`${other}.`)))
    const fresh = (): string => free.shift() ?? `spare${free.length}`
    /** Devices that nothing stands on yet: the next members and bridge ports come from here first. */
    const idle = ports.map(fresh)
    const host = {
      [collections.port]: Object.fromEntries(idle.map((name, at) => [name, ports[at] ?? {}])),
      [collections.bond]: {} as Record<string, unknown>,
      [collections.vlan]: {} as Record<string, unknown>,
      [collections.bridge]: {} as Record<string, unknown>,
    }
    const take = (count: number): string[] => Array.from({ length: count }, () => idle.shift() ?? fresh())
    const pick = (from: readonly string[], at: number | undefined): string | undefined =>
      at === undefined ? undefined : from[at % Math.max(from.length, 1)]
    const stack = [...idle]
    for (const { members, primary, active, options } of bonds) {
      const name = fresh()
      const ports = members === undefined ? undefined : take(members)
      host.bonds[name] = saying({
        members: ports,
        primary: pick(ports ?? [], primary),
        'active-slave': pick(ports ?? [], active),
        ...options,
      })
      stack.push(name)
    }
    /** VLANs on what is there so far; `late` are those that may stand on bridges. */
    const addVlans = (wanted: boolean): void => {
      for (const { on, late, id, named, options } of vlans) {
        const link = late === wanted ? pick(stack, on) : undefined
        if (link === undefined) continue
        const usual = `${link}.${id}`
        const name = named && usual.length <= 15 && !stack.includes(usual) ? usual : fresh()
        host.vlans[name] = { id, link, ...options }
        stack.push(name)
      }
    }
    addVlans(false)
    const unbridged = stack.filter(name => !(name in host.ports))
    for (const { ports, options } of bridges) {
      const name = fresh()
      const joined =
        ports === undefined ? undefined : Array.from({ length: ports }, () => unbridged.pop() ?? fresh())
      host.bridges[name] = saying({ ports: joined, ...options })
      stack.push(name)
    }
    addVlans(true)
    return host
  })

const saying = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** Reads one host as a document of its own would be read. */
export function hostOf(fields: Fields, name = 'h1'): Host {
  const document = {
    name,
    value: { hosts: { [name]: fields } },
    origin: { regionOf: () => undefined, lines: () => [] },
  }
  const [host] = readIntent([document], () => []).value.intent.hosts
  if (host === undefined) throw new Error('a document with one host was read as none')
  return host
}

/** Any host, read. */
export const anyHost: fc.Arbitrary<Host> = anyHostFields.map(fields => hostOf(fields))

/**
 * The same host with other names for its devices: the first of `names` that is free for each subject. A VLAN that is called
 * LINK.ID is so again.
 */
export function renamed(fields: Fields, names: Readonly<Record<DeviceSubject, string>>): Fields {
  const known = new Map<string, string>()
  const counts: Record<string, number> = {}
  const give = (name: string, subject: DeviceSubject): void => {
    if (known.has(name)) return
    const number = counts[subject] ?? 0
    counts[subject] = number + 1
    known.set(name, `${names[subject]}${number}`)
  }
  const of = (subject: DeviceSubject) =>
    (fields[collections[subject]] ?? {}) as Readonly<Record<string, Fields>>
  for (const subject of ['bond', 'bridge'] as const)
    for (const name of Object.keys(of(subject))) give(name, subject)
  const vlans = Object.entries(of('vlan'))
  for (const [name, { id, link }] of vlans) if (name !== `${link}.${id}`) give(name, 'vlan')
  const members = Object.values(of('bond')).flatMap(({ members = [] }) => members as string[])
  const ports = Object.values(of('bridge')).flatMap(({ ports = [] }) => ports as string[])
  const taken = new Set(vlans.map(([name]) => name))
  for (const name of [...Object.keys(of('port')), ...members, ...ports])
    if (!taken.has(name)) give(name, 'port')
  for (const [name, { id, link }] of vlans)
    if (name === `${link}.${id}`) known.set(name, `${known.get(String(link)) ?? link}.${id}`)
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return known.get(value) ?? value
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [known.get(key) ?? key, walk(inner)]),
    )
  }
  return walk(fields) as Fields
}
