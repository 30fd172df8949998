// A prediction for people at a terminal: the answer in words first, then why, what would help, and the small tables.

import {
  type Advice,
  type FailurePrediction,
  type ItemPrediction,
  linkEnds,
  type Prediction,
  reasonFor,
} from '../simulate/predict/index.ts'
import { visible } from './escape.ts'
import {
  adviceGets,
  byLoss,
  fixedFacts,
  flowRows,
  hop,
  line,
  rate,
  rates,
  sentence,
  streams,
  time,
} from './prediction-words.ts'
import { bar, type Paint, paint, table, wrap } from './terminal.ts'

export interface TextOptions {
  readonly width: number
  readonly colour: boolean
  readonly failures?: readonly FailurePrediction[]
  readonly advice?: readonly Advice[]
  /** Whether advice was asked for: then all of it is shown, and not the best few. */
  readonly allAdvice?: boolean
}

/** More rows than this are for a program to read. */
const mostRows = 40

/** The prediction as text, lines of at most `width` columns where words allow it. */
export function predictionText(prediction: Prediction, options: TextOptions): string {
  const { width, colour } = options
  const ink = paint(colour)
  const parts = [
    ...answers(prediction, width, ink),
    advicePart(prediction, options, ink),
    ...fixedPart(prediction, width, ink),
    failurePart(options, ink),
    lagPart(prediction, width, ink),
    flowPart(prediction, width, ink),
    linkPart(prediction, width, ink),
    assumptionPart(prediction, width, ink),
  ]
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

const indented = (text: string, width: number, indent = '  '): string =>
  wrap(visible(text), width - indent.length)
    .map(one => `${indent}${one}`)
    .join('\n')

function answers(prediction: Prediction, width: number, ink: Paint): readonly string[] {
  const { items, expectations, groups, runs } = prediction
  return items.flatMap(item => {
    if (item.back) return []
    const { declared, sum } = item
    const expectation = expectations.find(one => one.item === item.item)
    const head = `${declared.from} to ${declared.to}, ${declared.protocol}, ${streams(declared.streams)}: `
    const hoped = expectation === undefined ? '' : verdict(expectation)
    const style =
      expectation?.met === 'no' ? ink.error : expectation?.met === 'maybe' ? ink.warning : ink.strong
    const said = wrap(visible(`${head}about ${rates(sum, runs[0].spread.how)} Mbit/s${hoped}.`), width).map(
      style,
    )
    const why =
      item.lost !== undefined || expectation?.met !== 'yes'
        ? [indented(sentence(reasonFor(item, groups, declared.expectMbps)), width)]
        : []
    return [[...said, ...why, ...wayBack(prediction, item, width)].join('\n')]
  })
}

const verdict = ({ wantMbps, met }: Prediction['expectations'][0]): string =>
  met === 'yes'
    ? `, as much as the hoped ${rate(wantMbps)}`
    : met === 'no'
      ? ` of the hoped ${rate(wantMbps)}`
      : `; the hoped ${rate(wantMbps)} may be reached or not`

function wayBack(
  { items, groups, runs }: Prediction,
  { item, declared }: ItemPrediction,
  width: number,
): readonly string[] {
  const back = items.find(one => one.back && one.item === item)
  if (back === undefined) return []
  const said = `The other way, ${declared.to} to ${declared.from}: about ${rates(back.sum, runs[1].spread.how)} Mbit/s.`
  return [indented(said, width), indented(sentence(reasonFor(back, groups)), width)]
}

/** How much advice is given unasked. */
const fewAdvice = 3

function advicePart(prediction: Prediction, { advice, allAdvice, width }: TextOptions, ink: Paint): string {
  if (advice === undefined) return ''
  if (advice.length === 0)
    return allAdvice ? `${ink.strong('What to change')}\n  No setting that was tried gives more.` : ''
  const shown = allAdvice ? advice : different(advice).slice(0, fewAdvice)
  const most = Math.max(...advice.map(({ sum }) => sum.most), 1)
  const blocks = shown.map(({ what, lines, sum, note }, at) => {
    const head = `${at + 1}. ${what}: ${adviceGets(sum)}${note === undefined ? '' : ` (${note})`}`
    const chart = `     ${bar(sum.expected / most, Math.min(30, width - 20))}`.trimEnd()
    return [
      wrap(visible(`  ${head}`), width, '     ').join('\n'),
      chart,
      ...lines.map(one => `     ${ink.help(visible(line(one)))}`),
    ].join('\n')
  })
  const left = advice.length - shown.length
  const more = left > 0 ? [`  ${left} more with --advise.`] : []
  const now = prediction.items.reduce((sum, item) => sum + (item.back ? 0 : item.sum.expected), 0)
  return [ink.strong(`What to change (now ${rate(now)} Mbit/s in all)`), ...blocks, ...more].join('\n')
}

/** Of advice that changes the same lines to different values, the best. */
function different(advice: readonly Advice[]): readonly Advice[] {
  const seen = new Set<string>()
  return advice.filter(({ lines }) => {
    const name = lines.map(({ path }) => path.join('.')).join()
    return seen.has(name) ? false : seen.add(name)
  })
}

function fixedPart({ items, expectations }: Prediction, width: number, ink: Paint): readonly string[] {
  const open = items.filter(
    item => !item.back && expectations.some(one => one.item === item.item && one.met !== 'yes'),
  )
  const facts = [...new Set(open.flatMap(fixedFacts))]
  if (facts.length === 0) return []
  return [
    [
      ink.strong('What cannot be changed'),
      ...facts.slice(0, 6).map(fact => indented(sentence(fact), width)),
    ].join('\n'),
  ]
}

function failurePart({ failures, width }: TextOptions, ink: Paint): string {
  if (failures === undefined) return ''
  const rows = byLoss(failures).flatMap(({ thing, items, fates, lostForMs }) => {
    const count = (fate: string): number => fates.filter(one => one.fate === fate).length
    const moved = [
      [count('stops'), 'stop'],
      [count('moves'), 'move'],
      [count('may-move'), 'may move'],
      [count('stays'), 'stay'],
    ].flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`]))
    return items.map(({ before, after }, at) => [
      at === 0 ? thing.said : '',
      `${before.declared.from} to ${before.declared.to}`,
      rates(before.sum),
      rates(after.sum),
      at === 0
        ? lostFor(
            lostForMs,
            items.every(one => one.after.sum.most === 0),
          )
        : '',
      at === 0 ? moved.join(', ') : '',
    ])
  })
  const header = ['fails', 'traffic', 'before', 'after', 'lost', 'streams']
  return `${ink.strong('Failures')} (Mbit/s; lost: how long frames are lost at the most)\n${table(
    rows.map(row => row.map(visible)),
    { width, header },
  )}`
}

const lostFor = (ms: number | 'never', stopped: boolean): string =>
  stopped || ms === 'never' ? 'for good' : ms === 0 ? '0 s' : time(ms)

function lagPart({ lags }: Prediction, width: number, ink: Paint): string {
  if (lags.length === 0) return ''
  const rows = lags
    .slice(0, mostRows)
    .map(({ node, lag, forms, carrying, standby, upAfterMs, detection }) => [
      `${node} ${lag}`,
      forms ? 'forms' : 'does not form',
      carrying.join(' ') || 'none',
      standby.map(({ port }) => port).join(' '),
      forms ? time(upAfterMs) : '',
      `${time(detection.linkDownMs)} / ${time(detection.silentPartnerMs)}`,
    ])
  const header = ['LAG', '', 'carry', 'do not', 'up after', 'link down / silence seen']
  const reasons = lags
    .filter(({ forms, standby }) => !forms || standby.length > 0)
    .flatMap(({ node, lag, why }) => why.map(one => indented(`${node} ${lag}: ${one}`, width)))
  return [
    ink.strong('LAGs'),
    table(
      rows.map(row => row.map(visible)),
      { width, header },
    ),
    ...cut(lags.length),
    ...reasons.slice(0, mostRows),
  ].join('\n')
}

const cut = (count: number): readonly string[] =>
  count > mostRows ? [`  and ${count - mostRows} more: --format json has all`] : []

function flowPart(prediction: Prediction, width: number, ink: Paint): string {
  const rows = flowRows(prediction)
  if (rows.length === 0) return ''
  const exact = rows.flatMap(({ hops }) => hops).every(one => one.exact)
  const how = prediction.runs[0].spread.how
  const cells = rows
    .slice(0, mostRows)
    .map(({ name, stream, hops, mbps }) => [
      name,
      stream,
      hops.map(hop).join(' > '),
      rate(mbps.least),
      rate(mbps.expected),
      rate(mbps.most),
    ])
  const header = ['flow', 'stream', 'way', 'least', how === 'bounds' ? 'at most exp.' : 'expected', 'most']
  const note = exact ? 'every port is known' : 'a | b: one of them, it is not known which'
  return [
    `${ink.strong('Flows')} (Mbit/s of each stream; ${note})`,
    table(
      cells.map(row => row.map(visible)),
      { width, header, align: ['left', 'right', 'left', 'right', 'right', 'right'] },
    ),
    ...cut(rows.length),
  ].join('\n')
}

function linkPart({ network, runs }: Prediction, width: number, ink: Paint): string {
  const blocks = runs.flatMap(({ spread }, at) => {
    const used = spread.links.flatMap((figures, link) => (figures.most > 0 ? [{ figures, link }] : []))
    if (used.length === 0) return []
    const rows = used.slice(0, mostRows).map(({ figures, link }) => {
      const ends = linkEnds(network, link)
      const name =
        ends === undefined ? '' : `${ends.out.node}:${ends.out.port} > ${ends.in.node}:${ends.in.port}`
      return [name, bar(spread.loads[link] ?? 0, 20), rates(figures, spread.how)]
    })
    const title = at === 0 ? 'Links, declared traffic' : 'Links, the other way'
    return [
      `${ink.strong(title)} (expected load, Mbit/s of payload)\n${table(
        rows.map(row => row.map(visible)),
        { width },
      )}${cut(used.length)
        .map(one => `\n${one}`)
        .join('')}`,
    ]
  })
  return blocks.join('\n\n')
}

function assumptionPart({ assumptions, overheads, runs }: Prediction, width: number, ink: Paint): string {
  const { how, outcomes } = runs[0].spread
  const figures = {
    certain: 'The figures are exact: there is one outcome.',
    exact: `The figures are exact over all ${outcomes} outcomes of the unknown choices.`,
    bounds:
      'There are too many outcomes to go through: least and most are bounds, and the expectation is at most what is shown.',
  }[how]
  const parts = [figures, ...overheads.map(sentence), ...assumptions.map(sentence)]
  return [ink.strong('How sure'), ...parts.map(one => indented(one, width))].join('\n')
}
