// What the other end must be: from the hosts' bonds and the cables of their ports follow each switch's LAGs, their mode,
// members, number, VLANs and MTU. Computed once; switch targets write it and choose nothing. How a platform spells it is
// theirs, and whether both ends fit is for the rules.

import type { Diagnostic, Outcome, Path, Place } from '../diagnostics/diagnostic.ts'
import { nearest } from '../diagnostics/nearest.ts'
import { type Platform, platformIds, platformOf } from '../platforms/index.ts'
import { comparePorts, lagNumberOf, readPort, readPorts } from '../platforms/ports.ts'
import { settle } from './effective.ts'
import {
  type Bond,
  bondsOf,
  type Host,
  type Intent,
  type Lag,
  membersOf,
  nameOf,
  nodeNamed,
  partOf,
  type Switch,
  valueOf,
} from './intent.ts'
import {
  type LagMode,
  lagModeFor,
  type PlannedLag,
  type PlannedPort,
  type SwitchPlan,
} from './partner-plan.ts'
import { type Draft, settleLag } from './partner-settle.ts'
import { joinRanges } from './partner-vlans.ts'

export type { LagMode, PlannedLag, PlannedPort, SwitchPlan } from './partner-plan.ts'
export { isAccess, lagModeFor } from './partner-plan.ts'

interface Known {
  readonly switches: readonly Switch[]
  readonly plans: Outcome<readonly SwitchPlan[]>
}

/** By the hosts of an intent: rules ask for its plans, and then whoever shows or writes them. */
const known = new WeakMap<readonly Host[], Known>()

/** What every switch of an intent must be. Goes on past what is wrong; a switch without a known platform is left out. */
export function partner(intent: Pick<Intent, 'hosts' | 'switches'>): Outcome<readonly SwitchPlan[]> {
  const earlier = known.get(intent.hosts)
  if (earlier?.switches === intent.switches) return earlier.plans
  const planner = new Planner(intent)
  const plans = { value: planner.plans(), diagnostics: planner.diagnostics }
  known.set(intent.hosts, { switches: intent.switches, plans })
  return plans
}

interface Box {
  readonly self: Switch
  readonly platform: Platform
  readonly version: string | undefined
  readonly drafts: Draft[]
  readonly said: Said
  /** Every port in use, with where and by what. */
  readonly used: Map<string, { readonly at: Place; readonly by: string }>
}

/** What a switch says of LAGs that lead to no other switch, the first of each number and of each port. */
interface Said {
  readonly byNumber: ReadonlyMap<number, Lag>
  /** By the name of a port, where the LAG stands among them. */
  readonly byPort: ReadonlyMap<string, number>
  readonly lags: readonly Lag[]
}

function saidBy(self: Switch, platform: Platform): Said {
  const lags = self.lags.filter(({ options }) => options.to === undefined)
  const byNumber = new Map([...lags].reverse().map(lag => [lag.number, lag]))
  const byPort = new Map<string, number>()
  lags.forEach((lag, at) => {
    for (const { port } of portsSaid(platform, lag))
      if (port !== undefined && !byPort.has(port.name)) byPort.set(port.name, at)
  })
  return { byNumber, byPort, lags }
}

class Planner {
  readonly diagnostics: Diagnostic[] = []
  readonly #intent: Pick<Intent, 'hosts' | 'switches'>
  readonly #boxes = new Map<string, Box>()
  /** The names of all hosts and switches. */
  readonly #nodes: ReadonlySet<string>
  readonly #meant = new Map<string, string | undefined>()

  constructor(intent: Pick<Intent, 'hosts' | 'switches'>) {
    this.#intent = intent
    this.#nodes = new Set([...intent.hosts, ...intent.switches].map(({ name }) => name))
    for (const self of intent.switches) this.#addBox(self)
  }

