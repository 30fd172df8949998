// What a terminal has recorded becomes what the machine said.

import { describe, expect, test } from 'vitest'
import { plainCapture } from '../../src/cli/capture.ts'
import { run } from '../support/memory-io.ts'

const plain = (text: string): string => new TextDecoder().decode(plainCapture(new TextEncoder().encode(text)))

describe('terminal captures', () => {
  test.each([
    ['colours', '\x1b[1;31mdown\x1b[0m', 'down'],
    ['a title and a character set', '\x1b]0;h1\x07\x1b(Bh1# ', 'h1# '],
    [
      'a pager that wiped itself out',
      ' --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\bPo1',
      'Po1',
    ],
    ['a word that was mistyped', 'shwo\b\bow', 'show'],
    ['more backspaces than there are letters', 'a\n\b\b\bb', 'a\nb'],
    ['other encodings', 'Größe\x1b[m', 'Größe'],
    ['what is plain already', 'Größe -- more --', 'Größe -- more --'],
  ])('%s', (_, text, wanted) => {
    expect(plain(text)).toBe(wanted)
  })

  test('take time in proportion', () => {
    const started = performance.now()
    plain('x\b'.repeat(500_000))
    plain('\x1b['.repeat(500_000))
    plain('\x1b]'.repeat(500_000))
    plain(`${'x'.repeat(1_000_000)}${'\b'.repeat(1_000_000)}`)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('are read by diagnose', async () => {
    const text =
      'sw1#\x1b[Kshow etherchannel summary\r\nGroup  Port-channel  Protocol    Ports\r\n' +
      ' --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\b1      Po1(SU)         LACP      Gi1/0/1(P) \x1b[31mGi1/0/2(s)\x1b[0m\r\n'
    const { out } = await run(['diagnose', '-'], { stdin: text })
    expect(out).toContain('Gi1/0/2 of sw1 Po1 is suspended')
    expect(out).not.toContain('text-control-character')
  })
})
