// The network of an intent as the prediction walks it: nodes, their ports in bundles (a bond, a LAG, or ports by
// themselves), and cables with a speed. What each bundle does is form.ts's, the way of a flow is route.ts's. What the
// intent leaves open is taken as something, and said among the assumptions.

import type { Diagnostic, Outcome } from '../../diagnostics/diagnostic.ts'
import { type Effective, effective } from '../../intent/effective.ts'
import { type Bond, type Host, type Intent, membersOf, nodeNamed, type Port } from '../../intent/intent.ts'
import { type PlannedLag, partner, type SwitchPlan } from '../../intent/partner.ts'
import { readPort } from '../../platforms/ports.ts'

export interface End {
  readonly node: string
  readonly port: string
}

export interface Cable {
  readonly name: string
  readonly ends: readonly [End, End]
  readonly speedMbps: number
}

interface Common {
  readonly node: string
  /** The bond, the LAG by the platform's name for it, or what the ports are called together. */
  readonly name: string
  /** In the order of attachment, or the platform's. */
  readonly ports: readonly string[]
}

/** Ports that a node uses as one thing. */
export type Bundle = Common &
  (
    | {
        readonly kind: 'bond'
        readonly host: Host
        readonly bond: Bond
        readonly members: readonly Port[]
        readonly effective: Effective
      }
    | { readonly kind: 'single'; readonly host: Host; readonly port: Port }
    | { readonly kind: 'lag'; readonly box: SwitchPlan; readonly lag: PlannedLag }
    | { readonly kind: 'plain'; readonly box: SwitchPlan }
  )

export interface Network {
  readonly intent: Intent
  readonly boxes: ReadonlyMap<string, SwitchPlan>
  readonly bundles: readonly Bundle[]
  readonly cables: readonly Cable[]
  /** What was taken as something because nobody said it. */
  readonly assumptions: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  bundleAt(end: End): Bundle | undefined
  /** The cable in a port, and which of its ends is there. */
  cableAt(end: End): { readonly cable: number; readonly end: 0 | 1 } | undefined
  /** The other end of the cable in a port. */
  farOf(end: End): End | undefined
}

/** What a platform's word for a kind of port says of its speed, in Mbit/s. */
const speedOfType: Readonly<Record<string, number>> = {
  FastEthernet: 100,
  GigabitEthernet: 1000,
  TwoGigabitEthernet: 2500,
  FiveGigabitEthernet: 5000,
  TenGigabitEthernet: 10_000,
  TenGigE: 10_000,
  XGigabitEthernet: 10_000,
  'Ten-GigabitEthernet': 10_000,
  TwentyFiveGigE: 25_000,
  FortyGigabitEthernet: 40_000,
  FortyGigE: 40_000,
  FiftyGigabitEthernet: 50_000,
  HundredGigE: 100_000,
  TwoHundredGigE: 200_000,
  FourHundredGigE: 400_000,
  'ge-': 1000,
  'xe-': 10_000,
}

/** What a link is taken for when nothing says its speed, in Mbit/s. */
const usualMbps = 1000

export const keyOf = ({ node, port }: End): string => `${node}\n${port}`

/** The LAG's name as the platform prints it. */
export function lagName({ platform }: SwitchPlan, { number, ports }: PlannedLag): string {
  const [lowest] = ports
  return platform.lag.name
    .replace('{number}', String(number))
    .replace('{port}', lowest?.name ?? String(number))
}

/**
 * Reads the network off an intent. Goes on past what is wrong; a cable to nowhere is left out. `planned`: what the
 * switches are, where that is not what the hosts of this intent need, as in the middle of a change.
 */
export function networkOf(intent: Intent, planned = partner(intent)): Network {
  return new Builder(intent, planned).network()
}

interface Draft {
  readonly ends: readonly [End, End]
  /** What was said of it, or follows from a port's name. */
  readonly speeds: readonly number[]
}

class Builder {
  readonly #intent: Intent
  readonly #boxes: ReadonlyMap<string, SwitchPlan>
  readonly #diagnostics: readonly Diagnostic[]
  readonly #drafts: Draft[] = []
  readonly #taken = new Set<string>()
  readonly #assumptions: string[] = []

  constructor(intent: Intent, { value, diagnostics }: Outcome<readonly SwitchPlan[]>) {
    this.#intent = intent
    this.#boxes = new Map(value.map(plan => [plan.name, plan]))
    this.#diagnostics = diagnostics
  }

