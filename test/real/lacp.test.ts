// The LACP simulation against real bonds: the same scenarios, played by a kernel, must group the same ports, use the
// same ports, have the same bonds up, and notice failures in the same time. Here those of every run; the rest is in
// test/demand/lacp.test.ts, as all together take minutes.
import { beforeAll, describe, expect, test } from 'vitest'
import { differencesOf, scenarios, series } from './lacp/played.ts'
import { isInEveryRun, type Scenario } from './lacp/scenarios.ts'

const chosen = scenarios.filter(scenario => isInEveryRun(scenario))
let differences: ReadonlyMap<Scenario, string> = new Map()

beforeAll(async () => {
  differences = await differencesOf(chosen)
}, 1_300_000)

describe(`the simulation agrees with real bonds of ${series}`, () => {
  test.each(chosen.map(scenario => ({ id: scenario.id, scenario })))('$id', ({ scenario }) => {
    expect(differences.get(scenario)).toBeUndefined()
  })

  test('in the 30 scenarios and more of every run', () => expect(chosen.length).toBeGreaterThanOrEqual(34))
})
