// Nothing is injected: a hostile value in any string place of the intent comes back equal through every target's own text,
// or is refused at its place.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { targets } from '../../src/targets/index.ts'
import { renderHost } from '../../src/targets/write.ts'
import { read } from '../support/read.ts'
import { expectReturn } from '../support/return.ts'

/** An intent with every place that takes text, and the paths of those places; a number marks a list's item. */
const whole = {
  profiles: { lacp: { mode: '802.3ad', miimon: 100 } },
  hosts: {
    s1: {
      target: 'netplan',
      kernel: '6.12',
      ports: { eth0: { to: 'sw1:1', mac: '52:54:00:00:00:01', speed: '1G' } },
      bonds: {
        bond0: {
          use: 'lacp',
          members: ['eth0', 'eth1'],
          primary: 'eth0',
          'ad-actor-system': '02:00:00:00:00:01',
          'arp-ip-target': ['192.0.2.1'],
          'ns-ip6-target': ['2001:db8::1'],
          mac: '02:00:00:00:00:02',
          addresses: ['192.0.2.10/24'],
          routes: [{ to: 'default', via: '192.0.2.1' }],
          nameservers: { addresses: ['192.0.2.53'], search: ['example.net'] },
        },
      },
      vlans: { 'bond0.10': { id: 10, link: 'bond0' } },
      bridges: { br0: { ports: ['bond0'], vlans: ['10-20'] } },
    },
  },
  switches: { sw1: { lags: { '1': { description: 'to s1', ports: ['1', '2'], to: 'sw2:1' } } } },
  traffic: [{ from: 's1', to: 's2' }],
}

type Path = readonly (string | number)[]

/** Every text in the intent: values, and keys that are names (`key` last). */
function* places(
  value: unknown,
  path: Path,
): Generator<{ readonly path: Path; readonly part: 'key' | 'value' }> {
  if (typeof value === 'string') yield { path, part: 'value' }
  if (typeof value !== 'object' || value === null) return
  for (const [step, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(step) : step]
    if (!Array.isArray(value)) yield { path: at, part: 'key' }
    yield* places(inner, at)
  }
}

/** The intent with one text replaced. */
function withText(value: unknown, [step, ...rest]: Path, part: 'key' | 'value', text: string): unknown {
  if (step === undefined) return text
  const entries = Object.entries(value as object).map(([key, inner]) => {
    if (key !== String(step)) return [key, inner]
    if (rest.length === 0 && part === 'key') return [text, inner]
    return [key, withText(inner, rest, part, text)]
  })
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
}

const spots = [...places(whole, [])].map(spot => ({ name: `${spot.path.join('.')} (${spot.part})`, ...spot }))
const hosts = targets.filter(target => target.side === 'host')

const poison = [
  '\n',
  '\r\n',
  '"',
  "'",
  '\\',
  '%',
  '$',
  '{{x}}',
  '}}',
  ';',
  '\0',
  '\u2028',
  '\u2029',
  '`id`',
  '$(id)',
  '#',
  '&',
  '|',
  '<',
  '\t',
  '\x1b[31m',
  '..',
  '../../etc/passwd',
  ' ',
  ':',
  ',',
  '[x]',
  '\u202e',
  '\ud800',
  '__proto__',
]

/** A hostile text: poison in, before, after or instead of the right one. */
const hostile = (right: string) =>
  fc
    .tuple(fc.constantFrom(...poison), fc.constantFrom('before', 'after', 'inside', 'alone', 'command'))
    .map(([bad, where]) => {
      if (where === 'before') return bad + right
      if (where === 'after') return right + bad
      if (where === 'inside') return right.slice(0, 1) + bad + right.slice(1)
      return where === 'alone' ? bad : `${right}${bad}up reboot`
    })

const textAt = (path: Path, part: 'key' | 'value'): string => {
  const found = path.reduce<unknown>(
    (value, step) => (value as Readonly<Record<string, unknown>>)[step],
    whole,
  )
  return part === 'key' ? String(path.at(-1)) : String(found)
}

describe('a hostile text comes back equal or is refused at its place', () => {
  test.each(spots)('$name', ({ path, part }) => {
    fc.assert(
      fc.property(hostile(textAt(path, part)), text => {
        const { intent, diagnostics, locate } = read(JSON.stringify(withText(whole, path, part, text)))
        const errors = locate(diagnostics.filter(({ severity }) => severity === 'error'))
        if (errors.length > 0) {
          for (const { region } of errors) expect(region).toBeDefined()
          return
        }
        for (const host of intent.hosts) {
          for (const target of hosts) {
            const { lost } = renderHost(host, target, templates)
            const refused = lost.filter(({ code }) => code === 'config-injection')
            for (const { at } of refused) expect(at).toBeDefined()
            if (refused.length === 0) expectReturn(host, target)
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})
