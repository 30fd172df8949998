// The kernel decides, for the targets that kernel.test.ts leaves out because a bond of them costs several programs: what
// the driver holds of bonds that ip, ifupdown2 and ifupdown-ng bring up is what `effective` says of them, and traffic
// passes. Every value of every option in every mode, in bonds that say many at once.

import { beforeAll, describe, expect, test } from 'vitest'
import { type Mode, modeKind } from '../../src/options/index.ts'
import { type Partner, type RigCase, type RigOutcome, runCases } from '../rig/cases.ts'
import { kernel, release } from '../rig/kernels.ts'
import { casesOf, compared, filesFor, plan } from '../rig/matrix.ts'
import { runnable, versionHere } from '../rig/targets.ts'
import { hostOf } from '../support/intents.ts'
import { commonCases, eachOnce, packed } from '../support/packed.ts'

/** It starts programs three times as fast as that of Debian 12. */
const newest = await kernel('newest')
const series = release(newest).split('.').slice(0, 2).join('.')
const targets = runnable.filter(({ id }) => ['iproute2', 'ifupdown2', 'ifupdown-ng'].includes(id))
const versions = new Map<string, string | undefined>(
  await Promise.all(targets.map(async target => [target.id, await versionHere(target)] as const)),
)
/** Of ifupdown2 the start alone costs as much as ten bonds. */
const perHost = 12
const caseMs = 240_000

/** What that kernel takes and the ip of the machine, Debian 12, has words for. */
const options = commonCases('6.1', series, 'eth0')
/**
 * ifupdown-ng starts five programs for each option that is said and thirty a bond, and does not look at what it hands to
 * ip, whose own bonds are here as well: of it each value is said in one mode.
 */
const casesFor = new Map(targets.map(({ id }) => [id, id === 'ifupdown-ng' ? eachOnce(options) : options]))
const planned = targets.flatMap(target =>
  plan(packed(casesFor.get(target.id) ?? []), [target], ({ id }) => versions.get(id), perHost),
)

/** What each mode needs of the switch to carry traffic. */
const partnerOf: Readonly<Record<Mode, Partner['kind']>> = {
  'balance-rr': 'static',
  'active-backup': 'plain',
  'balance-xor': 'static',
  broadcast: 'static',
  '802.3ad': 'lacp',
  'balance-tlb': 'plain',
  'balance-alb': 'plain',
}
const modes = Object.keys(modeKind.numbers) as readonly Mode[]

/** A network for each mode, untagged in both families, and one for VLAN 20 on it; `end` is 1 or 2. */
const networksOf = (at: number, end: 1 | 2) => ({
  untagged: [`192.0.2.${16 * at + end}/28`, `2001:db8:${at + 1}::${end}/64`],
  tagged: `198.51.100.${16 * at + end}/28`,
})
const portsOf = (at: number): readonly string[] => [`eth${2 * at}`, `eth${2 * at + 1}`]

/** A host with a bond of every mode. */
const everyMode = hostOf({
  bonds: Object.fromEntries(
    modes.map((mode, at) => [
      `bond${at}`,
      {
        mode,
        miimon: 100,
        ...(mode === '802.3ad' && { 'lacp-rate': 'fast' }),
        members: portsOf(at),
        addresses: networksOf(at, 2).untagged,
      },
    ]),
  ),
  vlans: Object.fromEntries(
    modes.map((_, at) => [
      `bond${at}.20`,
      { id: 20, link: `bond${at}`, addresses: [networksOf(at, 2).tagged] },
    ]),
  ),
})

const farEnds = modes.map((_, at) => {
  const { untagged, tagged } = networksOf(at, 1)
  return [...untagged, tagged].map(address => address.replace(/\/.*/, ''))
})

const traffic = targets.map(
  (target): RigCase => ({
    id: `${target.id} traffic`,
    target: target.id,
    files: filesFor(everyMode, target, versions.get(target.id)).files,
    bonds: everyMode.bonds.map(({ name }) => name),
    ports: everyMode.ports.map(({ name }) => name),
    partners: modes.map((mode, at): Partner => {
      const { untagged, tagged } = networksOf(at, 1)
      return {
        kind: partnerOf[mode],
        ports: portsOf(at),
        addresses: [...untagged.map(address => ({ address })), { address: tagged, vlan: 20 }],
      }
    }),
    ping: farEnds.flat(),
    pingMs: 6000,
  }),
)

/** ifupdown2 says so of LACP wherever it reads the value, and sets it. */
const opinion = /attribute bond-min-links is set to '0'$/

const played = new Map<string, RigOutcome>()
const outcomeOf = (id: string): RigOutcome => {
  const outcome = played.get(id)
  if (outcome === undefined) throw new Error('the case was not played')
  expect(outcome.error, outcome.log).toBeUndefined()
  return outcome
}

beforeAll(async () => {
  const outcomes = await runCases([...traffic, ...casesOf(planned)], { caseMs, kernel: newest })
  for (const outcome of outcomes) played.set(outcome.id, outcome)
})

test.each(targets)('$id: every value of every option is said', ({ id: target }) => {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  const unsaid = (casesFor.get(target) ?? []).filter(
    ({ mode, id, said }) =>
      !planned.some(
        one => one.target.id === target && one.option.mode === mode && same(one.option.said[id], said[id]),
      ),
  )
  expect(unsaid).toEqual([])
})

describe.each(targets)('$id', target => {
  const own = planned.filter(one => one.target === target)

  test.each(own.map(one => ({ name: `${one.option.mode}: ${one.option.shown}`, one })))(
    '$name',
    ({ one }) => {
      const outcome = outcomeOf(one.rigCase.id)
      const { held, settled } = compared(one, outcome)
      expect(held, outcome.log).toEqual(settled)
      expect(Object.keys(held).length, outcome.log).toBeGreaterThan(20)
    },
  )

  test.each([...new Set(own.map(({ rigCase }) => rigCase.id))])('has no complaint: %s', id => {
    const { exit, warnings } = outcomeOf(id)
    expect({ exit, warnings: warnings.filter(line => !opinion.test(line)) }).toEqual({
      exit: 0,
      warnings: [],
    })
  })

  test.each(modes.map((mode, at) => ({ mode, at })))(
    'traffic passes, untagged and tagged: $mode',
    ({ mode, at }) => {
      const { pings, proc, log } = outcomeOf(`${target.id} traffic`)
      const far = farEnds[at] ?? []
      expect(Object.fromEntries(far.map(address => [address, pings[address]])), log).toEqual(
        Object.fromEntries(far.map(address => [address, true])),
      )
      if (mode !== '802.3ad') return
      expect(proc[`bond${at}`]).toMatch(/Number of ports: 2/)
      expect(proc[`bond${at}`]).not.toMatch(/Partner Mac Address: 00:00:00:00:00:00/)
    },
  )
})
