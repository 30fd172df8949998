// The real NetworkManager, with a bus of its own in the guest: it takes every profile of hosts of every shape, and what the
// driver holds of the bonds that it brings up is what `effective` says of them.
//
// BONDPLAN_HOSTS_SEED repeats a run; BONDPLAN_HOSTS sets how many.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { networkmanager } from '../../src/targets/host/networkmanager.ts'
import { type RigOutcome, runCases } from '../rig/cases.ts'
import { release, usualKernel } from '../rig/kernels.ts'
import { casesOf, compared, filesFor, plan } from '../rig/matrix.ts'
import { runnable, versionIn } from '../rig/targets.ts'
import { anyHost } from '../support/intents.ts'
import { commonCases, packed } from '../support/packed.ts'

const seed = Number(process.env.BONDPLAN_HOSTS_SEED ?? 1)
const amount = Number(process.env.BONDPLAN_HOSTS ?? 60)

/** It starts programs three times as fast as that of Debian 12. */
const newest = await usualKernel()
const series = release(newest).split('.').slice(0, 2).join('.')
const rig = { kernel: newest, caseMs: 240_000 }

const version = versionIn(networkmanager)
if (version === undefined) throw new Error('network-manager is not installed')

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
      filesFor(host, networkmanager, version).files.map(file => ({
        ...file,
        path: file.path.replace(`${folder}/`, `${folder}/${at}-`),
        content: parked(at, file.content),
      })),
    )
    const [outcome] = await runCases([{ ...idle, id: 'profiles', files }], rig)
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
    const [outcome] = await runCases([{ ...idle, id: 'a bad one', files: [file] }], rig)
    expect(complaints(outcome?.log ?? '')).toEqual([
      expect.stringContaining("'updelay' option requires 'miimon'"),
    ])
  })
})

test('a bond that says nothing but ARP monitoring has no other', async () => {
  const folder = join(import.meta.dirname, '../import/networkmanager/arp-alone/m1')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.nmconnection'))
    .map(path => ({ path, content: readFileSync(join(folder, path), 'utf8'), mode: '0600' }))
  const [outcome] = await runCases(
    [
      {
        ...idle,
        id: 'ARP alone',
        files,
        bonds: ['bond0'],
        ports: ['eth0', 'eth1'],
        partners: [{ kind: 'none' }],
      },
    ],
    rig,
  )
  expect(outcome?.error, outcome?.log).toBeUndefined()
  expect(outcome?.sysfs.bond0).toMatchObject({
    miimon: '0',
    arp_interval: '1000',
    arp_ip_target: '192.0.2.1',
  })
})

/** Bonds in one bring-up: a host with several is as real as one with one, and quicker. */
const perHost = 12
const target = runnable.filter(({ id }) => id === 'networkmanager')
const planned = plan(packed(commonCases('6.1', series, 'eth0')), target, () => version, perHost)

describe('a bond that NetworkManager brings up holds what was said', () => {
  const played = new Map<string, RigOutcome>()

  beforeAll(async () => {
    for (const outcome of await runCases(casesOf(planned), rig)) played.set(outcome.id, outcome)
  })

  test.each(planned.map(one => ({ name: `${one.option.mode}: ${one.option.shown}`, one })))(
    '$name',
    ({ one }) => {
      const outcome = played.get(one.rigCase.id)
      if (outcome === undefined) throw new Error('the case was not played')
      expect(outcome.error, outcome.log).toBeUndefined()
      const { held, settled } = compared(one, outcome)
      expect(held, outcome.log).toEqual(settled)
      expect(Object.keys(held).length, outcome.log).toBeGreaterThan(20)
    },
  )
})
