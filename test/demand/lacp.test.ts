// The LACP simulation against real bonds: the same scenarios, played by a kernel, must group the same ports, use the
// same ports, have the same bonds up, and notice failures in the same time. Those that test/real/lacp.test.ts
// leaves out.
import { beforeAll, describe, expect, test } from 'vitest'
import { differencesOf, scenarios, series } from '../real/lacp/played.ts'
import { isInEveryRun, type Scenario } from '../real/lacp/scenarios.ts'

const chosen = scenarios.filter(scenario => !isInEveryRun(scenario))
let differences: ReadonlyMap<Scenario, string> = new Map()

beforeAll(async () => {
  differences = await differencesOf(chosen)
}, 1_300_000)

describe(`the simulation agrees with real bonds of ${series}`, () => {
  test.each(chosen.map(scenario => ({ id: scenario.id, scenario })))('$id', ({ scenario }) => {
    expect(differences.get(scenario)).toBeUndefined()
  })
})
