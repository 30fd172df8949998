// RouterOS refuses to add what is there, and /import ends at the first refusal. What is rendered can be pasted again: a
// little terminal that knows of entries their path and names takes each golden file twice.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../golden/switch/mikrotik-routeros')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('mikrotik-routeros.rsc'))
  .map(path => [path, readFileSync(join(folder, path), 'utf8')] as const)

type Entry = Readonly<Record<string, string>>

const pairsOf = (text: string): Entry =>
  Object.fromEntries([...text.matchAll(/([a-z-]+)=("[^"]*"|\S+)/g)].map(([, name, value]) => [name, value]))

/** What of an entry may stand once below its path. */
const only: Readonly<Record<string, string>> = {
  '/interface bonding': 'name',
  '/interface bridge': 'name',
  '/interface bridge port': 'interface',
  '/interface bridge vlan': 'vlan-ids',
}

class Terminal {
  readonly entries = new Map<string, Entry[]>()

  of(path: string): Entry[] {
    const known = this.entries.get(path) ?? []
    this.entries.set(path, known)
    return known
  }

  #found(path: string, sought: string): Entry[] {
    const wanted = Object.entries(pairsOf(sought))
    return this.of(path).filter(entry => wanted.every(([name, value]) => entry[name] === value))
  }

  /** Takes a line; answers what is refused. */
  take(line: string): string | undefined {
    const [, path = '', sought = '', inner = ''] =
      /^:if \(\[ :len \[ (\/[a-z ]+?) find (.*?) \] \] = 0\) do=\{ (.*) \}$/.exec(line) ?? []
    if (path !== '') return this.#found(path, sought).length === 0 ? this.take(inner) : undefined
    const [, where = '', verb = '', rest = ''] = /^(\/[a-z ]+?) (add|set|remove) (.*)$/.exec(line) ?? []
    // Ports are always there, and the bridge is named.
    if (where === '/interface ethernet' || /bridge1 vlan-filtering|mlag/.test(line)) return undefined
    if (verb === 'add') {
      const entry = pairsOf(rest)
      const name = only[where] ?? ''
      if (this.of(where).some(one => one[name] === entry[name])) return `${line}: it is there`
      this.of(where).push(entry)
      return undefined
    }
    const [, find = '', to = ''] = /^\[ find (.*?) \](.*)$/.exec(rest) ?? []
    const found = this.#found(where, find)
    const others = this.of(where).filter(entry => !found.includes(entry))
    const changed = verb === 'remove' ? [] : found.map(entry => ({ ...entry, ...pairsOf(to) }))
    this.entries.set(where, [...others, ...changed])
    return verb === 'set' && found.length === 0 ? `${line}: no such item` : undefined
  }

  paste(text: string): readonly string[] {
    const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
    return lines.flatMap(line => this.take(line) ?? [])
  }
}

describe.each(files)('%s', (_, text) => {
  test('is pasted twice, and is the same', () => {
    const terminal = new Terminal()
    expect(terminal.paste(text)).toEqual([])
    const once = structuredClone(
      [...terminal.entries].map(([path, entries]) => [path, entries.map(sorted).sort()]),
    )
    expect(terminal.paste(text)).toEqual([])
    expect([...terminal.entries].map(([path, entries]) => [path, entries.map(sorted).sort()])).toEqual(once)
  })
})

const sorted = (entry: Entry): string => JSON.stringify(Object.entries(entry).sort())

test('an entry of a VLAN that somebody else has made is not taken away, and it is said that it is there', () => {
  const [, text = ''] = files.find(([path]) => path.startsWith('several')) ?? []
  const terminal = new Terminal()
  terminal.paste(
    '/interface bridge add name=bridge1\n/interface bridge vlan add bridge=bridge1 vlan-ids=10 tagged=ether24',
  )
  expect(terminal.paste(text)).toEqual([expect.stringContaining('vlan-ids=10 comment=bondplan')])
  expect(terminal.of('/interface bridge vlan')[0]).toEqual({
    bridge: 'bridge1',
    'vlan-ids': '10',
    tagged: 'ether24',
  })
})
