// Comments that allow a finding, with a reason, and what is said of those that do not.

import { describe, expect, test } from 'vitest'
import { findings, lint } from './lint-support.ts'

const bond = (updelay: string, mode = 'mode: active-backup'): string => `hosts:
  alpha:
    bonds:
      bond0:
        ${mode}
        miimon: 100
        ${updelay}
        members: [eth0, eth1]
`

const found = (text: string, ...argv: string[]) =>
  findings([...argv, 'a.yaml'], { files: { 'a.yaml': text } })

describe('a finding is allowed', () => {
  test.each([
    ['updelay: 250 # bondplan-allow delays-not-multiple: the switch is slow'],
    ['updelay: 250  #bondplan-allow delays-not-multiple:slow'],
    ['# bondplan-allow delays-not-multiple: the switch is slow\n        updelay: 250'],
    ['# bondplan-allow delays-not-multiple: slow\n\n        # and more to say\n        updelay: 250'],
    ['# bondplan-allow members-single, delays-not-multiple: two of them\n        updelay: 250'],
  ])('%j', async line => {
    const unused = (await found(bond(line))).filter(one => !one.includes('allow-unused'))
    expect(unused).toEqual([])
  })

  test('by its rule or by its code', async () => {
    for (const id of ['lacp-rate-mode', 'option-does-nothing']) {
      expect(await found(bond(`lacp-rate: fast # bondplan-allow ${id}: kept for the day`))).toEqual([])
    }
  })

  test('on its line and no other', async () => {
    const text = bond('updelay: 250\n        downdelay: 250 # bondplan-allow delays-not-multiple: slow')
    expect(await found(text)).toEqual(['a.yaml:7 delays-not-multiple warning'])
  })

  test('in each of several files', async () => {
    const line = 'updelay: 250 # bondplan-allow delays-not-multiple: slow'
    const files = { 'a.yaml': bond(line), 'b.yaml': bond('updelay: 250').replace('alpha', 'beta') }
    expect(await findings(['a.yaml', 'b.yaml'], { files })).toEqual(['b.yaml:7 delays-not-multiple warning'])
  })

  test('however lines end, and whatever stands before', async () => {
    const text = `\uFEFF${bond('# bondplan-allow delays-not-multiple: slow\n        updelay: 250')}`
    for (const lineBreak of ['\n', '\r\n', '\r']) {
      expect(await found(text.replaceAll('\n', lineBreak))).toEqual([])
    }
  })
})

describe('what looks like one and is text allows nothing', () => {
  test.each([
    ['description: "x # bondplan-allow delays-not-multiple: y"'],
    ["description: 'x # bondplan-allow nonsense'"],
    ['description: |\n          # bondplan-allow nonsense'],
    ['description: x#bondplan-allow'],
    ['# bondplan-allowed nonsense'],
  ])('%j', async line => {
    const codes = (await found(bond(line))).filter(one => one.includes('allow-'))
    expect(codes).toEqual([])
  })
})

describe('what is wrong with one is said at its place', () => {
  test.each([
    ['updelay: 250 # bondplan-allow delays-not-multiple', 'allow-without-reason error'],
    ['updelay: 250 # bondplan-allow delays-not-multiple:  ', 'allow-without-reason error'],
    ['updelay: 250 # bondplan-allow', 'allow-malformed error'],
    ['updelay: 250 # bondplan-allow delays-not-multiple because', 'allow-malformed error'],
    ['updelay: 250 # bondplan-allow delays-not-multipel: x', 'allow-unknown-rule error'],
    ['updelay: 250 # bondplan-allow unknown-option: x', 'allow-unknown-rule error'],
  ])('%j', async (line, expected) => {
    expect(await found(bond(line))).toEqual(['a.yaml:7 delays-not-multiple warning', `a.yaml:7 ${expected}`])
  })

  test('with what was meant', async () => {
    const text = bond('updelay: 250 # bondplan-allow delays-not-multipel: x')
    const { out } = await lint(['a.yaml'], { files: { 'a.yaml': text } })
    expect(out).toContain('did you mean delays-not-multiple?')
    expect(out).toContain('|                      ^^^^^^^^^^^^^^^')
  })
})

describe('one that is not needed', () => {
  const unused = bond('updelay: 200 # bondplan-allow delays-not-multiple: slow')

  test('is reported', async () => {
    expect(await found(unused)).toEqual(['a.yaml:7 allow-unused warning'])
    expect(await found(`${unused}# bondplan-allow members-single: x\n`)).toEqual([
      'a.yaml:7 allow-unused warning',
      'a.yaml:9 allow-unused warning',
    ])
  })

  test('as much as people want', async () => {
    expect(await found(unused, '--rule', 'allow-unused=error')).toEqual(['a.yaml:7 allow-unused error'])
    expect(await found(unused, '--rule', 'allow-unused=off')).toEqual([])
  })

  test('not where its rule is switched off', async () => {
    expect(await found(unused, '--rule', 'delays-not-multiple=off')).toEqual([])
  })

  test('not where the file was not read whole', async () => {
    const broken = await found(unused.replace('members:', 'member:'))
    expect(broken.some(line => line.includes('allow-unused'))).toBe(false)
  })
})
