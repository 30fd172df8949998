// The law of return for switches: what is read back from a configuration is what was planned, less what was reported.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Lag } from '../../../src/intent/intent.ts'
import type { PlannedLag, SwitchPlan } from '../../../src/intent/partner.ts'
import { carriedMtu, countedMtu } from '../../../src/platforms/mtu.ts'
import { switchCases } from './cases.ts'
import { anySwitch, intentOf } from './generated.ts'
import { made, readBack, targetNamed } from './support.ts'

/** What a LAG looks like after a platform has counted, rounded, and filled in what holds when nothing is said. */
function expected(
  lag: PlannedLag,
  { platform }: SwitchPlan,
  lost: ReadonlySet<string>,
): Record<string, unknown> {
  const { mtu, ...rest } = lag.options
  const counted = mtu === undefined ? undefined : countedMtu(platform, mtu)
  const options: Record<string, unknown> = { ...rest }
  if (counted !== undefined) options.mtu = mtu === 1500 ? 1500 : carriedMtu(platform, counted)
  for (const id of lost) delete options[id]
  return options
}

describe.each(switchCases.filter(({ reads }) => reads))('$id', one => {
  const target = targetNamed(one.id)
  test('what comes back is what was planned, less what was reported', () => {
    fc.assert(
      fc.property(anySwitch, said => {
        const { plan, files, diagnostics } = made(intentOf(one, said), target)
        const { self, diagnostics: unread } = readBack(files, target)
        expect(unread).toEqual([])
        expect(self.lags.map(({ number }) => number)).toEqual(plan.lags.map(({ number }) => number))
        for (const lag of plan.lags) {
          const lost = lostOf(diagnostics, lag)
          const back = self.lags.find(({ number }) => number === lag.number) as Lag
          const want = expected(lag, plan, lost)
          // Only what was planned is compared: a reader says more, the platform's own defaults.
          const got = Object.fromEntries(
            Object.keys(want).map(id => [id, back.options[id as keyof typeof back.options]]),
          )
          expect(got).toEqual(want)
        }
        const policy = plan.options['load-balance']
        const said_ = diagnostics.some(({ message }) => message.includes('load-balance'))
        if (policy !== undefined && !said_) {
          expect(self.options['load-balance'] ?? silentPolicy(one.id)).toBe(policy)
        }
      }),
      { numRuns: 200, seed: 7 },
    )
  })
})

function silentPolicy(id: string): unknown {
  const stance = targetNamed(id).spellings.switch['load-balance']
  return stance?.stance === 'lines' ? stance.silent : undefined
}

/** The options of a LAG that a diagnostic names, and those that no stance of the target says. */
function lostOf(diagnostics: readonly { readonly message: string }[], lag: PlannedLag): ReadonlySet<string> {
  const title = `LAG ${lag.number}: `
  const named = diagnostics.flatMap(({ message }) => {
    const at = message.indexOf(title)
    return at < 0 ? [] : [message.slice(at + title.length).split(' ')[0] ?? '']
  })
  // Derived, and not reported where the platform cannot say it: what nobody said is nobody's loss.
  const derived = Object.keys(lag.options).filter(
    id => lag.stands[id] === undefined && !['mode', 'ports', 'vlans', 'native'].includes(id),
  )
  return new Set([...named, ...derived])
}
