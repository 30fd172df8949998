// Findings to report on: places found by their text in small sources, a fixed sample, and arbitrary ones.

import fc from 'fast-check'
import type { Region } from '../../src/diagnostics/located.ts'
import type { Reportable, ReportContext } from '../../src/report/index.ts'

/** A region and its lines: where `needle` stands in `source`; `to` names the end of a longer stretch. */
export function find(
  file: string,
  source: string,
  needle: string,
  to = needle,
): {
  region: Region
  lines: string[]
} {
  const start = source.indexOf(needle)
  if (start < 0) throw new Error(`no ${JSON.stringify(needle)} in ${file}`)
  const end = source.indexOf(to, start) + to.length
  const position = (offset: number) => {
    const before = source.slice(0, offset)
    return { line: before.split('\n').length, column: offset - (before.lastIndexOf('\n') + 1) + 1 }
  }
  const { line, column } = position(start)
  const { line: endLine, column: endColumn } = position(end)
  return {
    region: { file, line, column, endLine, endColumn },
    lines: source.split('\n').slice(line - 1, endLine),
  }
}

export const context: ReportContext = {
  tool: { name: 'bondplan', version: '0.1.0' },
  colour: false,
  width: 80,
  filesChecked: ['examples/two-servers.yaml', 'examples/ok.yaml', 'etc/network/interfaces'],
  rules: new Map([
    [
      'one-flow-one-member',
      {
        summary: 'One stream takes one member, so it is never faster than one member.',
        why: 'The hash of a flow picks one member for all of its frames.\n\nMore members help more flows.',
        helpUri: 'https://example.org/rules/one-flow-one-member',
        defaultSeverity: 'error',
      },
    ],
    [
      'updelay-not-multiple-of-miimon',
      {
        summary: 'An updelay that is not a whole number of miimon polls is rounded down.',
        defaultSeverity: 'warning',
      },
    ],
  ]),
}

const intent = `hosts:
  s1:
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        miimon: 100
        updelay: 250
  s2:
    bonds:
      bond0:
        mode: balance-rr
        members: [eth0, eth1]
traffic:
  - {from: s1, to: s2, protocol: tcp, streams: 1, expect: 2G}
`
const interfaces = `auto bond0
iface bond0 inet static
\taddress 192.0.2.11/24
\tbond-mode 4\t# 東京 👩‍🔧 link
\tbond-slaves eth0 eth1
`

const yaml = 'examples/two-servers.yaml'
const eni = 'etc/network/interfaces'

export const sample: readonly Reportable[] = [
  {
    code: 'one-flow-one-member',
    severity: 'error',
    message:
      'one TCP stream from s1 to s2 never exceeds one member: it is expected to reach 2G and will get 1G, ' +
      'because every frame of a flow takes the same member of bond0',
    ...find(yaml, intent, 'expect: 2G'),
    related: [
      { message: 'the members that the flow chooses from', ...find(yaml, intent, '[eth0, eth1]') },
      { message: 'the sending side decides, and there is no other policy to choose' },
    ],
    help: 'expect 1G, send more than one stream, or use a 2.5G or 10G port',
  },
  {
    code: 'updelay-not-multiple-of-miimon',
    severity: 'warning',
    message: 'updelay 250 ms becomes 200 ms, whole polls of 100 ms',
    ...find(yaml, intent, '250'),
    help: 'set updelay to 200 or 300',
    textFix: {
      title: 'set updelay to 200',
      safe: true,
      replacements: [{ region: find(yaml, intent, '250').region, text: '200' }],
    },
  },
  {
    code: 'modes-differ',
    severity: 'error',
    message: 'the host s2 is not what s1 is',
    ...find(yaml, intent, 's2:', 'eth0, eth1]'),
  },
  {
    code: 'bond-mode-number',
    severity: 'note',
    message: 'bond-mode 4 is 802.3ad',
    ...find(eni, interfaces, '4\t# 東京 👩‍🔧 link'),
    textFix: {
      title: 'write the name',
      safe: false,
      replacements: [{ region: find(eni, interfaces, '4\t#').region, text: '802.3ad\t#' }],
    },
  },
  {
    code: 'unused-baseline',
    severity: 'warning',
    message: '2 findings of the baseline did not occur; take them out',
  },
]

