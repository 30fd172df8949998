// What would help: settings that could change the outcome are tried one by one and together, and ranked by what the
// declared traffic would get. Nothing is applied; each trial names the lines to change.

import type { Path } from '../../diagnostics/diagnostic.ts'
import type { Bond, Host, Intent, Switch } from '../../intent/intent.ts'
import type { HashPolicy } from '../../options/index.ts'
import type { Figures } from '../rates/question.ts'
import { type Declared, declaredIn } from './flow.ts'
import type { Prediction } from './model.ts'
import { predict } from './predict.ts'

/** One line of the intent. */
export interface Line {
  readonly path: Path
  readonly value: string | number | readonly string[]
}

export interface Advice {
  /** What is done, as an instruction. */
  readonly what: string
  readonly lines: readonly Line[]
  /** All declared traffic together. */
  readonly sum: Figures
  /** By declared item. */
  readonly items: readonly Figures[]
  /** Whether each hope is met then; absent where nothing was hoped. */
  readonly met?: 'yes' | 'no' | 'maybe'
  /** What it costs or needs besides. */
  readonly note?: string
  /** All that is predicted then. */
  readonly prediction: Prediction
}

interface Trial {
  readonly what: string
  readonly lines: readonly Line[]
  readonly note?: string
  apply(intent: Intent, declared: readonly Declared[]): { intent: Intent; declared: readonly Declared[] }
}

/** Trials need an order, not every digit: fewer outcomes than for the answer itself. */
const trialOutcomes = 20_000

/** The trials that would give more in expectation than what is, the best first; of equal ones the shortest change. */
export function advise(before: Prediction, flows?: readonly Declared[]): readonly Advice[] {
  const declared = flows ?? declaredIn(before.network.intent)
  const intent = focused(before)
  if (declared.length === 0) return []
  const now = totalOf(before).expected
  const found = trialsFor(before, declared).map(trial => {
    const applied = trial.apply(intent, declared)
    const { value } = predict(applied.intent, { flows: applied.declared, maxOutcomes: trialOutcomes })
    return adviceOf(trial, value)
  })
  return found
    .filter(({ sum }) => sum.expected > now * 1.01)
    .sort(
      (a, b) =>
        b.sum.expected - a.sum.expected || b.sum.least - a.sum.least || a.lines.length - b.lines.length,
    )
}

/** The intent without hosts that the traffic does not meet: they change nothing of it. */
function focused({ network: { intent }, groups }: Prediction): Intent {
  const met = new Set(groups.flatMap(({ from, to }) => [from.host.name, to.host.name]))
  return { ...intent, hosts: intent.hosts.filter(({ name }) => met.has(name)) }
}

function adviceOf({ what, lines, note }: Trial, value: Prediction): Advice {
  const wants = value.expectations.map(({ met }) => met)
  const met = wants.includes('no')
    ? 'no'
    : wants.includes('maybe')
      ? 'maybe'
      : wants.length > 0
        ? 'yes'
        : undefined
  const items = value.items.flatMap(({ back, sum }) => (back ? [] : [sum]))
  return {
    what,
    lines,
    sum: totalOf(value),
    items,
    prediction: value,
    ...(met !== undefined && { met }),
    ...(note !== undefined && { note }),
  }
}

/** Sums of bounds are bounds; of a single item they are exact. */
function totalOf({ items }: Prediction): Figures {
  const sums = items.flatMap(({ back, sum }) => (back ? [] : [sum]))
  const plus = (key: keyof Figures): number => sums.reduce((all, one) => all + one[key], 0)
  return { least: plus('least'), expected: plus('expected'), most: plus('most') }
}

function trialsFor(before: Prediction, declared: readonly Declared[]): readonly Trial[] {
  const forward = before.groups.filter(({ back }) => !back)
  const bonds = new Map<string, { host: Host; bond: Bond; sends: boolean }>()
  for (const { from, to } of forward) {
    for (const [{ bundle }, sends] of [
      [to, false],
      [from, true],
    ] as const) {
      if (bundle.kind !== 'bond') continue
      bonds.set(`${bundle.node} ${bundle.name}`, { host: bundle.host, bond: bundle.bond, sends })
    }
  }
  const ordered = [...bonds.values()].sort((a, b) => Number(b.sends) - Number(a.sends))
  const onWay = new Set(
    before.items.flatMap(({ back, stages }) => (back ? [] : stages.map(({ node }) => node))),
  )
  const boxes = before.network.intent.switches.filter(({ name }) => onWay.has(name))
  const senders = ordered.filter(({ sends }) => sends)
  const hosts = senders.flatMap(({ host, bond }) => hashTrial(host, bond))
  const switches = boxes.flatMap(box => switchTrials(before, box))
  const byPorts = switches.filter(({ lines }) => String(lines[0]?.value).includes('3+4'))
  const hashes = [...hosts, ...byPorts]
  const all = hashes.length > 1 ? [joined(hashes)] : []
  const streams = [2, 4, 8].flatMap(count => streamTrial(declared, count))
  const best = hashes.length > 0 ? joined(hashes) : undefined
  const both = best === undefined ? [] : streams.map(one => joined([one, best]))
  return [
    ...hosts,
    ...switches,
    ...all,
    ...streams,
    ...both,
    ...dealTrials(senders),
    ...fasterTrials(before, declared, ordered),
  ]
}

function joined(trials: readonly Trial[]): Trial {
  return {
    what: trials.map(({ what }) => what).join('; '),
    lines: trials.flatMap(({ lines }) => lines),
    apply: (intent, declared) =>
      trials.reduce((made, trial) => trial.apply(made.intent, made.declared), { intent, declared }),
  }
}

