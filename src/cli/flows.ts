// A flows file: a YAML or JSON list of traffic as in the intent, with ports, addresses and a VLAN besides.

import {
  type Diagnostic,
  keyAt,
  type Outcome,
  type Path,
  type Place,
  valueAt,
} from '../diagnostics/diagnostic.ts'
import { nearest } from '../diagnostics/nearest.ts'
import type { Origin } from '../diagnostics/origin.ts'
import { shown } from '../intent/complaints.ts'
import { decodeText, type SourceText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import { ipAddress, speed, whole } from '../options/kind.ts'
import { traffic } from '../options/plan.ts'
import type { Declared, Protocol } from '../simulate/predict/index.ts'
import type { Io } from './io.ts'

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

/** What is read, and the text in which its faults stand. */
export interface Flows extends Outcome<readonly Declared[]> {
  readonly text: SourceText | undefined
}

/** Where faults of a flows file stand, and what is found. */
interface Finding {
  readonly origin: Origin
  readonly diagnostics: Diagnostic[]
}

/**
 * Reads a flows file: a list, or a mapping with `traffic` or `flows`. What is no flow is left out and said at its place.
 * Throws Unreadable.
 */
export function readFlows(io: Io, path: string): Flows {
  const { value: text, diagnostics: unread } = decodeText(io.read(path), path === '-' ? '<stdin>' : path)
  const diagnostics: Diagnostic[] = [...unread]
  const parsed = text && readYaml(text)
  diagnostics.push(...(parsed?.diagnostics ?? []))
  if (parsed?.value === undefined) return { value: [], diagnostics, text }
  const { value, origin } = parsed.value
  const { list, path: above } = listIn(value)
  const finding = { origin, diagnostics }
  if (list === undefined) {
    const message = `the file is ${shown(value)}, expected a list of flows`
    say(finding, 'value-not-allowed', valueAt(...above), message)
  }
  const flows = (list ?? []).flatMap((item, at) => flowOf(item, [...above, at], finding) ?? [])
  return { value: flows, diagnostics, text }
}

function listIn(value: unknown): { readonly list?: readonly unknown[]; readonly path: Path } {
  if (Array.isArray(value)) return { list: value, path: [] }
  const fields = fieldsOf(value)
  for (const key of ['traffic', 'flows']) {
    const list = fields?.[key]
    if (Array.isArray(list)) return { list, path: [key] }
  }
  return { path: [] }
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined

/** Positions are of the flows file, not of the intent, so they are regions. */
function say({ origin, diagnostics }: Finding, code: string, place: Place, message: string, help?: string) {
  const region = origin.regionOf(place)
  diagnostics.push({
    code,
    severity: 'error',
    message,
    ...(region !== undefined && { region }),
    ...(help !== undefined && { help }),
  })
}

interface Reads<V> {
  readonly expects: string
  readonly words?: readonly string[]
  read(said: unknown): V | undefined
}

const sourcePortsKind: Reads<readonly number[]> = {
  expects: `${port.expects}, or a list of them`,
  read(said) {
    const ports = (Array.isArray(said) ? said : [said]).map(one => port.read(one))
    return ports.some(one => one === undefined) ? undefined : ports.flatMap(one => one ?? [])
  },
}

/** One flow; undefined where anything of it is wrong, which is then said, all of it. */
function flowOf(item: unknown, path: Path, finding: Finding): Declared | undefined {
  const fields = fieldsOf(item)
  if (fields === undefined) {
    const help = 'expected a mapping such as {from: s1, to: s2}'
    say(finding, 'value-not-allowed', valueAt(...path), `the flow is ${shown(item)}`, help)
    return undefined
  }
  const before = finding.diagnostics.length
  for (const key of Object.keys(fields)) if (!keys.some(known => known === key)) stranger(key, path, finding)
  const pick = <V>(key: (typeof keys)[number], kind: Reads<V>): V | undefined => {
    const said = fields[key]
    const read = said === undefined ? undefined : kind.read(said)
    if (said !== undefined && read === undefined) {
      const meant = typeof said === 'string' && kind.words ? nearest(said, kind.words) : undefined
      const help = meant === undefined ? undefined : `did you mean ${meant}?`
      const message = `${key} is ${shown(said)}, expected ${kind.expects}`
      say(finding, 'value-not-allowed', valueAt(...path, key), message, help)
    }
    return read
  }
  for (const key of ['from', 'to'])
    if (fields[key] === undefined)
      say(
        finding,
        'value-missing',
        keyAt(...path),
        `the flow lacks ${key}`,
        'expected {from: HOST, to: HOST}',
      )
  const [from, to] = [pick('from', traffic.from.kind), pick('to', traffic.to.kind)]
  const sourcePorts = pick('sport', sourcePortsKind)
  const expectMbps = pick('expect', speed)
  const destinationPort = pick('dport', port)
  const source = pick('source', ipAddress)
  const destination = pick('destination', ipAddress)
  const tag = pick('vlan', vlan)
  const protocol = (pick('protocol', traffic.protocol.kind) ?? 'tcp') as Protocol
  const streams = pick('streams', traffic.streams.kind) ?? Math.max(1, sourcePorts?.length ?? 1)
  if (from === undefined || to === undefined || finding.diagnostics.length > before) return undefined
  return {
    from,
    to,
    protocol,
    streams,
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

function stranger(key: string, path: Path, finding: Finding): void {
  const meant = nearest(key, keys)
  const message = `a flow has no option ${shown(key)}; nothing would be done with it`
  const help = meant === undefined ? `known here: ${keys.join(', ')}` : `did you mean ${meant}?`
  say(finding, 'unknown-option', keyAt(...path, key), message, help)
}
