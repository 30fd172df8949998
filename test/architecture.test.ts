// What a machine can check of how bondplan is built.

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import Handlebars from 'handlebars'
import { describe, expect, test } from 'vitest'
import { templateSources } from '../build.js'
import { options, type Subject } from '../src/options/index.ts'
import type { AnyRow } from '../src/options/row.ts'
import { targets } from '../src/targets/index.ts'
import type { Stance } from '../src/targets/stance.ts'
import { switchTargets } from '../src/targets/switch/index.ts'

const root = join(import.meta.dirname, '..')
const sources = (readdirSync(join(root, 'src'), { recursive: true }) as string[])
  .filter(file => file.endsWith('.ts') && !file.startsWith('generated'))
  .map(file => ({ file, text: readFileSync(join(root, 'src', file), 'utf8') }))

/** The room that a file is in: the first folder below src, or the file itself. */
const roomOf = (file: string): string => file.split('/')[0] ?? file

const imports = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gm)].map(match => {
    const wanted = match[1] ?? match[2] ?? ''
    const path = wanted.startsWith('.')
      ? relative(join(root, 'src'), join(root, 'src', file, '..', wanted))
      : wanted
    return { file, room: roomOf(file), wanted, path, to: wanted.startsWith('.') ? roomOf(path) : wanted }
  }),
)

/** Arrows point one way: what each room may import. `generated` holds compiled tables. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  options: ['diagnostics'],
  platforms: ['options', 'diagnostics'],
  intent: ['platforms', 'options', 'diagnostics'],
  dialects: ['options', 'diagnostics'],
  targets: ['dialects', 'intent', 'platforms', 'options', 'diagnostics'],
  rules: ['intent', 'platforms', 'options', 'diagnostics'],
  simulate: ['intent', 'platforms', 'options', 'diagnostics'],
  fix: ['targets', 'intent', 'dialects', 'options', 'diagnostics'],
  plan: ['simulate', 'targets', 'intent', 'platforms', 'options', 'diagnostics'],
  diagnose: ['simulate', 'intent', 'platforms', 'options', 'diagnostics'],
  report: ['diagnostics', 'options', 'plan', 'simulate', 'diagnose'],
  explain: ['rules', 'diagnose', 'targets', 'intent', 'platforms', 'report', 'options', 'diagnostics'],
  'schema.ts': ['options', 'platforms', 'targets'],
}

test('arrows between rooms point one way', () => {
  const astray = imports.filter(({ room, to, wanted }) => {
    const allowed = arrows[room]
    return wanted.startsWith('.') && allowed !== undefined && to !== room && !allowed.includes(to)
  })
  expect(astray.map(({ file, wanted }) => `${file} imports ${wanted}`)).toEqual([])
})

test('every room is known', () => {
  const rooms = new Set(sources.map(({ file }) => roomOf(file)))
  expect([...rooms].filter(room => room !== 'cli' && arrows[room] === undefined)).toEqual([])
})

test('only cli sees the machine, and only its commands see commander', () => {
  const machine = imports.filter(({ room, wanted }) => wanted.startsWith('node:') && room !== 'cli')
  expect(machine.map(({ file, wanted }) => `${file} imports ${wanted}`)).toEqual([])
  const commander = imports.filter(({ wanted }) => wanted === 'commander').map(({ file }) => file)
  expect(commander.filter(file => !file.startsWith('cli/'))).toEqual([])
})

const ids = [...targets, ...switchTargets].map(target => target.id)

/** The target that a file belongs to: `networkd` has `networkd.ts`, `networkd-shapes.ts` and so on. */
const ownerOf = (file: string): string | undefined => {
  const name = basename(file, '.ts')
  const fitting = ids.filter(id => name === id || name.startsWith(`${id}-`))
  return fitting.sort((a, b) => b.length - a.length)[0]
}

test('targets do not import each other', () => {
  const astray = imports.filter(
    ({ file, path }) =>
      /^targets\/(host|switch)\//.test(file) &&
      /^targets\/(host|switch)\//.test(path) &&
      basename(file) !== 'index.ts' &&
      ownerOf(file) !== ownerOf(path),
  )
  expect(astray.map(({ file, wanted }) => `${file} imports ${wanted}`)).toEqual([])
})

