// Lists of members with patterns: of ifupdown2 a range is written out, and nobody else's word is taken for a device.

import { describe, expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'

const file = (list: string): string => `auto bond0
iface bond0 inet static
    address 192.0.2.10/24
    ${list}
    bond-mode 802.3ad
    bond-miimon 100
    bond-lacp-rate fast
    bond-xmit-hash-policy layer3+4
`

async function lintAs(target: string, list: string) {
  const files = { interfaces: file(list) }
  const { out } = await run(['lint', '--from', target, '--format', 'json', 'interfaces'], { files })
  const found = JSON.parse(out).diagnostics as readonly Readonly<
    Record<'code' | 'severity' | 'message', string>
  >[]
  const imported = await run(['import', '--from', target, 'interfaces'], { files })
  return {
    found: found.filter(({ severity }) => severity !== 'note'),
    members: /members: (.*)/.exec(imported.out)?.[1],
  }
}

describe('ifupdown2', () => {
  test.each([
    ['glob eth[0-3]', '[eth0, eth1, eth2, eth3]'],
    ['swp9 glob swp1-2 noglob swp8', '[swp9, swp1, swp2, swp8]'],
    ['glob swp[1-2]s[0-1]', '[swp1s0, swp1s1, swp2s0, swp2s1]'],
  ])('%s', async (list, members) => {
    expect(await lintAs('ifupdown2', `bond-slaves ${list}`)).toEqual({ found: [], members })
  })
  test.each([
    ['regex eth.*', 'warning', 'is a pattern'],
    ['glob eth*', 'error', 'is no range of names'],
    ['glob eth[1-99999]', 'error', 'is no range of names'],
    ['/eth.*/', 'error', 'is no name of a device'],
    ['all', 'error', 'is no name of a device'],
  ])('%s is one %s', async (list, severity, says) => {
    const { found, members } = await lintAs('ifupdown2', `bond-slaves ${list}`)
    expect(members).toBeUndefined()
    expect(found).toEqual([
      expect.objectContaining({ code: 'not-understood', severity, message: expect.stringContaining(says) }),
    ])
  })
})

test.each([
  ['ifupdown', 'bond-slaves', 'ifenslave'],
  ['ifupdown-ng', 'bond-members', 'ifupdown-ng'],
])('%s has no patterns, and no member that is called glob', async (target, line, reader) => {
  for (const list of ['glob eth[0-3]', 'noglob eth0 eth1', 'regex eth.*']) {
    const { found, members } = await lintAs(target, `${line} ${list}`)
    expect(members).toBeUndefined()
    expect(found.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      expect.stringContaining(`${reader} takes each word for the name of a device`),
    ])
  }
})
