// What ifupdown2 itself says of our files: its syntax check over every golden file, of hosts and of Cumulus switches.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkedByIfupdown2 } from '../rig/programs.ts'

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
