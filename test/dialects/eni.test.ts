// interfaces(5) taken apart and put together. That ifup takes it apart in the same way is test/real/ifupdown.test.ts.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Span, Statement } from '../../src/dialects/dialect.ts'
import { certain, eni } from '../../src/dialects/eni.ts'
import { effortMs } from '../support/effort.ts'

const statementsOf = (text: string) => eni.statements(text, 'interfaces')

/** Names and values only, the way they are nested. */
const shapeOf = ({ name, value, inside }: Statement): unknown =>
  inside.length === 0 ? [name, value] : [name, value, inside.map(shapeOf)]

const shapes = (text: string): unknown => statementsOf(text).statements.map(shapeOf)

/** The options of the only stanza. */
const optionsIn = (text: string): readonly Statement[] =>
  statementsOf(text).statements[0]?.inside.find(({ name }) => name === 'options')?.inside ?? []

/** The text that a statement says it was read from. */
const cut = (text: string, span: Span | undefined): string | undefined =>
  span && text.slice(span.start, span.end)

describe('what is encoded', () => {
  test.each([
    ['802.3ad', '802.3ad'],
    [100, '100'],
    [-1, '-1'],
    [true, 'true'],
    ['a # b', 'a # b'],
    ['#', '#'],
    ['ein Wört', 'ein Wört'],
    ['a\\b', 'a\\b'],
    [['eth0', 'eth1'], 'eth0 eth1'],
    [[1, 2], '1 2'],
  ])('%j', (value, text) => expect(eni.encode(value)).toBe(text))

  test.each([
    [''],
    [' a'],
    ['a '],
    ['a\t'],
    ['a\u00a0'],
    ['a\nup reboot'],
    ['a\rb'],
    ['a\0b'],
    ['a\u2028b'],
    ['a\u0085b'],
    ['a\\'],
    ['\ufeffa'],
    ['\ud800'],
    [Number.NaN],
    [[]],
    [['a', 'b c']],
    [['a', '']],
    [['a', 'b\\']],
    [[['a']]],
    [{ a: 1 }],
  ])('not %j', value => expect(eni.encode(value)).toBeUndefined())

  test('reads back, whatever it is, and the rest is refused', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...' \t\\#"\'$`;\n\r\0a1.:/%é\u2028') }),
    )
    fc.assert(
      fc.property(fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 4 })), value => {
        const encoded = eni.encode(value)
        if (encoded === undefined) {
          // Refused is only what some reader could take for something else.
          const plain = (one: unknown) => /^[\w.:/-]+$/.test(String(one))
          expect(Array.isArray(value) ? value.length > 0 && value.every(plain) : plain(value)).toBe(false)
          return
        }
        const whole = `auto x\niface x inet static\n    before 1\n    option ${encoded}\n    after 2\n`
        const { statements, diagnostics } = statementsOf(whole)
        expect(diagnostics).toEqual([])
        const back = statements[1]?.inside.find(({ name }) => name === 'options')?.inside ?? []
        expect(back.map(({ name, value }) => [name, value])).toEqual([
          ['before', '1'],
          ['option', Array.isArray(value) ? value.join(' ') : String(value)],
          ['after', '2'],
        ])
      }),
      { numRuns: 2000 },
    )
  })

  test('what the program makes itself is held to the same', () => {
    expect(certain('inet static')).toBe('inet static')
    expect(() => certain('a\nb')).toThrow(/not one line/)
  })
})

