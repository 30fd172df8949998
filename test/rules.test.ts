// Every rule holds what its examples say: findings at the carets of a bad one, none in a good one. A fix
// settles its finding, and one that is called safe leaves what the driver does as it was. And the list of all
// that could be a rule: which are, which are found elsewhere, which are left out and why.

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fix } from '../src/diagnostics/diagnostic.ts'
import { topics } from '../src/explain/topics/index.ts'
import { effective, settle } from '../src/intent/effective.ts'
import type { Intent, Node } from '../src/intent/intent.ts'
import { bondsOf, membersOf } from '../src/intent/intent.ts'
import { sourceText } from '../src/intent/text.ts'
import { readYaml } from '../src/intent/yaml.ts'
import { bonding, bondingPort, options, type Subject } from '../src/options/index.ts'
import type { AnyRow } from '../src/options/row.ts'
import { rules } from '../src/rules/index.ts'
import { type About, codesOf, type Rule, runRules } from '../src/rules/rule.ts'
import { at } from '../src/rules/support.ts'
import { answered, askedFiles, catalogue, elsewhere, leftOut, ownIds, toned } from './support/catalogue.ts'
import { compare, dedent, edited, expectedIn, findingsIn } from './support/examples.ts'
import { anyHost } from './support/intents.ts'
import { run } from './support/memory-io.ts'
import { read } from './support/read.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'src/rules')

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each(rule.bad.map(dedent))('finds %j', text => {
    expect(read(text).diagnostics, 'an example must be read without complaint').toEqual([])
    const expected = expectedIn(text)
    expect(expected, 'a bad example marks at least one place').not.toEqual([])
    expect(compare(findingsIn(rule, text), expected)).toEqual({ missing: [], surplus: [] })
  })

  test.each(rule.good.map(dedent))('lets pass %j', text => {
    expect(read(text).diagnostics, 'an example must be read without complaint').toEqual([])
    expect(findingsIn(rule, text)).toEqual([])
  })

  test('its fixes settle what it finds', () => {
    for (const text of rule.bad.map(dedent)) {
      for (const { code, at, fix, message } of runRules(read(text).intent, [rule])) {
        if (fix === undefined) continue
        const after = afterFix(text, fix)
        const left = runRules(after, [rule]).map(one => [one.code, one.at, one.message])
        expect(left, fix.title).not.toContainEqual([code, at, message])
        if (fix.safe) expect(acting(after), fix.title).toEqual(acting(read(text).intent))
      }
    }
  })
})

describe('a rule finds nothing where nothing is said that it is about', () => {
  const examples = rules.flatMap(({ bad, good }) => [...bad, ...good].map(text => read(dedent(text)).intent))

  test.each(rules.flatMap(rule => (rule.about === undefined ? [] : [[rule.id, rule, rule.about] as const])))(
    '%s',
    (_, rule, about) => {
      const silent = (intent: Intent) =>
        [...rule.check(withoutOptions(intent, about))].map(({ message }) => message)
      for (const intent of examples) expect(silent(intent)).toEqual([])
      fc.assert(
        fc.property(fc.array(anyHost, { minLength: 1, maxLength: 2 }), hosts => {
          expect(silent({ hosts, switches: [], traffic: [] })).toEqual([])
        }),
        { numRuns: 20 },
      )
    },
  )
})

/** An intent in which nobody says these options. */
function withoutOptions({ hosts, switches, traffic }: Intent, about: About): Intent {
  const without = <N extends Node<Subject>>(node: N): N => {
    const gone: readonly string[] = about[node.subject] ?? []
    const options = Object.fromEntries(Object.entries(node.options).filter(([id]) => !gone.includes(id)))
    return { ...node, options }
  }
  return {
    hosts: hosts.map(host => ({
      ...without(host),
      ports: host.ports.map(without),
      bonds: host.bonds.map(without),
      vlans: host.vlans.map(without),
      bridges: host.bridges.map(without),
    })),
    switches: switches.map(box => ({ ...without(box), lags: box.lags.map(without) })),
    traffic: traffic.map(without),
  }
}

