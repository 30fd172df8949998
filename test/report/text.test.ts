import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reports } from '../../src/report/index.ts'
import { displayWidth } from '../../src/report/terminal.ts'
import { plural, summary, text } from '../../src/report/text.ts'
import { anyContext, anyFindings, context, hostile, sample } from './support.ts'

const fixtures = '../fixtures/report'

describe('the looks', () => {
  test('at 80 columns', async () => {
    await expect(text(sample, context)).toMatchFileSnapshot(`${fixtures}/sample.txt`)
  })
  test('at 50 columns', async () => {
    await expect(text(sample, { ...context, width: 50 })).toMatchFileSnapshot(`${fixtures}/sample-narrow.txt`)
  })
  test('in colour', async () => {
    await expect(text(sample, { ...context, colour: true })).toMatchFileSnapshot(
      `${fixtures}/sample-colour.txt`,
    )
  })
  test('of hostile text', async () => {
    const findings = hostile.map((value, index) => ({
      code: 'hostile',
      severity: 'error' as const,
      message: `the value "${value}" is refused`,
      help: `not ${value}`,
      region: {
        file: `dir/${value}`,
        line: index + 1,
        column: 5,
        endLine: index + 1,
        endColumn: 5 + value.length,
      },
      lines: [`  k: ${value.replaceAll('\n', ' ')}`],
    }))
    await expect(text(findings, context)).toMatchFileSnapshot(`${fixtures}/hostile.txt`)
  })
})

test('colour changes nothing but colour', () => {
  const colours = /\x1b\[[0-9;]*m/g
  fc.assert(
    fc.property(anyFindings, anyContext, (findings, anyone) => {
      const coloured = text(findings, { ...anyone, colour: true })
      expect(coloured.replace(colours, '')).toBe(text(findings, { ...anyone, colour: false }))
    }),
  )
})

test('nothing but printable text and line breaks reaches the terminal', () => {
  const printable = /^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[\u200c\u200d])*$/u
  const command = /##(?:vso|teamcity)?\[|::(?:error|warning|notice|stop-commands)(?: |::)/
  fc.assert(
    fc.property(anyFindings, anyContext, (findings, anyone) => {
      for (const line of text(findings, anyone).split('\n')) {
        expect(line).toMatch(printable)
        expect(line).not.toMatch(command)
      }
    }),
  )
})

test('only lines that must not be broken are wider than the terminal', () => {
  fc.assert(
    fc.property(anyFindings, anyContext, (findings, anyone) => {
      const width = Math.max(40, anyone.width)
      for (const line of text(findings, anyone).split('\n')) {
        if (!/^ *-->/.test(line)) expect(displayWidth(line), line).toBeLessThanOrEqual(width)
      }
    }),
  )
})

test('a message cannot look like another finding', () => {
  const message = 'x\nerror[other]: y\n  --> etc/passwd:1:1'
  const lines = text([{ code: 'c', severity: 'note', message }], context).split('\n')
  expect(lines.filter(line => /^(?:error|warning|note)\[/.test(line))).toHaveLength(1)
  expect(lines.filter(line => line.includes('-->') && /^ *-->/.test(line))).toHaveLength(0)
})

describe('the closing line', () => {
  const error = (file: string) => ({
    code: 'c',
    severity: 'error' as const,
    message: 'm',
    region: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  })
  const placeless = { code: 'c', severity: 'warning' as const, message: 'm' }
  test.each([
    [[], [], ''],
    [[], ['a'], 'no findings in 1 file'],
    [[], ['a', 'b', 'a'], 'no findings in 2 files'],
    [[error('a')], ['a'], '1 error in 1 file'],
    [[error('a'), error('a'), error('b'), placeless], ['a', 'b'], '3 errors, 1 warning in 2 files'],
    [[error('a')], ['a', 'b', 'c'], '1 error in 1 of 3 files'],
    [[error('x')], ['a'], '1 error in 1 of 2 files'],
    [[placeless], ['a'], '1 warning'],
  ])('%#: %j in %j', (findings, files, expected) => {
    expect(summary(findings, files)).toBe(expected)
  })

  test('counts in words', () => {
    expect([0, 1, 2].map(count => plural(count, 'file'))).toEqual(['0 files', '1 file', '2 files'])
  })
})

test('without findings and files there is nothing to say', () => {
  expect(text([], { ...context, filesChecked: [] })).toBe('')
})

test('the table of formats', () => {
  expect(Object.keys(reports)).toEqual(['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle'])
  expect(reports.text).toBe(text)
})