test('no clock and no chance outside cli', () => {
  const impure = sources.filter(
    ({ file, text }) =>
      roomOf(file) !== 'cli' && /\bMath\.random\(|\bDate\.now\(|\bnew Date\(|\bperformance\./.test(text),
  )
  expect(impure.map(({ file }) => file)).toEqual([])
})

test('the core does not ask which target it has', () => {
  const asking = sources.filter(({ text }) => /target\.id\s*[!=]==?|[!=]==?\s*target\.id/.test(text))
  expect(asking.map(({ file }) => file)).toEqual([])
})

test('every target has its file, its templates and its line', () => {
  const files = ['host', 'switch'].flatMap(side => readdirSync(join(root, 'src/targets', side)))
  const strangers = files.filter(file => file !== 'index.ts' && ownerOf(file) === undefined)
  expect(strangers).toEqual([])
  expect(ids.filter(id => !files.includes(`${id}.ts`))).toEqual([])
  const folders = [...new Set(templateSources().map(source => source.target))]
  expect(folders.filter(folder => !ids.includes(folder))).toEqual([])
  for (const { id, files: written } of [...targets, ...switchTargets]) {
    const names = templateSources().flatMap(source => (source.target === id ? [source.name] : []))
    for (const file of written) expect(names).toContain(file.template)
  }
})

/** Any function inside a plain structure, but not inside a kind or a custom pair. */
function functionsIn(value: unknown, path: string): string[] {
  if (typeof value === 'function') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => functionsIn(inner, `${path}.${key}`))
}

test('rows are data', () => {
  const found = (Object.keys(options) as Subject[]).flatMap(subject =>
    Object.entries<AnyRow>(options[subject]).flatMap(([id, { kind: _, ...row }]) =>
      functionsIn(row, `${subject}.${id}`),
    ),
  )
  expect(found).toEqual([])
})

test('stances are data, but for custom pairs and respellings', () => {
  const found = targets.flatMap(target =>
    Object.entries(target.spellings).flatMap(([subject, stances]) =>
      Object.entries<Stance>(stances).flatMap(([id, stance]) => {
        if (stance.stance === 'custom') return []
        const { as: _, ...data } = stance.stance === 'says' ? stance : { ...stance, as: undefined }
        return functionsIn(data, `${target.id} ${subject}.${id}`)
      }),
    ),
  )
  expect(found).toEqual([])
})

describe('templates place text and decide nothing', () => {
  test.each(templateSources())('$target/$name', ({ source }) => {
    const astray: string[] = []
    const isPath = (node: hbs.AST.Node): boolean => node.type === 'PathExpression'
    const walk = (program: hbs.AST.Program | undefined): void => {
      for (const statement of program?.body ?? []) {
        switch (statement.type) {
          case 'ContentStatement':
          case 'CommentStatement':
            break
          case 'MustacheStatement': {
            const mustache = statement as hbs.AST.MustacheStatement
            if (!isPath(mustache.path) || mustache.params.length > 0 || mustache.hash !== undefined)
              astray.push('a call')
            break
          }
          case 'PartialStatement': {
            const partial = statement as hbs.AST.PartialStatement
            if (partial.params.length > 0 || partial.hash !== undefined)
              astray.push('a partial with arguments')
            break
          }
          case 'BlockStatement': {
            const block = statement as hbs.AST.BlockStatement
            const name = (block.path as hbs.AST.PathExpression).original
            const [param] = block.params
            if (
              (name !== 'each' && name !== 'if') ||
              block.params.length !== 1 ||
              param === undefined ||
              !isPath(param) ||
              block.hash !== undefined
            ) {
              astray.push(`a block ${name}`)
            }
            walk(block.program)
            walk(block.inverse)
            break
          }
          default:
            astray.push(statement.type)
        }
      }
    }
    walk(Handlebars.parse(source))
    expect(astray).toEqual([])
  })
})
