// lint --fix: what is written, what is shown, what is left alone; and that a fixed intent means the same apart from what
// was found.

import fc from 'fast-check'
import { dump } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { sameData } from '../../src/fix/data.ts'
import { effective } from '../../src/intent/effective.ts'
import { bondsOf, membersOf } from '../../src/intent/intent.ts'
import { sourceText } from '../../src/intent/text.ts'
import { readYaml } from '../../src/intent/yaml.ts'
import { anyHostFields } from '../support/intents.ts'
import { read } from '../support/read.ts'
import { briefsIn, lint, refused, rounded, sound } from './lint-support.ts'

describe('files', () => {
  const files = { 'a.yaml': refused, 'd/b.yaml': rounded, 'c.yaml': sound }

  test('are written with their modes, and only where something changes', async () => {
    const ran = await lint(['--fix', 'a.yaml', 'd', 'c.yaml'], {
      files,
      modes: { 'a.yaml': 0o600, 'c.yaml': 0o640 },
    })
    expect(ran.files.get('a.yaml')).toBe(refused.replace(', lacp-rate: fast', ''))
    expect(ran.files.get('d/b.yaml')).toBe(rounded.replace('250', '200'))
    expect(ran.files.get('c.yaml')).toBe(sound)
    expect(Object.fromEntries(ran.modes)).toEqual({ 'a.yaml': 0o600, 'd/b.yaml': 0o644, 'c.yaml': 0o640 })
    expect(ran).toMatchObject({ status: 0, out: 'no findings in 3 files\n', err: 'Fixed 2 files.\n' })
  })

  test('a second run finds nothing to do', async () => {
    const first = await lint(['--fix', '--unsafe', '.'], { files })
    const again = Object.fromEntries(first.files)
    const second = await lint(['--fix', '--unsafe', '.'], { files: again })
    expect(Object.fromEntries(second.files)).toEqual(again)
    expect(second.err).toBe('')
  })

  test('--diff shows the change, writes nothing, and exits 1', async () => {
    const ran = await lint(['--fix', '--diff', './a.yaml'], { files })
    expect(ran.out).toBe(
      `--- a/a.yaml\n+++ b/a.yaml\n@@ -1,4 +1,4 @@\n hosts:\n   gamma:\n     bonds:\n` +
        `-      bond0: {mode: active-backup, miimon: 100, lacp-rate: fast, members: [eth0, eth1]}\n` +
        `+      bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1]}\n`,
    )
    expect(ran.err).toBe('no findings in 1 file\n')
    expect(ran.status).toBe(1)
    expect(ran.files.get('a.yaml')).toBe(refused)
    expect((await lint(['--diff', 'c.yaml'], { files })).status).toBe(0)
  })

  test('standard input comes back fixed on standard output', async () => {
    const ran = await lint(['--fix', '-'], { stdin: rounded })
    expect(ran.out).toBe(rounded.replace('250', '200'))
    expect(ran.err).toBe('no findings in 1 file\n')
  })

  test('a byte order mark and the line breaks stay', async () => {
    const dos = `\uFEFF${rounded.replaceAll('\n', '\r\n')}`
    const { files: after } = await lint(['--fix', 'x.yaml'], { files: { 'x.yaml': dos } })
    expect(after.get('x.yaml')).toBe(dos.replace('250', '200'))
  })

  test('a file with bytes that are no text is not written', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode(`${rounded}# `), 0xe4, 0x0a])
    const ran = await lint(['--fix', 'x.yaml'], { files: { 'x.yaml': bytes } })
    expect(ran.err).toBe('')
    expect(ran.status).toBe(1)
  })

  test.each([
    [['--unsafe', 'a.yaml'], '--unsafe'],
    [['--fix', '--update-baseline', '--baseline', 'b', 'a.yaml'], '--update-baseline'],
  ])('%j makes no sense', async (argv, said) => {
    const { status, err } = await lint(argv, { files })
    expect(status).toBe(2)
    expect(err).toContain(said)
  })
})

describe('fixes', () => {
  const fixed = async (text: string, ...argv: string[]): Promise<string | undefined> =>
    (await lint(['--fix', ...argv, 'x.yaml'], { files: { 'x.yaml': text } })).files.get('x.yaml')

  test('one that changes what the driver does needs --unsafe', async () => {
    const text = sound.replace('100', '5')
    expect(await fixed(text)).toBe(text)
    expect(await fixed(text, '--unsafe')).toBe(sound)
  })

  test('one after another: what is misspelt is first read, then judged', async () => {
    expect(await fixed(refused.replace('lacp-rate', 'lacp_rate'))).toBe(
      refused.replace(', lacp-rate: fast', ''),
    )
  })

  test('what is switched off, allowed or not reported is not touched', async () => {
    expect(await fixed(refused, '--rule', 'lacp-rate-mode=off')).toBe(refused)
    const allowed = refused.replace(/\n$/, ' # bondplan-allow lacp-rate-mode: a test\n')
    expect(await fixed(allowed)).toBe(allowed)
  })

  test('in a file of one host paths are those of the file', async () => {
    const short =
      'bonds:\n  bond0:\n    mode: active-backup\n    updelay: 250 # slow switch\n    miimon: 100\n    members: [eth0, eth1]\n'
    expect(await fixed(short)).toBe(short.replace('250', '200'))
  })

  test('what a profile says is changed in the profile only where the profile is at fault', async () => {
    const text = `profiles: {p: {mode: 802.3ad, lacp-rate: fast, miimon: 100, xmit-hash-policy: layer3+4}}
hosts:
  h1: {bonds: {bond0: {use: p, mode: balance-xor, members: [eth0, eth1]}}}
  h2: {bonds: {bond0: {use: p, members: [eth0, eth1]}}}
`
    expect(await fixed(text)).toBe(text)
  })
})

