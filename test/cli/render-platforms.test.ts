// The example of the README for every switch platform: with another platform, and its own names for the same ports, the same
// intent gives that platform's text beside the same files of the hosts.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { switchTargets } from '../../src/targets/switch/index.ts'
import { run } from '../support/memory-io.ts'
import { switchCases } from '../targets/switch/cases.ts'
import { readBack, targetNamed } from '../targets/switch/support.ts'

const example = readFileSync(new URL('../../examples/two-servers.yaml', import.meta.url), 'utf8')

/** The files that were printed, by their paths. */
const printed = (out: string): ReadonlyMap<string, string> =>
  new Map(
    out
      .split(/^==> /m)
      .slice(1)
      .map(part => [part.split(' ')[0] ?? '', part.slice(part.indexOf('\n') + 1)]),
  )

test('every platform has its case', () => {
  expect(switchCases.map(({ id }) => id).sort()).toEqual(switchTargets.map(({ id }) => id).sort())
})

/** The intent, where untagged frames need a VLAN by its number: the errors say of which LAGs. */
const withNative = (intent: string, err: string): string => {
  const lags = [...err.matchAll(/LAG (\d+): untagged frames/g)].map(
    ([, number]) => `"${number}": {native: 2}`,
  )
  return intent.replace(/(sw1: \{platform: [^}]*)\}/, `$1, lags: {${lags.join(', ')}}}`)
}

describe.each(switchCases)('$id', ({ id, ports }) => {
  const target = targetNamed(id)
  const intent = ports
    .reduce((text, port, at) => text.replace(`"sw1:${at + 1}"`, `"sw1:${port}"`), example)
    .replace('platform: aruba-aos-s', `platform: ${id}`)
  const render = (text: string) => run(['render', 'x.yaml'], { files: { 'x.yaml': text } })

  test('its text stands beside the files of the hosts', async () => {
    let ran = await render(intent)
    if (target.platform.vlans.min > 1) {
      expect(ran.err).toContain('error[vlan-not-possible]')
      ran = await render(withNative(intent, ran.err))
    }
    expect(ran.err).not.toContain('error')
    expect(ran.status).toBe(0)
    const files = printed(ran.out)
    const own = [...files].filter(([path]) => path.startsWith('sw1/'))
    expect([...files.keys()].filter(path => !path.startsWith('sw1/'))).toEqual([
      's1/etc/network/interfaces',
      's2/etc/netplan/60-bondplan.yaml',
    ])
    for (const [path, text] of own)
      await expect(text).toMatchFileSnapshot(`../golden/switch/${id}/two-servers/${path.slice(4)}`)
    const { self, diagnostics } = readBack(
      own.map(([path, content]) => ({ path, content })),
      target,
    )
    expect(diagnostics).toEqual([])
    expect(self.lags.map(({ options }) => [options.mode, options.ports?.length])).toEqual([
      ['active', 4],
      ['active', 2],
    ])
  })
})
