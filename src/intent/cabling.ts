// A list of cables, as people keep it beside their configurations: host, port, switch, port. It joins hosts and switches that
// were read from files of their own into one intent, so that what is said of one end can be held against the other.

import type { Diagnostic, Outcome, Path } from '../diagnostics/diagnostic.ts'
import { nearest } from '../diagnostics/nearest.ts'
import type { Mount, Origin } from '../diagnostics/origin.ts'
import type { Region } from '../diagnostics/region.ts'
import { portRef } from '../options/kind.ts'
import { platformOf } from '../platforms/index.ts'
import { readPort, readPorts } from '../platforms/ports.ts'
import { type Host, type Intent, type Lag, type Port, type Switch, valueOf } from './intent.ts'
import type { SourceText } from './text.ts'
import { readYaml } from './yaml.ts'

/** One end of a cable. */
export interface End {
  readonly node: string
  readonly port: string
  readonly region: Region
}

export type CableSaid = readonly [End, End]

/** Reads a list of cables: CSV, or JSON and YAML as a list of lists or of mappings. */
export function readCabling(source: SourceText): Outcome<readonly CableSaid[]> {
  return /^\s*[[{-]/.test(source.text) ? fromYaml(source) : fromCsv(source)
}

const columns = ['host', 'port', 'switch', 'switch-port'] as const

const malformed = (region: Region, message: string): Diagnostic => ({
  code: 'cabling-malformed',
  severity: 'error',
  message,
  region,
  help: 'write host,port,switch,port',
})

/** Fields with where they stand: separated by commas, semicolons or tabs; quoted where they hold one. */
function fieldsOf(line: string, start: number, source: SourceText) {
  const pattern = /\s*(?:"((?:[^"]|"")*)"|([^,;\t"]*?))\s*(?:[,;\t]|$)/y
  const fields: { text: string; region: Region }[] = []
  while (pattern.lastIndex < line.length) {
    const at = pattern.lastIndex
    const found = pattern.exec(line)
    if (found === null) return undefined
    const text = found[1]?.replaceAll('""', '"') ?? found[2] ?? ''
    const from = start + at + Math.max(found[0].indexOf(found[1] ?? found[2] ?? ''), 0)
    fields.push({ text, region: source.regionOf(from, from + Math.max(text.length, 1)) })
  }
  return fields
}