/** Faults as people make them, each in one bond; every one has a safe fix. */
const faults: readonly ((bond: Record<string, unknown>) => void)[] = [
  bond => {
    bond.xmit_hash_polcy = 'layer3+4'
  },
  bond => {
    bond.mimon = 100
  },
  bond => {
    bond.miimon = 100
    bond.updelay = 250
    bond.downdelay = 299
  },
  bond => {
    if (Array.isArray(bond.members) && bond.members.length > 0)
      bond.members = [...bond.members, bond.members[0]]
  },
  bond => {
    bond.mode = 'active-backup'
    bond['lacp-rate'] = 'fast'
    bond['ad-select'] = 'bandwidth'
    bond['min-links'] = 1
  },
  bond => {
    bond['ad-select'] = 'bandwith'
  },
]

const styles = {
  block: (document: unknown) => dump(document, { noRefs: true }),
  flow: (document: unknown) => dump(document, { noRefs: true, flowLevel: 3 }),
  json: (document: unknown) => `${JSON.stringify(document, null, 2)}\n`,
} as const

/** A comment behind every third line, and one above every fifth; JSON has none. */
const commented = (text: string): string =>
  text
    .split('\n')
    .flatMap((line, at) => [
      ...(at % 5 === 4 && line !== '' ? [`${/^ */.exec(line)?.[0]}# above ${at}`] : []),
      at % 3 === 0 && line !== '' ? `${line} # beside ${at}` : line,
    ])
    .join('\n')

/** Paths at which two documents differ; lists are compared whole. */
function differences(a: unknown, b: unknown, path: readonly string[] = []): string[] {
  const isMapping = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMapping(a) || !isMapping(b)) return sameData(a, b) ? [] : [path.join('/')]
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].flatMap(key => differences(a[key], b[key], [...path, key]))
}

const acting = (text: string) => {
  const { intent } = read(text)
  return [...bondsOf(intent)].map(({ host, bond }) => {
    const { members, ...rest } = effective(bond, membersOf(host, bond))
    return { name: bond.name, ...rest, members: [...new Set(members)] }
  })
}

const valueOf = (text: string): unknown => readYaml(sourceText('x.yaml', text)).value?.value

test('a fixed intent means the same apart from what was found', async () => {
  let fixedOnes = 0
  await fc.assert(
    fc.asyncProperty(
      anyHostFields,
      fc.uniqueArray(fc.nat(faults.length - 1), { minLength: 1, maxLength: 3 }),
      fc.constantFrom<keyof typeof styles>('block', 'flow', 'json'),
      async (host, chosen, style) => {
        const document = structuredClone({ hosts: { h1: host } })
        const bonds = Object.values(
          (document.hosts.h1 as { bonds: Record<string, Record<string, unknown>> }).bonds,
        )
        for (const [at, fault] of chosen.entries()) {
          const bond = bonds[at % Math.max(1, bonds.length)]
          if (bond !== undefined) faults[fault]?.(bond)
        }
        const plain = styles[style](document)
        const text = style === 'json' ? plain : commented(plain)
        const before = await lint(['--format', 'json', 'x.yaml'], { files: { 'x.yaml': text } })
        const ran = await lint(['--fix', '--format', 'json', 'x.yaml'], { files: { 'x.yaml': text } })
        const after = ran.files.get('x.yaml') ?? ''
        if (after === text) return
        fixedOnes++
        // It is read, nothing new is wrong with it, and nothing is left to do.
        expect(valueOf(after), after).toBeDefined()
        const again = await lint(['--fix', 'x.yaml'], { files: { 'x.yaml': after } })
        expect(again.files.get('x.yaml')).toBe(after)
        // It differs only where something was found and a fix was offered, now or once that was read.
        const found = JSON.parse(before.out).diagnostics as {
          fix?: { edits?: { path: string[]; key?: string }[] }
        }[]
        const touched = found
          .flatMap(({ fix }) => fix?.edits ?? [])
          .flatMap(({ path, key }) => [
            path.join('/'),
            ...(key === undefined ? [] : [[...path.slice(0, -1), key].join('/')]),
          ])
        const known = (path: string): boolean =>
          touched.some(one => path === one || path.startsWith(`${one}/`))
        const misspelt = briefsIn(before.out).some(
          line => line.endsWith(' error') && /unknown|not-allowed/.test(line),
        )
        if (!misspelt)
          expect(
            differences(valueOf(text), valueOf(after)).filter(path => !known(path)),
            after,
          ).toEqual([])
        // And the driver does the same, wherever it was read before.
        if (read(text).diagnostics.length === 0) expect(acting(after), after).toEqual(acting(text))
        // Comments on lines of their own stay.
        const above = (lines: string): string[] => lines.match(/^\s*# above \d+$/gm) ?? []
        const lost = above(text).filter(line => !above(after).some(kept => kept.trim() === line.trim()))
        expect(lost.length, after).toBeLessThanOrEqual(differences(valueOf(text), valueOf(after)).length)
      },
    ),
    { numRuns: 150, seed: 4 },
  )
  expect(fixedOnes).toBeGreaterThan(60)
})
