// The facts of the platforms against the machine-readable reference, where that stands beside the project, and the
// grammar of port names.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { type Platform, platformOf, platforms } from '../../../src/platforms/index.ts'
import { carriedMtu, countedMtu, largestMtu } from '../../../src/platforms/mtu.ts'
import { lagNumberOf, readPort, readPorts, writePorts } from '../../../src/platforms/ports.ts'

const reference = new URL('../../../../shared/reference/switch-platforms.yaml', import.meta.url)

function platformNamed(id: string): Platform {
  const found = platformOf(id)
  if (found === undefined) throw new Error(`no platform ${id}`)
  return found.platform
}

const names = (id: string, said: string): readonly (string | undefined)[] =>
  readPorts(platformNamed(id), said).map(({ port }) => port?.name)

interface Row {
  readonly id: string
  readonly lag_id: { readonly min: number; readonly max: number } | null
  readonly max_members: { readonly active: number | null }
  readonly port_examples: readonly string[]
  readonly port_counter_examples: readonly string[]
  readonly abbreviations: Readonly<Record<string, string>>
  readonly lacp_modes: Readonly<Record<'active' | 'passive' | 'static', string | null>>
  readonly rate: { readonly scope: string | null; readonly default: string; readonly meaning: string }
  readonly hash_exact: Readonly<Record<string, boolean>>
  readonly lacp_fallback: { readonly supported: boolean; readonly unverified?: boolean }
  readonly confidence: string
}

test('every file of the folder is a platform of the list', () => {
  const folder = readdirSync(new URL('../../../src/platforms/', import.meta.url))
  const others = ['index.ts', 'platform.ts', 'ports.ts', 'mtu.ts']
  const files = folder.filter(name => !others.includes(name)).map(name => name.replace('.ts', ''))
  expect(platforms.map(({ id }) => id).sort()).toEqual(files.sort())
})

describe.skipIf(!existsSync(reference))('the reference', () => {
  const rows = existsSync(reference)
    ? (load(readFileSync(reference, 'utf8')) as { readonly platforms: readonly Row[] }).platforms
    : []
  test('names the same platforms', () => {
    expect(rows.map(({ id }) => id).sort()).toEqual(platforms.map(({ id }) => id).sort())
  })
  test.each(rows)('$id', row => {
    const platform = platformNamed(row.id)
    expect(platform.lag.ids ?? null).toEqual(row.lag_id && { min: row.lag_id.min, max: row.lag_id.max })
    expect(platform.members.active ?? null).toBe(row.max_members.active)
    expect(platform.modes.passive).toBe(row.lacp_modes.passive !== null)
    expect(platform.rate.unset).toBe(row.rate.default)
    expect(platform.rate.means).toBe(row.rate.meaning === 'own_tx' ? 'own' : 'partner')
    expect(platform.confidence).toBe(row.confidence)
    // A fallback whose word nobody knows cannot be written.
    if (!row.lacp_fallback.unverified) expect(platform.fallback).toBe(row.lacp_fallback.supported)
    for (const [policy, exact] of Object.entries(row.hash_exact)) {
      if (exact) expect(platform.hash.policies[policy as 'layer2']?.exact, policy).toBe(true)
      else expect(platform.hash.policies[policy as 'layer2']?.exact ?? false, policy).toBe(false)
    }
    for (const example of row.port_examples) {
      const { port } = readPort(platform, example)
      // The space is optional on input, and the running configuration prints none.
      expect(port?.name, example).toBe(row.id === 'dell-os10' ? example.replace(' ', '') : example)
    }
    for (const [short, long] of Object.entries(row.abbreviations)) {
      const [example] = platform.ports.examples
      const numbers = example.replace(/^[A-Za-z-]+ ?/, '')
      const { port } = readPort(platform, `${short}${numbers}`)
      // What is a word of its own on some models stays itself.
      if (Object.hasOwn(platform.ports.types, short)) continue
      if (Object.hasOwn(platform.ports.types, long)) expect(port?.type, short).toBe(long)
    }
  })
})