function fromCsv(source: SourceText): Outcome<readonly CableSaid[]> {
  const cables: CableSaid[] = []
  const diagnostics: Diagnostic[] = []
  let first = true
  for (const { 0: line, index } of source.text.matchAll(/[^\r\n]+/g)) {
    if (/^\s*(?:#|$)/.test(line)) continue
    const fields = fieldsOf(line, index, source)
    const [a, b, c, d, more] = fields ?? []
    const heading = first && /^(?:host|server|from|device|a)\b/i.test(a?.text ?? '')
    first = false
    if (heading) continue
    if (a === undefined || b === undefined || c === undefined || d === undefined || more !== undefined) {
      const region = source.regionOf(index, index + line.length)
      const message = `a cable has two ends, each with a name and a port: four fields, not ${fields?.length ?? 'this'}`
      diagnostics.push(malformed(region, message))
      continue
    }
    cables.push([
      { node: a.text, port: b.text, region: b.region },
      { node: c.text, port: d.text, region: d.region },
    ])
  }
  return { value: cables, diagnostics }
}

function fromYaml(source: SourceText): Outcome<readonly CableSaid[]> {
  const { value: document, diagnostics: found } = readYaml(source)
  const diagnostics: Diagnostic[] = [...found]
  if (document === undefined) return { value: [], diagnostics }
  const { value, origin } = document
  const list = Array.isArray(value) ? value : (value as { cables?: unknown } | null)?.cables
  const path: Path = Array.isArray(value) ? [] : ['cables']
  const regionAt = (...inner: Path): Region =>
    origin.regionOf({ path: [...path, ...inner], part: 'value' }) ?? source.regionOf(0, 0)
  if (!Array.isArray(list))
    return { value: [], diagnostics: [...diagnostics, malformed(regionAt(), 'this is no list of cables')] }
  const cables = list.flatMap((item: unknown, index): readonly CableSaid[] => {
    const isList = Array.isArray(item)
    const keys = isList ? [0, 1, 2, 3] : columns
    const record = (item ?? {}) as Readonly<Record<string | number, unknown>>
    const words = keys.map(key => record[key])
    if (
      typeof item !== 'object' ||
      words.some(word => typeof word !== 'string' && typeof word !== 'number')
    ) {
      diagnostics.push(
        malformed(regionAt(index), `a cable is a list of four words, or a mapping of ${columns.join(', ')}`),
      )
      return []
    }
    const [node = '', port = '', other = '', far = ''] = words.map(String)
    const at = (key: number): Region => regionAt(index, keys[key] ?? key)
    return [
      [
        { node, port, region: at(1) },
        { node: other, port: far, region: at(3) },
      ],
    ]
  })
  return { value: cables, diagnostics }
}

export interface Joined {
  readonly intent: Intent
  /** Where the cables stand that ports and LAGs now name. */
  readonly mounts: readonly Mount[]
}

/** Joins the hosts and switches of an intent by cables. `aliases`: further names of a node, as of its file. */
export function joinCables(
  intent: Intent,
  cables: readonly CableSaid[],
  aliases: ReadonlyMap<string, string> = new Map(),
): Outcome<Joined> {
  const joiner = new Joiner(intent, aliases)
  for (const cable of cables) joiner.take(cable)
  return joiner.joined()
}

class Joiner {
  readonly #diagnostics: Diagnostic[] = []
  readonly #mounts: Mount[] = []
  readonly #hosts: Map<string, Host>
  readonly #boxes: Map<string, Switch>
  readonly #aliases: ReadonlyMap<string, string>
  readonly #intent: Intent
  /** What a name may stand for that nobody has; sought once for each. */
  readonly #meant = new Map<string, { readonly meant: string | undefined }>()
  /** What each LAG between switches leads to. */
  readonly #links = new Map<Lag, { readonly to: Lag; readonly box: Switch; readonly region: Region }>()

  constructor(intent: Intent, aliases: ReadonlyMap<string, string>) {
    this.#intent = intent
    this.#aliases = aliases
    this.#hosts = new Map(intent.hosts.map(host => [host.name, host]))
    this.#boxes = new Map(intent.switches.map(box => [box.name, box]))
  }

  #named({ node, ...rest }: End): End {
    const known = this.#hosts.has(node) || this.#boxes.has(node)
    return { node: known ? node : (this.#aliases.get(node) ?? node), ...rest }
  }

  take(cable: CableSaid): void {
    const [a, b] = [this.#named(cable[0]), this.#named(cable[1])]
    const [from, to] = this.#hosts.has(a.node) || !this.#hosts.has(b.node) ? [a, b] : [b, a]
    const host = this.#hosts.get(from.node)
    const [one, other] = [this.#boxes.get(from.node), this.#boxes.get(to.node)]
    if (host !== undefined) this.#plug(host, from, to)
    else if (one !== undefined && other !== undefined) this.#link(one, from, other, to)
    else this.#nobody(one === undefined ? from : to)
  }

  #nobody({ node, region }: End): void {
    const known = this.#meant.get(node)
    const meant = known === undefined ? nearest(node, this.#names()) : known.meant
    this.#meant.set(node, { meant })
    this.#diagnostics.push({
      code: 'cabling-unknown',
      severity: 'warning',
      message: `no host and no switch is called ${node}, so nothing is known of this end of the cable`,
      region,
      ...(meant !== undefined && { help: `did you mean ${meant}?` }),
    })
  }

  *#names(): Generator<string> {
    yield* this.#hosts.keys()
    yield* this.#boxes.keys()
  }

  #plug(host: Host, from: End, end: End): void {
    const to = portRef.read(`${end.node}:${end.port}`)
    if (to === undefined) {
      this.#diagnostics.push(malformed(end.region, `${end.node}:${end.port} is no port of a switch`))
      return
    }
    const known = host.ports.find(({ name }) => name === from.port)
    const earlier = known?.options.to
    if (known !== undefined && earlier !== undefined) {
      if (portRef.write(earlier) === portRef.write(to)) return
      this.#diagnostics.push({
        code: 'cabling-contradicts',
        severity: 'error',
        message: `${host.name} ${from.port} leads to ${end.node}:${end.port} here, and to ${portRef.write(earlier)} elsewhere`,
        region: end.region,
        related: [{ message: 'elsewhere', at: valueOf(known, 'to') }],
        help: 'one port has one cable',
      })
      return
    }
    const path = known?.path ?? [...host.path, 'ports', from.port]
    const port: Port = {
      subject: 'port',
      name: from.port,
      path,
      ...known,
      options: { ...known?.options, to },
    }
    const ports =
      known === undefined ? [...host.ports, port] : host.ports.map(one => (one === known ? port : one))
    this.#hosts.set(host.name, { ...host, ports })
    this.#stands([...path, 'to'], end.region)
  }

  #stands(path: Path, region: Region): void {
    const origin: Origin = { regionOf: () => region, lines: () => [], inDocument: () => undefined }
    this.#mounts.push({ model: path, origin, document: [] })
  }

  #lagWith(box: Switch, port: string): Lag | undefined {
    const platform = platformOf(box.options.platform ?? '')?.platform
    if (platform === undefined) return undefined
    const name = readPort(platform, port).port?.name
    return box.lags.find(({ options }) =>
      options.ports?.some(said => readPorts(platform, said).some(read => read.port?.name === name)),
    )
  }

  /** A cable between switches: the LAGs at its ends belong together. */
  #link(one: Switch, from: End, other: Switch, to: End): void {
    const [lag, end] = [this.#lagWith(one, from.port), this.#lagWith(other, to.port)]
    if (lag === undefined && end === undefined) return
    const known = lag && this.#links.get(lag)
    if (lag !== undefined && end !== undefined && known === undefined) {
      this.#links.set(lag, { to: end, box: other, region: to.region })
      if (!this.#links.has(end)) this.#links.set(end, { to: lag, box: one, region: from.region })
      return
    }
    if (known?.to === end) return
    const otherEnd = end === undefined ? `${to.port}, which is in no LAG` : `LAG ${end.number}`
    const lead = lag === undefined ? `${from.port} is in no LAG` : `LAG ${lag.number}`
    this.#diagnostics.push({
      code: 'cable-in-another-lag',
      severity: 'error',
      message: `${lead} of ${one.name} leads to ${otherEnd} of ${other.name} by this cable: the ports of a LAG end in one LAG`,
      region: to.region,
      ...(known && {
        related: [{ message: `another cable leads to LAG ${known.to.number}`, region: known.region }],
      }),
    })
  }

  joined(): Outcome<Joined> {
    const hosts = this.#intent.hosts.map(host => this.#hosts.get(host.name) ?? host)
    const peers = this.#peers(hosts)
    const switches = this.#intent.switches.map((box): Switch => {
      const peer = peers.get(box.name)
      const lags = box.lags.map((lag): Lag => {
        const link = this.#links.get(lag)
        if (link === undefined || lag.options.to !== undefined) return lag
        this.#stands([...lag.path, 'to'], link.region)
        return {
          ...lag,
          options: { ...lag.options, to: { node: link.box.name, port: String(link.to.number) } },
        }
      })
      const options =
        peer === undefined || box.options.mlag !== undefined
          ? box.options
          : { ...box.options, mlag: { peer } }
      return { ...box, options, lags }
    })
    const intent: Intent = { ...this.#intent, hosts, switches }
    return { value: { intent, mounts: this.#mounts }, diagnostics: this.#diagnostics }
  }

  /**
   * Running configurations name the other of a pair by an address. Two switches whose LAGs both say that they stand on a pair,
   * and that a bond's cables join, are taken for one.
   */
  #peers(hosts: readonly Host[]): ReadonlyMap<string, string> {
    const peers = new Map<string, string>()
    for (const host of hosts) {
      const ports = new Map(host.ports.map(port => [port.name, port]))
      for (const bond of host.bonds) {
        const names = new Set<string>()
        for (const member of bond.options.members ?? []) {
          const to = ports.get(member)?.options.to
          const box = to && this.#boxes.get(to.node)
          const lag = to && box && this.#lagWith(box, to.port)
          if (box !== undefined && lag?.options.mlag === true) names.add(box.name)
        }
        const [a, b, more] = names
        if (a === undefined || b === undefined || more !== undefined) continue
        peers.set(a, b)
        peers.set(b, a)
      }
    }
    return peers
  }
}
