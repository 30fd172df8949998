// The real NetworkManager, with a bus of its own in the guest: it takes every profile of hosts of every shape, and what the
// driver holds of the bonds that it brings up is what `effective` says of them.
//
// BONDPLAN_HOSTS_SEED repeats a run; BONDPLAN_HOSTS sets how many.

import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { settle } from '../../src/intent/effective.ts'
import { bonding } from '../../src/options/index.ts'
import type { AnyRow } from '../../src/options/row.ts'
import { networkmanager } from '../../src/targets/host/networkmanager.ts'
import { renderHost } from '../../src/targets/write.ts'
import { type RigCase, type RigOutcome, runCases } from '../rig/cases.ts'
import { anyHost, hostOf } from '../support/intents.ts'
import { optionCases, readSysfs } from '../support/option-cases.ts'

const seed = Number(process.env.BONDPLAN_HOSTS_SEED ?? Math.floor(Math.random() * 2 ** 31))
const amount = Number(process.env.BONDPLAN_HOSTS ?? 150)

function installedVersion(): string {
  const asked = ['-W', '-f', '${Version}', 'network-manager']
  const { stdout, error } = spawnSync('dpkg-query', asked, { encoding: 'utf8' })
  const version = /^\d+\.\d+/.exec(stdout ?? '')?.[0]
  if (version === undefined) throw new Error(`network-manager is not installed: ${error ?? stdout}`)
  return version
}

const filesOf = (host: Parameters<typeof renderHost>[0]) => {
  const { files, lost } = renderHost(host, networkmanager, templates, installedVersion())
  return {
    files: files.map(({ path, content, mode }) => ({
      path,
      content,
      mode: mode.toString(8).padStart(4, '0'),
    })),
    lost: new Set(lost.map(({ at }) => (at?.path ?? []).slice(2).join('.'))),
  }
}

const folder = 'etc/NetworkManager/system-connections'

/** What NetworkManager says of a file that it does not take as it stands. */
const complaints = (log: string): readonly string[] =>
  log
    .split('\n')
    .filter(line => line.includes(`/${folder}/`) || /keyfile: .*(?:warn|fail|invalid|ignor)/i.test(line))

/** Many hosts in one folder: the devices are not there, and nothing starts. */
function parked(at: number, content: string): string {
  const own = (text: string): string => `${at.toString(16).padStart(8, '0')}${text.slice(8)}`
  return content
    .replace(/^uuid=(.*)$/m, (_, uuid: string) => `uuid=${own(uuid)}`)
    .replace(/^\[connection\]$/m, '[connection]\nautoconnect=false')
}

const idle = { target: 'networkmanager', bonds: [], ports: [], partners: [] } as const

describe(`NetworkManager reads profiles (seed ${seed})`, () => {
  test(`of ${amount} hosts without a word`, async () => {
    const hosts = fc.sample(anyHost, { seed, numRuns: amount })
    const files = hosts.flatMap((host, at) =>
      filesOf(host).files.map(file => ({
        ...file,
        path: file.path.replace(`${folder}/`, `${folder}/${at}-`),
        content: parked(at, file.content),
      })),
    )
    const [outcome] = await runCases([{ ...idle, id: 'profiles', files }])
    expect(outcome?.error).toBeUndefined()
    expect(outcome?.exit, outcome?.log).toBe(0)
    const faulty = complaints(outcome?.log ?? '').map(line => {
      const name = /system-connections\/([^"\s]+\.nmconnection)/.exec(line)?.[1]
      return `${line}\n${files.find(({ path }) => path.endsWith(`/${name}`))?.content ?? ''}`
    })
    expect(faulty.slice(0, 3)).toEqual([])
    expect(files.length).toBeGreaterThan(amount)
  })

  test('and speaks up where there is something to say', async () => {
    const content =
      '[connection]\nid=b\ntype=bond\ninterface-name=b\nautoconnect=false\n[bond]\nmode=0\nupdelay=5\nmiimon=0\n'
    const file = { path: `${folder}/b.nmconnection`, content, mode: '0600' }
    const [outcome] = await runCases([{ ...idle, id: 'a bad one', files: [file] }])
    expect(complaints(outcome?.log ?? '')).toEqual([
      expect.stringContaining("'updelay' option requires 'miimon'"),
    ])
  })
})

/** Bonds in one bring-up: a host with several is as real as one with one, and quicker. */
const perHost = 6
const all = optionCases('6.1', 'eth0')
const groups = Array.from({ length: Math.ceil(all.length / perHost) }, (_, at) =>
  all.slice(at * perHost, (at + 1) * perHost),
)
const plans = groups.map(group => {
  const bonds = group.map(({ said }, at) => {
    const members = [`eth${2 * at}`, `eth${2 * at + 1}`]
    return [`bond${at}`, { ...said, ...('primary' in said && { primary: members[0] }), members }] as const
  })
  const host = hostOf({ bonds: Object.fromEntries(bonds) })
  return { group, host, ...filesOf(host) }
})

describe('a bond that NetworkManager brings up holds what was said', () => {
  let outcomes: readonly RigOutcome[] = []

  beforeAll(async () => {
    outcomes = await runCases(
      plans.map(
        ({ host, files }, at): RigCase => ({
          id: `networkmanager ${at}`,
          target: 'networkmanager',
          files,
          bonds: host.bonds.map(({ name }) => name),
          ports: host.ports.map(({ name }) => name),
          partners: [{ kind: 'none' }],
        }),
      ),
    )
  })

  test.each(
    plans.flatMap(({ group, host, lost }, plan) =>
      group.map(({ mode, id, shown }, at) => ({
        name: `${mode}, ${id} ${shown}`,
        plan,
        at,
        host,
        lost,
        mode,
      })),
    ),
  )('$name', ({ plan, at, host, lost, mode }) => {
    const [outcome, bond] = [outcomes[plan], host.bonds[at]]
    expect(outcome?.error).toBeUndefined()
    const said = Object.entries(bond?.options ?? {}).filter(([id]) => !lost.has(`bonds.bond${at}.${id}`))
    const expected = settle(Object.fromEntries(said))
    const [held, wanted]: Record<string, unknown>[] = [{}, {}]
    for (const [id, row] of Object.entries<AnyRow>(bonding)) {
      const text = row.kernel?.sysfs ? outcome?.sysfs[`bond${at}`]?.[row.kernel.name] : undefined
      const idle = text?.trim() === '' && row.elsewhere === 'refused' && !row.modes.includes(mode)
      // Which member is active the kernel decides at run time.
      if (text === undefined || id === 'active-slave' || idle || held === undefined || wanted === undefined)
        continue
      held[id] = readSysfs(row, text)
      wanted[id] = expected[id as keyof typeof expected]
    }
    expect(held, outcome?.log).toEqual(wanted)
    expect(Object.keys(held ?? {}).length, outcome?.log).toBeGreaterThan(20)
    expect(new Set(outcome?.members[`bond${at}`])).toEqual(new Set(bond?.options.members))
  })
})
