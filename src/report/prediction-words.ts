// Words that the prediction's reports share: rates, times, ways, lines of the intent, and what no setting changes.

import type {
  FailurePrediction,
  HopPrediction,
  ItemPrediction,
  Line,
  Prediction,
} from '../simulate/predict/index.ts'
import type { Figures } from '../simulate/rates/question.ts'
import { visible } from './escape.ts'

/** Mbit/s without digits that nobody measures. */
export const rate = (mbps: number): string =>
  mbps > 0 && mbps < 10 ? mbps.toFixed(1) : String(Math.round(mbps))

/** `941`, or `941 to 1883, 1412 expected`. */
export function rates(
  { least, expected, most }: Figures,
  how?: Prediction['runs'][0]['spread']['how'],
): string {
  if (rate(least) === rate(most)) return rate(most)
  return `${rate(least)} to ${rate(most)}, ${how === 'bounds' ? 'at most ' : ''}${rate(expected)} expected`
}

/** `0.1 s`, `90 s`, or that it never happens. */
export const time = (ms: number | 'never' | undefined): string =>
  ms === undefined || ms === 'never'
    ? 'never'
    : ms === 0
      ? 'at once'
      : `${Math.max(0.1, Math.round(ms / 100) / 10)} s`

/** A path with its value as one would say it: `hosts.s1.bonds.bond0.mode: balance-rr`. */
export const line = ({ path, value }: Line): string =>
  `${path.join('.')}: ${Array.isArray(value) ? `[${value.join(', ')}]` : value}`

/** `s1 bond0 eth0`, `sw1 trk5 5|6`. */
export const hop = ({ node, lag, port }: HopPrediction): string =>
  [node, ...(lag === port ? [] : [lag]), port.replaceAll('|', ' | ')].join(' ')

export const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`

export const streams = (count: number): string => `${count} stream${count === 1 ? '' : 's'}`

/** Streams of one group that share their figures, as one row. */
export interface FlowRow {
  readonly name: string
  readonly stream: string
  readonly hops: readonly HopPrediction[]
  readonly mbps: Figures
  readonly back: boolean
}

/** Flows with equal ways and figures joined. */
export function flowRows({ flows }: Prediction): readonly FlowRow[] {
  const rows: (FlowRow & { first: number; last: number; key: string })[] = []
  for (const flow of flows) {
    const key = `${flow.name} ${flow.group}`
    const before = rows.at(-1)
    if (before?.key === key) {
      const first = before.first
      rows[rows.length - 1] = { ...before, last: flow.stream, stream: `${first}-${flow.stream}` }
    } else {
      const { name, stream, hops, mbps, back } = flow
      rows.push({ name, stream: String(stream), hops, mbps, back, first: stream, last: stream, key })
    }
  }
  return rows
}

/** What no setting changes for an item, as sentences. */
export function fixedFacts(item: ItemPrediction): readonly string[] {
  const facts: string[] = []
  const hashed = item.stages.find(({ choice, of, sees }) => of > 1 && choice !== 'all' && sees.length > 0)
  if (item.declared.streams === 1 && hashed !== undefined)
    facts.push(
      'one stream stays on one link in every hashed LAG, so that its frames do not overtake each other; no hash changes that',
    )
  const last = item.stages.at(-1)
  const first = item.stages[0]
  if (last !== undefined && last !== first && last.of > 1)
    facts.push(
      `by which link ${last.node} sends towards ${item.back ? item.declared.from : item.declared.to} is the choice of ${last.node} alone; the hosts cannot change it`,
    )
  const tight = item.stages.reduce<{ where: string; mbps: number } | undefined>(
    (least, { node, lag, of, linkMbps }) => {
      const mbps = of * linkMbps
      return least === undefined || mbps <= least.mbps ? { where: `${node} ${lag}`, mbps } : least
    },
    undefined,
  )
  if (tight !== undefined)
    facts.push(
      `all links of ${tight.where} together are ${tight.mbps} Mbit/s; more needs more or faster links`,
    )
  return facts
}

/** The worst first. */
export const byLoss = (failures: readonly FailurePrediction[]): readonly FailurePrediction[] => {
  const left = ({ items }: FailurePrediction) => items.reduce((sum, { after }) => sum + after.sum.expected, 0)
  return [...failures].sort((a, b) => left(a) - left(b))
}

/** What a trial gives: `941 to 1883 Mbit/s, 1840 expected`. */
export const adviceGets = ({ least, expected, most }: Figures): string =>
  rate(least) === rate(most)
    ? `${rate(most)} Mbit/s`
    : `${rate(expected)} Mbit/s expected (${rate(least)} to ${rate(most)})`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as character data or an attribute's value of HTML and XML. */
export const markup = (text: string): string =>
  visible(text).replace(/[&<>"']/g, found => entities[found] ?? found)
