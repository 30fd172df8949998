// The power is cut at every step of a change, on a model of a disk that keeps what was synced and perhaps the rest.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const guard = join(import.meta.dirname, '../../ansible/plugins/module_utils/guard.py')

test('a power cut at any step leaves the old files or the new ones, whole', () => {
  const seed = String(Math.floor(Math.random() * 1e6))
  const { status, stdout, stderr } = spawnSync(
    'python3',
    ['-B', join(import.meta.dirname, 'ansible/power_cut.py'), guard, seed],
    { encoding: 'utf8' },
  )
  expect(status, stderr).toBe(0)
  const { confirmed, gone_back: goneBack } = JSON.parse(stdout)
  expect(confirmed.wrong, `seed ${seed}`).toEqual([])
  expect(goneBack.wrong, `seed ${seed}`).toEqual([])
  expect(confirmed.ends).toMatchObject({
    'at the end: new': 1,
    new: expect.any(Number),
    old: expect.any(Number),
  })
  expect(goneBack.ends).toMatchObject({ 'at the end: old': 1 })
  expect(confirmed.steps).toBeGreaterThan(30)
})