const withBond = (intent: Intent, host: string, name: string, options: Partial<Bond['options']>): Intent => ({
  ...intent,
  hosts: intent.hosts.map(one =>
    one.name !== host
      ? one
      : {
          ...one,
          bonds: one.bonds.map(bond =>
            bond.name === name ? { ...bond, options: { ...bond.options, ...options } } : bond,
          ),
        },
  ),
})

const withSwitch = (intent: Intent, name: string, options: Partial<Switch['options']>): Intent => ({
  ...intent,
  switches: intent.switches.map(one =>
    one.name === name ? { ...one, options: { ...one.options, ...options } } : one,
  ),
})

function hashTrial(host: Host, bond: Bond): readonly Trial[] {
  const { mode, 'xmit-hash-policy': policy } = bond.options
  if (mode !== '802.3ad' && mode !== 'balance-xor') return []
  if (policy === 'layer3+4') return []
  const lines = [{ path: [...bond.path, 'xmit-hash-policy'], value: 'layer3+4' }]
  return [
    {
      what: `let ${host.name} ${bond.name} hash by ports`,
      lines,
      apply: (intent, declared) => ({
        intent: withBond(intent, host.name, bond.name, { 'xmit-hash-policy': 'layer3+4' }),
        declared,
      }),
    },
  ]
}

function switchTrials({ network }: Prediction, box: Switch): readonly Trial[] {
  const platform = network.boxes.get(box.name)?.platform
  const policies = Object.keys(platform?.hash.policies ?? {}) as readonly HashPolicy[]
  return policies.flatMap((policy): readonly Trial[] => {
    if (policy === box.options['load-balance'] || policy.startsWith('encap')) return []
    const words = platform?.hash.policies[policy]?.words
    return [
      {
        what: `let ${box.name} balance by ${policy} (${words})`,
        lines: [{ path: [...box.path, 'load-balance'], value: policy }],
        apply: (intent, declared) => ({
          intent: withSwitch(intent, box.name, { 'load-balance': policy }),
          declared,
        }),
      },
    ]
  })
}

function streamTrial(declared: readonly Declared[], count: number): readonly Trial[] {
  if (declared.every(({ streams }) => streams >= count)) return []
  const lines = declared.flatMap(({ streams, index }, at) =>
    streams >= count
      ? []
      : [
          {
            path: index === undefined ? ['flows', at, 'streams'] : ['traffic', index, 'streams'],
            value: count,
          },
        ],
  )
  return [
    {
      what: `use ${count} streams at once`,
      lines,
      apply: (intent, all) => ({
        intent,
        declared: all.map(one => (one.streams >= count ? one : { ...one, streams: count })),
      }),
    },
  ]
}

/** The one mode in which a single stream uses several links; what the switch sends on is still hashed. */
function dealTrials(senders: readonly { readonly host: Host; readonly bond: Bond }[]): readonly Trial[] {
  return senders.flatMap(({ host, bond }): readonly Trial[] => {
    if (bond.options.mode === 'balance-rr') return []
    return [
      {
        what: `let ${host.name} ${bond.name} deal packets in turn`,
        note: 'packets arrive out of order, and TCP gets less than this',
        lines: [{ path: [...bond.path, 'mode'], value: 'balance-rr' }],
        apply: (intent, declared) => ({
          intent: withBond(intent, host.name, bond.name, { mode: 'balance-rr' }),
          declared,
        }),
      },
    ]
  })
}

/** Usual speeds of ports, in Mbit/s. */
const speedsMbps = [2500, 5000, 10_000, 25_000, 40_000, 100_000, 200_000, 400_000] as const

/** One port of the least speed that carries what is hoped for, at each end, instead of the bonds. */
function fasterTrials(
  before: Prediction,
  declared: readonly Declared[],
  bonds: readonly { readonly host: Host; readonly bond: Bond }[],
): readonly Trial[] {
  const { expectations } = before
  if (expectations.length > 0 && expectations.every(({ met }) => met === 'yes')) return []
  const fastest = before.network.cables.reduce((most, { speedMbps }) => Math.max(most, speedMbps), 0)
  const wanted = declared.reduce((sum, { expectMbps = 0 }) => sum + expectMbps, 0)
  // Headers take up to 6 %, so that a port of just the hoped speed is too slow.
  const speed = speedsMbps.find(mbps => mbps > fastest && mbps >= wanted * 1.07)
  if (speed === undefined || bonds.length === 0) return []
  const shown = `${speed / 1000}G`
  const lines = bonds.flatMap(({ host, bond }): readonly Line[] => {
    const [first] = bond.options.members ?? []
    if (first === undefined) return []
    return [
      { path: [...host.path, 'ports', first, 'speed'], value: shown },
      { path: [...bond.path, 'members'], value: [first] },
    ]
  })
  const names = bonds.map(({ host }) => host.name).join(' and ')
  return [
    {
      what: `give ${names} one ${shown} port instead of the bond`,
      note: 'needs such ports at both ends of the cable; one link is one point of failure',
      lines,
      apply: (intent, all) => ({
        intent: bonds.reduce((made, { host, bond }) => withFaster(made, host, bond, speed), intent),
        declared: all,
      }),
    },
  ]
}

function withFaster(intent: Intent, host: Host, bond: Bond, speed: number): Intent {
  const [first] = bond.options.members ?? []
  if (first === undefined) return intent
  const hosts = intent.hosts.map(one =>
    one.name !== host.name
      ? one
      : {
          ...one,
          ports: one.ports.map(port =>
            port.name === first ? { ...port, options: { ...port.options, speed } } : port,
          ),
        },
  )
  return withBond({ ...intent, hosts }, host.name, bond.name, { members: [first] })
}
