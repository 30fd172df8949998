// What the page of a prediction can be switched between: the network as it is, after each failure, and with each
// setting that would help; each in both directions, flow by flow. Words and numbers are made here, the page only shows.

import {
  type Advice,
  type FailurePrediction,
  type Network,
  type Prediction,
  reasonFor,
} from '../simulate/predict/index.ts'
import { linkLabel, loadClass } from './prediction-svg.ts'
import { fixedFacts, flowRows, hop, line, rate, rates, sentence, streams, time } from './prediction-words.ts'

export interface PageFlow {
  readonly label: string
  readonly way: string
  readonly links: readonly number[]
  readonly least: string
  readonly expected: string
  readonly most: string
}

export interface PageRun {
  /** By link: its class of load, and its number. */
  readonly classes: readonly string[]
  readonly labels: readonly string[]
  readonly flows: readonly PageFlow[]
  readonly answer: readonly string[]
}

export interface PageCase {
  readonly label: string
  readonly group: 'now' | 'failure' | 'setting'
  /** Links that are cut. */
  readonly cut: readonly number[]
  readonly runs: readonly [PageRun, PageRun]
  readonly notes: readonly string[]
}

const lossOf = (ms: number | 'never'): string =>
  ms === 'never'
    ? 'Frames are lost for good: nothing notices.'
    : ms === 0
      ? 'Who sends there knows it at once: only what was on the way is lost.'
      : `Frames are lost for ${time(ms)} at most.`

/** All cases, the network as it is first. */
export function pageCases(
  prediction: Prediction,
  failures: readonly FailurePrediction[],
  advice: readonly Advice[],
): readonly PageCase[] {
  const now: PageCase = {
    label: 'as it is',
    group: 'now',
    cut: [],
    runs: runsOf(prediction),
    notes: notesOf(prediction),
  }
  return [
    now,
    ...failures.map(
      ({ thing, after, lostForMs }): PageCase => ({
        label: `${thing.said} fails`,
        group: 'failure',
        cut: cutLinks(prediction.network, thing),
        runs: runsOf(after),
        notes: [lossOf(lostForMs)],
      }),
    ),
    ...advice.map(
      ({ what, lines, note, prediction: then }): PageCase => ({
        label: what,
        group: 'setting',
        cut: [],
        runs: runsOf(then),
        notes: [...lines.map(line), ...(note === undefined ? [] : [sentence(note)])],
      }),
    ),
  ]
}

function cutLinks({ cables }: Network, thing: FailurePrediction['thing']): readonly number[] {
  return cables.flatMap(({ ends }, cable) =>
    thing.cables.includes(cable) || ends.some(({ node }) => thing.nodes.includes(node))
      ? [2 * cable, 2 * cable + 1]
      : [],
  )
}

function notesOf(prediction: Prediction): readonly string[] {
  const open = prediction.items.filter(
    item => !item.back && prediction.expectations.some(one => one.item === item.item && one.met !== 'yes'),
  )
  return [...new Set(open.flatMap(fixedFacts))].map(sentence)
}

function runsOf(prediction: Prediction): readonly [PageRun, PageRun] {
  return [runOf(prediction, false), runOf(prediction, true)]
}

function runOf(prediction: Prediction, back: boolean): PageRun {
  const run = prediction.runs[back ? 1 : 0]
  const rows = flowRows(prediction).filter(row => row.back === back)
  return {
    classes: [...run.spread.loads].map(loadClass),
    labels: run.spread.links.map((_, link) => linkLabel(run, link)),
    flows: rows.map(({ name, stream, hops, mbps }) => ({
      label: `${name}, stream ${stream}`,
      way: hops.map(hop).join(' > '),
      links: hops.flatMap(({ links }) => links),
      least: rate(mbps.least),
      expected: rate(mbps.expected),
      most: rate(mbps.most),
    })),
    answer: prediction.items.flatMap(item => {
      if (item.back !== back) return []
      const { declared, sum } = item
      const [from, to] = back ? [declared.to, declared.from] : [declared.from, declared.to]
      const hoped =
        back || declared.expectMbps === undefined ? '' : ` of the hoped ${rate(declared.expectMbps)}`
      return [
        `${from} to ${to}, ${declared.protocol}, ${streams(declared.streams)}: about ${rates(sum, run.spread.how)} Mbit/s${hoped}. ${sentence(reasonFor(item, prediction.groups))}`,
      ]
    }),
  }
}