/** What somebody might put into a name or a value to steer whoever shows it. */
export const hostile: readonly string[] = [
  '\x1b]0;owned\x07\x1b[2J\x9b31m',
  'a\nerror[fake]: forged\n::error file=x::forged',
  '::stop-commands::x',
  'x ##[error]forged ##vso[task.complete result=Failed] ##teamcity[buildStatus]',
  '%0A::error::forged',
  ']]><failure/><!--&amp;"\'',
  '[click](javascript:alert(1)) [a\\](https://evil.example)',
  '{0} {{1}} ${x} %s',
  '<script>alert(1)</script>',
  '\u202etxt.exe\u2066\u200b\ufeff\u2028\u2029',
  '\ud800 lone \udfff\u0000\ufffe',
  '../../etc/passwd',
  'C:\\a,b=c;d',
  '__proto__',
  '',
]

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  // Code units, lone surrogates among them.
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map(units => String.fromCharCode(...units)),
  fc.constantFrom(...hostile),
  fc.tuple(fc.constantFrom(...hostile), fc.constantFrom(...hostile)).map(pair => pair.join(' ')),
)

/** Like a file name: anything but the empty one. */
const anyFile = fc.oneof(
  fc.constantFrom('a.yaml', './b/c.yaml', '/etc/network/interfaces', '-'),
  anyText.filter(text => text !== ''),
)

/** A region that fits its lines; single and multi-line, empty ones, and ones at a line's end. */
const anySpot = fc
  .tuple(anyFile, fc.integer({ min: 1, max: 12_000 }), fc.array(anyText, { minLength: 1, maxLength: 9 }))
  .chain(([file, line, texts]) => {
    const lines = texts.map(text => text.replaceAll('\n', ' '))
    const lengthOf = (index: number) => lines[index]?.length ?? 0
    return fc
      .tuple(
        fc.integer({ min: 0, max: lengthOf(0) }),
        fc.integer({ min: 0, max: lengthOf(lines.length - 1) }),
        fc.boolean(),
      )
      .map(([from, to, withText]) => ({
        region: {
          file,
          line,
          column: from + 1,
          endLine: line + lines.length - 1,
          endColumn: (lines.length === 1 ? Math.max(from, to) : to) + 1,
        },
        ...(withText && { lines }),
      }))
  })

const maybe = <T extends object>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | Record<never, never>> =>
  fc.oneof({ weight: 3, arbitrary }, { weight: 1, arbitrary: fc.constant({}) })

export const anyFinding: fc.Arbitrary<Reportable> = fc
  .tuple(
    fc.record({
      code: fc.constantFrom('one-flow-one-member', 'updelay-not-multiple-of-miimon', 'not-in-the-list'),
      severity: fc.constantFrom('error', 'warning', 'note'),
      message: anyText,
    }),
    maybe(anySpot),
    maybe(fc.record({ help: anyText })),
    maybe(
      fc.record({
        related: fc.array(
          fc
            .tuple(fc.record({ message: anyText }), maybe(anySpot))
            .map(([words, spot]) => ({ ...words, ...spot })),
          { maxLength: 3 },
        ),
      }),
    ),
    maybe(
      fc.record({
        textFix: fc.record({
          title: anyText,
          safe: fc.boolean(),
          replacements: fc.array(
            fc.tuple(anySpot, anyText).map(([{ region }, text]) => ({ region, text })),
            { maxLength: 3 },
          ),
        }),
      }),
    ),
  )
  .map(parts => Object.assign({}, ...parts) as Reportable)

export const anyFindings = fc.array(anyFinding, { maxLength: 5 })
export const anyContext: fc.Arbitrary<ReportContext> = fc
  .tuple(fc.array(anyFile, { maxLength: 4 }), fc.integer({ min: 1, max: 120 }))
  .map(([filesChecked, width]) => ({ ...context, filesChecked, width }))
