import { describe, expect, test } from 'vitest'
import type { Path } from '../../src/diagnostics/diagnostic.ts'
import { effortMs } from '../support/effort.ts'
import { briefs, read } from '../support/yaml.ts'

function valueRead(text: string): unknown {
  const { value, diagnostics } = read(text)
  expect(diagnostics).toEqual([])
  return value?.value
}

/** `line:column-endLine:endColumn` of a place. */
function spot(text: string, part: 'key' | 'value', ...path: Path): string {
  const region = read(text).value?.origin.regionOf({ path, part })
  return `${region?.line}:${region?.column}-${region?.endLine}:${region?.endColumn}`
}

describe('values', () => {
  test('follow the core schema of YAML 1.2', () => {
    expect(
      valueRead('{a: 1, b: on, c: 802.3ad, d: 0x1f, e: 1e3, f: ~, g: Yes, h: 2001-01-01, i: 0o17, j: .inf}'),
    ).toEqual({
      a: 1,
      b: 'on',
      c: '802.3ad',
      d: 31,
      e: '1e3',
      f: null,
      g: 'Yes',
      h: '2001-01-01',
      i: 15,
      j: '.inf',
    })
    expect(
      valueRead('[11:22:33:44:55:59, 0123, 1_000, "1", \'true\', True, !!str 1, ! 2, !!int "7"]'),
    ).toEqual(['11:22:33:44:55:59', 123, '1_000', '1', 'true', true, '1', '2', 7])
  })

  test('come from JSON too', () => {
    const value = { hosts: { s1: { bonds: { bond0: { members: ['eth0', 'eth1'], mtu: 9000, x: null } } } } }
    expect(valueRead(JSON.stringify(value))).toEqual(value)
    expect(valueRead(JSON.stringify(value, null, '\t'))).toEqual(value)
  })

  test('of an empty file are undefined, of an empty document null', () => {
    expect(valueRead('')).toBeUndefined()
    expect(valueRead('# nothing\n\n')).toBeUndefined()
    expect(valueRead('---\n')).toBeNull()
    expect(spot('# nothing\n', 'key', 'hosts')).toBe('1:1-1:1')
    expect(spot('---\n', 'key', 'hosts')).toBe('1:1-1:1')
  })

  test('have keys as they are written', () => {
    expect(valueRead('1: a\n0x10: b\n1.0: c\nnull: d\ntrue: e\n"2": f\n? g\n: h\n!!int 3: i\n')).toEqual({
      1: 'a',
      '0x10': 'b',
      '1.0': 'c',
      null: 'd',
      true: 'e',
      2: 'f',
      g: 'h',
      3: 'i',
    })
    expect(valueRead('"\\x61": 1\n? >-\n  b\n  c\n: 2\n')).toEqual({ a: 1, 'b c': 2 })
  })

  test('with hostile keys touch no prototype', () => {
    const value = valueRead(
      '__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 2}}\ntoString: 3',
    ) as object
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString'])
    expect(Object.getOwnPropertyDescriptor(value, '__proto__')?.value).toEqual({ polluted: 1 })
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(valueRead('hosts: {__proto__: 1}')).toEqual(JSON.parse('{"hosts": {"__proto__": 1}}'))
    expect(briefs('__proto__: 1\n__proto__: 2')).toEqual(['yaml-key-twice 2:1 __proto__'])
    expect(spot('a: {__proto__: {b: 1}}', 'value', 'a', '__proto__', 'b')).toBe('1:20-1:21')
  })

  test('repeat what is anchored, values and keys', () => {
    const value = valueRead('a: &x {b: &n name}\nc: *x\n*n : 1\nd: [*n]') as Record<string, unknown>
    expect(value).toEqual({ a: { b: 'name' }, c: { b: 'name' }, name: 1, d: ['name'] })
    expect(value.c).toBe(value.a)
    expect(valueRead('- &x 1\n- &x 2\n- *x')).toEqual([1, 2, 2])
  })

  test('know the handles that %TAG lines define', () => {
    expect(
      valueRead('%TAG !e! tag:yaml.org,2002:\n---\na: !e!str 1\nb: !<tag:yaml.org,2002:str> 2\n'),
    ).toEqual({ a: '1', b: '2' })
  })
})

