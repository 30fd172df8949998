// Options, modes and targets, in bonds that say many at once, on each kernel with the user space of its Debian release:
// rendered for the versions that are there, what is brought up holds what was said, less what was reported. So a `since` that
// is too early fails here. The other way round, what a target says it cannot write for that version is written all the same, as
// for its newest: its reader then complains, or the driver does not hold it. So a `since` that is too late fails as well.
//
// BONDPLAN_KERNELS names kernels, BONDPLAN_TARGETS targets, separated by commas.

import { beforeAll, describe, expect, test } from 'vitest'
import { type RigCase, type RigOutcome, runCases } from '../rig/cases.ts'
import { kernel, release, suites, userSpace } from '../rig/kernels.ts'
import { casesOf, compared, type Planned, plan } from '../rig/matrix.ts'
import { runnable, versionIn } from '../rig/targets.ts'
import { type OptionCase, optionCases } from '../support/option-cases.ts'
import { packed } from '../support/packed.ts'
import { kernelsAsked } from './asked.ts'

/** What a root folder holds (kernels.ts); the others' programs are the machine's own. */
const inRoots = ['netplan', 'networkd', 'ifupdown', 'iproute2']
const asked = (process.env.BONDPLAN_TARGETS ?? inRoots.join(',')).split(',')
const targets = runnable.filter(({ id }) => asked.includes(id))
const perHost = 12

const title = ({ target, option }: Planned): string =>
  `${target.id}, ${option.mode}, ${option.id} ${option.shown}`

describe.each(kernelsAsked)('Linux %s', name => {
  let planned: readonly Planned[] = []
  let early: readonly Planned[] = []
  const outcomes = new Map<RigCase, RigOutcome>()
  const versions: Record<string, string | undefined> = {}

  const outcomeOf = (one: Planned): RigOutcome => {
    const outcome = outcomes.get(one.rigCase)
    if (outcome === undefined) throw new Error('the case was not played')
    return outcome
  }

  beforeAll(async () => {
    const root = await userSpace(suites[name])
    const booted = { ...(await kernel(name)), root }
    const series = release(booted).split('.').slice(0, 2).join('.')
    for (const target of targets) versions[target.id] = versionIn(target, root)
    expect(Object.values(versions)).not.toContain(undefined)
    const options = optionCases(series, 'eth0')
    const versionOf = ({ id }: { readonly id: string }) => versions[id]
    planned = plan(packed(options), targets, versionOf, perHost)
    early = withheld(plan(options, targets, versionOf, perHost), options)
    const cases = [...casesOf(planned), ...casesOf(early)]
    for (const [at, outcome] of (await runCases(cases, { kernel: booted, caseMs: 120_000 })).entries()) {
      const rigCase = cases[at]
      if (rigCase !== undefined) outcomes.set(rigCase, outcome)
    }
  })

  test.each(targets.map(({ id }) => id))('%s: what is brought up holds what was said', id => {
    const own = planned.filter(({ target }) => target.id === id)
    const wrong = own.flatMap(one => {
      const outcome = outcomeOf(one)
      const { held, settled } = compared(one, outcome)
      return outcome.error === undefined && JSON.stringify(held) === JSON.stringify(settled)
        ? []
        : [{ title: title(one), error: outcome.error, held, settled, log: outcome.log }]
    })
    console.info(
      `${name}, ${id} ${versions[id]}: ${own.length - wrong.length} of ${own.length} as the tables say`,
    )
    expect(wrong.slice(0, 3)).toEqual([])
  })

  test('what is newer than a program is not taken by it', () => {
    const taken = early.filter(one => {
      const { held, settled } = compared({ ...one, lost: new Set() }, outcomeOf(one))
      const id = one.option.id as keyof typeof held
      return JSON.stringify(held[id]) === JSON.stringify(settled[id]) && outcomeOf(one).warnings.length === 0
    })
    console.info(`${name}: ${early.length} that are newer than their reader, ${taken.length} of them taken`)
    expect(taken.map(title)).toEqual([])
  })
})

/** What was reported as newer than the program, rendered as for the newest, one bond to a host. */
function withheld(planned: readonly Planned[], options: readonly OptionCase[]): readonly Planned[] {
  const newest = plan(options, targets, () => undefined, 1)
  const isLost = ({ lost, bond, option }: Planned): boolean => lost.has(`bonds.${bond}.${option.id}`)
  return planned.flatMap(one => {
    if (!isLost(one)) return []
    const same = newest.find(({ target, option }) => target === one.target && option === one.option)
    return same === undefined || isLost(same)
      ? []
      : [{ ...same, rigCase: { ...same.rigCase, id: `newer ${same.rigCase.id}` } }]
  })
}
