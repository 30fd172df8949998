import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allModes, type Mode } from '../../src/options/row.ts'
import { addressBytes, macBytes } from '../../src/simulate/frame.ts'
import type { FlowKey, Packet } from '../../src/simulate/frame-key.ts'
import { eraOf, predictFlow } from '../../src/simulate/hash.ts'
import { newestEra } from '../../src/simulate/hash-eras.ts'
import { placeFlow, placeFrame, type SendingBond } from '../../src/simulate/hash-placement.ts'
import { anyKey, anyNoise, frameBytes } from '../fixtures/hash/frames.ts'

const address = (text: string) => addressBytes(text) ?? new Uint8Array(0)
const mac = (text: string) => macBytes(text) ?? new Uint8Array(0)
const era = (kernel: string) => eraOf(kernel) ?? newestEra
const sourceMac = mac('52:54:00:11:22:33')
const peer = mac('52:54:00:aa:bb:c4')

const tcp = { is: 'ports', protocol: 6, source: 40000, destination: 443 } as const
const packet = (more: Partial<Packet> = {}): Packet => ({
  source: address('10.0.0.1'),
  destination: address('10.0.0.2'),
  payload: tcp,
  ...more,
})
const packet6 = (more: Partial<Packet> = {}): Packet => ({
  source: address('2001:db8::1'),
  destination: address('2001:db8::2'),
  payload: tcp,
  ...more,
})
const key = (content: FlowKey['content'], destinationMac = peer): FlowKey => ({
  destinationMac,
  sourceMac,
  content,
})
const arp = key({ etherType: 0x0806 }, mac('ff:ff:ff:ff:ff:ff'))
const solicitation = key(packet6({ payload: { is: 'icmp', type: 135, code: 0 } }))
const bond = (mode: Mode, more: Partial<SendingBond> = {}): SendingBond => ({
  mode,
  members: 3,
  policy: 'layer3+4',
  tlbDynamicLb: false,
  ...more,
})

