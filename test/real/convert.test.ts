// Configurations written by hand, in every dialect that runs in a guest, converted to every other and brought up: what
// the driver then holds of each bond is what it holds after the original. For every ordered pair. A target that joins
// test/rig/targets.ts joins here, and needs a configuration of its own in test/fixtures/convert.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { sourceText } from '../../src/intent/text.ts'
import { bonding } from '../../src/options/index.ts'
import type { AnyRow } from '../../src/options/row.ts'
import { readSystem } from '../../src/targets/system.ts'
import { renderHost } from '../../src/targets/write.ts'
import { type RigCase, type RigFile, type RigOutcome, runCases } from '../rig/cases.ts'
import { runnable, versionHere } from '../rig/targets.ts'

type Runnable = (typeof runnable)[number]

/** It starts programs three times as fast as that of Debian 12. */
const versions = new Map<string, string | undefined>(
  await Promise.all(runnable.map(async target => [target.id, await versionHere(target)] as const)),
)

const bonds = ['bond0', 'bond1', 'bond2']
const ports = ['eth0', 'eth1', 'eth2', 'eth3', 'eth4', 'eth5']

/** The files of a folder as on a host. */
function filesOf(target: Runnable): readonly RigFile[] {
  const folder = join(import.meta.dirname, '../fixtures/convert', target.id)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(folder, name)).isFile())
    .sort()
    .map(path => ({
      path,
      content: readFileSync(join(folder, path), 'utf8'),
      mode: target.files[0]?.mode.toString(8).padStart(4, '0') ?? '0644',
    }))
}

interface Conversion {
  readonly from: Runnable
  readonly to: Runnable
  readonly rigCase: RigCase
  /** By bond, the driver's names of options that were reported as lost. */
  readonly lost: ReadonlyMap<string, ReadonlySet<string>>
}

/** As hand-written where both are the same; else imported, and rendered for the version that is installed. */
function convert(from: Runnable, to: Runnable): Conversion {
  const original = filesOf(from)
  const common = {
    id: `${from.id} to ${to.id}`,
    target: to.id,
    bonds,
    ports,
    partners: [{ kind: 'none' }],
  } as const
  if (from === to) return { from, to, rigCase: { ...common, files: original }, lost: new Map() }
  const { hosts, diagnostics } = readSystem(
    from,
    original.map(({ path, content }) => sourceText(path, content)),
    'h1',
  )
  const [host] = hosts
  if (host === undefined) throw new Error(`${from.id}: no host was read`)
  expect(diagnostics.filter(({ code }) => code === 'not-understood')).toEqual([])
  const { files, lost } = renderHost(host, to, templates, versions.get(to.id))
  const names = new Map(bonds.map(bond => [bond, new Set<string>()]))
  for (const { at } of lost) {
    const [, , , bond = '', id = ''] = at?.path ?? []
    const row: AnyRow | undefined = bonding[id as keyof typeof bonding]
    if (row?.kernel !== undefined) names.get(String(bond))?.add(row.kernel.name)
  }
  const rendered = files.map(({ path, content, mode }) => ({
    path,
    content,
    mode: mode.toString(8).padStart(4, '0'),
  }))
  return { from, to, rigCase: { ...common, files: rendered }, lost: names }
}

/**
 * What a bond's files say, without what is no setting: which member is active, and what was negotiated. Members are
 * compared as a set, as not every system attaches them in the order in which they are written.
 */
const ofTheMoment =
  /^(?:active_slave|mii_status|ad_(?:aggregator|num_ports|actor_key|partner_key|partner_mac))$/
const settingsOf = (outcome: RigOutcome, bond: string, lost: ReadonlySet<string> = new Set()) =>
  Object.fromEntries(
    Object.entries(outcome.sysfs[bond] ?? {})
      .filter(([name]) => !ofTheMoment.test(name) && !lost.has(name))
      .map(([name, text]) => [
        name,
        name === 'slaves' || name === 'queue_id' ? text.trim().split(' ').toSorted().join(' ') : text.trim(),
      ]),
  )

const all = runnable.flatMap(from => runnable.map(to => convert(from, to)))
const outcomes = new Map<Conversion, RigOutcome>()

beforeAll(async () => {
  const played = await runCases(
    all.map(({ rigCase }) => rigCase),
    { caseMs: 240_000 },
  )
  for (const [at, one] of all.entries()) {
    const outcome = played[at]
    if (outcome !== undefined) outcomes.set(one, outcome)
  }
})

const outcomeOf = (from: Runnable, to: Runnable): RigOutcome => {
  const one = all.find(other => other.from === from && other.to === to)
  const outcome = one === undefined ? undefined : outcomes.get(one)
  if (outcome === undefined) throw new Error('the case was not played')
  expect(outcome.error).toBeUndefined()
  return outcome
}

describe.each(runnable)('$id, as somebody wrote it', from => {
  test('comes up by itself', () => {
    const outcome = outcomeOf(from, from)
    for (const bond of bonds) expect(outcome.members[bond], outcome.log).toHaveLength(2)
  })

  test.each(runnable.filter(to => to !== from))('says the same to the driver as $id', to => {
    const [before, after] = [outcomeOf(from, from), outcomeOf(from, to)]
    const one = all.find(other => other.from === from && other.to === to)
    const text = one?.rigCase.files.map(({ path, content }) => `${path}\n${content}`).join('\n')
    for (const bond of bonds) {
      const lost = one?.lost.get(bond)
      const found = settingsOf(after, bond, lost)
      expect({ bond, ...found }, `${after.log}\n${text}`).toEqual({ bond, ...settingsOf(before, bond, lost) })
      expect(Object.keys(found).length).toBeGreaterThan(20)
      // Hardly anything may be lost here: these bonds say what most dialects have words for.
      expect(lost?.size ?? 0, [...(lost ?? [])].join()).toBeLessThan(3)
    }
  })
})
