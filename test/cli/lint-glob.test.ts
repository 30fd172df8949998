import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alternativesOf, filesMatching, isPattern, pathMatcher } from '../../src/cli/glob.ts'
import type { Io } from '../../src/cli/io.ts'

/** As much of a world as patterns ask of: these files and the folders they are in. */
function worldOf(files: readonly string[]): Io {
  const inside = (folder: string): string[] => {
    const prefix = folder === '.' ? '' : `${folder.replace(/\/+$/, '')}/`
    const names = files
      .filter(file => file.startsWith(prefix) && (folder !== '.' || !file.startsWith('/')))
      .map(file => file.slice(prefix.length).split('/')[0] ?? '')
    return [...new Set(names)].sort()
  }
  const kind = (path: string) =>
    files.includes(path) ? 'file' : inside(path).length > 0 ? 'folder' : undefined
  const world: Pick<Io, 'kind' | 'list'> = {
    kind,
    list: folder =>
      inside(folder).map(name => ({
        name,
        kind: kind(folder === '.' ? name : `${folder.replace(/\/+$/, '')}/${name}`),
        link: false,
      })),
  }
  return world as Io
}

describe('a path fits a pattern', () => {
  test.each([
    ['a.yaml', 'a.yaml', true],
    ['a.yaml', 'aXyaml', false],
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'b/a.yaml', false],
    ['*.yaml', '.a.yaml', false],
    ['.*.yaml', '.a.yaml', true],
    ['?.yaml', 'ab.yaml', false],
    ['**/*.yaml', 'a.yaml', true],
    ['**/*.yaml', 'b/c/a.yaml', true],
    ['**/*.yaml', 'b/.c/a.yaml', false],
    ['b/**', 'b/c/a.yaml', true],
    ['b/**', 'b', false],
    ['b/**/a', 'b/a', true],
    ['b/**/**/a', 'b/c/a', true],
    ['**', 'b/c', true],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[^a-c]x', 'dx', true],
    ['[]]x', ']x', true],
    ['[a', '[a', true],
    ['[z-a]', 'b', false],
    ['{a,b/c}.yaml', 'b/c.yaml', true],
    ['{a,{b,c}d}', 'cd', true],
    ['{a}', '{a}', true],
    ['{a,b', '{a,b', true],
    ['\\*.yaml', '*.yaml', true],
    ['\\*.yaml', 'a.yaml', false],
    ['\\{a,b}', '{a,b}', true],
    ['a+(b).yaml', 'a+(b).yaml', true],
    ['a.yaml', 'a.yaml\nb', false],
    ['ü*', 'über', true],
  ])('%s %j: %s', (pattern, path, fits) => {
    expect(pathMatcher(pattern)(path)).toBe(fits)
  })
})

test('braces that multiply are bounded', () => {
  expect(alternativesOf('{a,b}'.repeat(40)).length).toBeLessThan(1100)
  expect(alternativesOf('{{{{{{{{').length).toBe(1)
})

test('what is a pattern', () => {
  expect(['a*', 'a?', '[a]', '{a,b}'].map(isPattern)).toEqual([true, true, true, true])
  expect(['a', 'a.b-c/d', '../x'].map(isPattern)).toEqual([false, false, false])
})

describe('the files that fit', () => {
  const io = worldOf([
    'a.yaml',
    'b/a.yaml',
    'b/c/d.yaml',
    'b/.h/e.yaml',
    'node_modules/x.yaml',
    '/etc/n/y.yaml',
  ])
  test.each([
    ['*.yaml', ['a.yaml']],
    ['**/*.yaml', ['a.yaml', 'b/a.yaml', 'b/c/d.yaml']],
    ['b/**', ['b/a.yaml', 'b/c/d.yaml']],
    ['b/*/d.yaml', ['b/c/d.yaml']],
    ['b/.h/*', ['b/.h/e.yaml']],
    ['{b,b/c}/*.yaml', ['b/a.yaml', 'b/c/d.yaml']],
    ['node_modules/*', ['node_modules/x.yaml']],
    ['/etc/*/*.yaml', ['/etc/n/y.yaml']],
    ['b/*', ['b/a.yaml']],
    ['nothing/*', []],
  ])('%s', (pattern, expected) => {
    expect(filesMatching(io, pattern)).toEqual(expected)
  })
})

test('what is found by walking is what fits', () => {
  const name = fc.constantFrom('a', 'b', 'ab', '.h')
  const part = fc.constantFrom('*', '**', 'a', 'b', 'a*', '?', '[ab]', '{a,b}', '.h', '*b')
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 4 }), {
        maxLength: 12,
        selector: path => path.join('/'),
      }),
      fc.array(part, { minLength: 1, maxLength: 4 }),
      (paths, parts) => {
        const all = paths.map(path => path.join('/'))
        // No file may be a folder too.
        const files = all.filter(file => !all.some(other => other.startsWith(`${file}/`)))
        const pattern = parts.join('/')
        const fits = pathMatcher(pattern)
        expect(filesMatching(worldOf(files), pattern)).toEqual(files.filter(fits).sort())
      },
    ),
    { numRuns: 2000, seed: 1 },
  )
})
