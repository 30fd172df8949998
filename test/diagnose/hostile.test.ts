// Whatever is pasted: no exception, no waiting, nothing that steers a terminal.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { effortMs } from '../support/effort.ts'
import { run } from '../support/memory-io.ts'

const folder = join(import.meta.dirname, '../fixtures/diagnose')
const recorded = readdirSync(folder)
  .filter(name => name.endsWith('.txt'))
  .map(name => readFileSync(join(folder, name), 'utf8'))
const lines = recorded.flatMap(text => text.split('\n')).filter(line => line.length < 2000)
const unlike = [...new Set(lines)]

const anyLine = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...unlike) },
  fc
    .tuple(fc.constantFrom(...unlike), fc.string({ unit: 'binary', maxLength: 8 }), fc.nat())
    .map(
      ([line, noise, at]) =>
        line.slice(0, at % (line.length + 1)) + noise + line.slice(at % (line.length + 1)),
    ),
  fc.tuple(fc.constantFrom(...unlike), fc.nat()).map(([line, at]) => line.slice(0, at % (line.length + 1))),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

const controls = /(?![\n])[\p{Cc}\u202e\u2028\u2029]/u

test('any lines, in any order, spoiled anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyLine, { maxLength: 60 }),
      fc.constantFrom('text', 'json', 'sarif'),
      async (all, format) => {
        const { status, out, err } = await run(['diagnose', '-', '--format', format], {
          stdin: all.join('\n'),
        })
        expect(status, err).toBeLessThan(2)
        expect(err).toBe('')
        expect(out).not.toMatch(controls)
        expect(out).not.toMatch(/undefined|\[object|NaN/)
      },
    ),
    { numRuns: 150, seed: 11 },
  )
}, 60_000)

test('a text that is cut off anywhere', async () => {
  const text = recorded.map(one => one.slice(0, 9000)).join('')
  for (let at = 0; at < text.length; at += 997) {
    const { status, err } = await run(['diagnose', '-'], { stdin: text.slice(0, at) })
    expect([status < 2, err]).toEqual([true, ''])
  }
}, 60_000)

describe('large texts take time in proportion', () => {
  const took = async (text: string): Promise<number> => {
    const started = effortMs()
    await run(['diagnose', '-', '--format', 'json'], { stdin: text })
    return effortMs() - started
  }
  const shapes: Readonly<Record<string, (size: number) => string>> = {
    'one long line': size => 'a@b'.repeat(size),
    'long lines that nearly are prompts': size => `${`${'a@'.repeat(1000)}\n`}`.repeat(size / 1000),
    'many members': size =>
      `Bonding Mode: load balancing (xor)\n${Array.from({ length: size / 10 }, (_, at) => `Slave Interface: e${at}\nMII Status: up\n`).join('')}`,
    'many bonds': size => 'Bonding Mode: load balancing (xor)\n'.repeat(size / 10),
    'many prompts': size =>
      'root@h1:~# cat /proc/net/bonding/bond0\nBonding Mode: load balancing (xor)\n'.repeat(size / 10),
    'many machines': size =>
      Array.from(
        { length: size / 20 },
        (_, at) =>
          `root@h${at}:~# cat /proc/net/bonding/bond0\nBonding Mode: IEEE 802.3ad Dynamic link aggregation\nSystem MAC address: 52:54:00:00:00:01\nSlave Interface: eth0\ndetails partner lacp pdu:\n    system mac address: 52:54:00:00:00:01\n    port number: ${at}\n`,
      ).join(''),
    'many lines that are no output': size => '#\n[\n'.repeat(size),
    spaces: size => `${' '.repeat(3000)}bond0:\n`.repeat(size / 1000),
    'a log': size => `${'bond0: x '.repeat(300)}An illegal loopback occurred on\n`.repeat(size / 1000),
  }
  test.each(Object.entries(shapes))(
    '%s',
    async (_, shape) => {
      await took(shape(5_000))
      const [small, large] = [await took(shape(10_000)), await took(shape(40_000))]
      expect(large).toBeLessThan(Math.max(400, 12 * small))
    },
    60_000,
  )
})
