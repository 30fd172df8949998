// predict: will each LAG form, which link does each flow take, what rate does each get, both ways, and what a failure or
// another setting makes of it. What is said is simulate/predict's; this reads what was asked for and prints it.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Texts } from '../../diagnostics/origin.ts'
import { visible } from '../../report/escape.ts'
import { predictionJson } from '../../report/prediction-json.ts'
import { predictionText } from '../../report/prediction-text.ts'
import {
  advise,
  type Declared,
  everyFailure,
  type FailedThing,
  failedThing,
  type Prediction,
  predict,
  predictFailure,
  together,
} from '../../simulate/predict/index.ts'
import { cablingOption } from '../cables.ts'
import { collect, type Register, type Status } from '../command.ts'
import { readFlows } from '../flows.ts'
import { intentFiles, loadIntents } from '../intents.ts'
import { type Io, Usage } from '../io.ts'
import { complain, statusOf } from '../report.ts'

interface Options {
  readonly flows?: string
  readonly fail?: readonly string[]
  readonly eachFailure?: boolean
  readonly advise?: boolean
  readonly cabling?: string
  readonly format: string
}

const formats = ['text', 'json', 'html', 'svg'] as const
type Format = (typeof formats)[number]

export const register: Register = (program, io, done) => {
  program
    .command('predict')
    .summary('say what rate each flow will get, and why')
    .description(
      'Says of an intent whether each LAG forms, which links each flow takes, what rate it gets in both directions, what a failure leaves and which setting would help. Exits 1 when an expectation of the traffic is certainly not met.',
    )
    .argument('<intent...>', 'YAML or JSON files, folders, or - for standard input')
    .option('--flows <file>', "YAML or JSON list of flows, instead of the intent's traffic")
    .option(...cablingOption)
    .option(
      '--fail <what>',
      'a port such as s1:eth1, a switch or a host that fails; several fail at once',
      collect,
    )
    .option('--each-failure', 'every cable and every switch, one at a time')
    .option('--advise', 'rank the settings that would give more')
    .option('--format <format>', 'text, json, html or svg', 'text')
    .action(async (paths: readonly string[], options: Options) => done(await answer(io, paths, options)))
}

async function answer(io: Io, paths: readonly string[], options: Options): Promise<Status> {
  const format = formats.find(one => one === options.format)
  if (format === undefined)
    throw new Usage(`--format is ${formats.join(', ')}, not ${visible(options.format)}`)
  const files = intentFiles(io, paths)
  const loaded = loadIntents(io, files, options.cabling)
  const flows = options.flows === undefined ? undefined : readFlows(io, options.flows)
  const asked = flows === undefined ? {} : { flows: flows.value }
  const predicted = predict(loaded.intent, asked)
  const nothing: readonly Diagnostic[] =
    predicted.value.items.length > 0 || predicted.diagnostics.length > 0 || flows?.diagnostics.length
      ? []
      : [
          {
            code: 'no-traffic',
            severity: 'note',
            message: 'the intent names no traffic, so there are no rates to say',
            help: 'say traffic: [{from: s1, to: s2}], or use --flows',
          },
        ]
  const diagnostics = [
    ...loaded.diagnostics,
    ...(flows?.diagnostics ?? []),
    ...predicted.diagnostics,
    ...nothing,
  ]
  const texts: Texts = {
    get: file => (file === flows?.text?.file ? flows.text : loaded.texts.get(file)),
  }
  complain(io, { ...loaded, texts, diagnostics })
  await print(io, predicted.value, format, options, asked)
  const missed = predicted.value.expectations.some(({ met }) => met === 'no')
  return missed ? 1 : statusOf(diagnostics)
}

/** Of more groups of flows than this, both ways, advice is given only where it is asked for: each trial is a prediction. */
const mostUnasked = 64

async function print(
  io: Io,
  value: Prediction,
  format: Format,
  options: Options,
  asked: { readonly flows?: readonly Declared[] },
): Promise<void> {
  const things = failuresAsked(value, options) ?? (format === 'html' ? someFailures(value) : undefined)
  const failures = things?.map(thing => predictFailure(value, thing, asked))
  const wanting = value.expectations.some(({ met }) => met !== 'yes') && value.groups.length <= mostUnasked
  const unasked = (format === 'html' && value.groups.length <= mostUnasked) || (format === 'text' && wanting)
  const advice = options.advise || unasked ? advise(value, asked.flows) : undefined
  if (format === 'json') {
    io.out(predictionJson(value, failures, advice))
    return
  }
  if (format === 'html' || format === 'svg') {
    const { predictionPage, predictionSvg } = await import('../../report/prediction-html.ts')
    io.out(format === 'html' ? predictionPage(value, failures ?? [], advice ?? []) : predictionSvg(value))
    return
  }
  const colour = io.outIsTerminal && !io.env.NO_COLOR && io.env.TERM !== 'dumb'
  const width = io.outIsTerminal ? io.columns : 80
  const more = { ...(failures && { failures }), ...(advice && { advice }) }
  io.out(predictionText(value, { width, colour, allAdvice: options.advise === true, ...more }))
}

/** The failures that a page has unasked: all of a small network, none of a large one. */
function someFailures({ network }: Prediction): readonly FailedThing[] {
  const all = everyFailure(network)
  return all.length > 40 ? [] : all
}

/** What is to fail, one after the other; undefined where nothing is. Throws Usage. */
function failuresAsked(
  { network }: Prediction,
  { fail, eachFailure }: Options,
): readonly FailedThing[] | undefined {
  if (fail === undefined && !eachFailure) return undefined
  const named = (fail ?? []).map(said => {
    const thing = failedThing(network, said)
    if (thing !== undefined) return thing
    const known = everyFailure(network).map(one => one.said)
    throw new Usage(
      `--fail ${visible(said)}: there is no such port with a cable, switch or host; there are ${visible(known.slice(0, 12).join(', '))}`,
    )
  })
  return [...(named.length > 0 ? [together(named)] : []), ...(eachFailure ? everyFailure(network) : [])]
}