test('carets that are off, or say something else, are noticed', () => {
  const [rule] = rules.filter(({ id }) => id === 'min-links-too-high')
  if (rule === undefined) throw new Error('the rule is gone')
  const text = dedent(`
    bonds:
      bond0: {mode: 802.3ad, members: [eth0], min-links: 3}
    #                                                    ^ never has carrier
  `)
  const differs = (other: string): number => {
    const { missing, surplus } = compare(findingsIn(rule, other), expectedIn(other))
    return missing.length + surplus.length
  }
  expect(differs(text)).toBe(0)
  expect(differs(text.replace(' ^', '^'))).toBe(2)
  expect(differs(text.replace('^', '^^'))).toBe(2)
  expect(differs(text.replace('never', 'always'))).toBe(2)
  expect(differs(text.replace(/#.*/, ''))).toBe(1)
  expect(differs(text.replace('min-links: 3', 'min-links: 1'))).toBe(1)
})

/** The intent that a fix makes of a text. */
function afterFix(text: string, fix: Fix): Intent {
  const { value } = readYaml(sourceText('intent.yaml', text))
  const document = value?.value
  const short = typeof document === 'object' && document !== null && !('hosts' in document)
  const { intent, diagnostics } = read(JSON.stringify(edited(document, fix.edits, short)))
  expect(diagnostics, fix.title).toEqual([])
  return intent
}

/** What the driver makes of every bond. */
const acting = (intent: Intent) =>
  [...bondsOf(intent)].map(({ host, bond }) => {
    const { members, ...rest } = effective(bond, membersOf(host, bond))
    return { ...rest, members: [...new Set(members)] }
  })

test('every rule has its file, its line, and examples of both kinds', () => {
  const shared = ['fixes', 'hope', 'index', 'ip', 'mac', 'pair', 'port-names', 'rule', 'support']
  const files = readdirSync(folder)
    .map(file => basename(file, '.ts'))
    .filter(name => !shared.includes(name))
  expect(rules.map(rule => rule.id)).toEqual([...files].sort())
  expect(rules.filter(rule => rule.bad.length === 0 || rule.good.length === 0).map(rule => rule.id)).toEqual(
    [],
  )
})

test('a rule says in one sentence what is wrong, and names its source', () => {
  for (const { id, summary, why, source } of rules) {
    expect(summary, id).toMatch(/^[^\n]{10,100}\.$/)
    expect(why, id).toMatch(/\.$/)
    expect(source, id).not.toBe('')
  }
})

test('a level for a code or for its rule decides, and off drops what is found', () => {
  const { intent } = read(
    'bonds: {bond0: {mode: active-backup, members: [eth0, eth1], lacp-rate: fast, min-links: 1}}',
  )
  const walk = rules.filter(rule => rule.id === 'option-does-nothing')
  const said = (levels: Parameters<typeof runRules>[2]) =>
    runRules(intent, walk, levels).map(({ code, severity }) => `${code} ${severity}`)
  expect(said({})).toEqual(['lacp-rate-mode error', 'min-links-mode warning'])
  expect(said({ 'lacp-rate-mode': 'off' })).toEqual(['min-links-mode warning'])
  expect(said({ 'min-links-mode': 'error' })).toEqual(['lacp-rate-mode error', 'min-links-mode error'])
  expect(said({ 'option-does-nothing': 'note' })).toEqual(['lacp-rate-mode note', 'min-links-mode note'])
  expect(said({ 'option-does-nothing': 'off' })).toEqual([])
})

test('every code is explained by one rule, its own where it has one', () => {
  const codes = codesOf(rules)
  expect(codes.get('lacp-rate-mode')?.rule.id).toBe('option-does-nothing')
  expect(codes.get('num-grat-arp-mode')?.rule.id).toBe('num-grat-arp-mode')
  for (const rule of rules) {
    for (const [code, severity] of Object.entries(rule.codes ?? {}))
      expect(codes.get(code)?.severity, `${code} counts alike in ${rule.id}`).toBe(severity)
  }
})

describe('no noise', () => {
  const sensible = [
    `
    ports: {eth0: {speed: 10G, to: "sw1:1"}, eth1: {speed: 10G, to: "sw1:2"}}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        min-links: 1
        members: [eth0, eth1]
        addresses: [192.0.2.10/24, "2001:db8::10/64"]
        routes: [{to: default, via: 192.0.2.1}]
    `,
    `
    bonds:
      bond0: {mode: active-backup, miimon: 100, updelay: 200, primary: eth0, members: [eth0, eth1], mtu: 9000}
    vlans:
      bond0.10: {id: 10, link: bond0, dhcp4: true}
    bridges:
      vmbr0: {ports: [bond0], vlan-aware: true, vlans: [20-30], addresses: [192.0.2.10/24]}
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1, 192.0.2.2]
        arp-validate: all
        addresses: [192.0.2.10/24]
    `,
  ]
  test.each(sensible.map(dedent))('nothing is said of %j', text => {
    const { intent, diagnostics } = read(text)
    expect([...diagnostics, ...runRules(intent, rules)]).toEqual([])
  })
})

/** Options that are compared; what names a port or a moment is decided elsewhere than in the table of defaults. */
const settled = Object.keys(bonding) as readonly (keyof typeof bonding)[]

test('wherever the driver holds another value than was said, a rule says so there', () => {
  fc.assert(
    fc.property(anyHost, host => {
      const intent: Intent = { hosts: [host], switches: [], traffic: [] }
      const places = runRules(intent, rules).flatMap(({ at, related = [] }) => [
        JSON.stringify(at),
        ...related.map(one => JSON.stringify(one.at)),
      ])
      for (const bond of host.bonds) {
        // A bond without members has a complaint of its own, before anything else can be wrong with it.
        if ((bond.options.members ?? []).length === 0) continue
        const held = settle(bond.options)
        for (const id of settled) {
          const value = bond.options[id]
          if (value === undefined || JSON.stringify(value) === JSON.stringify(held[id])) continue
          expect(places, `${id} ${JSON.stringify(value)} is held as ${JSON.stringify(held[id])}`).toContain(
            JSON.stringify(at(bond, id)),
          )
        }
      }
    }),
    { numRuns: 300, seed: 5 },
  )
})

test('rules take any intent', () => {
  fc.assert(
    fc.property(fc.array(anyHost, { maxLength: 2 }), hosts => {
      for (const { code, severity, message } of runRules({ hosts, switches: [], traffic: [] }, rules)) {
        expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/)
        expect(['error', 'warning', 'note']).toContain(severity)
        expect(message).not.toMatch(/undefined|\[object|NaN/)
      }
    }),
    { numRuns: 100, seed: 7 },
  )
})

/** The codes that columns of option rows name, with the rows that name them. */
function columns(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const add = (code: string, what: string): void => {
    const named = found.get(code) ?? []
    if (!named.includes(what)) found.set(code, [...named, what])
  }
  for (const subject of Object.keys(options) as Subject[]) {
    for (const [id, row] of Object.entries<AnyRow>(options[subject])) {
      add(row.codes.value, `value of ${id}`)
      const heard = Object.hasOwn(bonding, id) || Object.hasOwn(bondingPort, id)
      if (heard && row.modes.length < 7) add(row.codes.mode, `mode of ${id}`)
    }
  }
  return found
}

describe('the catalogue', () => {
  const byColumn = columns()
  const ids = new Set(rules.map(rule => rule.id))
  const advised = new Map(
    topics.flatMap(({ id: topic, advice = [] }) =>
      advice.map(({ id, because }) => [id, `${topic}; ${because}`] as const),
    ),
  )
  const own = rules.filter(rule => catalogue[rule.id] === undefined).map(rule => rule.id)

  test('every id is in it, or is our own for a reason', () => {
    const codes = rules.flatMap(rule => Object.keys(rule.codes ?? {}))
    const unknown = [...own, ...codes].filter(id => catalogue[id] === undefined && ownIds[id] === undefined)
    expect(unknown).toEqual([])
    const reported = new Set([...ids, ...codes])
    expect(Object.keys(ownIds).filter(id => !reported.has(id))).toEqual([])
  })

  test('a rule counts as much as it says, or why not is written down', () => {
    const severities: readonly (readonly [string, Rule['severity']])[] = rules.flatMap(rule => [
      [rule.id, rule.severity] as const,
      ...Object.entries(rule.codes ?? {}),
    ])
    const other = severities.filter(([id, severity]) => {
      const wanted = catalogue[id]?.severity
      return wanted !== undefined && wanted !== severity && toned[id] === undefined
    })
    expect(other).toEqual([])
  })

  test('what is found elsewhere is found there', () => {
    for (const [id, { file }] of Object.entries(elsewhere)) {
      expect(catalogue[id], id).toBeDefined()
      const sources = readFileSync(join(root, file), 'utf8')
      expect(sources.includes(`'${id}'`), `${id} in ${file}`).toBe(true)
    }
  })

  test.each(Object.entries(answered))('a command answers %s', async (_, { by, argv, says }) => {
    const { out, err } = await run(argv, { files: askedFiles })
    expect(err).toBe('')
    expect(argv[0]).toBe(by)
    expect(out).toMatch(says)
  })

  test('each row is in one place only', () => {
    for (const id of Object.keys(catalogue)) {
      const places = [
        ids.has(id) && 'rule',
        elsewhere[id] !== undefined && 'elsewhere',
        answered[id] !== undefined && 'answered',
        leftOut[id] !== undefined && 'left out',
        advised.has(id) && 'advice',
      ].filter(place => place !== false)
      expect(places.length, `${id}: ${places.join(', ')}`).toBeLessThanOrEqual(1)
    }
    for (const id of [...Object.keys(leftOut), ...Object.keys(answered)])
      expect(catalogue[id], id).toBeDefined()
  })

  test('what has become of it', async () => {
    const rows = Object.entries(catalogue)
    const column = (id: string): readonly string[] => byColumn.get(id) ?? []
    const isOpen = (id: string): boolean =>
      !ids.has(id) &&
      column(id).length === 0 &&
      elsewhere[id] === undefined &&
      answered[id] === undefined &&
      leftOut[id] === undefined &&
      !advised.has(id)
    const shown = (id: string, rest = ''): string => `  ${id}${rest === '' ? '' : `: ${rest}`}`
    const section = (title: string, lines: readonly string[]): string =>
      [`${title} (${lines.length})`, ...lines].join('\n')
    const open = rows.filter(([id]) => isOpen(id))
    expect(open.map(([id]) => id)).toEqual([])
    const sections = [
      section(
        'Rules',
        rows.filter(([id]) => ids.has(id)).map(([id]) => shown(id, column(id).join(', '))),
      ),
      section(
        'Columns of option rows',
        rows
          .filter(([id]) => !ids.has(id) && column(id).length > 0)
          .map(([id]) => shown(id, column(id).join(', '))),
      ),
      section(
        'Found elsewhere',
        rows.flatMap(([id]) => {
          const found = elsewhere[id]
          return found === undefined || column(id).length > 0
            ? []
            : [shown(id, `${found.by} (${found.file})`)]
        }),
      ),
      section(
        'Answered in the output of a command',
        rows.flatMap(([id]) => {
          const answer = answered[id]
          return answer === undefined ? [] : [shown(id, `${answer.by} (${answer.where})`)]
        }),
      ),
      section(
        'Advice, in explain',
        rows.flatMap(([id]) => (advised.has(id) ? [shown(id, advised.get(id))] : [])),
      ),
      section(
        'Left out',
        rows.flatMap(([id]) => (leftOut[id] === undefined ? [] : [shown(id, leftOut[id])])),
      ),
      section(
        'Ids of our own',
        Object.entries(ownIds).map(([id, reason]) => shown(id, reason)),
      ),
      section(
        'Counting otherwise than the catalogue has it',
        Object.entries(toned).map(([id, reason]) => shown(id, `${catalogue[id]?.severity}, ${reason}`)),
      ),
    ]
    const total = `${rows.length} rows\n\n${sections.join('\n\n')}\n`
    await expect(total).toMatchFileSnapshot(join(root, 'test/golden/catalogue.txt'))
  })
})