  plans(): readonly SwitchPlan[] {
    for (const { host, bond } of bondsOf(this.#intent)) this.#addBond(host, bond)
    this.#lonelyPorts()
    for (const box of this.#boxes.values()) this.#ownLags(box)
    return [...this.#boxes.values()].map(box => this.#planOf(box))
  }

  #complain(code: string, at: Place, message: string, more: Partial<Diagnostic> = {}): void {
    this.diagnostics.push({ code, severity: 'error', message, at, ...more })
  }

  #addBox(self: Switch): void {
    const { platform: reference } = self.options
    if (reference === undefined) {
      this.#complain(
        'platform-missing',
        nameOf(self),
        `${self.name} names no platform, so nothing is made for it`,
        {
          help: 'say platform: aruba-aos-s, or another of bondplan targets',
        },
      )
      return
    }
    const found = platformOf(reference)
    if (found === undefined) {
      const meant = nearest(reference, platformIds)
      this.#complain('platform-unknown', valueOf(self, 'platform'), `no platform is called ${reference}`, {
        help: meant === undefined ? 'see bondplan targets' : `did you mean ${meant}?`,
      })
      return
    }
    const said = saidBy(self, found.platform)
    this.#boxes.set(self.name, { self, ...found, drafts: [], said, used: new Map() })
  }

  /** The switch that a cable leads to. Cables between hosts are none of the switches' business. */
  #boxAt(node: string, at: Place): Box | undefined {
    const box = this.#boxes.get(node)
    if (box !== undefined) return box
    // An intent that is about hosts alone may name the switches at the other ends all the same.
    if (this.#nodes.has(node) || this.#intent.switches.length === 0) return undefined
    const meant = this.#meantBy(node)
    const help =
      meant === undefined ? `define ${node} below switches, with its platform` : `did you mean ${meant}?`
    const message = `no switch is called ${node}, so nothing is made for that end`
    this.#complain('switch-unknown', at, message, { severity: 'warning', help })
    return undefined
  }

  /** Sought once for each name: a rack of hosts leads to a switch that somebody left out. */
  #meantBy(node: string): string | undefined {
    if (!this.#meant.has(node)) {
      const names = this.#intent.switches.map(({ name }) => name)
      this.#meant.set(node, nearest(node, names))
    }
    return this.#meant.get(node)
  }

  #portAt(box: Box, said: string, at: Place): PlannedPort | undefined {
    const read = readPort(box.platform, said)
    if (read.port !== undefined) return { ...read.port, at }
    this.#complain(
      'port-name',
      at,
      `${said} is no port of ${box.self.name}, which is ${box.platform.product}`,
      {
        help: `its ports are named like ${read.nearest}`,
      },
    )
    return undefined
  }

  #take(box: Box, port: PlannedPort, by: string): void {
    const earlier = box.used.get(port.name)
    if (earlier === undefined) {
      box.used.set(port.name, { at: port.at, by })
      return
    }
    const message = `${port.name} of ${box.self.name} is used twice: by ${earlier.by} and by ${by}`
    this.#complain('port-used-twice', port.at, message, {
      related: [{ message: 'the first use', at: earlier.at }],
      help: 'one port has one cable',
    })
  }

  #addBond(host: Host, bond: Bond): void {
    const byBox = new Map<Box, PlannedPort[]>()
    for (const member of membersOf(host, bond)) {
      const { to, speed } = member.options
      if (to === undefined) continue
      const at = valueOf(member, 'to')
      const box = this.#boxAt(to.node, at)
      const port = box && this.#portAt(box, to.port, at)
      if (box === undefined || port === undefined) continue
      this.#take(box, port, `${host.name} ${member.name}`)
      const planned: PlannedPort = {
        ...port,
        host: host.name,
        device: member.name,
        ...(speed !== undefined && { speedMbps: speed }),
      }
      byBox.set(box, [...(byBox.get(box) ?? []), planned])
    }
    const grouped = lagModeFor[settle(bond.options).mode] !== 'plain'
    for (const [box, ports] of byBox) {
      const pair = [...byBox].filter(([other]) => other === box || (grouped && arePair(box, other)))
      const own = ports.sort(comparePorts)
      const { number, at } = this.#numberOf(box, bond, own, pair)
      const across = pair.length > 1
      box.drafts.push({ host, bond, number, numberAt: at, ports: own, across, path: bond.path })
    }
  }

  /** As the bond says; else as the switch says of the LAG with these ports; else from the lowest port of the pair. */
  #numberOf(
    box: Box,
    bond: Bond,
    ports: readonly PlannedPort[],
    pair: readonly (readonly [Box, readonly PlannedPort[]])[],
  ): { readonly number: number; readonly at: Place } {
    const said = bond.options.lag
    if (said !== undefined) return { number: said, at: valueOf(bond, 'lag') }
    const at = Math.min(...ports.map(({ name }) => box.said.byPort.get(name) ?? Number.POSITIVE_INFINITY))
    const named = box.said.lags[at]
    if (named !== undefined) return { number: named.number, at: nameOf(named) }
    const numbers = pair.flatMap(([other, all]) => all.map(port => lagNumberOf(other.platform, port)))
    return { number: Math.min(...numbers), at: ports[0]?.at ?? nameOf(bond) }
  }

  /** Cables of ports that are in no bond: their ports are taken, and nothing else is known of them. */
  #lonelyPorts(): void {
    for (const host of this.#intent.hosts) {
      const members = new Set(host.bonds.flatMap(bond => bond.options.members ?? []))
      for (const port of host.ports) {
        const { to } = port.options
        if (to === undefined || members.has(port.name)) continue
        const at = valueOf(port, 'to')
        const box = this.#boxAt(to.node, at)
        const planned = box && this.#portAt(box, to.port, at)
        if (box !== undefined && planned !== undefined) this.#take(box, planned, `${host.name} ${port.name}`)
      }
    }
  }

  /** LAGs that stand in the switch's own part of the intent, and its link to the other of a pair. */
  #ownLags(box: Box): void {
    const { self, drafts } = box
    this.#pairOf(box)
    const drafted = new Set(drafts.map(({ number }) => number))
    for (const lag of self.lags) {
      if (lag.options.to === undefined && drafted.has(lag.number)) continue
      if (lag.options.ports === undefined) {
        this.#complain(
          'lag-without-ports',
          nameOf(lag),
          `LAG ${lag.number} of ${self.name} is nobody's: it names no ports and no bond has this number`,
          {
            help: this.#numbersOf(drafts),
          },
        )
        continue
      }
      if (lag.options.to !== undefined) this.#boxAt(lag.options.to.node, valueOf(lag, 'to'))
      const ports = this.portsOf(box, lag)
      if (lag.options.to !== undefined) for (const port of ports) this.#take(box, port, `LAG ${lag.number}`)
      drafted.add(lag.number)
      drafts.push({ lag, number: lag.number, numberAt: nameOf(lag), ports, across: false, path: lag.path })
    }
    this.#peerLink(box)
    this.#clashes(box)
  }

  #numbersOf(drafts: readonly Draft[]): string {
    const taken = drafts.flatMap(({ number, host, bond }) =>
      host === undefined || bond === undefined ? [] : [`${number} is ${host.name} ${bond.name}`],
    )
    return taken.length === 0
      ? 'name its ports'
      : `name its ports, or use a number that a bond has: ${taken.join(', ')}`
  }

  /** The ports that a LAG names, ranges opened. */
  portsOf(box: Box, lag: Lag): readonly PlannedPort[] {
    const ports = (lag.options.ports ?? []).flatMap((said, index) => {
      const at = partOf(lag, 'ports', index)
      return readPorts(box.platform, said).flatMap(read => {
        if (read.port !== undefined) return [{ ...read.port, at }]
        this.#complain(
          'port-name',
          at,
          `${said} is no port of ${box.self.name}, which is ${box.platform.product}`,
          {
            help: `its ports are named like ${read.nearest}`,
          },
        )
        return []
      })
    })
    return [...new Map(ports.map(port => [port.name, port])).values()].sort(comparePorts)
  }

  #pairOf({ self }: Box): void {
    const { mlag } = self.options
    if (mlag === undefined) return
    const other = nodeNamed(this.#intent.switches, mlag.peer)
    const at = partOf(self, 'mlag', 'peer')
    if (other === undefined) this.#boxAt(mlag.peer, at)
    else if (other.options.mlag?.peer !== self.name) {
      this.#complain(
        'mlag-one-sided',
        at,
        `${self.name} takes ${mlag.peer} for its pair, and ${mlag.peer} does not name ${self.name}`,
        {
          help: `say mlag: {peer: ${self.name}} for ${mlag.peer} too`,
          related: [{ message: 'the other switch', at: nameOf(other) }],
        },
      )
    }
  }

  #peerLink(box: Box): void {
    const { self, platform, drafts } = box
    const said = self.options.mlag?.['peer-link']
    if (said === undefined || said.length === 0) return
    const ports = said
      .flatMap((name, index) => this.#portAt(box, name, partOf(self, 'mlag', 'peer-link', index)) ?? [])
      .sort(comparePorts)
    const [lowest] = ports
    if (lowest === undefined) return
    const known = drafts.find(({ ports: others }) =>
      others.some(other => ports.some(({ name }) => name === other.name)),
    )
    if (known !== undefined) {
      known.peerLink = true
      return
    }
    for (const port of ports) this.#take(box, port, 'the peer link')
    const path: Path = [...valueOf(self, 'mlag').path, 'peer-link']
    const number = lagNumberOf(platform, lowest)
    drafts.push({ number, numberAt: lowest.at, ports, across: false, path, peerLink: true })
  }

  /** Two LAGs with one number cannot both be written. */
  #clashes({ self, platform, drafts, said }: Box): void {
    const taken = new Map<number, Draft>()
    for (const draft of drafts) {
      if (draft.bond !== undefined && plainOf(said, draft) === 'plain') continue
      const { number, numberAt } = draft
      const { ids } = platform.lag
      if (ids !== undefined && (number < ids.min || number > ids.max)) {
        const message = `LAG ${number} is outside ${ids.min} to ${ids.max}, what ${platform.product} has`
        this.#complain('lag-number-range', numberAt, message, {
          help: `choose a number from ${ids.min} to ${ids.max}`,
        })
      }
      const earlier = taken.get(number)
      if (earlier === undefined) {
        taken.set(number, draft)
        continue
      }
      const message = `LAG ${number} of ${self.name} would be both ${titleOf(earlier)} and ${titleOf(draft)}`
      this.#complain('lag-number-clash', numberAt, message, {
        help: `give one of them a number of its own: lag: N at the bond`,
        related: [{ message: 'the other one', at: earlier.numberAt }],
      })
    }
  }

  #planOf(box: Box): SwitchPlan {
    const { self, platform, version } = box
    const seen = new Set<number>()
    const lags: PlannedLag[] = []
    const met = new Set<number>()
    for (const draft of box.drafts) {
      // What is said of a number is said of the first bond that has it.
      const first = draft.bond !== undefined && !met.has(draft.number)
      if (first) met.add(draft.number)
      const said = draft.lag ?? (first ? box.said.byNumber.get(draft.number) : undefined)
      const ports = said?.options.ports === undefined ? draft.ports : this.portsOf(box, said)
      const lag = this.#carrying(self, settleLag(draft, said, withCables(ports, draft.ports), self))
      // A clash was complained of; the first stays.
      if (lag.options.mode !== 'plain' && seen.has(lag.number)) continue
      if (lag.options.mode !== 'plain') seen.add(lag.number)
      this.#holdVlans(box, lag)
      lags.push(lag)
    }
    const ordered = lags.sort((a, b) => rankOf(a) - rankOf(b) || a.number - b.number || comparePlaces(a, b))
    return {
      ...self,
      platform,
      version,
      lags: ordered.map(lag => (lag.peerLink ? carryingAll(lag, ordered) : lag)),
    }
  }

  /** A LAG that carries nothing at all is nobody's wish. */
  #carrying(self: Switch, lag: PlannedLag): PlannedLag {
    const { vlans, untagged, native } = lag.options
    if (untagged || vlans.length > 0 || lag.peerLink) return lag
    const message = `${self.name} LAG ${lag.number}: untagged false leaves nothing that passes, as no VLAN is tagged; VLAN ${native} passes`
    this.#complain('lag-carries-nothing', valueOf(lag, 'untagged'), message, {
      severity: 'warning',
      help: 'name the tagged VLANs, or leave untagged out',
    })
    return { ...lag, options: { ...lag.options, untagged: true } }
  }

  #holdVlans({ platform, self }: Box, lag: PlannedLag): void {
    const { min, max } = platform.vlans
    const { vlans } = lag.options
    const outside = vlans.find(({ from, to }) => from < min || to > max)
    if (outside === undefined) return
    const shown = outside.from === outside.to ? outside.from : `${outside.from}-${outside.to}`
    this.#complain(
      'vlan-not-possible',
      valueOf(lag, 'vlans'),
      `VLAN ${shown} cannot be tagged on ${self.name}: ${platform.product} has ${min} to ${max}`,
    )
  }
}

