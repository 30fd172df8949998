// Builds what a run needs and nothing more: templates and the schema's validator compiled ahead of time, and one bundle
// of the program. `node build.js generate` stops before the bundle; tests do that.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'
import Handlebars from 'handlebars'

const root = dirname(fileURLToPath(import.meta.url))
const generated = join(root, 'src/generated')

/** Writes only what has changed, so that a watching test runner is not woken for nothing. */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  let old
  try {
    old = readFileSync(path, 'utf8')
  } catch {}
  if (old !== text) writeFileSync(path, text)
}

/** Template sources by target and name; partials end in `.partial.hbs`. */
export function templateSources() {
  const folder = join(root, 'templates')
  return readdirSync(folder)
    .sort()
    .flatMap(target =>
      readdirSync(join(folder, target))
        .sort()
        .filter(file => file.endsWith('.hbs'))
        .map(file => ({
          target,
          name: basename(file, '.hbs').replace(/\.partial$/, ''),
          partial: file.endsWith('.partial.hbs'),
          source: readFileSync(join(folder, target, file), 'utf8'),
        })),
    )
}

/** Handlebars as templates are compiled: no escaping (dialects do it), strict, and no helpers but each and if. */
export const templateOptions = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { each: true, if: true },
}

function compileTemplates() {
  const targets = Map.groupBy
    ? Map.groupBy(templateSources(), ({ target }) => target)
    : templateSources().reduce(
        (all, one) => all.set(one.target, [...(all.get(one.target) ?? []), one]),
        new Map(),
      )
  const lines = ['// Compiled from templates/ by build.js.', '// @ts-nocheck', 'export const compiled = {']
  for (const [target, sources] of targets) {
    lines.push(`${JSON.stringify(target)}: {`)
    for (const { name, partial, source } of sources) {
      const compiled = Handlebars.precompile(source, templateOptions)
      lines.push(`${JSON.stringify(name)}: { partial: ${partial}, spec: ${compiled} },`)
    }
    lines.push('},')
  }
  lines.push('}', '')
  return lines.join('\n')
}

/** Runs a TypeScript module of the project and returns what it exports. */
async function load(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
    packages: 'external',
  })
  const path = join(root, 'node_modules/.cache/bondplan', `${basename(entry, '.ts')}.mjs`)
  write(path, outputFiles[0].text)
  return import(path)
}

async function compileValidator() {
  const { intentSchema } = await load('src/schema.ts')
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    allowUnionTypes: true,
    inlineRefs: false,
    messages: false,
    code: { source: true, esm: true, optimize: 2 },
  })
  // ajv writes its runtime as require() even in a module.
  const code = standalone(ajv, ajv.compile(intentSchema)).replace(
    /const (\w+) = require\("(ajv\/dist\/runtime\/\w+)"\)\.default;/g,
    'import $1__ from "$2.js"; const $1 = $1__.default ?? $1__;',
  )
  return `// Compiled from the option rows by build.js.\n// @ts-nocheck\n${code}`
}

/** The generated modules: templates and validator. */
export async function generate() {
  write(join(generated, 'templates.js'), compileTemplates())
  write(
    join(generated, 'templates.d.ts'),
    'export declare const compiled: Readonly<Record<string, Readonly<Record<string, { readonly partial: boolean; readonly spec: object }>>>>\n',
  )
  write(join(generated, 'validate.js'), await compileValidator())
  write(
    join(generated, 'validate.d.ts'),
    "import type { SchemaError } from '../intent/complaints.ts'\n\ndeclare const validate: ((document: unknown) => boolean) & { readonly errors?: readonly SchemaError[] | null }\nexport default validate\n",
  )
}

/** Commander asks for the module that starts programs and never uses it here: loaded when asked, it costs no start. */
const startsNoProgram = {
  name: 'starts-no-program',
  setup(on) {
    const namespace = 'when-used'
    on.onResolve({ filter: /^node:child_process$/ }, ({ path, namespace: from }) =>
      from === namespace ? { path, external: true } : { path, namespace },
    )
    on.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `module.exports = { get spawn() { return require(${JSON.stringify(path)}).spawn } }`,
    }))
  },
}

/** The program in one file: a function of what a module is given, so that it need not be wrapped at every start. */
export function programAt(outfile, { minify = true } = {}) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return build({
    entryPoints: [join(root, 'src/cli/run.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify,
    legalComments: 'none',
    // All of it is ASCII, so it can be read as bytes.
    charset: 'ascii',
    banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
    footer: { js: '})' },
    plugins: [startsNoProgram],
    define: { BONDPLAN_VERSION: JSON.stringify(version) },
    logLevel: 'error',
  })
}

export async function bundle() {
  await programAt(join(root, 'dist/bondplan.cjs'))
  cacheCode()
}

/** V8's code for the bundle after a run, so that the next one need not compile it. Another Node simply compiles. */
function cacheCode() {
  const bin = join(root, 'bin/bondplan.js')
  const run = `
    process.argv = [process.argv[0], ${JSON.stringify(bin)}, 'render', ${JSON.stringify(join(root, 'examples/two-servers.yaml'))}, '--format', 'json']
    process.stdout.write = () => true
    const { script, cache } = require(${JSON.stringify(bin)})
    process.on('exit', () => {
      require('node:fs').writeFileSync(cache, script.createCachedData())
      process.exitCode = 0
    })`
  execFileSync(process.execPath, ['-e', run], { stdio: ['ignore', 'ignore', 'inherit'] })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await generate()
  if (process.argv[2] !== 'generate') await bundle()
}