  network(): Network {
    for (const host of this.#intent.hosts) for (const port of host.ports) this.#hostCable(host, port)
    for (const box of this.#boxes.values()) this.#switchCables(box)
    const cables = this.#cables()
    const bundles = this.#bundles(cables)
    const byPort = new Map(
      bundles.flatMap(one => one.ports.map(port => [keyOf({ node: one.node, port }), one] as const)),
    )
    const byEnd = new Map(
      cables.flatMap(({ ends }, cable) =>
        ends.map((end, at) => [keyOf(end), { cable, end: at === 0 ? 0 : 1 }] as const),
      ),
    )
    const cableAt = (end: End) => byEnd.get(keyOf(end)) as { cable: number; end: 0 | 1 } | undefined
    return {
      intent: this.#intent,
      boxes: this.#boxes,
      bundles,
      cables,
      assumptions: this.#assumptions,
      diagnostics: this.#diagnostics,
      bundleAt: end => byPort.get(keyOf(end)),
      cableAt,
      farOf(end) {
        const found = cableAt(end)
        return found && cables[found.cable]?.ends[found.end === 0 ? 1 : 0]
      },
    }
  }

  #join(a: End, b: End, speeds: readonly number[]): void {
    // Of two cables in one port the first stays; the partner has complained of the second.
    if ([a, b].some(end => this.#taken.has(keyOf(end)))) return
    for (const end of [a, b]) this.#taken.add(keyOf(end))
    this.#drafts.push({ ends: [a, b], speeds })
  }

  #hostCable(host: Host, port: Port): void {
    const { to, speed } = port.options
    if (to === undefined) return
    const near = { node: host.name, port: port.name }
    const said = speed === undefined ? [] : [speed]
    const box = this.#boxes.get(to.node)
    if (box !== undefined) {
      const far = readPort(box.platform, to.port).port
      if (far === undefined) return
      this.#join(near, { node: box.name, port: far.name }, [...said, ...typed(far.type)])
      return
    }
    const other = nodeNamed(this.#intent.hosts, to.node)
    const far = other && nodeNamed(other.ports, to.port)
    if (other === undefined || far === undefined || this.#taken.has(keyOf(near))) return
    const otherSpeed = far.options.speed
    this.#join(
      near,
      { node: other.name, port: far.name },
      otherSpeed === undefined ? said : [...said, otherSpeed],
    )
  }

  /** Links between switches: port by port in the order in which both ends name them. */
  #switchCables(box: SwitchPlan): void {
    for (const lag of box.lags) {
      const far = this.#farLag(box, lag)
      if (far === undefined) continue
      for (const [at, port] of lag.ports.entries()) {
        const other = far.lag.ports[at]
        if (other === undefined) continue
        this.#join({ node: box.name, port: port.name }, { node: far.box.name, port: other.name }, [
          ...typed(port.type),
          ...typed(other.type),
        ])
      }
    }
  }

  #farLag(box: SwitchPlan, lag: PlannedLag): { box: SwitchPlan; lag: PlannedLag } | undefined {
    const { to } = lag.options
    const other = this.#boxes.get(lag.peerLink ? (box.options.mlag?.peer ?? '') : (to?.node ?? ''))
    if (other === undefined) return undefined
    const digits = /\d+$/.exec(to?.port ?? '')?.[0]
    const found = other.lags.find(one => (lag.peerLink ? one.peerLink : String(one.number) === digits))
    return found && { box: other, lag: found }
  }

  #cables(): readonly Cable[] {
    const known = this.#drafts.flatMap(({ speeds }) => (speeds.length === 0 ? [] : [Math.min(...speeds)]))
    const fastest = known.reduce((most, one) => Math.max(most, one), usualMbps)
    const guessed = new Map<number, string[]>()
    const cables = this.#drafts.map(({ ends, speeds }): Cable => {
      const [a, b] = ends
      const name = `${a.node}:${a.port} - ${b.node}:${b.port}`
      if (speeds.length > 0) return { name, ends, speedMbps: Math.min(...speeds) }
      const between = ends.every(({ node }) => this.#boxes.has(node))
      const speedMbps = between ? fastest : usualMbps
      guessed.set(speedMbps, [...(guessed.get(speedMbps) ?? []), `${a.node}:${a.port}`])
      return { name, ends, speedMbps }
    })
    for (const [speedMbps, ports] of guessed) {
      const shown =
        ports.length > 4 ? `${ports.slice(0, 3).join(', ')} and ${ports.length - 3} more` : ports.join(', ')
      this.#assumptions.push(`no speed is said of ${shown}: taken as ${speedMbps} Mbit/s`)
    }
    return cables
  }

  #bundles(cables: readonly Cable[]): readonly Bundle[] {
    const bundles: Bundle[] = []
    for (const host of this.#intent.hosts) {
      const inBond = new Set<string>()
      for (const bond of host.bonds) {
        // A port in two bonds is in the first of them.
        const members = membersOf(host, bond).filter(({ name }) => !inBond.has(name))
        for (const { name } of members) inBond.add(name)
        const ports = members.map(({ name }) => name)
        const made = effective(bond, host.ports)
        bundles.push({
          kind: 'bond',
          node: host.name,
          name: bond.name,
          ports,
          host,
          bond,
          members,
          effective: made,
        })
      }
      for (const port of host.ports) {
        if (inBond.has(port.name)) continue
        bundles.push({ kind: 'single', node: host.name, name: port.name, ports: [port.name], host, port })
      }
    }
    for (const box of this.#boxes.values()) bundles.push(...boxBundles(box, cables))
    return bundles
  }
}

const typed = (type: string): readonly number[] => {
  const known = speedOfType[type]
  return known === undefined ? [] : [known]
}

function boxBundles(box: SwitchPlan, cables: readonly Cable[]): readonly Bundle[] {
  const grouped = new Set<string>()
  const bundles = box.lags.flatMap((lag): readonly Bundle[] => {
    if (lag.options.mode === 'plain') return []
    const ports = lag.ports.map(({ name }) => name).filter(name => !grouped.has(name))
    for (const name of ports) grouped.add(name)
    return [{ kind: 'lag', node: box.name, name: lagName(box, lag), ports, box, lag }]
  })
  const here = cables.flatMap(({ ends }) =>
    ends.flatMap(({ node, port }) => (node === box.name ? [port] : [])),
  )
  const plain = here.filter(name => !grouped.has(name))
  if (plain.length === 0) return bundles
  return [...bundles, { kind: 'plain', node: box.name, name: 'plain ports', ports: plain, box }]
}
