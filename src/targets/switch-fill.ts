// What a line becomes: its placeholders filled with what they name, once for each where they name one of many, in the block
// that it belongs to. Every text is encoded by the dialect.

import { asEncoded, type Encoded } from '../dialects/dialect.ts'
import { isAccess, type PlannedLag, type PlannedPort, type SwitchPlan } from '../intent/partner.ts'
import type { Value } from '../options/kind.ts'
import { type PortName, writePorts } from '../platforms/ports.ts'
import { placeholders, type Situation } from './lines.ts'
import type { BlockName, SwitchTarget } from './switch-target.ts'
import { existing, passing, vlanName, vlansOf, vlansText, writeVlans } from './switch-vlans.ts'

/** One line in its block. */
export interface PlacedLine {
  readonly block: BlockName
  /** `lines`, or a further part of the block. */
  readonly part: string
  /** Which block of that name: the LAG, the port, the VLAN; empty for the device. */
  readonly key: string
  readonly text: Encoded
  /** The place of the option in the target's table. */
  readonly rank: number
}

/** What a line is written for. */
export interface About {
  readonly plan: SwitchPlan
  readonly target: SwitchTarget
  /** Absent for options of the switch itself. */
  readonly lag: PlannedLag | undefined
}

/** `sw1 LAG 1`, or `sw1 ports 1-2` where they are no LAG. */
export const titleOf = (plan: SwitchPlan, lag: PlannedLag): string =>
  lag.options.mode === 'plain'
    ? `${plan.name} ports ${writePorts(lag.ports, { between: ', ' })}`
    : `${plan.name} LAG ${lag.number}`

/** Whether a situation holds for a LAG. */
export function holds(situation: Situation, lag: PlannedLag | undefined): boolean {
  if (lag === undefined) return false
  const { mode, untagged, mtu, edge, mlag } = lag.options
  switch (situation) {
    case 'lacp':
      return mode === 'active' || mode === 'passive'
    case 'active':
    case 'passive':
    case 'static':
    case 'plain':
      return mode === situation
    case 'lag':
      return mode !== 'plain'
    case 'trunk':
      return !isAccess(lag)
    case 'access':
      return isAccess(lag)
    case 'untagged':
      return !isAccess(lag) && untagged
    case 'tagged-only':
      return !isAccess(lag) && !untagged
    case 'without-1':
      return !passing(lag).some(({ from }) => from === 1)
    case 'jumbo':
      return mtu !== undefined && mtu > 1500
    case 'edge':
      return edge
    case 'mlag':
      return mlag
    case 'peer-link':
      return lag.peerLink
    case 'outward':
      return !lag.peerLink
  }
}

/** The name of a LAG on the platform. */
export const lagName = (
  { platform }: Pick<SwitchPlan, 'platform'>,
  lag: Pick<PlannedLag, 'number' | 'ports'>,
): string =>
  platform.lag.name.replace('{number}', String(lag.number)).replace('{port}', lag.ports[0]?.name ?? '')

export interface Filling extends About {
  readonly id: string
  readonly raw: unknown
  readonly native: Value
}

type Bound = Readonly<Record<string, string | undefined>>

/** The lines that one pattern becomes in one part; undefined for a value that the dialect refuses. */
export function* fill(
  text: string,
  part: string,
  filling: Filling,
): Generator<Omit<PlacedLine, 'rank'> | 'nothing' | undefined> {
  const [where = '', list = 'lines'] = part.split('.')
  for (const { block, key, bound } of blocks(where, filling)) {
    const each = repeated(text, bound, filling)
    if (each.length === 0) yield 'nothing'
    for (const all of each) {
      const encoded = encodedLine(text, all, filling)
      if (encoded === undefined || encoded === null) yield encoded === null ? 'nothing' : undefined
      else yield { block, part: list, key, text: encoded }
    }
  }
}

interface Block {
  readonly block: BlockName
  readonly key: string
  readonly bound: Bound
}

/** The blocks that a part stands for. */
function blocks(where: string, { lag, plan, target, id }: Filling): readonly Block[] {
  const ofPort = (port: PlannedPort): Block => ({ block: 'port', key: port.name, bound: boundTo(port) })
  if (where === 'global') return [{ block: 'global', key: '', bound: {} }]
  if (lag === undefined) throw new Error(`${target.id} writes ${id} of the switch in a block`)
  const plain = lag.options.mode === 'plain'
  const ofLag: Block = { block: 'lag', key: keyOf(lag), bound: { link: lagName(plan, lag) } }
  switch (where) {
    case 'lag':
      return plain ? [] : [ofLag]
    case 'link':
      return plain ? lag.ports.map(ofPort) : [ofLag]
    case 'port':
      return lag.ports.map(ofPort)
    case 'member':
      return plain ? [] : lag.ports.map(ofPort)
    case 'vlan':
      return existing(id, lag, target).map(vlan => ({
        block: 'vlan',
        key: String(vlan),
        bound: { vlan: String(vlan), vlanname: vlanName(target, vlan) },
      }))
    default:
      throw new Error(`${target.id} has no block ${where} for ${id}`)
  }
}