describe('what is read', () => {
  test('stanzas with their heads and options', () => {
    expect(
      shapes(`# a comment
auto lo bond0
allow-hotplug eth1

iface bond0 inet static
\taddress 192.0.2.1/24   \t
  up echo 1 > /x # no comment
iface bond0 inet6 auto
iface eth1 inet manual inherits base
  # a comment inside
  mtu 9000
iface eth2 inherits base
mapping eth* wlan*
  script /usr/local/sbin/which
  map home
source interfaces.d/*
source-directory /etc/network/more
no-auto-down bond0
rename eth3=lan0
template base
  mtu 1500
`),
    ).toEqual([
      [
        'auto',
        'lo bond0',
        [
          ['name', 'lo'],
          ['name', 'bond0'],
        ],
      ],
      ['allow-hotplug', 'eth1', [['name', 'eth1']]],
      [
        'iface',
        'bond0 inet static',
        [
          ['name', 'bond0'],
          ['family', 'inet'],
          ['method', 'static'],
          [
            'options',
            undefined,
            [
              ['address', '192.0.2.1/24'],
              ['up', 'echo 1 > /x # no comment'],
            ],
          ],
        ],
      ],
      [
        'iface',
        'bond0 inet6 auto',
        [
          ['name', 'bond0'],
          ['family', 'inet6'],
          ['method', 'auto'],
          ['options', undefined],
        ],
      ],
      [
        'iface',
        'eth1 inet manual inherits base',
        [
          ['name', 'eth1'],
          ['family', 'inet'],
          ['method', 'manual'],
          ['inherits', 'base'],
          ['options', undefined, [['mtu', '9000']]],
        ],
      ],
      [
        'iface',
        'eth2 inherits base',
        [
          ['name', 'eth2'],
          ['inherits', 'base'],
          ['options', undefined],
        ],
      ],
      [
        'mapping',
        'eth* wlan*',
        [
          ['name', 'eth*'],
          ['name', 'wlan*'],
          [
            'options',
            undefined,
            [
              ['script', '/usr/local/sbin/which'],
              ['map', 'home'],
            ],
          ],
        ],
      ],
      ['source', 'interfaces.d/*'],
      ['source-directory', '/etc/network/more'],
      ['no-auto-down', 'bond0', [['name', 'bond0']]],
      ['rename', 'eth3=lan0', [['name', 'eth3=lan0']]],
      [
        'template',
        'base',
        [
          ['name', 'base'],
          ['options', undefined, [['mtu', '1500']]],
        ],
      ],
    ])
  })

  test('auto without a name is about the stanza that it stands in', () => {
    expect(shapes('iface eth0 inet dhcp\n  auto\n  hostname x\n')).toEqual([
      [
        'iface',
        'eth0 inet dhcp',
        [
          ['name', 'eth0'],
          ['family', 'inet'],
          ['method', 'dhcp'],
          ['options', undefined, [['hostname', 'x']]],
        ],
      ],
      ['auto', undefined, [['name', 'eth0']]],
    ])
  })

  test.each([
    ['continued', 'iface x inet manual\n  up ip link \\\n    set x up\n', 'ip link     set x up'],
    ['continued before a comment mark', 'iface x inet manual\n  up a \\\n# b\n', 'a # b'],
    ['continued at the end of the file', 'iface x inet manual\n  up a\\', 'a'],
    ['continued twice by two backslashes and an empty line', 'iface x inet manual\n  up a\\\\\n\nb\n', 'ab'],
    ['continued twice at the end of the file', 'iface x inet manual\n  up a\\\\', 'a'],
    ['not continued by a backslash before a blank', 'iface x inet manual\n  up a\\ \n', 'a\\'],
    ['with the line ends of DOS', 'iface x inet manual\r\n  up a b\r\n', 'a b'],
    ['without a last line end', 'iface x inet manual\n  up a', 'a'],
    ['a keyword in the middle', 'iface x \\\n inet manual\n up a', 'a'],
  ])('%s', (_, text, value) => {
    const options = optionsIn(text)
    expect(options.map(one => [one.name, one.value])).toEqual([['up', value]])
    expect(statementsOf(text).diagnostics).toEqual([])
  })

  test('and where it stands', () => {
    const text =
      'auto  lo eth0\n\n  iface eth0   inet static # x\n\taddress\t 192.0.2.1 \\\n  255.255.255.0\t\n mtu 1 '
    const [auto, iface] = statementsOf(text).statements
    expect(cut(text, auto?.key)).toBe('auto')
    expect(auto?.inside.map(({ at }) => cut(text, at))).toEqual(['lo', 'eth0'])
    expect(cut(text, iface?.at)).toBe('eth0   inet static # x')
    expect(iface?.inside.slice(0, 3).map(({ at }) => cut(text, at))).toEqual(['eth0', 'inet', 'static'])
    const [address, mtu] = iface?.inside.find(({ name }) => name === 'options')?.inside ?? []
    expect(cut(text, address?.key)).toBe('address')
    expect(cut(text, address?.at)).toBe('192.0.2.1 \\\n  255.255.255.0')
    expect([mtu?.value, cut(text, mtu?.at)]).toEqual(['1', '1'])
  })
})