describe('where frames go', () => {
  test('balance-xor, 802.3ad, and tlb and alb without dynamic balancing hash unicast IP', () => {
    const expected = { to: 'member', member: 2, hash: 0x5c5cfcb2 }
    for (const mode of ['balance-xor', '802.3ad', 'balance-tlb', 'balance-alb'] as const)
      expect(placeFlow(bond(mode), key(packet()))).toEqual(expected)
  })

  test('with dynamic balancing the load decides, but not for what is not spread', () => {
    for (const mode of ['balance-tlb', 'balance-alb'] as const) {
      const { tlbDynamicLb: _, ...unset } = bond(mode)
      expect(placeFlow(unset, key(packet()))).toMatchObject({ to: 'unknown', why: 'load-table' })
      expect(placeFlow(unset, key(packet(), mac('ff:ff:ff:ff:ff:ff')))).toMatchObject({ to: 'active' })
    }
  })

  test.each<[Mode, string, FlowKey, string]>([
    ['balance-tlb', 'ARP', arp, 'active'],
    ['balance-tlb', 'a broadcast', key(packet(), mac('ff:ff:ff:ff:ff:ff')), 'active'],
    ['balance-tlb', 'a multicast', key(packet(), mac('01:00:5e:00:00:05')), 'active'],
    ['balance-tlb', 'an unknown Ethertype', key({ etherType: 0x88b5 }), 'active'],
    ['balance-tlb', 'neighbour discovery', solicitation, 'active'],
    ['balance-tlb', 'IGMP to one host', key(packet({ payload: { is: 'other', protocol: 2 } })), 'member'],
    [
      'balance-tlb',
      'a duplicate address probe to one host',
      key(packet6({ source: address('::') })),
      'member',
    ],
    ['balance-alb', 'ARP', arp, 'unknown'],
    ['balance-alb', 'IGMP', key(packet({ payload: { is: 'other', protocol: 2 } })), 'active'],
    [
      'balance-alb',
      'the limited broadcast',
      key(packet({ destination: address('255.255.255.255') })),
      'active',
    ],
    ['balance-alb', 'all nodes', key(packet6(), mac('33:33:00:00:00:01')), 'active'],
    ['balance-alb', 'a multicast', key(packet(), mac('01:00:5e:00:00:05')), 'member'],
    ['balance-alb', 'a broadcast', key(packet(), mac('ff:ff:ff:ff:ff:ff')), 'active'],
    ['balance-alb', 'a duplicate address probe', key(packet6({ source: address('::') })), 'active'],
    ['balance-alb', 'neighbour discovery', solicitation, 'active'],
    ['balance-alb', 'an unknown Ethertype', key({ etherType: 0x88b5 }), 'active'],
    ['balance-rr', 'TCP', key(packet()), 'in-turn'],
    ['balance-rr', 'IGMP', key(packet({ payload: { is: 'other', protocol: 2 } })), 'active'],
    ['active-backup', 'TCP', key(packet()), 'active'],
    ['broadcast', 'TCP', key(packet()), 'every'],
    ['802.3ad', 'ARP', arp, 'member'],
    ['802.3ad', 'a LACPDU', key({ etherType: 0x8809 }, mac('01:80:c2:00:00:02')), 'own'],
    ['802.3ad', 'OAM to another address', key({ etherType: 0x8809 }), 'member'],
    [
      'balance-xor',
      'what looks like a LACPDU',
      key({ etherType: 0x8809 }, mac('01:80:c2:00:00:02')),
      'member',
    ],
  ])('%s sends %s', (mode, _name, flow, to) => {
    expect(placeFlow(bond(mode), flow).to).toBe(to)
    expect(placeFrame(bond(mode), { bytes: frameBytes(flow) }).to).toBe(to)
  })

  test('broadcast_neighbor copies ARP and neighbour discovery', () => {
    const lacp = bond('802.3ad', { broadcastNeighbor: true })
    expect(placeFlow(lacp, arp).to).toBe('every')
    expect(placeFlow(lacp, solicitation).to).toBe('every')
    expect(placeFlow(lacp, key(packet())).to).toBe('member')
  })

  test('older kernels spread more', () => {
    expect(placeFlow(bond('balance-tlb', { era: era('5.10') }), solicitation).to).toBe('member')
    expect(placeFlow(bond('balance-tlb', { era: era('6.1') }), solicitation).to).toBe('active')
  })

  test('headers cut short', () => {
    const to = (mode: Mode, flow: FlowKey, length: number, kernel = '6.1') =>
      placeFrame(bond(mode, { era: era(kernel) }), { bytes: frameBytes(flow).slice(0, length) }).to
    expect(to('balance-alb', key(packet()), 30)).toBe('active')
    expect(to('balance-tlb', key(packet()), 30)).toBe('member')
    // What might be neighbour discovery is taken for it.
    const echo = key(packet6({ payload: { is: 'icmp', type: 128, code: 0, id: 1 } }))
    for (const length of [50, 60]) {
      expect(to('balance-tlb', echo, length)).toBe('active')
      expect(to('balance-tlb', echo, length, '5.10')).toBe('member')
    }
    expect(to('balance-tlb', echo, 62)).toBe('member')
    expect(to('balance-alb', echo, 60)).toBe('active')
    expect(to('balance-alb', echo, 60, '5.10')).toBe('member')
  })

  test('without a usable member nothing is sent', () => {
    for (const mode of allModes) expect(placeFlow(bond(mode, { members: 0 }), arp).to).toBe('nobody')
  })

  test('fields and bytes are placed alike, and hashed frames as the hash says', () => {
    fc.assert(
      fc.property(
        anyKey,
        anyNoise,
        fc.constantFrom(...allModes),
        fc.boolean(),
        (flow, noise, mode, dynamic) => {
          const sending = bond(mode, { tlbDynamicLb: dynamic, policy: 'layer2+3' })
          const tag = flow.tci === undefined ? {} : { tci: flow.tci }
          const place = placeFlow(sending, flow)
          expect(placeFrame(sending, { bytes: frameBytes(flow, noise), ...tag })).toEqual(place)
          if (place.to === 'member')
            expect(predictFlow({ policy: 'layer2+3' }, 3, flow)).toMatchObject({ member: place.member })
        },
      ),
      { numRuns: 1000 },
    )
  })
})
