import { describe, expect, test } from 'vitest'
import { type Diagnostic, keyAt, type Path, valueAt } from '../../src/diagnostics/diagnostic.ts'
import { locate, mergeOrigins, type Origin } from '../../src/diagnostics/origin.ts'
import type { Region } from '../../src/diagnostics/region.ts'
import { sourceText } from '../../src/intent/text.ts'
import { readYaml } from '../../src/intent/yaml.ts'
import { effortMs } from '../support/effort.ts'

const region = (file: string, line: number, column: number): Region => ({
  file,
  line,
  column,
  endLine: line,
  endColumn: column + 1,
})

function originOf(file: string, text: string): Origin {
  const { value } = readYaml(sourceText(file, text))
  if (value === undefined) throw new Error('ill-formed')
  return value.origin
}

const complaint = (code: string, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code,
  severity: 'error',
  message: `about ${code}`,
  ...more,
})

describe('locate', () => {
  const origin = originOf('b.yaml', 'hosts:\n  s1: {mtu: 9000}\n')

  test('gives a place its region and the lines of it', () => {
    const [found] = locate([complaint('x', { at: valueAt('hosts', 's1', 'mtu') })], origin)
    expect(found).toEqual({
      code: 'x',
      severity: 'error',
      message: 'about x',
      at: valueAt('hosts', 's1', 'mtu'),
      region: { file: 'b.yaml', line: 2, column: 13, endLine: 2, endColumn: 17 },
      lines: ['  s1: {mtu: 9000}'],
    })
  })

  test('takes a region of its own before the place, with the lines of the text it is of', () => {
    const texts = new Map([['a.conf', sourceText('a.conf', 'one\ntwo\n')]])
    const said = complaint('x', { at: valueAt('hosts'), region: region('a.conf', 2, 1) })
    expect(locate([said], origin, texts)).toMatchObject([
      { region: { file: 'a.conf', line: 2 }, lines: ['two'] },
    ])
    expect(locate([said], origin)[0]).not.toHaveProperty('lines')
    expect(locate([complaint('y', { region: region('b.yaml', 1, 1) })], origin)).toMatchObject([
      { lines: ['hosts:'] },
    ])
  })

  test('gives related spots theirs', () => {
    const related = [
      { message: 'there', at: keyAt('hosts', 's1') },
      { message: 'elsewhere', region: region('b.yaml', 1, 1) },
      { message: 'nowhere' },
    ]
    const [found] = locate([complaint('x', { related })], origin)
    expect(found?.related).toEqual([
      {
        message: 'there',
        at: keyAt('hosts', 's1'),
        region: { file: 'b.yaml', line: 2, column: 3, endLine: 2, endColumn: 5 },
        lines: ['  s1: {mtu: 9000}'],
      },
      { message: 'elsewhere', region: region('b.yaml', 1, 1), lines: ['hosts:'] },
      { message: 'nowhere' },
    ])
  })

  test('keeps a fix, help and the place by meaning', () => {
    const fix = { safe: true, title: 'do', edits: [{ kind: 'remove' as const, path: ['hosts'] }] }
    const [found] = locate([complaint('x', { at: keyAt('hosts'), help: 'h', fix })], origin)
    expect(found).toMatchObject({ help: 'h', fix, at: keyAt('hosts') })
  })

  test('sorts by file, line, column, severity and code, what has no region first, and is stable', () => {
    const said = [
      complaint('d', { region: region('b.yaml', 1, 1) }),
      complaint('c', { region: region('a.yaml', 2, 5), severity: 'note' }),
      complaint('b', { region: region('a.yaml', 2, 5) }),
      complaint('a', { region: region('a.yaml', 2, 5) }),
      complaint('e', { region: region('a.yaml', 2, 1) }),
      complaint('f', { region: region('a.yaml', 10, 1) }),
      complaint('g'),
      complaint('a', { region: region('a.yaml', 2, 5), message: 'again' }),
    ]
    expect(locate(said).map(({ code, message }) => `${code} ${message}`)).toEqual([
      'g about g',
      'e about e',
      'a about a',
      'a again',
      'b about b',
      'c about c',
      'f about f',
      'd about d',
    ])
  })

  test('says the same once', () => {
    const at = valueAt('hosts', 's1', 'mtu')
    const said = [
      complaint('x', { at }),
      complaint('x', { at }),
      complaint('x', { at: keyAt('hosts') }),
      complaint('x', { at, message: 'other' }),
      complaint('y', { at, message: 'about x' }),
      complaint('z'),
      complaint('z'),
    ]
    expect(locate(said, origin)).toHaveLength(5)
    expect(locate([complaint('x', { at }), complaint('x', { at: keyAt('hosts') })])).toHaveLength(2)
  })
})

