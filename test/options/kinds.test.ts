// Kinds by themselves: addresses against Node's own parser, speeds, numbers for names, and what a kind refuses.

import { isIPv4, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  choice,
  deviceName,
  flag,
  ipAddress,
  ipPrefix,
  ipv4,
  ipv6,
  listOf,
  macAddress,
  portRef,
  speed,
  toggle,
  whole,
} from '../../src/options/kind.ts'

const group = fc.stringMatching(/^[0-9A-Fa-f]{1,4}$/)
const anyAddress = fc.oneof(
  fc.ipV6(),
  fc.ipV4(),
  fc.array(fc.oneof(group, fc.constant(''), fc.ipV4()), { maxLength: 10 }).map(groups => groups.join(':')),
  fc.stringMatching(/^[0-9a-f:.]{0,20}$/),
)

test('addresses are those that Node takes, but for zones', () => {
  fc.assert(
    fc.property(anyAddress, text => {
      expect(ipv6.read(text) !== undefined, text).toBe(isIPv6(text))
      expect(ipv4.read(text) !== undefined, text).toBe(isIPv4(text))
      expect(ipAddress.read(text) !== undefined, text).toBe(isIPv4(text) || isIPv6(text))
    }),
    { numRuns: 5000 },
  )
})

test('a prefix is an address, a slash, and a length of its family', () => {
  fc.assert(
    fc.property(anyAddress, fc.integer({ min: 0, max: 140 }), (text, length) => {
      const most = isIPv4(text) ? 32 : isIPv6(text) ? 128 : -1
      expect(ipPrefix.read(`${text}/${length}`) !== undefined, `${text}/${length}`).toBe(length <= most)
    }),
    { numRuns: 3000 },
  )
})

describe('values', () => {
  test('speeds', () => {
    expect(['1G', '2.5G', '100M', '10Gbit', 1000, '1.6T'].map(text => speed.read(text))).toEqual([
      1000, 2500, 100, 10000, 1000, 1600000,
    ])
    expect(['1', '1g', 'fast', '0.0001M', -1, 0].map(text => speed.read(text))).toEqual(
      Array(6).fill(undefined),
    )
    expect([1000, 2500, 100].map(mbps => speed.write(mbps))).toEqual(['1G', '2.5G', '100M'])
  })

  test('a choice reads names, numbers and numbers as text', () => {
    const kind = choice({ slow: 0, fast: 1 })
    expect(['slow', 1, '0', 2, 'FAST', true].map(said => kind.read(said))).toEqual([
      'slow',
      'fast',
      'slow',
      undefined,
      undefined,
      undefined,
    ])
  })

  test('truths', () => {
    expect([true, 'yes', 1, 'on', 'off', false, 'maybe'].map(said => toggle.read(said))).toEqual([
      'on',
      'on',
      'on',
      'on',
      'off',
      'off',
      undefined,
    ])
    expect(flag.read('no')).toBe(false)
  })

  test('whole numbers', () => {
    const kind = whole({ min: 0, max: 255 })
    expect([0, '255', 256, -1, 1.5, '1e2', ' 1', ''].map(said => kind.read(said))).toEqual([
      0,
      255,
      ...Array(6).fill(undefined),
    ])
  })

  test('names that the kernel or a shell would read otherwise', () => {
    for (const name of [
      '',
      '.',
      '..',
      'a b',
      'a/b',
      'a:b',
      'eth0;id',
      '$(id)',
      'bond%d',
      '-x',
      'sixteen-letters-x',
      'a\nb',
      'é',
    ]) {
      expect(deviceName.read(name), name).toBeUndefined()
    }
    for (const name of ['eth0', 'enp3s0f0np0', 'bond0.100', 'br-lan', 'wlan@x'])
      expect(deviceName.read(name)).toBe(name)
  })

  test('MAC addresses in one spelling', () => {
    expect(macAddress.read('52-54-00-AB-CD-EF')).toBe('52:54:00:ab:cd:ef')
    expect(macAddress.read('525400abcdef')).toBeUndefined()
  })

  test('the other end of a cable', () => {
    expect(portRef.read('sw1:1/0/1')).toEqual({ node: 'sw1', port: '1/0/1' })
    expect(portRef.read('sw1:TenGigabitEthernet 0/1')).toEqual({
      node: 'sw1',
      port: 'TenGigabitEthernet 0/1',
    })
    expect(portRef.read('sw1')).toBeUndefined()
    expect(portRef.read('sw1:a\nb')).toBeUndefined()
  })

  test('a list is read whole or not at all', () => {
    const kind = listOf(ipv4, { max: 2 })
    expect(kind.read(['192.0.2.1'])).toEqual(['192.0.2.1'])
    expect(kind.read(['192.0.2.1', 'x'])).toBeUndefined()
    expect(kind.read(['192.0.2.1', '192.0.2.2', '192.0.2.3'])).toBeUndefined()
  })
})
