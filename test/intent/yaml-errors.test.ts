import { describe, expect, test } from 'vitest'
import { locate } from '../../src/diagnostics/origin.ts'
import { decodeText } from '../../src/intent/text.ts'
import { readYaml } from '../../src/intent/yaml.ts'
import { briefs, read } from '../support/yaml.ts'

describe('syntax errors', () => {
  test.each([
    ['a:\n\tb: 1', 'yaml-syntax 2:1', 'a tab stands in the indentation'],
    ['a:\n  b: 1\n  \tc: 2', 'yaml-syntax 3:3', 'a tab stands in the indentation'],
    ['mtu:9000\nmiimon: 1', 'yaml-syntax 1:1 mtu:9000', 'mtu:9000 has no space after the colon'],
    ['x: 1\nmtu:9000', 'yaml-syntax 2:1 mtu:9000', 'no space after the colon'],
    ['a: @b c', 'yaml-syntax 1:4 @b c', 'no text may begin with @'],
    ['a: `b`', 'yaml-syntax 1:4 `b`', 'no text may begin with `'],
    ['a: [x, %b]', 'yaml-syntax 1:8 %b', 'no text may begin with %'],
    ['a: 1\n%b: 2', 'yaml-syntax 2:1 %b:', 'directive'],
    ['a:\n  b: 1\n   c: 2', 'yaml-syntax 3:4 c', 'indented by 3 spaces, deeper than the line above'],
    ['a:\n    b: 1\n  c: 2', 'yaml-syntax 3:3 c', 'indented by 2 spaces, which fits no line above it'],
    ['a: "b\nc: 1', 'yaml-syntax 1:4 "', 'the quote " that begins here is not closed'],
    ["a:\n  b: 'c\n  d: 1", "yaml-syntax 2:6 '", "the quote ' that begins here is not closed"],
    ['a: "b\n  c: "d"\n', 'yaml-syntax 1:4 "', 'closed only some lines further'],
    ['a: [b, c\nd: 1', 'yaml-syntax 1:4 [', 'the bracket [ that begins here is not closed'],
    ['a:\n  - [b, c\n    d: 1', 'yaml-syntax 2:5 [', 'the bracket [ that begins here is not closed'],
    ['a: {b: [c, d}\n', 'yaml-syntax 1:8 [', 'the bracket [ that begins here is not closed'],
    ['a: "[" # {\nb: {c', 'yaml-syntax 2:4 {', 'the bracket { that begins here is not closed'],
    ['a: |\n  "[{\nb: [c', 'yaml-syntax 3:4 [', 'the bracket [ that begins here is not closed'],
    ['a: [\n  b\n]', 'yaml-syntax 3:1 ]', 'the closing ] is not indented deeper'],
    ['a: [b]]', 'yaml-syntax 1:7 ]', 'the closing ] has no opening one'],
    ["a: 'it's'", "yaml-syntax 1:8 s'", 'text follows after the closing quote'],
    ['a: b: c', 'yaml-syntax 1:5 :', 'a second colon'],
    ['via: fe80::', 'yaml-syntax 1:6 fe80::', 'fe80:: ends in a colon'],
    ['{via: fe80::}', 'yaml-syntax 1:7 fe80::', 'fe80:: ends in a colon'],
    ['mac: 52:54:00:00:00:02:', 'yaml-syntax 1:6 52:54:00:00:00:02:', 'ends in a colon'],
    ['a: "\\q"', 'yaml-syntax 1:5 \\q', '\\q is no escape'],
    ['a: "C:\\Users"', 'yaml-syntax 1:7 \\Us', 'unfinished escape'],
    ['a: [b, , c]', 'yaml-syntax 1:8 ,', 'nothing stands before this ,'],
    ['a: {b: 1 c: 2}', 'yaml-syntax 1:11 :', 'a comma or a colon is missing'],
    ['a: - b', 'yaml-syntax 1:4 -', 'a list of dashes cannot begin on the line of its key'],
    ['a:\n  - b\n  c: 1', 'yaml-syntax 3:3 c:', 'a key stands among the items of a list'],
    ['a: 1\n- b', 'yaml-syntax 2:1 -', 'an item of a list stands among keys'],
    ['a: 1\nfoo\nb: 2', 'yaml-syntax 2:1 foo', 'foo stands where a key is expected and has no colon'],
    ['a: | text', 'yaml-syntax 1:6 text', 'after | or > the text begins on the next line'],
    ['a: *', 'yaml-syntax 1:4 *', '* must be followed by the name'],
    ['a: {% if x %}', 'yaml-syntax 1:4 {%', 'braces begin a mapping'],
    ['a: &x &y z', 'yaml-syntax 1:7 &y', 'duplication of an anchor'],
    ['a: !x!y z', 'yaml-syntax 1:8', 'undeclared tag handle'],
    ['a: \uD800', 'yaml-syntax 1:4 \uD800', 'non-printable'],
  ])('%j', (text, expected, message) => {
    const { value, diagnostics } = read(text)
    expect(value).toBeUndefined()
    expect(diagnostics[0]?.message).toContain(message)
    expect(briefs(text)).toEqual([expected])
  })

  test('show also where an unclosed bracket was noticed', () => {
    const text = 'hosts:\n  s1:\n    a: [b, c\n    d: 1\n'
    const [found] = read(text).diagnostics
    expect(briefs(text)).toEqual(['yaml-syntax 3:8 ['])
    expect(found?.related).toMatchObject([{ message: 'noticed here', region: { line: 4, column: 5 } }])
  })

  test('are said for every host, with the keys that stand twice elsewhere', () => {
    const text = `hosts:
  s1: {mtu: 1
  s2:
    bonds: {bond0: {members: [eth0, eth1]}}
    mtu: 1
    mtu: 2
  s3:
    description: |
      an apostrophe's bracket [
    name: @x
  # a comment
  s4:
\tmtu: 9000
switches:
  sw1: "open
traffic:
- {from: s1, to: s2
- {from: *gone, to: s1}
- {from: s1, from: s2}
profiles: {}
profiles: []
`
    expect(briefs(text)).toEqual([
      'yaml-syntax 2:7 {',
      'yaml-syntax 10:11 @x',
      'yaml-syntax 13:1',
      'yaml-syntax 15:8 "',
      'yaml-syntax 17:3 {',
      'yaml-key-twice 6:5 mtu',
      'yaml-key-twice 19:14 from',
      'yaml-key-twice 21:1 profiles',
    ])
  })

  test('in text of one section, and in brackets, are said once', () => {
    expect(briefs('{"a": 1,\n "b" 2,\n "c" 3}')).toEqual(['yaml-syntax 2:6 2'])
    expect(briefs('- a: [\n- b: [\n')).toEqual(['yaml-syntax 1:6 [', 'yaml-syntax 2:6 ['])
  })

  test('stand beside control characters', () => {
    const { value: source, diagnostics } = decodeText(
      new TextEncoder().encode('a: \x01\nb: 1\nb: @'),
      'f.yaml',
    )
    if (source === undefined) throw new Error('refused')
    const all = [...diagnostics, ...readYaml(source).diagnostics]
    expect(locate(all).map(({ code, region }) => `${code} ${region?.line}:${region?.column}`)).toEqual([
      'text-control-character 1:4',
      'yaml-syntax 3:4',
    ])
  })
})
