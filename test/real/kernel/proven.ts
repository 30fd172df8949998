// The kernel decides: every mode, every option value that the mode allows, by the targets that run here. The rendered
// files bring bonds up on a real kernel, and what the driver then holds is what `effective` says of them; and traffic
// passes. Many values are said of one bond, where they go together, and many bonds are brought up at once.

import { beforeAll, describe, expect, test } from 'vitest'
import { type Mode, modeKind } from '../../../src/options/index.ts'
import { type BringUp, type Partner, type RigCase, type RigOutcome, runCases } from '../../rig/cases.ts'
import { casesOf, compared, filesFor, type Planned, plan } from '../../rig/matrix.ts'
import { runnable, versionHere } from '../../rig/targets.ts'
import { hostOf } from '../../support/intents.ts'
import type { OptionCase } from '../../support/option-cases.ts'
import { kernelTest, packed } from '../../support/packed.ts'

/** Of ifupdown2 the start alone costs as much as ten bonds. */
const perHost = 12
const caseMs = 240_000
/** Cases under way at once: the monitors of more bonds hold the lock that every change of a device needs. */
const together = 4

/** What the usual kernel takes and the programs of the machine, Debian 12, have words for. */
export const options = kernelTest()

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

const trafficOf = (target: (typeof runnable)[number], version: string | undefined): RigCase => ({
  id: `${target.id} traffic`,
  target: target.id,
  files: filesFor(everyMode, target, version).files,
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
})

/** These are not done while a bond has no carrier, as one that probes and gets no answer. */
const daemons: readonly BringUp[] = ['netplan', 'networkd']

/** What a program says of a right configuration. */
type Opinions = Readonly<Partial<Record<BringUp, RegExp>>>

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * The tests of some targets. `casesFor` chooses among the values; `opinions` are lines that are no complaint.
 */
export async function provenByKernel(
  ids: readonly BringUp[],
  casesFor: (target: BringUp) => readonly OptionCase[],
  opinions: Opinions,
): Promise<void> {
  const targets = runnable.filter(({ id }) => ids.includes(id))
  const planned: Planned[] = []
  const traffic: RigCase[] = []
  for (const target of targets) {
    const version = await versionHere(target)
    planned.push(...plan(packed(casesFor(target.id)), [target], () => version, perHost))
    traffic.push(trafficOf(target, version))
  }

  const played = new Map<string, RigOutcome>()
  const outcomeOf = (id: string): RigOutcome => {
    const outcome = played.get(id)
    if (outcome === undefined) throw new Error('the case was not played')
    expect(outcome.error, outcome.log).toBeUndefined()
    return outcome
  }

  beforeAll(async () => {
    const outcomes = await runCases([...traffic, ...casesOf(planned)], { caseMs, together })
    for (const outcome of outcomes) played.set(outcome.id, outcome)
  })

  test('all targets that are named run here', () =>
    expect(new Set(targets.map(({ id }) => id))).toEqual(new Set(ids)))

  describe.each(targets)('$id', target => {
    const own = planned.filter(one => one.target === target)

    test.each(
      casesFor(target.id).map(({ mode, id, shown, said }) => ({
        name: `${mode}, ${id} ${shown}`,
        one: own.find(({ option }) => option.mode === mode && same(option.said[id], said[id])),
      })),
    )('$name', ({ one }) => {
      if (one === undefined) throw new Error('no bond says it')
      const outcome = outcomeOf(one.rigCase.id)
      const { held, settled } = compared(one, outcome)
      expect(held, outcome.log).toEqual(settled)
      expect(Object.keys(held).length, outcome.log).toBeGreaterThan(20)
      // The same as it stands in the files, for those who look without knowing the options.
      const files = outcome.sysfs[one.bond] ?? {}
      for (const [file, texts] of Object.entries(one.holds)) expect(texts, file).toContain(files[file])
      expect(Object.keys(one.holds).length).toBeGreaterThan(14)
    })

    test.each([...new Set(own.map(({ rigCase }) => rigCase.id))])('has no complaint: %s', id => {
      const { exit, warnings } = outcomeOf(id)
      const complaints = warnings.filter(line => !opinions[target.id]?.test(line))
      expect(complaints).toEqual([])
      if (!daemons.includes(target.id)) expect(exit).toBe(0)
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
}