const arePair = (a: Box, b: Box): boolean =>
  a.self.options.mlag?.peer === b.self.name && b.self.options.mlag?.peer === a.self.name

const portsSaid = (platform: Platform, lag: Lag) =>
  (lag.options.ports ?? []).flatMap(said => readPorts(platform, said))

/** Ports that are named again keep what is known of their cables. */
function withCables(ports: readonly PlannedPort[], cabled: readonly PlannedPort[]): readonly PlannedPort[] {
  const known = new Map(cabled.map(port => [port.name, port]))
  return ports.map(port => {
    const { host, device, speedMbps } = known.get(port.name) ?? {}
    return {
      ...port,
      ...(host !== undefined && { host }),
      ...(device !== undefined && { device }),
      ...(speedMbps !== undefined && { speedMbps }),
    }
  })
}

const plainOf = ({ byNumber }: Said, { bond, number }: Draft): LagMode =>
  byNumber.get(number)?.options.mode ?? lagModeFor[bond?.options.mode ?? 'balance-rr']

const titleOf = ({ host, bond, lag, peerLink }: Draft): string =>
  bond !== undefined
    ? `${host?.name} ${bond.name}`
    : peerLink
      ? 'the peer link'
      : `its own LAG ${lag?.number}`

const rankOf = ({ options: { mode } }: PlannedLag): number => (mode === 'plain' ? 1 : 0)

function comparePlaces(a: PlannedLag, b: PlannedLag): number {
  const [left, right] = [a.ports[0], b.ports[0]]
  return left !== undefined && right !== undefined ? comparePorts(left, right) : 0
}

/** The link between the switches of a pair carries every VLAN of their LAGs, unless it says which. */
function carryingAll(lag: PlannedLag, all: readonly PlannedLag[]): PlannedLag {
  if (lag.stands.vlans !== undefined) return lag
  const vlans = all.flatMap(other => {
    if (other === lag) return []
    const { vlans, native, untagged } = other.options
    return untagged && native !== lag.options.native ? [...vlans, { from: native, to: native }] : vlans
  })
  return { ...lag, options: { ...lag.options, vlans: joinRanges(vlans) } }
}

/** What rules say of the same places, in words of their own. */
const ruled: readonly string[] = ['port-used-twice', 'lag-number-clash', 'lag-without-ports']

/** The diagnostics of a plan that no rule says as well; for who runs the rules besides. */
export const unruled = ({ diagnostics }: Outcome<readonly SwitchPlan[]>): readonly Diagnostic[] =>
  diagnostics.filter(({ code }) => !ruled.includes(code))
