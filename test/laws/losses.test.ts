// Lint asks what a target loses and makes no settings; what it is told is what the walk that writes them says.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { targets } from '../../src/targets/index.ts'
import { lossesIn, place } from '../../src/targets/place.ts'
import { anyHost } from '../support/intents.ts'

const runs = Number(process.env.BONDPLAN_RUNS ?? 200)

describe.each(targets.map(target => [target.id, target] as const))('%s', (_, target) => {
  test.each(target.versions)('loses as of %s what it does not write', version => {
    fc.assert(
      fc.property(anyHost, host => {
        expect(lossesIn(host, target, version)).toEqual(place(host, target, version).lost)
      }),
      { numRuns: Math.ceil(runs / target.versions.length) },
    )
  })
})
