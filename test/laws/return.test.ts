// The law that this program exists for: what comes back from the rendered files is what was said, less what was reported;
// and what was read back renders to the same bytes. BONDPLAN_RUNS makes it as large as a night allows.

import fc from 'fast-check'
import { describe, test } from 'vitest'
import { targets } from '../../src/targets/index.ts'
import { anyHost } from '../support/intents.ts'
import { expectReturn } from '../support/return.ts'

const runs = Number(process.env.BONDPLAN_RUNS ?? 200)
const hosts = targets.filter(target => target.side === 'host')

describe.each(hosts.map(target => ({ id: target.id, target })))('$id', ({ target }) => {
  test.each(target.versions)(
    'as of %s, what comes back is what was said, less what was reported',
    version => {
      fc.assert(
        fc.property(anyHost, host => void expectReturn(host, target, version)),
        { numRuns: Math.ceil(runs / target.versions.length) },
      )
    },
  )
})
