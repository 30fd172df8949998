// Every intent through every platform: what is written, what takes it back, and what could not be said.
// `vitest -u` rewrites the files; the diff is the review.

import { describe, expect, test } from 'vitest'
import { switchCases } from './cases.ts'
import { intents } from './intents.ts'
import { asText, made, targetNamed } from './support.ts'

const golden = '../../golden/switch'

describe.each(switchCases)('$id', ({ id, ports }) => {
  const target = targetNamed(id)
  test.each(Object.entries(intents(id, ports)))('%s', async (name, text) => {
    const { files, diagnostics } = made(text, target)
    for (const { path, content } of files)
      await expect(content).toMatchFileSnapshot(`${golden}/${id}/${name}/${path}`)
    await expect(asText(diagnostics)).toMatchFileSnapshot(`${golden}/${id}/${name}/diagnostics.txt`)
  })
  test.each(['active', 'plain-trunk', 'several', 'mlag'])('removal of %s', async name => {
    const { files } = made(intents(id, ports)[name] ?? '', target, true)
    for (const { path, content } of files)
      await expect(content).toMatchFileSnapshot(`${golden}/${id}/${name}/${path}`)
  })
  test('says of each option of a LAG what it does with it', () => {
    const { switch: box, lag } = target.spellings
    const known = ['load-balance', 'mlag']
    expect(Object.keys(box).sort()).toEqual(known)
    expect(Object.keys(lag).sort()).toEqual(
      [
        'description',
        'edge',
        'fallback',
        'key',
        'lacp-rate',
        'max-links',
        'min-links',
        'mlag',
        'mode',
        'mtu',
        'native',
        'port-priority',
        'ports',
        'system-priority',
        'untagged',
        'vlans',
      ].sort(),
    )
  })
})
