// What a fix does to a text that people wrote, by example: before, the edits, after.

import { describe, expect, test } from 'vitest'
import type { Edit } from '../../src/diagnostics/diagnostic.ts'
import { applied } from '../../src/fix/change.ts'
import { fixable } from '../../src/fix/index.ts'
import { sourceText } from '../../src/intent/text.ts'

const steps = (path: string): (string | number)[] =>
  path.split('.').map(step => (/^\d+$/.test(step) ? Number(step) : step))
const set = (path: string, value: unknown): Edit => ({ kind: 'set', path: steps(path), value })
const remove = (path: string): Edit => ({ kind: 'remove', path: steps(path) })
const rename = (path: string, key: string): Edit => ({ kind: 'rename', path: steps(path), key })

/** The text after one fix; undefined where it cannot be made. Both ways of asking must agree. */
function fix(text: string, ...edits: Edit[]): string | undefined {
  const file = fixable(sourceText('f.yaml', text))
  const changes = file?.changes(edits)
  const whole = file?.fixed([edits])
  expect(whole).toBe(changes && applied(text, changes))
  return whole
}

const lines = (...all: string[]): string => `${all.join('\n')}\n`

describe('a value', () => {
  test.each([
    ['a: {updelay: 250} # why\n', 'a: {updelay: 200} # why\n'],
    ['a:\n  updelay:   250   # why\n', 'a:\n  updelay:   200   # why\n'],
    ['a: {"updelay": 250}\n', 'a: {"updelay": 200}\n'],
    ['{"a":{"updelay":250}}', '{"a":{"updelay":200}}'],
    ['a:\n  updelay:\n    250\n', 'a:\n  updelay:\n    200\n'],
    ['a:\n  updelay: # soon\n  b: 1\n', 'a:\n  updelay: 200 # soon\n  b: 1\n'],
    ['a: {updelay: , b: 1}\n', 'a: {updelay: 200, b: 1}\n'],
    ['a: {updelay, b: 1}\n', 'a: {updelay: 200, b: 1}\n'],
    ['a: {updelay: !!int 250}\n', 'a: {updelay: 200}\n'],
    ['a: &x\n  updelay: &y 250\n', 'a: &x\n  updelay: &y 200\n'],
    ['b: &y 250\na: {updelay: *y}\n', 'b: &y 250\na: {updelay: 200}\n'],
    ['a:\r\n  updelay: 250\r\n', 'a:\r\n  updelay: 200\r\n'],
  ])('%j', (before, after) => {
    expect(fix(before, set('a.updelay', 200))).toBe(after)
  })

  test('keeps its quotes', () => {
    expect(fix(`a: {mode: "lacp", x: 'y'}\n`, set('a.mode', '802.3ad'))).toBe(
      `a: {mode: "802.3ad", x: 'y'}\n`,
    )
    expect(fix("a: {mode: 'lacp'}\n", set('a.mode', "it's"))).toBe("a: {mode: 'it''s'}\n")
    expect(fix('{"a": {"mode": 4}}\n', set('a.mode', '802.3ad'))).toBe('{"a": {"mode": "802.3ad"}}\n')
  })

  test('is quoted where YAML would read something else', () => {
    expect(fix('a: {x: 1}\n', set('a.x', 'on'))).toMatch(/^a: \{x: ['"]on['"]\}\n$/)
    expect(fix('a: {x: 1}\n', set('a.x', 'a, b'))).toMatch(/^a: \{x: ['"]a, b['"]\}\n$/)
  })

  test('as a list or mapping is written on one line', () => {
    expect(fix('a:\n  x: 1\n', set('a.x', ['eth0', 'eth1']))).toBe('a:\n  x: [eth0, eth1]\n')
    expect(fix('a:\n  x:\n  y: 1\n', set('a.x.z', 5))).toBe('a:\n  x: {z: 5}\n  y: 1\n')
    expect(fix('a:\n  x: ~\n', set('a.x.z', 5))).toBe('a:\n  x: {z: 5}\n')
  })

  test('in place of a list below its key leaves comments', () => {
    expect(fix(lines('a:', '  x: # one', '    - 1', '    # two', '    - 2', 'b: 1'), set('a.x', 3))).toBe(
      lines('a:', '  x: 3 # one', '    # two', 'b: 1'),
    )
  })
})

describe('a key', () => {
  test('is renamed where it stands', () => {
    expect(fix('a:\n  lacp_rate: fast # c\n', rename('a.lacp_rate', 'lacp-rate'))).toBe(
      'a:\n  lacp-rate: fast # c\n',
    )
    expect(fix('{"a":{"lacp_rate":"fast"}}', rename('a.lacp_rate', 'lacp-rate'))).toBe(
      '{"a":{"lacp-rate":"fast"}}',
    )
    expect(fix("a: {'x': 1}\n", rename('a.x', 'y'))).toBe("a: {'y': 1}\n")
    expect(fix('a: {? x : 1}\n', rename('a.x', 'z'))).toBe('a: {? z : 1}\n')
  })

  test('does not take the name of another', () => {
    expect(fix('a: {x: 1, y: 2}\n', rename('a.x', 'y'))).toBeUndefined()
  })
})

describe('an entry that goes', () => {
  const block = lines(
    'a:',
    '  # about x',
    '  x: 1   # why x',
    '  y:',
    '    - 1 # one',
    '    - 2',
    '',
    '  # about z',
    '  z: 3',
    'b: 1',
  )
  test('takes its lines, and no comment on lines of their own', () => {
    expect(fix(block, remove('a.x'))).toBe(block.replace('  x: 1   # why x\n', ''))
    expect(fix(block, remove('a.y'))).toBe(block.replace(/ {2}y:\n.*\n.*\n/, ''))
    expect(fix(block, remove('a.z'))).toBe(block.replace('  z: 3\n', ''))
    expect(fix(block, remove('b'))).toBe(block.replace('b: 1\n', ''))
    expect(fix(block, remove('a.y.0'))).toBe(block.replace('    - 1 # one\n', ''))
  })

  test('leaves brackets where it was the only one', () => {
    expect(fix('a:\n  x: 1\nb: 1\n', remove('a.x'))).toBe('a: {}\nb: 1\n')
    expect(fix('a: # c\n  # d\n  x: 1\nb: 1\n', remove('a.x'))).toBe('a: {} # c\n  # d\nb: 1\n')
    expect(fix('a:\n- 1\n- 2\nb: 1\n', remove('a.0'), remove('a.1'))).toBe('a: []\nb: 1\n')
    expect(fix('a: 1', remove('a'))).toBe('{}')
    expect(fix('- x: 1 # c\n- y\n', remove('0.x'))).toBe('- {} # c\n- y\n')
    expect(fix('a: { x: 1 }\n', remove('a.x'))).toBe('a: {}\n')
  })

  test('of the first in a list item pulls the next up to the dash', () => {
    expect(fix('- x: 1 # c\n  y: 2\n', remove('0.x'))).toBe('- y: 2\n')
    expect(fix('- x: 1 # c\n  # about y\n  y: 2\n', remove('0.x'))).toBe('- \n  # about y\n  y: 2\n')
    expect(fix('- - 1\n  - 2\n', remove('0.0'))).toBe('- - 2\n')
  })

  test.each([
    ['a: {x: 1, y: 2, z: 3}', 'x', 'a: {y: 2, z: 3}'],
    ['a: {x: 1, y: 2, z: 3}', 'y', 'a: {x: 1, z: 3}'],
    ['a: {x: 1, y: 2, z: 3}', 'z', 'a: {x: 1, y: 2}'],
    ['a: { x: 1, y: 2, }', 'y', 'a: { x: 1, }'],
    ['a: {y, x: }', 'x', 'a: {y}'],
    ['a: {\n  x: 1, # why\n  y: 2\n }', 'y', 'a: {\n  x: 1 # why\n }'],
    ['a: {\n  x: 1, # why\n  y: 2, # gone\n }', 'y', 'a: {\n  x: 1, # why\n }'],
    ['a: {\n  x: 1, # gone\n  # about y\n  y: 2\n }', 'x', 'a: {\n  # about y\n  y: 2\n }'],
    ['a: {x: 1, y: 2,\n  z: 3}', 'y', 'a: {x: 1,\n  z: 3}'],
    ['a: {x: 1,\n  y: 2}', 'y', 'a: {x: 1}'],
    ['a: {\r\n  x: 1,\r\n  y: 2\r\n }', 'y', 'a: {\r\n  x: 1\r\n }'],
    ['{"a": {\n  "x": 1,\n  "y": 2\n}}', 'y', '{"a": {\n  "x": 1\n}}'],
  ])('takes its comma: %j', (before, key, after) => {
    expect(fix(before, remove(`a.${key}`))).toBe(after)
  })

  test('several of one mapping at once', () => {
    expect(fix('a: {x: 1, y: 2, z: 3}\n', remove('a.x'), remove('a.y'))).toBe('a: {z: 3}\n')
    expect(fix('a: {x: 1, y: 2, z: 3}\n', remove('a.y'), remove('a.z'))).toBe('a: {x: 1}\n')
    expect(fix('a: {x: 1, y: 2, z: 3}\n', remove('a.x'), remove('a.z'))).toBe('a: {y: 2}\n')
    expect(fix('a: {x: 1, y: 2}\n', remove('a.x'), remove('a.y'))).toBe('a: {}\n')
    expect(fix('a:\n  x: 1\n  y: 2\n  z: 3\n', remove('a.x'), remove('a.z'))).toBe('a:\n  y: 2\n')
  })
})

describe('an entry that comes', () => {
  test('stands behind the last simple one, as its neighbours do', () => {
    expect(fix(lines('a:', '  x: 1 # c', '  y:', '    - 1', 'b: 1'), set('a.z', 5))).toBe(
      lines('a:', '  x: 1 # c', '  z: 5', '  y:', '    - 1', 'b: 1'),
    )
    expect(fix('a:\r\n    x: 1\r\n', set('a.z', 5))).toBe('a:\r\n    x: 1\r\n    z: 5\r\n')
    expect(fix('a:\n  x: 1', set('a.z', 5))).toBe('a:\n  x: 1\n  z: 5')
    expect(fix('- x: 1\n', set('0.z', 5))).toBe('- x: 1\n  z: 5\n')
  })

  test.each([
    ['a: {x: 1}', 'a: {x: 1, z: 5}'],
    ['a: { x: 1 }', 'a: { x: 1, z: 5 }'],
    ['a: {}', 'a: {z: 5}'],
    ['a: {\n  x: 1\n }', 'a: {\n  x: 1,\n  z: 5\n }'],
    ['a: {\n  x: 1, # c\n }', 'a: {\n  x: 1, # c\n  z: 5,\n }'],
    ['a: {\n  x: 1 # c\n }', 'a: {\n  x: 1, # c\n  z: 5\n }'],
    ['{"a": {"x": 1}}', '{"a": {"x": 1, "z": 5}}'],
    ['{\n  "a": {\n    "x": 1\n  }\n}', '{\n  "a": {\n    "x": 1,\n    "z": 5\n  }\n}'],
  ])('%j', (before, after) => {
    expect(fix(before, set('a.z', 5))).toBe(after)
  })

  test('with all that leads to it', () => {
    expect(fix('a:\n  x: 1\n', set('a.p.eth0.mtu', 9000))).toBe('a:\n  x: 1\n  p: {eth0: {mtu: 9000}}\n')
    expect(fix('a:\n  x: 1\n', set('a.p.q', 1), set('a.p.r', 2))).toBe('a:\n  x: 1\n  p: {q: 1, r: 2}\n')
  })

  test('while others go', () => {
    expect(fix('a: {x: 1, y: 2}\n', remove('a.x'), remove('a.y'), set('a.z', 3))).toBe('a: {z: 3}\n')
    expect(fix('a:\n  x: 1\n  y: 2\n', remove('a.x'), remove('a.y'), set('a.z', 3))).toBe('a:\n  z: 3\n')
    expect(fix('a:\n  x: 1\n  y: 2\n', remove('a.x'), set('a.z', 3))).toBe('a:\n  y: 2\n  z: 3\n')
    expect(fix('a:\n  x: 1\n  y: 2\n', remove('a.y'), set('a.z', 3))).toBe('a:\n  x: 1\n  z: 3\n')
  })
})

describe('a list that becomes another keeps the items of both', () => {
  test.each([
    ['m: [eth0, eth1, eth0] # c', ['eth0', 'eth1'], 'm: [eth0, eth1] # c'],
    ['m:\n  - eth0 # a\n  - eth0 # b\n  - eth1\n', ['eth0', 'eth1'], 'm:\n  - eth0 # a\n  - eth1\n'],
    ['m: ["10.0.0.1/24"]', ['10.0.0.1/24', '10.0.0.2/24'], 'm: ["10.0.0.1/24", 10.0.0.2/24]'],
    ['m:\n- a # one\n- b # two\n', ['a', 'x', 'b', 'c'], 'm:\n- a # one\n- x\n- b # two\n- c\n'],
    ['m:\n- a # one\n', ['x', 'a'], 'm:\n- x\n- a # one\n'],
    ['m: [a, b]', ['x', 'a', 'b'], 'm: [x, a, b]'],
    ['m: [a, b, c]', ['a', 'x', 'c'], 'm: [a, x, c]'],
    ['m: []', ['a'], 'm: [a]'],
    ['m: [a]', [], 'm: []'],
    ['m: [\n  a, # one\n  b  # two\n ]', ['a', 'b', 'c'], 'm: [\n  a, # one\n  b,  # two\n  c\n ]'],
    ['m:\n- {to: default, via: a} # r\n', [{ to: 'default', via: 'b' }], 'm:\n- {to: default, via: b} # r\n'],
  ])('%j to %j', (before, value, after) => {
    expect(fix(before, set('m', value))).toBe(after)
  })
})

describe('what a text cannot carry is refused', () => {
  test.each<[string, ...Edit[]]>([
    ['a: &x {y: 1}\nb: *x\n', set('b.y', 2)],
    ['a: &x {y: 1}\nb: *x\n', set('a.y', 2)],
    ['a: &x {y: 1}\nb: *x\n', remove('a')],
    ['a: |\n  text\n', set('a', 'x')],
    ['a: {x: 1}\n', set('a.x', 'two\nlines')],
    ['a: {x: 1}\n', set('a.x.y', 2)],
    ['a: [1]\n', set('a.5', 2)],
    ['a: {x: 1}\n', remove('a.y')],
    ['a: {x: 1}\n', set('a.x', 1)],
    ['a: {x: 1}\n', remove('a.x'), set('a.x', 2)],
    ['a: {x: {y: 1}}\n', remove('a.x'), set('a.x.y', 2)],
    ['a: {x: {y: 1}}\n', set('a.x.y', 2), remove('a.x')],
    ['x\n', set('a', 1)],
  ])('%j', (text, ...edits) => {
    expect(fix(text, ...edits)).toBeUndefined()
  })

  test('and a text that is no YAML, or empty', () => {
    expect(fixable(sourceText('f.yaml', 'a: ['))).toBeUndefined()
    expect(fixable(sourceText('f.yaml', '# nothing\n'))?.fixed([[set('a', 1)]])).toBeUndefined()
  })
})

describe('several fixes in one pass', () => {
  const fixes = (text: string, ...all: Edit[][]): string | undefined =>
    fixable(sourceText('f', text))?.fixed(all)

  test('each is made', () => {
    expect(fixes('a: {x: 1, y: 2, z: 3}\n', [remove('a.x')], [remove('a.y')], [set('a.z', 4)])).toBe(
      'a: {z: 4}\n',
    )
  })

  test('of two that touch the same the first is made', () => {
    expect(fixes('a: {x: 1}\n', [set('a.x', 2)], [remove('a.x')])).toBe('a: {x: 2}\n')
    expect(fixes('a: {x: {y: 1}}\n', [remove('a.x')], [set('a.x.y', 2)])).toBe('a: {}\n')
    expect(fixes('a: {x: 1, z: 2}\n', [rename('a.x', 'p')], [rename('a.z', 'p')])).toBe('a: {p: 1, z: 2}\n')
  })

  test('one that cannot be made holds up no other', () => {
    expect(fixes('a: |\n  t\nb: 1\n', [set('a', 'x')], [set('b', 2)])).toBe('a: |\n  t\nb: 2\n')
    expect(fixes('a: |\n  t\n', [set('a', 'x')])).toBeUndefined()
  })
})
