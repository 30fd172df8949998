// Which Linux releases have an option: those of its series and later, and those of older long-term series that took it over.

import { expect, test } from 'vitest'
import { bonding, bondingPort } from '../../src/options/index.ts'
import { kernelHas } from '../../src/targets/target.ts'

const actorPortPrio = bondingPort['actor-port-prio']

test.each([
  ['6.18', true],
  ['7.2.7', true],
  ['6.17', false],
  ['6.1', false],
  ['6.1.174', false],
  ['6.1.175', true],
  ['6.1.176', true],
  ['6.2.200', false],
  ['6.12.94', false],
  ['6.12.95', true],
  ['5.10.300', false],
] as const)('Linux %s: %s', (release, has) => {
  expect(kernelHas(release, actorPortPrio)).toBe(has)
})

test('an option without a beginning is in all', () => {
  expect(kernelHas('4.4', bonding.mode)).toBe(true)
})