describe('mergeOrigins', () => {
  const a = originOf('a.yaml', 'hosts:\n  s1: {mtu: 1}\n  s2: {mtu: 2}\nswitches: {}\n')
  const b = originOf('b.yaml', 'mtu: 3\nbonds:\n  bond0:\n    members: [eth0]\n')
  const merged = mergeOrigins([
    { model: [], origin: a, document: [] },
    { model: ['hosts', 's1'], origin: a, document: ['hosts', 's1'] },
    { model: ['hosts', 's3'], origin: b, document: [] },
    { model: ['traffic', 4], origin: a, document: ['hosts', 's2'] },
    { model: ['hosts', 's1', 'mtu'], origin: b, document: ['mtu'] },
    { model: ['hosts', 's3'], origin: a, document: [] },
  ])
  const found = (part: 'key' | 'value', ...path: Path): string => {
    const at = merged.regionOf({ path, part })
    return `${at?.file} ${at?.line}:${at?.column}`
  }

  test('the longest mount wins, of equals the first', () => {
    expect(found('value', 'hosts', 's2', 'mtu')).toBe('a.yaml 3:13')
    expect(found('value', 'hosts', 's3', 'bonds', 'bond0', 'members', 0)).toBe('b.yaml 4:15')
    expect(found('value', 'hosts', 's1', 'mtu')).toBe('b.yaml 1:6')
    expect(found('key', 'switches')).toBe('a.yaml 4:1')
  })

  test('steps may be numbers or their text', () => {
    expect(found('value', 'traffic', 4, 'mtu')).toBe('a.yaml 3:13')
    expect(found('value', 'traffic', '4', 'mtu')).toBe('a.yaml 3:13')
  })

  test('what is missing stands at the nearest ancestor in its own document', () => {
    expect(found('key', 'hosts', 's3', 'bonds', 'bond0', 'mode')).toBe('b.yaml 3:3')
    expect(found('key', 'hosts', 's3')).toBe('b.yaml 1:1')
    expect(found('key', 'hosts', 's9', 'bonds')).toBe('a.yaml 1:1')
    expect(mergeOrigins([]).regionOf(keyAt('hosts'))).toBeUndefined()
  })

  test('gives the lines of every document', () => {
    expect(merged.lines(region('b.yaml', 2, 1))).toEqual(['bonds:'])
    expect(merged.lines(region('c.yaml', 2, 1))).toEqual([])
    const fresh = mergeOrigins([{ model: ['hosts'], origin: a, document: ['hosts'] }])
    expect(fresh.lines(region('a.yaml', 4, 1))).toEqual(['switches: {}'])
  })

  test('a path of the intent is one of its document', () => {
    const inDocument = (...path: Path) => merged.inDocument?.(path)
    expect(inDocument('hosts', 's2', 'mtu')).toEqual(['hosts', 's2', 'mtu'])
    expect(inDocument('hosts', 's3', 'bonds', 'bond0')).toEqual(['bonds', 'bond0'])
    expect(inDocument('traffic', 4, 'mtu')).toEqual(['hosts', 's2', 'mtu'])
    expect(mergeOrigins([]).inDocument?.(['hosts'])).toBeUndefined()
  })

  test('a lookup does not walk the mounts', () => {
    let asked = 0
    const counting: Origin = {
      regionOf: () => {
        asked++
        return region('x', 1, 1)
      },
      lines: () => ['x'],
    }
    const mounts = Array.from({ length: 100_000 }, (_, index) => ({
      model: ['hosts', `s${index}`],
      origin: counting,
      document: [],
    }))
    const large = mergeOrigins(mounts)
    const start = effortMs()
    for (let index = 0; index < 100_000; index++) large.regionOf(keyAt('hosts', `s${index}`, 'mtu'))
    expect(asked).toBe(100_000)
    // A scan of all mounts for each would take 10^10 steps; this takes some 10^5.
    expect(effortMs() - start).toBeLessThan(5000)
  })
})
