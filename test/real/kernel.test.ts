// The kernel decides: every mode, every option value that the mode allows, by every target that runs here. The rendered
// files bring the bond up on a real kernel, and what the driver then holds is what `effective` says of that bond.

import { beforeAll, describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { settle } from '../../src/intent/effective.ts'
import { type Holds, holds } from '../../src/intent/holds.ts'
import type { Host, Intent } from '../../src/intent/intent.ts'
import { bonding, type Mode, modeKind } from '../../src/options/index.ts'
import type { AnyRow } from '../../src/options/row.ts'
import { targetOf } from '../../src/targets/index.ts'
import { renderHost } from '../../src/targets/write.ts'
import { type BringUp, type Partner, type RigCase, type RigOutcome, runCases } from '../rig/cases.ts'
import { type OptionCase, optionCases, readSysfs } from '../support/option-cases.ts'
import { read } from '../support/read.ts'

const kernel = '6.1'
const targets: readonly BringUp[] = ['netplan', 'ifupdown', 'networkd']
/** Bonds in one bring-up: a host with several bonds is as real as one with one, and quicker. */
const perHost = 4

interface Planned {
  readonly target: BringUp
  readonly bond: string
  readonly option: OptionCase
  readonly host: Host
  readonly lost: ReadonlySet<string>
  readonly holds: Holds
}

/** An intent of one host with several bonds, each with two members of its own. */
function hostOf(options: readonly OptionCase[]): Host {
  const bonds = options.map(({ said }, at) => {
    const members = [`eth${2 * at}`, `eth${2 * at + 1}`]
    const own = 'primary' in said ? { ...said, primary: members[0] } : said
    return [`bond${at}`, { ...own, members }] as const
  })
  const { intent, diagnostics } = read(JSON.stringify({ bonds: Object.fromEntries(bonds) }))
  expect(diagnostics).toEqual([])
  return only(intent)
}

function only({ hosts: [host] }: Intent): Host {
  if (host === undefined) throw new Error('the intent has no host')
  return host
}

/** What the guest's user space is: that of Debian 12, as the kernel. */
const versions: Readonly<Partial<Record<BringUp, string>>> = { netplan: '0.106', networkd: '252' }

function filesFor(host: Host, target: BringUp) {
  const version = versions[target]
  const known = targetOf(version === undefined ? target : `${target}@${version}`)
  if (known === undefined) throw new Error(`there is no target ${target}`)
  const { files, lost } = renderHost(host, known.target, templates, known.version)
  return {
    files: files.map(({ path, content, mode }) => ({
      path,
      content,
      mode: mode.toString(8).padStart(4, '0'),
    })),
    holds: host.bonds.map(bond => holds(bond, lost)),
    lost: new Set(lost.map(({ at }) => (at?.path ?? []).slice(2).join('.'))),
  }
}

const groups = <T>(list: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))

/**
 * One of so many parts of the cases, which one follows from the commit; all where nothing is said. On a slow machine all of
 * them take longer than a change may wait.
 */
const parts = Number(process.env.BONDPLAN_KERNEL_PARTS ?? 1)
const part = Number.parseInt(process.env.BONDPLAN_KERNEL_PART ?? '0', 16) % parts
const all = optionCases(kernel, 'eth0').filter((_, at) => at % parts === part)
const planned: Planned[] = []
const cases: RigCase[] = []
for (const target of targets) {
  for (const group of groups(all, perHost)) {
    const host = hostOf(group)
    const { files, lost, holds } = filesFor(host, target)
    const bonds = host.bonds.map(bond => bond.name)
    cases.push({
      id: `${target} ${cases.length}`,
      target,
      files,
      bonds,
      ports: host.ports.map(port => port.name),
      partners: [{ kind: 'none' }],
    })
    for (const [at, option] of group.entries())
      planned.push({ target, bond: `bond${at}`, option, host, lost, holds: holds[at] ?? {} })
  }
}

let outcomes: readonly RigOutcome[] = []

const outcomeOf = (plan: Planned): RigOutcome => {
  const at = planned
    .filter(one => one.bond === 'bond0')
    .findIndex(one => one.host === plan.host && one.target === plan.target)
  const outcome = outcomes[at]
  if (outcome === undefined) throw new Error('the case was not played')
  return outcome
}

