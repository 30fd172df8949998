import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkstyle } from '../../src/report/checkstyle.ts'
import { visible } from '../../src/report/escape.ts'
import { anyContext, anyFindings, context, sample } from './support.ts'
import { type Rule, readXml, violations } from './xml-reader.ts'

const any = /^/
const positive = /^[1-9]\d*$/

/**
 * All that config/checkstyle-report-1.0.0.xsd of Checkstyle's own repository allows, without the exceptions, which are its own. No
 * package ships that schema.
 */
const vocabulary: Readonly<Record<string, Rule>> = {
  checkstyle: { optional: { version: any }, children: ['file', 'error'] },
  file: { required: { name: any }, children: ['error'] },
  error: {
    optional: {
      line: positive,
      column: positive,
      message: any,
      severity: /^(?:error|warning|info)$/,
      source: any,
    },
  },
}

test('the looks', async () => {
  await expect(checkstyle(sample, context)).toMatchFileSnapshot('../fixtures/report/sample.checkstyle.xml')
})

test('is well-formed, in the vocabulary, and complete, whatever is in it', () => {
  fc.assert(
    fc.property(anyFindings, anyContext, (findings, anyone) => {
      const root = readXml(checkstyle(findings, anyone))
      expect(violations(root, vocabulary)).toEqual([])
      const errors = root.children.flatMap(file =>
        file.children.map(each => [file.attributes.get('name'), each.attributes.get('line'), each] as const),
      )
      expect(errors).toHaveLength(findings.length)
      for (const { message, region } of findings) {
        const found = errors.filter(
          ([file, line]) =>
            file === (region ? visible(region.file) : '(whole run)') &&
            line === (region ? String(region.line) : undefined),
        )
        expect(found.some(([, , each]) => each.attributes.get('message')?.startsWith(visible(message)))).toBe(
          true,
        )
      }
      for (const file of anyone.filesChecked) {
        expect(root.children.map(each => each.attributes.get('name'))).toContain(visible(file))
      }
    }),
  )
})
