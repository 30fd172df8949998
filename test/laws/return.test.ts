// The law that this program exists for: what comes back from the rendered files is what was said, less what was reported;
// and what was read back renders to the same bytes. BONDPLAN_RUNS makes it as large as a night allows.

import fc from 'fast-check'
import { describe, test } from 'vitest'
import { targets } from '../../src/targets/index.ts'
import { anyHost, anyHostFields, hostOf, renamed } from '../support/intents.ts'
import { expectReturn } from '../support/return.ts'

const runs = Number(process.env.BONDPLAN_RUNS ?? 200)
const hosts = targets.filter(target => target.side === 'host')

/** Where names have to be those of the system, hosts get such names, or nothing of them would be written. */
const namesThatFit = { port: 'ix', bond: 'bond', vlan: 'vlan', bridge: 'bridge' } as const
const fitting = anyHostFields.map(fields => hostOf(renamed(fields, namesThatFit)))

describe.each(hosts.map(target => ({ id: target.id, target })))('$id', ({ target }) => {
  test.each(target.versions)(
    'as of %s, what comes back is what was said, less what was reported',
    version => {
      fc.assert(
        fc.property(
          target.unnamed === undefined ? anyHost : fitting,
          host => void expectReturn(host, target, version),
        ),
        { numRuns: Math.ceil(runs / target.versions.length) },
      )
    },
  )
})