describe('port names', () => {
  test('abbreviations and case are put right', () => {
    expect(names('cisco-ios', 'gi1/0/1')).toEqual(['GigabitEthernet1/0/1'])
    expect(names('cisco-ios', 'Te 1/1/3')).toEqual(['TenGigabitEthernet1/1/3'])
    expect(names('cisco-ios', 'Twe1/0/24')).toEqual(['TwentyFiveGigE1/0/24'])
    expect(names('cisco-nxos', 'e1/49/1')).toEqual(['Ethernet1/49/1'])
    expect(names('dell-os9', 'te0/1')).toEqual(['TenGigabitEthernet 0/1'])
    expect(names('h3c-comware', 'XGE1/0/49')).toEqual(['Ten-GigabitEthernet1/0/49'])
    expect(names('huawei-vrp', '10ge1/0/1')).toEqual(['10GE1/0/1'])
    expect(names('aruba-aos-s', 'a12')).toEqual(['A12'])
  })
  test('ranges and lists are opened', () => {
    expect(names('aruba-aos-s', '1-4')).toEqual(['1', '2', '3', '4'])
    expect(names('aruba-aos-s', '1/1-1/3,2/5')).toEqual(['1/1', '1/2', '1/3', '2/5'])
    expect(names('cisco-ios', 'Gi1/0/1-3')).toEqual([
      'GigabitEthernet1/0/1',
      'GigabitEthernet1/0/2',
      'GigabitEthernet1/0/3',
    ])
    expect(names('ruckus-fastiron', 'ethernet 1/1/1 to 1/1/2')).toEqual(['ethernet 1/1/1', 'ethernet 1/1/2'])
    expect(names('cumulus-ifupdown2', 'swp1 swp3')).toEqual(['swp1', 'swp3'])
    expect(names('mikrotik-routeros', 'sfp-sfpplus1,sfp-sfpplus2')).toEqual(['sfp-sfpplus1', 'sfp-sfpplus2'])
  })
  test('what is no port is answered with the nearest right form', () => {
    expect(readPort(platformNamed('cisco-ios'), 'eth1/0/1/7')).toEqual({
      nearest: expect.stringContaining('Ethernet'),
    })
    expect(readPort(platformNamed('aruba-aos-s'), 'Gi1/0/7')).toEqual({ nearest: '7' })
    expect(readPort(platformNamed('juniper-junos'), 'ge0/0/3')).toEqual({ nearest: 'ge-0/0/3' })
    expect(readPort(platformNamed('aruba-aos-cx'), '7')).toEqual({ nearest: '1/1/7' })
  })
  test('what is written as a list reads as the same ports', () => {
    const forms = [
      ['aruba-aos-s', { between: ',', to: '-', shortEnd: true }, (port: number) => `${port}`],
      ['aruba-aos-s', { between: ',', to: '-' }, (port: number) => `1/${port}`],
      [
        'cisco-ios',
        { between: ',', to: '-', shortEnd: true },
        (port: number) => `GigabitEthernet1/0/${port}`,
      ],
      ['extreme-exos', { between: ',' }, (port: number) => `${port}`],
      ['cumulus-nvue', { between: ',', to: '-', shortEnd: true }, (port: number) => `swp${port}`],
    ] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...forms),
        fc.uniqueArray(fc.integer({ min: 1, max: 48 }), { minLength: 1 }),
        ([id, list, name], ports) => {
          const platform = platformNamed(id)
          const wanted = ports.sort((a, b) => a - b).map(name)
          const read = wanted.flatMap(text => readPort(platform, text).port ?? [])
          expect(names(id, writePorts(read, list))).toEqual(wanted)
        },
      ),
    )
  })
})

describe('numbers', () => {
  const number = (id: string, port: string): number | undefined => {
    const platform = platformNamed(id)
    const read = readPort(platform, port).port
    return read && lagNumberOf(platform, read)
  }
  test('follow from the port alone', () => {
    expect(number('aruba-aos-s', '5')).toBe(5)
    expect(number('cisco-ios', 'Gi1/0/7')).toBe(7)
    expect(number('cisco-ios', 'Te1/1/1')).toBe(51)
    expect(number('cisco-ios', 'Gi2/0/7')).toBe(107)
    expect(number('juniper-junos', 'xe-0/0/0')).toBe(1)
    expect(number('sonic', 'Ethernet4')).toBe(5)
    expect(number('ubiquiti-edgeswitch', '0/7')).toBe(1)
  })
  test('stay in the range of the platform', () => {
    for (const platform of platforms) {
      for (const example of platform.ports.examples) {
        const { port } = readPort(platform, example)
        const found = port && lagNumberOf(platform, port)
        expect(found).toBeGreaterThanOrEqual(platform.lag.ids?.min ?? 1)
        expect(found).toBeLessThanOrEqual(platform.lag.ids?.max ?? 65535)
      }
    }
  })
})

test('an MTU that a platform can be told carries at least what was asked', () => {
  fc.assert(
    fc.property(fc.constantFrom(...platforms), fc.integer({ min: 1000, max: 12000 }), (platform, mtu) => {
      const counted = countedMtu(platform, mtu)
      const largest = largestMtu(platform)
      if (counted === undefined) expect(mtu).toBeGreaterThan(largest ?? 0)
      else expect(carriedMtu(platform, counted)).toBeGreaterThanOrEqual(mtu)
    }),
  )
})
