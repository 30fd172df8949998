// A prediction as data, for programs. The keys are a promise; what the text says besides has keys of its own.

import type { Advice, FailurePrediction, Prediction } from '../simulate/predict/index.ts'
import type { Figures } from '../simulate/rates/question.ts'
import { jsonText } from './escape.ts'

/** A tenth of a Mbit/s is more than anybody measures. */
const tenth = (mbps: number): number => Math.round(mbps * 10) / 10

const figures = ({ least, expected, most }: Figures) => ({
  least: tenth(least),
  expected: tenth(expected),
  most: tenth(most),
})

const howOf = ({ runs }: Prediction) => runs.map(({ spread }) => spread.how)

/** What `predict --format json` prints, as a value. */
export function predictionData(prediction: Prediction) {
  const [how, howBack] = howOf(prediction)
  return {
    lags: prediction.lags.map(({ node, lag, forms, carrying, standby, upAfterMs, detection, why }) => ({
      node,
      lag,
      forms,
      carrying,
      standby,
      upAfterMs: upAfterMs ?? null,
      detection: {
        linkDownMs: detection.linkDownMs === 'never' ? null : detection.linkDownMs,
        silentPartnerMs: detection.silentPartnerMs === 'never' ? null : detection.silentPartnerMs,
      },
      why,
    })),
    flows: prediction.flows.map(({ name, from, to, stream, hops, mbps }) => ({
      name,
      from,
      to,
      stream,
      hops: hops.map(({ node, lag, port, exact }) => ({ node, lag, port, exact })),
      mbps: figures(mbps),
    })),
    links: prediction.links.map(({ node, port, outMbps, inMbps }) => ({
      node,
      port,
      outMbps: figures(outMbps),
      inMbps: figures(inMbps),
    })),
    expectations: prediction.expectations.map(({ from, to, wantMbps, getMbps, met, why }) => ({
      from,
      to,
      wantMbps,
      getMbps: figures(getMbps),
      met,
      why,
    })),
    /** `certain`, `exact` over all outcomes of unknown hashes, or `bounds`; of the declared direction and the other. */
    figures: { declared: how, back: howBack },
    assumptions: prediction.assumptions,
    overheads: prediction.overheads,
  }
}

const failureData = ({ thing, after, items, fates, lostForMs }: FailurePrediction) => ({
  failed: thing.said,
  lostForMs: lostForMs === 'never' ? null : lostForMs,
  traffic: items.map(({ before, after: left }) => ({
    from: before.declared.from,
    to: before.declared.to,
    beforeMbps: figures(before.sum),
    afterMbps: figures(left.sum),
  })),
  flows: fates.map(({ flow, fate }) => ({ name: flow.name, stream: flow.stream, fate })),
  lags: after.lags.map(({ node, lag, forms, carrying }) => ({ node, lag, forms, carrying })),
})

const adviceData = ({ what, lines, sum, met, note }: Advice) => ({
  what,
  lines: lines.map(({ path, value }) => ({ path, value })),
  getMbps: figures(sum),
  ...(met !== undefined && { met }),
  ...(note !== undefined && { note }),
})

/** The prediction with failures and advice, where they were asked for, as JSON text. */
export function predictionJson(
  prediction: Prediction,
  failures?: readonly FailurePrediction[],
  advice?: readonly Advice[],
): string {
  return jsonText({
    ...predictionData(prediction),
    ...(failures && { failures: failures.map(failureData) }),
    ...(advice && { advice: advice.map(adviceData) }),
  })
}