/** Which block a LAG is; plain groups have no number of their own. */
export const keyOf = (lag: PlannedLag): string =>
  lag.options.mode === 'plain' ? `plain ${lag.ports[0]?.name}` : String(lag.number)

const boundTo = (port: PlannedPort): Bound => ({
  port: port.name,
  link: port.name,
  behind: port.host === undefined ? undefined : `${port.host} ${port.device}`,
})

/** A line that names one of many is written once for each of them. */
function repeated(text: string, bound: Bound, { lag, plan, target, id }: Filling): readonly Bound[] {
  if (lag === undefined) return [bound]
  const names = new Set(placeholders(text).map(({ name }) => name))
  let all: readonly Bound[] = [bound]
  const each = (name: string, more: () => readonly Bound[]): void => {
    if (names.has(name) && !Object.hasOwn(bound, name))
      all = all.flatMap(one => more().map(other => ({ ...one, ...other })))
  }
  each('port', () => lag.ports.map(boundTo))
  if (!names.has('port')) each('behind', () => lag.ports.map(boundTo))
  if (!names.has('port'))
    each('link', () =>
      lag.options.mode === 'plain' ? lag.ports.map(boundTo) : [{ link: lagName(plan, lag) }],
    )
  const vlanNamed = (vlan: number): Bound => ({ vlan: String(vlan), vlanname: vlanName(target, vlan) })
  for (const name of ['vlan', 'vlanname']) each(name, () => existing(id, lag, target).map(vlanNamed))
  each('range', () =>
    vlansOf(id, lag, target).map(range => ({ range: writeVlans([range], target.vlanList) })),
  )
  return all
}

/** Null: a placeholder names what this port or switch does not have, so there is no such line. */
function encodedLine(text: string, bound: Bound, filling: Filling): Encoded | undefined | null {
  let written = ''
  let at = 0
  for (const { name, start, end } of placeholders(text)) {
    const encoded = encodedFor(name, bound, filling)
    if (encoded === undefined || encoded === null) return encoded
    written += text.slice(at, start) + encoded
    at = end
  }
  return asEncoded(written + text.slice(at))
}

function encodedFor(name: string, bound: Bound, filling: Filling): Encoded | undefined | null {
  const several = portsFor(name, filling)
  if (several !== undefined) return encodedPorts(several, filling.target)
  const value = valueFor(name, bound, filling)
  return value === undefined ? null : filling.target.dialect.encode(value)
}

/** What names ports in one list: {ports}, and {links} where there is no LAG. */
const portsFor = (name: string, { lag }: Filling): readonly PortName[] | undefined =>
  name === 'ports' || (name === 'links' && lag?.options.mode === 'plain') ? lag?.ports : undefined

/** Several ports in one list. Names are encoded one by one: what stands between them is the platform's own. */
export function encodedPorts(
  ports: readonly PortName[],
  { dialect, portList }: SwitchTarget,
): Encoded | undefined {
  const names = ports.map(({ name }) => dialect.encode(name))
  if (names.includes(undefined)) return undefined
  return asEncoded(
    writePorts(
      ports.map((port, at) => ({ ...port, name: names[at] ?? '' })),
      portList,
    ),
  )
}

const hex = (number: number): string =>
  number
    .toString(16)
    .padStart(4, '0')
    .replace(/^(..)(..)$/, '$1:$2')

function valueFor(
  name: string,
  bound: Bound,
  { lag, plan, target, id, raw, native }: Filling,
): Value | undefined {
  if (Object.hasOwn(bound, name)) return bound[name]
  const { mlag } = plan.options
  const domain = mlag?.domain ?? 1
  switch (name) {
    case '':
      if (id === 'vlans' && lag !== undefined) return vlansText(vlansOf(id, lag, target), target)
      if (typeof raw === 'object') return undefined
      return typeof native === 'number' || Array.isArray(native) ? native : String(native)
    // Room for one VLAN tag, which some platforms do not count themselves.
    case 'frame':
      return typeof native === 'number' ? native + 4 : undefined
    case 'domain':
      return domain
    case 'peer':
      return mlag?.peer
    // A locally administered address that both switches of the pair derive alike.
    case 'system':
      return `02:00:00:00:${hex(domain)}`
  }
  if (lag === undefined) return undefined
  switch (name) {
    case 'number':
      return lag.number
    case 'lag':
      return lagName(plan, lag)
    case 'links':
      return lagName(plan, lag)
    case 'first':
      return lag.ports[0]?.name
    case 'vlans':
      return vlansText(vlansOf(id, lag, target), target)
    case 'tagged':
      return vlansText(lag.options.vlans, target)
    // Ten octets, type 0 of RFC 7432, section 5: arbitrary, and equal on both switches.
    case 'esi':
      return `00:00:00:00:00:00:${hex(domain)}:${hex(lag.number)}`
    default:
      throw new Error(`${target.id} has no placeholder {${name}}`)
  }
}
