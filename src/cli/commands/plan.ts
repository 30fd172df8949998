// plan: what changes from one intent, or from what hosts and switches have, to another, and in which order.

import { plan } from '../../plan/index.ts'
import { asMarkdown, asText } from '../../report/layout.ts'
import { planJson } from '../../report/plan-json.ts'
import { planPage } from '../../report/plan-page.ts'
import { paint } from '../../report/terminal.ts'
import { rules } from '../../rules/index.ts'
import { runRules } from '../../rules/rule.ts'
import { cablingOption, withoutFile } from '../cables.ts'
import type { Register, Status } from '../command.ts'
import { knownFiles, knownFrom, loadAll } from '../foreign.ts'
import { type Io, Usage } from '../io.ts'
import { heeded } from '../one-finding.ts'
import { complain, statusOf } from '../report.ts'

interface Options {
  readonly format: string
  readonly from?: string
  readonly cabling?: string
}

const formats = ['text', 'json', 'markdown']

export const register: Register = (program, io, done) => {
  program
    .command('plan')
    .summary('what a change comes to, and in which order to make it')
    .description(
      'Compares two intents, or what hosts and switches have with an intent: which options change, what each needs of a bond that works, what that interrupts, and in which order the two ends are changed so that the link holds.',
    )
    .argument('<old>', 'an intent, existing configuration, or a folder of either')
    .argument('<new>', 'the same, as it is to be')
    .option('--from <target>', 'what the files of OLD are; auto recognises each', 'auto')
    .option(...cablingOption)
    .option('--format <format>', formats.join(', '), 'text')
    .action((old: string, now: string, options: Options) => done(planned(io, old, now, options)))
}

function planned(io: Io, old: string, now: string, { format, from, cabling }: Options): Status {
  if (!formats.includes(format)) throw new Usage(`--format is ${formats.join(', ')}, not ${format}`)
  const before = load(io, old, knownFrom(from), cabling)
  const after = load(io, now, undefined, cabling)
  // What is wrong with what is there is a reason to change it; what is wrong with what is to be is not planned.
  const broken = heeded(after.intent, runRules({ ...after.intent, traffic: [] }, rules)).filter(
    ({ severity }) => severity === 'error',
  )
  const status = Math.max(statusOf(before.diagnostics), statusOf([...after.diagnostics, ...broken])) as Status
  complain(io, before)
  complain(io, { ...after, diagnostics: [...after.diagnostics, ...broken] })
  if (status !== 0) {
    io.err('Nothing was planned.\n')
    return status
  }
  const found = plan(before.intent, after.intent)
  const colour = io.outIsTerminal && !io.env.NO_COLOR && io.env.TERM !== 'dumb'
  if (format === 'json') io.out(planJson(found))
  else if (format === 'markdown') io.out(asMarkdown(planPage(found)))
  else io.out(asText(planPage(found), io.outIsTerminal ? io.columns : 80, paint(colour)))
  return 0
}

/** The list of cables is that of both: a change of options leaves them where they are. */
const load = (io: Io, path: string, from: string | undefined, cabling: string | undefined) =>
  loadAll(io, withoutFile(io, knownFiles(io, [path], from), cabling), { from, cabling, intents: true })
