// Order is nobody's statement but where it is one: devices told in another order are told the same, hosts in another
// order give the switches the same LAGs under the same numbers. The order of members is a statement, and stays.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Host, Intent } from '../../src/intent/intent.ts'
import { partner } from '../../src/intent/partner.ts'
import { targets } from '../../src/targets/index.ts'
import { place } from '../../src/targets/place.ts'
import { anyHost } from '../support/intents.ts'
import { read } from '../support/read.ts'

/** The same things in an order that a seed decides. */
function shuffled<T>(things: readonly T[], seed: number): readonly T[] {
  return things
    .map((thing, at) => ({ thing, key: Math.imul(at + 1, seed | 1) ^ (seed >>> (at % 16)) }))
    .sort((a, b) => a.key - b.key)
    .map(({ thing }) => thing)
}

const mixed = (host: Host, seed: number): Host => ({
  ...host,
  ports: shuffled(host.ports, seed),
  bonds: shuffled(host.bonds, seed),
  vlans: shuffled(host.vlans, seed),
  bridges: shuffled(host.bridges, seed),
})

/** Resolvers and default routes are the host's and not a device's: where there is room for some, the first have it. */
const withoutShared = (host: Host): Host => {
  const less = <D extends { readonly options: object }>(devices: readonly D[]): readonly D[] =>
    devices.map(device => {
      const { nameservers: _, routes: __, ...options } = device.options as Record<string, unknown>
      return { ...device, options }
    })
  const { ports, bonds, vlans, bridges } = host
  return { ...host, ports: less(ports), bonds: less(bonds), vlans: less(vlans), bridges: less(bridges) }
}

const inOrder = (values: readonly unknown[]): readonly string[] =>
  values.map(one => JSON.stringify(one)).sort()

/** What each device is told, whatever the order in which devices and parts of them are told it. */
function toldBy(host: Host, target: (typeof targets)[number]) {
  const { devices, lost } = place(host, target)
  return {
    devices: inOrder(devices.map(({ settings, ...device }) => [device, inOrder(settings)])),
    lost: inOrder(lost),
  }
}

describe.each(targets.filter(({ side }) => side === 'host').map(target => ({ id: target.id, target })))(
  '$id',
  ({ target }) => {
    test('devices in another order are told the same', () => {
      fc.assert(
        fc.property(anyHost.map(withoutShared), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (host, seed) => {
          expect(toldBy(mixed(host, seed), target)).toEqual(toldBy(host, target))
        }),
        { numRuns: 50 },
      )
    })
  },
)

test('the kernel numbers members as they are said', () => {
  const told = (members: string) => {
    const [host] = read(`bonds: {bond0: {mode: active-backup, miimon: 100, members: [${members}]}}`).intent
      .hosts
    const target = targets.find(({ keepsMemberOrder }) => keepsMemberOrder)
    if (host === undefined || target === undefined) throw new Error('there is a host and such a target')
    return JSON.stringify(
      place(host, target).devices.map(({ settings }) => settings.map(({ value }) => value)),
    )
  }
  expect(told('eth0, eth1')).not.toBe(told('eth1, eth0'))
})

test('hosts in another order give the same LAGs', () => {
  const lagsOf = (intent: Intent) =>
    partner(intent).value.map(({ name, lags }) => [name, inOrder(lags.map(({ path: _, ...lag }) => lag))])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (count, seed) => {
      const { intent } = read(`
hosts:
  h[1-${count}]:
    ports: {eth0: {to: "sw1:{n}"}, eth1: {to: "sw1:{n+20}"}}
    bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1]}}
switches: {sw1: {platform: aruba-aos-s}}`)
      expect(lagsOf({ ...intent, hosts: shuffled(intent.hosts, seed) })).toEqual(lagsOf(intent))
    }),
    { numRuns: 50 },
  )
})
