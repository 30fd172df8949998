// A flows file: a YAML or JSON list of traffic as in the intent, with ports, addresses and a VLAN besides.

import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts'
import { decodeText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import { ipAddress, speed, whole } from '../options/kind.ts'
import { traffic } from '../options/plan.ts'
import { visible } from '../report/escape.ts'
import type { Declared, Protocol } from '../simulate/predict/index.ts'
import { type Io, Usage } from './io.ts'

const port = whole({ min: 0, max: 65535 })
const vlan = whole({ min: 1, max: 4094 })

const keys = [
  'from',
  'to',
  'protocol',
  'streams',
  'expect',
  'sport',
  'dport',
  'source',
  'destination',
  'vlan',
] as const

/** Reads a flows file: a list, or a mapping with `traffic` or `flows`. Throws Unreadable, and Usage for what is no flow. */
export function readFlows(io: Io, path: string): Outcome<readonly Declared[]> {
  const file = path === '-' ? '<stdin>' : path
  const decoded = decodeText(io.read(path), file)
  const diagnostics: Diagnostic[] = [...decoded.diagnostics]
  if (decoded.value === undefined) return { value: [], diagnostics }
  const parsed = readYaml(decoded.value)
  diagnostics.push(...parsed.diagnostics)
  if (parsed.value === undefined) return { value: [], diagnostics }
  const { value } = parsed.value
  const list = Array.isArray(value) ? value : (fieldsOf(value)?.traffic ?? fieldsOf(value)?.flows)
  if (!Array.isArray(list)) throw new Usage(`${visible(file)} is no list of flows`)
  return {
    value: list.map((item, index) => flowOf(item, `${visible(file)}, flow ${index + 1}`)),
    diagnostics,
  }
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined

interface Reads<V> {
  readonly expects: string
  read(said: unknown): V | undefined
}

function flowOf(item: unknown, where: string): Declared {
  const fields = fieldsOf(item)
  if (fields === undefined) throw new Usage(`${where} is no mapping such as {from: s1, to: s2}`)
  const stranger = Object.keys(fields).find(key => !keys.some(known => known === key))
  if (stranger !== undefined) throw new Usage(`${where}: ${visible(stranger)} is none of ${keys.join(', ')}`)
  const pick = <V>(key: (typeof keys)[number], kind: Reads<V>): V | undefined => {
    const said = fields[key]
    if (said === undefined) return undefined
    const read = kind.read(said)
    if (read === undefined) throw new Usage(`${where}: ${key} is ${kind.expects}`)
    return read
  }
  const ends = { from: pick('from', traffic.from.kind), to: pick('to', traffic.to.kind) }
  const { from, to } = ends
  if (from === undefined || to === undefined) throw new Usage(`${where} needs from and to`)
  const sourcePorts = pick('sport', {
    expects: `${port.expects}, or a list of them`,
    read(said) {
      const ports = (Array.isArray(said) ? said : [said]).map(one => port.read(one))
      return ports.some(one => one === undefined) ? undefined : ports.flatMap(one => one ?? [])
    },
  })
  const expectMbps = pick('expect', speed)
  const destinationPort = pick('dport', port)
  const source = pick('source', ipAddress)
  const destination = pick('destination', ipAddress)
  const tag = pick('vlan', vlan)
  return {
    from,
    to,
    protocol: (pick('protocol', traffic.protocol.kind) ?? 'tcp') as Protocol,
    streams: pick('streams', traffic.streams.kind) ?? Math.max(1, sourcePorts?.length ?? 1),
    ...(expectMbps !== undefined && { expectMbps }),
    ...(sourcePorts !== undefined && { sourcePorts }),
    ...(destinationPort !== undefined && { destinationPort }),
    ...((source !== undefined || destination !== undefined) && {
      addresses: {
        ...(source !== undefined && { from: source }),
        ...(destination !== undefined && { to: destination }),
      },
    }),
    ...(tag !== undefined && { vlan: tag }),
  }
}
