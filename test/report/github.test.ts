import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visible } from '../../src/report/escape.ts'
import { details, repositoryPath } from '../../src/report/files.ts'
import { github } from '../../src/report/github.ts'
import { anyContext, anyFindings, context, sample } from './support.ts'

/** How the runner takes a line apart (actions/runner, ActionCommand.cs, TryParseV2). */
function parse(line: string) {
  const end = line.indexOf('::', 2)
  if (!line.startsWith('::') || end < 0) throw new Error(`not a command: ${line}`)
  const head = line.slice(2, end)
  const space = head.indexOf(' ')
  const properties = new Map<string, string>()
  for (const pair of head.slice(space + 1).split(',')) {
    const equals = pair.indexOf('=')
    properties.set(
      pair.slice(0, equals),
      pair
        .slice(equals + 1)
        .replaceAll('%0D', '\r')
        .replaceAll('%0A', '\n')
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',')
        .replaceAll('%25', '%'),
    )
  }
  const data = line
    .slice(end + 2)
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%')
  return { command: head.slice(0, space), properties, data }
}

test('the looks', async () => {
  await expect(github(sample, context)).toMatchFileSnapshot('../fixtures/report/sample.github.txt')
})

test('no findings, no output', () => {
  expect(github([], context)).toBe('')
})

test('the runner reads what was found, one command per finding', () => {
  const commands = { error: 'error', warning: 'warning', note: 'notice' }
  fc.assert(
    fc.property(anyFindings, anyContext, (findings, anyone) => {
      const lines = github(findings, anyone).split('\n')
      expect(lines.pop()).toBe('')
      expect(lines).toHaveLength(findings.length)
      for (const [index, finding] of findings.entries()) {
        const { command, properties, data } = parse(lines[index] ?? '')
        expect(command).toBe(commands[finding.severity])
        expect(data).toBe(details(finding, visible).join('\n'))
        expect(properties.get('title')).toBe(finding.code)
        const { region } = finding
        const names = ['title']
        if (region !== undefined) {
          expect(properties.get('file')).toBe(visible(repositoryPath(region.file)))
          expect(properties.get('line')).toBe(String(region.line))
          expect(properties.get('endLine')).toBe(String(region.endLine))
          names.push('file', 'line', 'endLine')
          if (region.line === region.endLine) names.push('col', 'endColumn')
        }
        expect([...properties.keys()].sort()).toEqual(names.sort())
      }
    }),
  )
})