describe('places', () => {
  const text = `# an intent
hosts:
  s1:   # the first
    ports: {eth0: {speed: 1G}, "eth1": {}}
    bonds:
      bond0:
        members: [eth0,
          eth1]
        'mtu': "9000"
        primary:
        note: |
          two
            lines

        1: one
    list:
    - a: 1
      b: 2
    - [x, y]
    -
    - - z
`
  test.each<[string, 'key' | 'value', Path]>([
    ['2:1-2:6', 'key', ['hosts']],
    ['2:1-2:6', 'value', ['hosts']],
    ['3:3-3:5', 'value', ['hosts', 's1']],
    ['4:5-4:10', 'key', ['hosts', 's1', 'ports']],
    ['4:12-4:43', 'value', ['hosts', 's1', 'ports']],
    ['4:27-4:29', 'value', ['hosts', 's1', 'ports', 'eth0', 'speed']],
    ['4:32-4:38', 'key', ['hosts', 's1', 'ports', 'eth1']],
    ['4:40-4:42', 'value', ['hosts', 's1', 'ports', 'eth1']],
    ['7:9-7:16', 'value', ['hosts', 's1', 'bonds', 'bond0', 'members']],
    ['8:11-8:15', 'value', ['hosts', 's1', 'bonds', 'bond0', 'members', 1]],
    ['9:9-9:14', 'key', ['hosts', 's1', 'bonds', 'bond0', 'mtu']],
    ['9:16-9:22', 'value', ['hosts', 's1', 'bonds', 'bond0', 'mtu']],
    ['10:9-10:16', 'value', ['hosts', 's1', 'bonds', 'bond0', 'primary']],
    ['12:11-13:18', 'value', ['hosts', 's1', 'bonds', 'bond0', 'note']],
    ['15:12-15:15', 'value', ['hosts', 's1', 'bonds', 'bond0', 1]],
    ['15:9-15:10', 'key', ['hosts', 's1', 'bonds', 'bond0', '1']],
    ['17:7-17:8', 'value', ['hosts', 's1', 'list', 0]],
    ['17:7-17:8', 'key', ['hosts', 's1', 'list', 0]],
    ['19:7-19:13', 'value', ['hosts', 's1', 'list', 1]],
    ['20:5-20:6', 'value', ['hosts', 's1', 'list', 2]],
    ['21:7-21:8', 'value', ['hosts', 's1', 'list', 3]],
    ['21:9-21:10', 'value', ['hosts', 's1', 'list', 3, 0]],
    // What is missing.
    ['6:7-6:12', 'key', ['hosts', 's1', 'bonds', 'bond0', 'miimon']],
    ['6:7-6:12', 'value', ['hosts', 's1', 'bonds', 'bond0', 'miimon', 0, 'x']],
    ['9:9-9:14', 'value', ['hosts', 's1', 'bonds', 'bond0', 'mtu', 'x']],
    ['17:7-17:8', 'key', ['hosts', 's1', 'list', 0, 'c']],
    ['16:5-16:9', 'key', ['hosts', 's1', 'list', 9]],
    ['16:5-16:9', 'key', ['hosts', 's1', 'list', '']],
    ['2:1-2:1', 'key', ['switches']],
    ['2:1-2:1', 'value', []],
  ])('%s is the %s of %j', (expected, part, path) => {
    expect(spot(text, part, ...path)).toBe(expected)
  })

  test('of a document of one scalar or of one line are all of it', () => {
    expect(spot('# c\n  text', 'value')).toBe('2:3-2:7')
    expect(spot('{a: 1} # c', 'value')).toBe('1:1-1:7')
    expect(spot('{a: 1} # c', 'key', 'b')).toBe('1:1-1:1')
  })

  test('count tags, and neither anchors nor comments', () => {
    const tagged = 'a: !!str 5 # c\nb: &x !!int 7\nc: &y eth0\nd: !!seq [1]\ne: !!null\nf: [!!null , 1]'
    expect(spot(tagged, 'value', 'a')).toBe('1:4-1:11')
    expect(spot(tagged, 'value', 'b')).toBe('2:7-2:14')
    expect(spot(tagged, 'value', 'c')).toBe('3:7-3:11')
    expect(spot(tagged, 'value', 'd')).toBe('4:4-4:13')
    expect(spot(tagged, 'value', 'e')).toBe('5:1-5:2')
    expect(spot(tagged, 'value', 'f', 0)).toBe('6:5-6:11')
    expect(spot(tagged, 'value', 'f', 1)).toBe('6:14-6:15')
  })

  test('inside of an alias are the alias', () => {
    const aliased = 'a: &x {b: {c: 1}}\nd: *x\ne: [*x]\nf: {g: *x}'
    expect(spot(aliased, 'value', 'd')).toBe('2:4-2:6')
    expect(spot(aliased, 'key', 'd')).toBe('2:1-2:2')
    expect(spot(aliased, 'value', 'd', 'b', 'c')).toBe('2:4-2:6')
    expect(spot(aliased, 'key', 'd', 'b')).toBe('2:4-2:6')
    expect(spot(aliased, 'key', 'd', 'missing')).toBe('2:4-2:6')
    expect(spot(aliased, 'value', 'e', 0, 'b')).toBe('3:5-3:7')
    expect(spot(aliased, 'value', 'f', 'g', 'b', 'c')).toBe('4:8-4:10')
    expect(spot(aliased, 'value', 'a', 'b', 'c')).toBe('1:15-1:16')
  })

  test('of flow text of odd shapes', () => {
    const odd =
      'a: [b: 1, {c: 2}: 3, "d":4, [e]]\nf: {g, h: , "i":[1 , ] , }\nj: [ # ]\n  1 ]\nk: [x y,\n  z]'
    const { value, origin } = read(odd).value ?? {}
    expect(value).toEqual({
      a: [{ b: 1 }, {}, { d: 4 }, ['e']],
      f: { g: null, h: null, i: [1] },
      j: [1],
      k: ['x y', 'z'],
    })
    expect(briefs(odd)).toEqual(['yaml-key-not-text 1:11 {c: 2}'])
    expect(spot(odd, 'value', 'a', 0)).toBe('1:5-1:9')
    expect(spot(odd, 'value', 'a', 3)).toBe('1:29-1:32')
    expect(spot(odd, 'value', 'f')).toBe('2:4-2:27')
    expect(spot(odd, 'value', 'f', 'h')).toBe('2:8-2:9')
    expect(spot(odd, 'value', 'f', 'i')).toBe('2:17-2:23')
    expect(spot(odd, 'value', 'j')).toBe('3:1-3:2')
    expect(origin?.lines({ file: 'f.yaml', line: 3, column: 1, endLine: 4, endColumn: 2 })).toEqual([
      'j: [ # ]',
      '  1 ]',
    ])
  })

  test('are found in linear time, in one mapping of many entries', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `k${index}: {a: 1}`).join('\n')
    const origin = read(many).value?.origin
    const start = effortMs()
    let right = 0
    for (let index = 0; index < 50_000; index++) {
      if (origin?.regionOf({ path: [`k${index}`, 'a'], part: 'value' })?.line === index + 1) right++
    }
    expect(right).toBe(50_000)
    // A walk through the entries for each would take minutes.
    expect(effortMs() - start).toBeLessThan(10_000)
  })
})