const unread = 'and ifup reads nothing of such a file'

describe('what ifup would refuse', () => {
  test.each([
    ['mtu 1500\n', `mtu stands outside every stanza, ${unread}`, [1, 1, 1, 4]],
    ['auto eth0\n  mtu 1500\n', `mtu stands outside every stanza, ${unread}`, [2, 3, 2, 6]],
    ['iface eth0 inet manual\n\tmtu\n', `mtu has no value, ${unread}`, [2, 2, 2, 5]],
    ['\n\niface\n', `iface names nothing, ${unread}`, [3, 1, 3, 6]],
    ['mapping a\n mtu 1\n', `mtu is no option of a mapping, ${unread}`, [2, 2, 2, 5]],
    ['source\n', 'source names nothing', [1, 1, 1, 7]],
    ['iface a inet manual\n up a\0b\n', 'a NUL byte ends the line for ifup', [2, 2, 2, 4]],
  ])('%j', (text, message, [line, column, endLine, endColumn]) => {
    const region = { file: 'interfaces', line, column, endLine, endColumn }
    expect(statementsOf(text).diagnostics).toEqual([
      { code: 'eni-syntax', severity: 'error', message, region },
    ])
  })

  test.each([
    ['iface a inet dhcp b\n', 'b is not understood at the head of a stanza', [19, 20]],
    ['iface a inet dhcp inherits\n', 'inherits is not understood at the head of a stanza', [19, 27]],
  ])('or pass over: %j', (text, message, [column, endColumn]) => {
    const region = { file: 'interfaces', line: 1, column, endLine: 1, endColumn }
    expect(statementsOf(text).diagnostics).toEqual([
      { code: 'eni-syntax', severity: 'warning', message, region },
    ])
  })
})

/** Text that has much of what the dialect gives a meaning to. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'iface',
        'auto',
        'allow-',
        'mapping',
        'inherits',
        'source',
        '\n',
        '\\\n',
        '\\',
        '#',
        ' ',
        '\t',
      ),
      fc.constantFrom(
        '\r',
        '\0',
        '\n\n',
        'inet',
        'manual',
        'bond-mode',
        '\ufeff',
        '\u2028',
        '\ud83d',
        '😀',
        'é',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
  )
  .map(parts => parts.join(''))

describe('any text', () => {
  test('is read without a throw, and every span lies in it', () => {
    fc.assert(
      fc.property(anyText, text => {
        const { statements, diagnostics } = statementsOf(text)
        const lines = text.split('\n')
        for (const { region } of diagnostics) {
          expect(region?.line).toBeLessThanOrEqual(lines.length)
          expect(region?.column).toBeLessThanOrEqual((lines[(region?.line ?? 1) - 1]?.length ?? 0) + 1)
        }
        const walk = ({ name, value, key, at, inside }: Statement): void => {
          for (const { start, end } of [key, at])
            expect(0 <= start && start <= end && end <= text.length).toBe(true)
          if (typeof value === 'string' && !cut(text, at)?.includes('\\\n')) expect(cut(text, at)).toBe(value)
          if (
            !['name', 'family', 'method', 'inherits', 'extra', 'options'].includes(name) &&
            !cut(text, key)?.includes('\\\n')
          )
            expect(cut(text, key)).toBe(name)
          inside.forEach(walk)
        }
        statements.forEach(walk)
      }),
      { numRuns: 2000 },
    )
  })

  test('of any size takes time in proportion', () => {
    const million = 'x\\\n'.repeat(300_000)
    const started = effortMs()
    statementsOf(million)
    statementsOf(`iface a inet manual\n${'  up\n'.repeat(200_000)}`)
    statementsOf(`iface a inet manual\n up ${'a \\\n'.repeat(200_000)}`)
    expect(effortMs() - started).toBeLessThan(5000)
  })
})
