import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fileUri, sarif } from '../../src/report/sarif.ts'
import { objections } from './published-sarif.ts'
import { contradictions, sarifSchema } from './sarif-schema.ts'
import { anyContext, anyFindings, context, find, hostile, sample } from './support.ts'

const validate = new Ajv({ allErrors: true }).compile(sarifSchema)

/** The log, after it was found valid. */
function read(report: string) {
  const log = JSON.parse(report)
  expect(validate(log), JSON.stringify(validate.errors, null, 1)).toBe(true)
  expect(contradictions(log)).toEqual([])
  expect(objections(log)).toEqual([])
  return log.runs[0]
}

test('the looks', async () => {
  read(sarif(sample, context))
  await expect(sarif(sample, context)).toMatchFileSnapshot('../fixtures/report/sample.sarif')
})

describe('the published schema', () => {
  test.each<[what: string, path: (string | number)[], value: unknown]>([
    ['an unknown property', ['runs', 0, 'more'], 1],
    ['another version', ['version'], '2.0.0'],
    ['a line 0', ['runs', 0, 'results', 1, 'locations', 0, 'physicalLocation', 'region', 'startLine'], 0],
    ['a level of its own', ['runs', 0, 'results', 0, 'level'], 'fatal'],
    ['no driver', ['runs', 0, 'tool', 'driver'], undefined],
    ['a help address that is none', ['runs', 0, 'tool', 'driver', 'rules', 0, 'helpUri'], 'not an address'],
    ['a fix without changes', ['runs', 0, 'results', 1, 'fixes', 0, 'artifactChanges'], []],
  ])('refuses %s', (_, path, value) => {
    const log = JSON.parse(sarif(sample, context))
    expect(objections(log)).toEqual([])
    const parent = path.slice(0, -1).reduce((inner, step) => inner[step], log)
    parent[path.at(-1) ?? ''] = value
    expect(objections(JSON.parse(JSON.stringify(log)))).not.toEqual([])
  })
})

test('no findings', () => {
  expect(read(sarif([], context)).results).toEqual([])
})

describe('the test itself', () => {
  test.each<[what: string, path: (string | number)[], value: unknown]>([
    ['an unknown property', ['more'], 1],
    ['a rule index beside the rule', ['results', 0, 'ruleIndex'], 1],
    ['a line 0', ['results', 1, 'locations', 0, 'physicalLocation', 'region', 'startLine'], 0],
    [
      'a region that ends too early',
      ['results', 2, 'locations', 0, 'physicalLocation', 'region', 'endLine'],
      1,
    ],
    ['a link', ['results', 0, 'message', 'text'], '[a](b)'],
    ['a placeholder', ['results', 0, 'message', 'text'], '{0}'],
    ['another artifact', ['artifacts', 0, 'location', 'uri'], 'x'],
    [
      'a colon in a relative reference',
      ['results', 0, 'locations', 0, 'physicalLocation', 'artifactLocation', 'uri'],
      'x:y',
    ],
    ['an empty fix', ['results', 1, 'fixes', 0, 'artifactChanges'], []],
  ])('refuses %s', (_, path, value) => {
    const log = JSON.parse(sarif(sample, context))
    const parent = path.slice(0, -1).reduce((inner, step) => inner[step], log.runs[0])
    const last = path.at(-1) ?? ''
    expect(parent[last]).not.toEqual(value)
    parent[last] = value
    expect([validate(log), contradictions(log)]).not.toEqual([true, []])
  })
})

test.each([
  ['a/b.yaml', 'a/b.yaml'],
  ['./a b.yaml', 'a%20b.yaml'],
  ['/etc/network/interfaces', 'file:///etc/network/interfaces'],
  ['//etc/x', 'file:///etc/x'],
  ['javascript:alert(1)', 'javascript%3Aalert%281%29'],
  ['ä?#%.yaml', '%C3%A4%3F%23%25.yaml'],
  ['../x', '../x'],
  ['-', '-'],
])('the URI of %s', (file, uri) => {
  expect(fileUri(file)).toBe(uri)
})

test('a URI decodes to the name of the file', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), name => {
      const file = `a/${name}`
      expect(decodeURIComponent(fileUri(file))).toBe(file)
    }),
  )
})

test('a finding of the whole run stands at the first file, if there is one', () => {
  const finding = { code: 'c', severity: 'error' as const, message: 'm' }
  const locations = (filesChecked: string[]) =>
    read(sarif([finding], { ...context, filesChecked })).results[0].locations
  expect(locations([])).toEqual([])
  expect(locations(['b', 'a'])[0].physicalLocation.artifactLocation.uri).toBe('b')
})

test('a fix that changes no text is left out, one of two names for a file is one change', () => {
  const at = (file: string) => ({ file, line: 1, column: 1, endLine: 1, endColumn: 2 })
  const finding = { code: 'c', severity: 'error' as const, message: 'm', region: at('a') }
  const fixes = (...files: string[]) => {
    const replacements = files.map(file => ({ region: at(file), text: 'x' }))
    return read(sarif([{ ...finding, textFix: { title: 't', safe: true, replacements } }], context))
      .results[0].fixes
  }
  expect(fixes()).toBeUndefined()
  expect(fixes('a', './a', 'b')[0].artifactChanges).toMatchObject([
    { artifactLocation: { uri: 'a' }, replacements: [{}, {}] },
    { artifactLocation: { uri: 'b' }, replacements: [{}] },
  ])
})

test('fingerprints survive a shift of lines', () => {
  const source = 'a: 1\nb: 2\n'
  const of = (text: string) =>
    read(sarif([{ code: 'c', severity: 'error', message: 'm', ...find('f', text, '2') }], context)).results[0]
  const before = of(source)
  const after = of(`# one\n# two\n${source}`)
  expect(after.partialFingerprints).toEqual(before.partialFingerprints)
  expect(after.locations).not.toEqual(before.locations)
})

test.each([
  ['{mode: 4}', '{{mode: 4}}'],
  ['[a](b)', '[a\\](b)'],
  ['[a\\](b)', '[a\\\\\\](b)'],
  ['members[0] is \x1b', 'members[0] is \\x1b'],
])('the message %j', (message, text) => {
  expect(read(sarif([{ code: 'c', severity: 'error', message }], context)).results[0].message.text).toBe(text)
})

test('hostile words stay words', () => {
  const findings = hostile.map(message => ({ code: 'c', severity: 'error' as const, message }))
  expect(read(sarif(findings, context)).results).toHaveLength(hostile.length)
})

test('is valid and complete, whatever is in it', () => {
  fc.assert(
    fc.property(anyFindings, anyContext, (findings, anyone) => {
      const run = read(sarif(findings, anyone))
      expect(run.results).toHaveLength(findings.length)
      for (const [index, { code, severity, region, textFix }] of findings.entries()) {
        const found = run.results[index]
        expect([found.ruleId, found.level]).toEqual([code, severity])
        if (region !== undefined) {
          const { line, column, endLine, endColumn } = region
          const expected = { startLine: line, startColumn: column, endLine, endColumn }
          expect(found.locations[0].physicalLocation.region).toEqual(expected)
        }
        const texts = (found.fixes ?? []).flatMap((fix: { artifactChanges: { replacements: object[] }[] }) =>
          fix.artifactChanges.flatMap(({ replacements }) => replacements),
        )
        expect(texts).toHaveLength(textFix?.replacements.length ?? 0)
      }
    }),
  )
})
