// The ways into a pipeline, run as they stand: what .pre-commit-hooks.yaml, action.yml and the examples under examples/ci
// name is read from them and done, on the intent of the example and on one with a fault. What fetches bondplan is looked
// at, not run.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { load } from 'js-yaml'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bundle, bundled } from '../support/bundle.ts'

const root = join(import.meta.dirname, '../..')
const example = join(root, 'examples/ci')
const yaml = <T>(path: string): T => load(readFileSync(join(root, path), 'utf8')) as T
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

let bundle: Bundle
let folder = ''
beforeAll(async () => {
  bundle = await bundled()
}, 60_000)
afterAll(() => bundle.remove())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bondplan-ci-'))
  cpSync(join(example, 'network'), join(folder, 'network'), { recursive: true })
  // What is installed as bondplan.
  mkdirSync(join(folder, '.bin'))
  writeFileSync(
    join(folder, '.bin/bondplan'),
    `#!/bin/sh\nexec "${process.execPath}" "${bundle.program}" "$@"\n`,
  )
  chmodSync(join(folder, '.bin/bondplan'), 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A script as a runner starts it, with bondplan and node in the path. */
function bash(script: string, env: Readonly<Record<string, string>> = {}) {
  writeFileSync(join(folder, '.script'), script)
  const path = `${join(folder, '.bin')}:${dirname(process.execPath)}:${process.env.PATH}`
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '.script'],
    {
      cwd: folder,
      encoding: 'utf8',
      input: '',
      env: { ...env, PATH: path, HOME: folder },
    },
  )
  return { status, stdout, stderr }
}

/** The switch does not form the LAG that the host wants. */
const breakIt = (): void =>
  writeFileSync(
    join(folder, 'network/switches.yaml'),
    'switches: {sw1: {platform: arista-eos, load-balance: layer3+4, lags: {"1": {ports: [Ethernet1, Ethernet2], mode: static}}}}\n',
  )

const written = (file: string): string => readFileSync(join(folder, file), 'utf8')

test('the intent of the example is right, and each file names the schema that it fits', () => {
  expect(bash('bondplan lint network/')).toMatchObject({ status: 0, stderr: '' })
  for (const file of ['servers.yaml', 'switches.yaml']) {
    const text = readFileSync(join(example, 'network', file), 'utf8')
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text) ?? []
    const at = join(example, 'network', schema)
    expect(at).toBe(join(root, 'schemas/intent.schema.json'))
    const validate = new Ajv2020({ allowUnionTypes: true, strictTypes: false }).compile(
      JSON.parse(readFileSync(at, 'utf8')),
    )
    expect(validate(load(text)), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ hosts: 1 })).toBe(false)
  }
})

describe('pre-commit', () => {
  interface Hook {
    readonly id: string
    readonly entry: string
    readonly language: string
    readonly files: string
    readonly args?: readonly string[]
    readonly pass_filenames?: boolean
  }
  const hooks = yaml<readonly Hook[]>('.pre-commit-hooks.yaml')
  const config = yaml<{ repos: { rev: string; hooks: Partial<Hook>[] }[] }>(
    'examples/ci/pre-commit-config.yaml',
  )

  /** As pre-commit does: the entry, the arguments, and the changed files that fit. */
  const run = (hook: Hook, changed: readonly string[]) => {
    const files = changed.filter(file => new RegExp(hook.files).test(file))
    expect(files).not.toEqual([])
    const names = hook.pass_filenames === false ? [] : files
    return bash([hook.entry, ...(hook.args ?? []), ...names].join(' '))
  }
  const hookOf = (id: string): Hook => {
    const hook = hooks.find(one => one.id === id)
    if (hook === undefined) throw new Error(`there is no hook ${id}`)
    return hook
  }

  test('is installed as node, from a package with that program', () => {
    expect(hooks.map(({ language }) => language)).toEqual(hooks.map(() => 'node'))
    expect(hooks.map(({ entry }) => entry.split(' ')[0])).toEqual(hooks.map(() => name))
  })

  test('what packs it, and builds it for that, prints the name of the package and nothing else', () => {
    // pre-commit installs what npm pack prints. npm shows what scripts print there, unless it is told not to.
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(scripts.prepare).toBe('node build.js')
    cpSync(join(root, '.npmrc'), join(folder, '.npmrc'))
    // Not all that lies here: npm writes to its own logs, which lie here too, while it packs.
    const manifest = {
      name: 'packed',
      version: '1.0.0',
      files: ['network'],
      scripts: { prepare: 'echo built' },
    }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
    expect(bash('npm pack')).toMatchObject({ status: 0, stdout: 'packed-1.0.0.tgz\n' })
  })

  test('the example lints a folder as one intent', () => {
    const [repo] = config.repos
    expect(repo?.rev).toBe(`v${version}`)
    const [chosen] = repo?.hooks ?? []
    const hook = { ...hookOf(chosen?.id ?? ''), ...chosen }
    expect(run(hook, ['network/servers.yaml'])).toMatchObject({ status: 0 })
    breakIt()
    const broken = run(hook, ['network/switches.yaml'])
    expect(broken.status).toBe(1)
    expect(broken.stdout).toContain('lacp-vs-static')
  })

  test('each file for itself, and mended', () => {
    mkdirSync(join(folder, 'bondplan'))
    const text =
      'bonds: {bond0: {mode: active-backup, miimon: 100, updelay: 250, members: [eth0, eth1]}} # ours\n'
    writeFileSync(join(folder, 'bondplan/a.yaml'), text)
    expect(run(hookOf('bondplan-lint'), ['bondplan/a.yaml', 'x.yaml']).stdout).toContain(
      'delays-not-multiple',
    )
    run(hookOf('bondplan-fix'), ['bondplan/a.yaml'])
    expect(written('bondplan/a.yaml')).toBe(text.replace('250', '200'))
  })
})

