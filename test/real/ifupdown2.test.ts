// What ifupdown2 itself says of our files: its syntax check over every golden file, of hosts and of Cumulus switches, and
// over generated hosts, of which ifquery prints what it read. What it does with them is kernel-more.test.ts.
//
// BONDPLAN_HOSTS_SEED repeats a run; BONDPLAN_HOSTS sets how many.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { withoutPatterns } from '../../src/targets/families/interfaces-patterns.ts'
import { ifupdown2 } from '../../src/targets/host/ifupdown2.ts'
import { renderHost } from '../../src/targets/write.ts'
import { checkedByIfupdown2, portListsOfIfupdown2 } from '../rig/programs.ts'
import { anyHost } from '../support/intents.ts'
import { meaningOf, readBack } from '../support/return.ts'

const seed = Number(process.env.BONDPLAN_HOSTS_SEED ?? 1)
const amount = Number(process.env.BONDPLAN_HOSTS ?? 24)
const golden = join(import.meta.dirname, '../golden')

/** Every golden file below folders of one name. */
const goldenFiles = (target: string): readonly string[] =>
  readdirSync(golden, { recursive: true, encoding: 'utf8' })
    .filter(path => path.includes(`/${target}/`) && /interfaces(?:\.d\/.*)?$/.test(path))
    .filter(path => /\/(?:interfaces|[^/]+\.intf)$/.test(path))
    .sort()

/** A switch's spanning tree is mstpd's, without which its addon does not know the words. */
const withoutMstpd = (text: string): string =>
  text
    .split('\n')
    .filter(line => !line.includes('mstpctl-'))
    .join('\n')

describe('every golden file', () => {
  test.each(['ifupdown2', 'cumulus-ifupdown2'])('of %s passes its syntax check', async target => {
    const files = goldenFiles(target)
    expect(files.length).toBeGreaterThan(7)
    const texts = files.map(path => readFileSync(join(golden, path), 'utf8'))
    const checked = await checkedByIfupdown2(texts.map(withoutMstpd))
    expect(Object.fromEntries(checked.map(({ check }, at) => [files[at], check]))).toEqual(
      Object.fromEntries(files.map(file => [file, { status: 0, output: '' }])),
    )
  })
})

describe('globs in lists of members', () => {
  const ranges = [
    'glob swp1-3',
    'glob swp[1-3]',
    'glob swp[08-11]',
    'glob swp1-2.10 swp9',
    'eth0 glob eth[1-2] noglob eth9',
    'glob swp[1-2]s[0-1]',
    'glob swp[1-2]s[0-1].10',
    'glob en-x[1-2]y',
    'glob swp[3-1] swp5',
    'glob swp1-1',
    'noregex glob swp[1-2] noregex',
  ]
  test('mean the names that ifupdown2 makes of them', async () => {
    expect(ranges.map(list => withoutPatterns(list.split(' ')))).toEqual(await portListsOfIfupdown2(ranges))
  })
  test('that are no range are names to it, which no device has', async () => {
    const none = ['glob eth*', 'glob eth[0,1]', 'glob eth[ab]']
    expect(none.map(list => withoutPatterns(list.split(' ')))).toEqual(none.map(() => undefined))
    expect(await portListsOfIfupdown2(none)).toEqual(none.map(list => [list.slice('glob '.length)]))
  })
})

/**
 * What it says of files that are as they should be. Its addons name ranges (miimon up to 255, MTU up to 9216) that only
 * this check knows: ifup writes any value. And it remarks on what has no members or ports.
 */
const opinions = [
  /value of out range "\d+": valid attribute range/,
  /error getting dependent interfaces \('NoneType' object is not iterable\)/,
  /(?:bond-slaves|bridge-ports): invalid value "no(?:glob|ne)": valid attribute values/,
]
const isOpinion = (line: string): boolean => opinions.some(one => one.test(line))

describe(`generated hosts (seed ${seed})`, () => {
  const hosts = fc.sample(anyHost, { seed, numRuns: amount })
  const rendered = hosts.map(host => renderHost(host, ifupdown2, templates).files)
  let checked: Awaited<ReturnType<typeof checkedByIfupdown2>> = []

  beforeAll(async () => {
    checked = await checkedByIfupdown2(rendered.map(files => files[0]?.content ?? ''))
  })

  test.each(hosts.map((host, at) => ({ host, at })))(
    'host $at passes, and is read as it was meant',
    ({ host, at }) => {
      const [one, files] = [checked[at], rendered[at]]
      if (one === undefined || files === undefined) throw new Error('the host was not checked')
      const { check, query } = one
      const lines = check.output.split('\n').filter(line => line !== '')
      expect(lines.filter(line => !isOpinion(line))).toEqual([])
      expect(check.status === 0 || lines.some(isOpinion), check.output).toBe(true)
      // ifquery prints the file again, as it was read, beside what it says of it.
      const content = query.output
        .split('\n')
        .filter(line => !isOpinion(line))
        .join('\n')
      const again = files.map(file => ({ ...file, content }))
      const back = (read: typeof files) => meaningOf(readBack(read, ifupdown2, host.name).host, ifupdown2)
      expect(back(again), query.output).toEqual(back(files))
    },
  )
})