beforeAll(async () => {
  outcomes = await runCases(cases)
})

describe.each(targets)('%s', target => {
  test.each(
    planned
      .filter(plan => plan.target === target)
      .map(plan => ({ name: `${plan.option.mode}, ${plan.option.id} ${plan.option.shown}`, plan })),
  )('$name', ({ plan }) => {
    const outcome = outcomeOf(plan)
    expect(outcome.error).toBeUndefined()
    const found = outcome.sysfs[plan.bond] ?? {}
    const bond = plan.host.bonds.find(one => one.name === plan.bond)
    // What the target said it cannot write was not said to the kernel.
    const said = Object.fromEntries(
      Object.entries(bond?.options ?? {}).filter(([id]) => !plan.lost.has(`bonds.${plan.bond}.${id}`)),
    )
    const expected = settle(said)
    const held: Record<string, unknown> = {}
    const wanted: Record<string, unknown> = {}
    for (const [id, row] of Object.entries<AnyRow>(bonding)) {
      const text = row.kernel?.sysfs ? found[row.kernel.name] : undefined
      // Which member is active, the kernel decides at run time; what has no meaning in a mode reads back empty.
      if (
        text === undefined ||
        id === 'active-slave' ||
        (text.trim() === '' && row.elsewhere === 'refused' && !row.modes.includes(plan.option.mode))
      )
        continue
      held[id] = readSysfs(row, text)
      wanted[id] = expected[id as keyof typeof expected]
    }
    expect(held, outcome.log).toEqual(wanted)
    expect(Object.keys(held).length, outcome.log).toBeGreaterThan(20)
    // The same as it stands in the files, for those who look without knowing the options.
    for (const [file, texts] of Object.entries(plan.holds)) expect(texts, file).toContain(found[file])
    expect(Object.keys(plan.holds).length).toBeGreaterThan(14)
    expect(new Set(outcome.members[plan.bond])).toEqual(new Set(bond?.options.members))
  })
})

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

describe('traffic passes, untagged and tagged', () => {
  const modes = Object.keys(modeKind.numbers) as Mode[]
  const runs = targets.flatMap(target => modes.map(mode => ({ target, mode })))
  let carried: readonly RigOutcome[] = []

  beforeAll(async () => {
    carried = await runCases(
      runs.map(({ target, mode }): RigCase => {
        const { intent } = read(
          JSON.stringify({
            bonds: {
              bond0: {
                mode,
                miimon: 100,
                ...(mode === '802.3ad' && { 'lacp-rate': 'fast' }),
                members: ['eth0', 'eth1'],
                addresses: ['192.0.2.2/24', '2001:db8::2/64'],
              },
            },
            vlans: { 'bond0.20': { id: 20, link: 'bond0', addresses: ['198.51.100.2/24'] } },
          }),
        )
        const { files } = filesFor(only(intent), target)
        const partner: Partner = {
          kind: partnerOf[mode],
          addresses: [
            { address: '192.0.2.1/24' },
            { address: '2001:db8::1/64' },
            { address: '198.51.100.1/24', vlan: 20 },
          ],
        }
        return {
          id: `${target} ${mode}`,
          target,
          files,
          bonds: ['bond0'],
          ports: ['eth0', 'eth1'],
          partners: [partner],
          ping: ['192.0.2.1', '2001:db8::1', '198.51.100.1'],
          pingMs: 6000,
        }
      }),
    )
  })

  test.each(runs.map((run, at) => ({ ...run, at })))('$target, $mode', ({ mode, at }) => {
    const outcome = carried[at]
    expect(outcome?.error).toBeUndefined()
    expect(outcome?.pings, outcome?.log).toEqual({
      '192.0.2.1': true,
      '2001:db8::1': true,
      '198.51.100.1': true,
    })
    if (mode !== '802.3ad') return
    const proc = outcome?.proc.bond0 ?? ''
    expect(proc).toMatch(/Number of ports: 2/)
    expect(proc).not.toMatch(/Partner Mac Address: 00:00:00:00:00:00/)
  })
})