describe('what is well-formed and not read', () => {
  test('keys that stand twice: all of them, each with the first, and the first counts', () => {
    const text = 'a: 1\nb: {c: 1, "c": 2, c: 3}\na: 2\n? d\n1: x\n"1": y\nd: 4\n'
    const { value, diagnostics } = read(text)
    expect(value?.value).toEqual({ a: 1, b: { c: 1 }, d: null, 1: 'x' })
    expect(briefs(text)).toEqual([
      'yaml-key-twice 2:11 "c"',
      'yaml-key-twice 2:19 c',
      'yaml-key-twice 3:1 a',
      'yaml-key-twice 6:1 "1"',
      'yaml-key-twice 7:1 d',
    ])
    expect(
      diagnostics.map(({ related }) => related?.map(({ region }) => `${region?.line}:${region?.column}`)),
    ).toEqual([['2:5'], ['2:5'], ['1:1'], ['5:1'], ['4:3']])
    expect(spot(text, 'value', 'a')).toBe('1:4-1:5')
  })

  test('merge keys, with what to use', () => {
    const text = 'a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n"<<": 3\ne: {!!merge f: *x}'
    expect(read(text).value?.value).toEqual({ a: { b: 1 }, c: { d: 2 }, '<<': 3, e: {} })
    expect(briefs(text)).toContain('yaml-merge-key 3:3 <<')
    expect(read(text).diagnostics[0]?.help).toContain('profiles')
  })

  test('keys that are no text', () => {
    const text = '? [a]\n: 1\n? {b: 1}\n: 2\n[c]: 3\n? - d\n  - e\n: 4\n: 5\nf: {{ g }}\n? |\n  h\n: 6'
    expect(read(text).value?.value).toEqual({ f: {}, 'h\n': 6 })
    expect(briefs(text)).toEqual([
      'yaml-key-not-text 1:3 [a]',
      'yaml-key-not-text 3:3 {b: 1}',
      'yaml-key-not-text 5:1 [c]',
      'yaml-key-not-text 6:3 - d',
      'yaml-key-empty 9:1 :',
      'yaml-key-not-text 10:5 { g }',
    ])
    expect(read(text).diagnostics[5]?.help).toContain('template')
  })

  test('tags that are not known, or do not fit', () => {
    const text =
      'a: !!js/function "x"\nb: !!binary aGk=\nc: !!timestamp 2001-01-01\nd: !e {f: 1}\ng: !!int x\nh: !!seq {i: 1}\nj: !!map 1\nk: !!str [1]\n!!set l: 1'
    expect(read(text).value?.value).toEqual({
      a: 'x',
      b: 'aGk=',
      c: '2001-01-01',
      d: { f: 1 },
      g: 'x',
      h: { i: 1 },
      j: 1,
      k: [1],
      l: 1,
    })
    expect(briefs(text)).toEqual([
      'yaml-tag-unknown 1:4 !!js/function',
      'yaml-tag-unknown 2:4 !!binary',
      'yaml-tag-unknown 3:4 !!timestamp',
      'yaml-tag-unknown 4:4 !e',
      'yaml-value-not-of-tag 5:4 !!int x',
      'yaml-value-not-of-tag 6:4 !!seq',
      'yaml-value-not-of-tag 7:4 !!map 1',
      'yaml-value-not-of-tag 8:4 !!str',
      'yaml-tag-unknown 9:1 !!set',
    ])
  })

  test('escapes that are no character', () => {
    const text =
      'a: "\\ud83d\\ude00"\nb: "x\\ud83d"\n"c\\udc00": 1\nd: "\\U80000041"\ne: "\\\\U80000041"\nf: "\\U0010ffff"'
    expect(read(text).value?.value).toEqual({
      a: '😀',
      b: 'x\uFFFD',
      'c\uFFFD': 1,
      d: '\uFFFD',
      e: '\\U80000041',
      f: '\u{10FFFF}',
    })
    expect(briefs(text)).toEqual([
      'yaml-escape-invalid 2:4 "x\\ud83d"',
      'yaml-escape-invalid 3:1 "c\\udc00"',
      'yaml-escape-invalid 4:4 "\\U80000041"',
    ])
  })

  test('aliases of nothing, of what comes later, and of themselves', () => {
    const text = 'a: *anker\nb: &anchor {c: *anchor}\nd: *anchr\ne: &f [[*f]]\n*g : 1\nh: *.example'
    expect(read(text).value?.value).toEqual({ a: null, b: { c: null }, d: null, e: [[null]], h: null })
    expect(briefs(text)).toEqual([
      'yaml-alias-unknown 1:4 *anker',
      'yaml-alias-inside-itself 2:16 *anchor',
      'yaml-alias-unknown 3:4 *anchr',
      'yaml-alias-inside-itself 4:9 *f',
      'yaml-alias-unknown 5:1 *g',
      'yaml-alias-unknown 6:4 *.example',
    ])
    expect(read(text).diagnostics[2]?.help).toBe('did you mean *anchor?')
    expect(read(text).diagnostics[5]?.help).toBe('a text that begins with * must be quoted')
    expect(spot(text, 'value', 'b', 'c', 'x')).toBe('2:16-2:23')
  })

  test('a second document, at its marker', () => {
    expect(briefs('a: |\n  ---\n---\nb: 1\n---\nc: 1')).toEqual(['yaml-several-documents 3:1 ---'])
    expect(read('a: 1\n---\nb: 1').value?.value).toEqual({ a: 1 })
    expect(briefs('---\n---\na: 1')).toEqual(['yaml-several-documents 2:1 ---'])
    expect(briefs('a: 1\n...\nb: 1')).toEqual(['yaml-several-documents 2:1 ...'])
    expect(valueRead('a: 1\n---\n')).toEqual({ a: 1 })
    expect(valueRead('a: 1\n...\n')).toEqual({ a: 1 })
  })
})
