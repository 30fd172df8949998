import fc from 'fast-check'
import { expect, test } from 'vitest'
import { json, jsonDiagnostic } from '../../src/report/json.ts'
import { anyContext, anyFindings, context, sample } from './support.ts'

test('the looks', async () => {
  await expect(json(sample, context)).toMatchFileSnapshot('../fixtures/report/sample.json')
})

test('no findings', () => {
  expect(JSON.parse(json([], context))).toEqual({ diagnostics: [] })
})

test('the keys are those of the design, in its order', () => {
  const [first, second] = sample.map(jsonDiagnostic)
  const place = ['file', 'line', 'column', 'endLine', 'endColumn']
  expect(Object.keys(first ?? {})).toEqual(['code', 'severity', 'message', ...place, 'related', 'help'])
  expect(Object.keys(second ?? {})).toEqual([
    'code',
    'severity',
    'message',
    ...place,
    'related',
    'help',
    'fix',
  ])
  expect(first?.related.map(each => Object.keys(each))).toEqual([
    ['message', 'file', 'line', 'column'],
    ['message'],
  ])
})

test('a fix says what changes in the intent and in the text', () => {
  const [, found] = sample
  const edits = [{ kind: 'set', path: ['hosts', 's1', 'bonds', 'bond0', 'updelay'], value: 200 }] as const
  const fix = { safe: true, title: 'set updelay to 200', edits }
  if (found === undefined) throw new Error('the sample is too short')
  expect(jsonDiagnostic({ ...found, fix }).fix).toEqual({
    title: 'set updelay to 200',
    safe: true,
    edits,
    replacements: [
      { file: 'examples/two-servers.yaml', line: 8, column: 18, endLine: 8, endColumn: 21, text: '200' },
    ],
  })
})

test('parses back to exactly what was found', () => {
  fc.assert(
    fc.property(anyFindings, anyContext, (findings, anyone) => {
      const { diagnostics } = JSON.parse(json(findings, anyone))
      expect(diagnostics).toHaveLength(findings.length)
      for (const [
        index,
        { code, severity, message, region, help, related = [], textFix },
      ] of findings.entries()) {
        const found = diagnostics[index]
        expect(found).toMatchObject({
          code,
          severity,
          message,
          ...region,
          ...(help !== undefined && { help }),
        })
        expect('file' in found).toBe(region !== undefined)
        expect(found.related).toEqual(
          related.map(({ message: words, region: at }) => ({
            message: words,
            ...(at && { file: at.file, line: at.line, column: at.column }),
          })),
        )
        expect(found.fix?.replacements).toEqual(
          textFix?.replacements.map(({ region: at, text }) => ({ ...at, text })),
        )
      }
    }),
  )
})
