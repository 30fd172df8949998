import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gitlab } from '../../src/report/gitlab.ts'
import { anyContext, anyFindings, context, sample } from './support.ts'

/** What GitLab's documentation lists under "Code Quality report format", and nothing besides. */
const line = { type: 'integer', minimum: 1 }
const schema = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string' },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        additionalProperties: false,
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', minLength: 1, not: { pattern: '^\\./[^/]' } },
          lines: {
            type: 'object',
            additionalProperties: false,
            required: ['begin'],
            properties: { begin: line, end: line },
          },
        },
      },
    },
  },
}
const validate = new Ajv({ allErrors: true }).compile(schema)

test('the looks', async () => {
  await expect(gitlab(sample, context)).toMatchFileSnapshot('../fixtures/report/sample.gitlab.json')
})

test('a finding of the whole run names the first file', () => {
  const finding = { code: 'c', severity: 'error' as const, message: 'm' }
  const at = (filesChecked: string[]) =>
    JSON.parse(gitlab([finding], { ...context, filesChecked }))[0].location
  expect(at(['./a.yaml', 'b.yaml'])).toEqual({ path: 'a.yaml', lines: { begin: 1, end: 1 } })
  expect(at([])).toEqual({ path: '.', lines: { begin: 1, end: 1 } })
})

test('is valid and complete, whatever is in it', () => {
  fc.assert(
    fc.property(anyFindings, anyContext, (findings, anyone) => {
      const report = JSON.parse(gitlab(findings, anyone))
      expect(validate(report), JSON.stringify(validate.errors)).toBe(true)
      expect(report).toHaveLength(findings.length)
      expect(new Set(report.map((each: { fingerprint: string }) => each.fingerprint)).size).toBe(
        findings.length,
      )
    }),
  )
})
