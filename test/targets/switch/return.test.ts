// The law of return for switches: what is read back from a configuration is what was planned, less what was reported.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Lag } from '../../../src/intent/intent.ts'
import type { PlannedLag, SwitchPlan } from '../../../src/intent/partner.ts'
import { carriedMtu, countedMtu } from '../../../src/platforms/mtu.ts'
import { type SwitchCase, switchCases } from './cases.ts'
import { made, readBack, targetNamed } from './support.ts'

const vlan = fc.integer({ min: 2, max: 900 })

const lagOptions = fc.record(
  {
    mode: fc.constantFrom('active', 'passive', 'static'),
    'lacp-rate': fc.constantFrom('slow', 'fast'),
    'system-priority': fc.constant(100),
    'port-priority': fc.integer({ min: 1, max: 65535 }),
    key: fc.integer({ min: 1, max: 1000 }),
    'min-links': fc.integer({ min: 1, max: 4 }),
    'max-links': fc.integer({ min: 2, max: 8 }),
    fallback: fc.constantFrom('on', 'off'),
    vlans: fc.array(
      fc.oneof(
        vlan,
        fc.tuple(vlan, fc.integer({ min: 0, max: 20 })).map(([from, more]) => `${from}-${from + more}`),
      ),
      { maxLength: 4 },
    ),
    native: fc.oneof(fc.constant(1), vlan),
    untagged: fc.boolean(),
    mtu: fc.constantFrom(1500, 4000, 9000),
    edge: fc.boolean(),
    description: fc
      .constantFrom('to h1 bond0', 'web-3', 'a', 'rack 7 (left)')
      .filter(text => !text.includes('(')),
  },
  { requiredKeys: [] },
)

const anySwitch = fc.record({
  'load-balance': fc.constantFrom(undefined, 'layer2', 'layer2+3', 'layer3+4'),
  first: lagOptions,
  second: lagOptions,
})

type Said = typeof anySwitch extends fc.Arbitrary<infer V> ? V : never

function intentOf({ id, ports: [a, b, c, d] }: SwitchCase, said: Said): string {
  const { 'load-balance': policy, first, second } = said
  // What the whole device has once is said alike, so that LAGs do not clash.
  const mtu = first.mtu === undefined ? {} : { mtu: first.mtu }
  const { mtu: _, ...rest } = second
  return JSON.stringify({
    hosts: {
      h1: {
        target: 'netplan',
        ports: { eth0: { to: `sw1:${a}` }, eth1: { to: `sw1:${b}` } },
        bonds: { bond0: { members: ['eth0', 'eth1'], mode: '802.3ad', lag: 2 } },
      },
    },
    switches: {
      sw1: {
        platform: id,
        ...(policy !== undefined && { 'load-balance': policy }),
        lags: { '2': first, '4': { ports: [c, d], ...rest, ...mtu } },
      },
    },
  })
}

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