describe('the GitHub action', () => {
  interface Step {
    readonly name?: string
    readonly uses?: string
    readonly run?: string
    readonly shell?: string
    readonly 'working-directory'?: string
    readonly env?: Readonly<Record<string, string>>
    readonly with?: Readonly<Record<string, string>>
  }
  const action = yaml<{
    inputs: Readonly<Record<string, { default: string }>>
    runs: { using: string; steps: readonly Step[] }
  }>('action.yml')
  const [setup, install, lint] = action.runs.steps
  const workflow = yaml<{ jobs: { lint: { steps: readonly Step[] } } }>('examples/ci/github.yml')
  const use = workflow.jobs.lint.steps.find(({ uses }) => uses?.includes('/bondplan@'))

  /** The last step, with expressions filled in as a runner does. */
  const run = (inputs: Readonly<Record<string, string>>) => {
    const filled = (text: string): string =>
      text.replace(/\$\{\{ *([\w.-]+) *\}\}/g, (_, expression: string) => {
        if (expression === 'github.action_path') return join(bundle.program, '../..')
        const input = expression.replace(/^inputs\./, '')
        const value = inputs[input] ?? action.inputs[input]?.default
        if (value === undefined) throw new Error(`nothing is known of ${expression}`)
        return value
      })
    const env = Object.entries(lint?.env ?? {}).map(([key, value]) => [key, filled(value)])
    return bash(lint?.run ?? '', Object.fromEntries(env))
  }

  test('is composite, installs itself, and lets no input into a script', () => {
    expect(action.runs.using).toBe('composite')
    expect(setup?.uses).toMatch(/^actions\/setup-node@v\d+$/)
    expect(install?.run).toMatch(/^npm ci\b/)
    expect(install?.['working-directory']).toBe('$' + '{{ github.action_path }}')
    for (const step of action.runs.steps) {
      expect(step.run ?? '').not.toContain('$' + '{{')
      expect(step.run === undefined || step.shell === 'bash').toBe(true)
    }
  })

  test('the example says nothing of what is right, and writes SARIF', () => {
    expect(use?.uses).toMatch(new RegExp(`/${name}@v${version}$`))
    expect(Object.keys(use?.with ?? {}).filter(key => action.inputs[key] === undefined)).toEqual([])
    expect(run(use?.with ?? {})).toMatchObject({ status: 0 })
    expect(JSON.parse(written('bondplan.sarif')).runs[0].results).toEqual([])
  })

  test('a fault is an annotation, exit status 1, and in the SARIF file', () => {
    breakIt()
    const { status, stdout } = run(use?.with ?? {})
    expect(status).toBe(1)
    expect(stdout).toMatch(/^::error file=network\/switches\.yaml,line=1,/m)
    expect(JSON.parse(written('bondplan.sarif')).runs[0].results[0].ruleId).toBe('lacp-vs-static')
    const upload = workflow.jobs.lint.steps.at(-1)
    expect(upload?.with?.sarif_file).toBe(use?.with?.['sarif-file'])
  })

  test('what cannot run is exit status 2, and writes no SARIF', () => {
    expect(run({ files: 'nowhere/', 'sarif-file': 'x.sarif' }).status).toBe(2)
    expect(existsSync(join(folder, 'x.sarif'))).toBe(false)
  })

  test('an input is no command', () => {
    run({ files: '$(touch owned) `touch owned` ; touch owned', arguments: '; touch owned' })
    expect(existsSync(join(folder, 'owned'))).toBe(false)
  })

  test('patterns are followed', () => {
    expect(run({ files: 'network/*.yaml' })).toMatchObject({ status: 0 })
  })
})

describe('GitLab', () => {
  interface Job {
    readonly before_script: readonly string[]
    readonly script: readonly string[]
    readonly artifacts: { readonly reports: { readonly codequality: string; readonly junit: string } }
  }
  const { bondplan: job } = yaml<{ bondplan: Job }>('examples/ci/gitlab-ci.yml')
  const { codequality, junit } = job.artifacts.reports

  test('installs this version', () => {
    expect(job.before_script).toEqual([`npm install --global ${name}@${version}`])
  })

  test('both reports are made, whether there are findings or not', () => {
    expect(bash(job.script.join('\n'))).toMatchObject({ status: 0 })
    expect(JSON.parse(written(codequality))).toEqual([])
    breakIt()
    const broken = bash(job.script.join('\n'))
    expect(broken.status).toBe(1)
    expect(broken.stdout).toContain('lacp-vs-static')
    expect(JSON.parse(written(codequality))[0]).toMatchObject({
      check_name: 'lacp-vs-static',
      severity: 'major',
    })
    expect(written(junit)).toContain('failures="1"')
  })
})

test('the commands of the README accept what there is and say what is new', () => {
  const readme = readFileSync(join(example, 'README.md'), 'utf8')
  const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(readme) ?? []
  const [accept = '', judge = ''] = script.trim().split('\n')
  breakIt()
  expect(bash(accept).status).toBe(0)
  expect(bash(judge)).toMatchObject({ status: 0 })
  const servers = written('network/servers.yaml')
  writeFileSync(
    join(folder, 'network/servers.yaml'),
    servers.replace('miimon: 100', 'miimon: 100, updelay: 250'),
  )
  expect(bash(judge).stdout).toContain('delays-not-multiple')
})
