import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressBytes, macBytes } from '../../src/simulate/frame.ts'
import { capturedWords, directionOf, flowIdentity, linkTypeLacks } from '../../src/simulate/frame-capture.ts'
import { type FlowKey, keyWords, type Packet } from '../../src/simulate/frame-key.ts'
import { eraOf, type HashPolicy, predictFlow, xmitHash } from '../../src/simulate/hash.ts'
import { captureSpread, type SpreadOptions } from '../../src/simulate/hash-capture.ts'
import { newestEra } from '../../src/simulate/hash-eras.ts'
import { flowSet } from '../../src/simulate/hash-flowset.ts'
import type { CapturedFrame } from '../../src/simulate/pcap.ts'
import { anyKey, frameBytes } from '../fixtures/hash/frames.ts'

const address = (text: string) => addressBytes(text) ?? new Uint8Array(0)
const mac = (text: string) => macBytes(text) ?? new Uint8Array(0)

const frame = (bytes: Uint8Array, more: Partial<CapturedFrame> = {}): CapturedFrame => ({
  linkType: 1,
  bytes,
  wholeLength: bytes.length,
  timeMs: undefined,
  direction: undefined,
  port: 0,
  offset: 0,
  ...more,
})

/** The frame as a capture shows it, with the tag that was beside it written in. */
function shown(key: FlowKey): Uint8Array {
  const bytes = frameBytes(key)
  if (key.tci === undefined) return bytes
  return Uint8Array.from([
    ...bytes.slice(0, 12),
    0x81,
    0x00,
    key.tci >> 8,
    key.tci & 0xff,
    ...bytes.slice(12),
  ])
}

/** The same frame in a cooked capture of version 1 or 2. */
function cookedFrame(key: FlowKey, version: 1 | 2, way = 4, deviceType = 1): CapturedFrame {
  const bytes = shown(key)
  const source = [...bytes.slice(6, 12), 0, 0]
  const type = [...bytes.slice(12, 14)]
  const header =
    version === 1
      ? [0, way, 0, deviceType, 0, 6, ...source, ...type]
      : [...type, 0, 0, 0, 0, 0, 3, 0, deviceType, way, 6, ...source]
  return frame(Uint8Array.from([...header, ...bytes.slice(14)]), { linkType: version === 1 ? 113 : 276 })
}

const tcp = (port: number, more: Partial<Packet> = {}, tci?: number): FlowKey => ({
  destinationMac: mac('52:54:00:aa:bb:c4'),
  sourceMac: mac('52:54:00:11:22:33'),
  ...(tci !== undefined && { tci }),
  content: {
    source: address('10.0.0.1'),
    destination: address('10.0.0.2'),
    payload: { is: 'ports', protocol: 6, source: port, destination: 443 },
    ...more,
  },
})

// Under a tag, MPLS is known by its bytes only (see `tagGoesInside`).
const anyCapturable = anyKey.filter(
  ({ tci, content }) =>
    tci === undefined || 'payload' in content || ![0x8847, 0x8848].includes(content.etherType),
)

describe('what a capture shows of a frame', () => {
  test('on Ethernet is what the bond sent', () => {
    fc.assert(
      fc.property(anyCapturable, key => {
        expect(capturedWords(frame(shown(key)))).toEqual(keyWords(key))
      }),
    )
  })

  test('on "any" is all but the destination MAC', () => {
    fc.assert(
      fc.property(anyCapturable, fc.constantFrom(1 as const, 2 as const), (key, version) => {
        const { destinationMac: _, ...rest } = key
        const words = capturedWords(cookedFrame(key, version))
        expect(words && { ...words, traits: 0 }).toEqual({ ...keyWords(rest), traits: 0 })
        expect(words?.traits.cast).toBeUndefined()
      }),
    )
  })

  test('of bare IP is the packet', () => {
    fc.assert(
      fc.property(anyCapturable, fc.constantFrom(101, 12, 14), (key, linkType) => {
        if (!('payload' in key.content)) return
        const words = capturedWords(frame(frameBytes(key).slice(14), { linkType }))
        const { plain, encap } = keyWords(key)
        expect(words).toMatchObject({ plain, encap, destinationTail: undefined, source: undefined, tci: 0 })
      }),
    )
  })

  test('of another link is nothing', () => {
    expect(capturedWords(frame(frameBytes(tcp(1)), { linkType: 127 }))).toBeUndefined()
    expect([1, 113, 276, 101, 127].map(linkTypeLacks)).toEqual([
      'nothing',
      'destination MAC',
      'destination MAC',
      'MACs and tag',
      undefined,
    ])
  })

  test('on "any" of a device without MAC has none', () => {
    expect(capturedWords(cookedFrame(tcp(1), 2, 4, 772 & 0xff))?.source).toBeUndefined()
  })

  test('with a tag that was inside is told so', () => {
    const tagged = frame(shown(tcp(1, {}, 100)))
    expect(capturedWords(tagged, { tags: 'inside' })).toMatchObject({
      etherType: 0x8100,
      tci: 0,
      plain: { is: 'none' },
    })
    expect(capturedWords(tagged)).toMatchObject({ etherType: 0x0800, tci: 100, plain: { is: 'flow' } })
  })

  test('which way it went', () => {
    expect([0, 1, 2, 3, 4].map(way => directionOf(cookedFrame(tcp(1), 1, way)))).toEqual([
      'in',
      'in',
      'in',
      'in',
      'out',
    ])
    expect([0, 4].map(way => directionOf(cookedFrame(tcp(1), 2, way)))).toEqual(['in', 'out'])
    expect(directionOf(frame(shown(tcp(1))))).toBeUndefined()
    expect(directionOf(frame(shown(tcp(1)), { direction: 'in' }))).toBe('in')
  })
})

describe('flows are told apart', () => {
  const identity = (key: FlowKey) => JSON.stringify(flowIdentity(frame(shown(key))))
  test('by MACs, tag, addresses, protocol, ports, and what tunnels carry', () => {
    const inner = (port: number): Packet => tcp(port).content as Packet
    const different = [
      tcp(1),
      tcp(2),
      tcp(1, {}, 5),
      tcp(1, {}, 0),
      tcp(1, { source: address('10.0.0.2'), destination: address('10.0.0.1') }),
      tcp(1, { fragment: 'first' }),
      { ...tcp(1), sourceMac: mac('52:54:00:11:22:34') },
      { ...tcp(1), destinationMac: mac('52:54:00:aa:bb:c5') },
      tcp(1, { payload: { is: 'ports', protocol: 17, source: 1, destination: 443 } }),
      tcp(1, { payload: { is: 'gre', ethernet: false, inside: inner(1) } }),
      tcp(1, { payload: { is: 'gre', ethernet: false, inside: inner(2) } }),
      tcp(1, { payload: { is: 'icmp', type: 8, code: 0, id: 1 } }),
      tcp(1, { payload: { is: 'icmp', type: 8, code: 0, id: 2 } }),
    ].map(identity)
    expect(new Set(different).size).toBe(different.length)
  })

  test('as long as there is room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(3), { maxLength: 3 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (flows, limit) => {
          const set = flowSet(limit)
          const seen = new Set<string>()
          for (const flow of flows) {
            const name = flow.join()
            const expected = seen.has(name) ? 'known' : seen.size < limit ? 'new' : 'full'
            expect(set.meet(flow)).toBe(expected)
            if (expected === 'new') seen.add(name)
          }
          expect(set.size()).toBe(seen.size)
        },
      ),
    )
  })

  test('by the hundred thousand', () => {
    const set = flowSet(200_000)
    let fresh = 0
    for (let flow = 0; flow < 150_000; flow++) if (set.meet([flow >>> 8, flow & 0xff]) === 'new') fresh++
    expect(fresh).toBe(150_000)
    for (let flow = 0; flow < 150_000; flow += 97) expect(set.meet([flow >>> 8, flow & 0xff])).toBe('known')
  })
})

const policyIn = (spread: ReturnType<typeof spreadOf>, policy: HashPolicy, index = 0) => {
  const found = spread.rankings[index]?.policies.find(each => each.policy === policy)
  if (!found) throw new Error(`no ${policy}`)
  return found
}

function spreadOf(frames: readonly CapturedFrame[], options: Partial<SpreadOptions> = {}) {
  const counter = captureSpread({ members: [2], flowHash: 'absent', ...options })
  for (const each of frames) counter.add(each)
  return counter.result()
}

describe('captured traffic', () => {
  test('is counted by member as each frame is hashed, and nothing is lost', () => {
    fc.assert(
      fc.property(
        fc.array(anyCapturable, { maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        (keys, members) => {
          const spread = spreadOf(
            keys.map(key => frame(shown(key))),
            { members: [members] },
          )
          const sent = keys.filter(key => !keyWords(key).traits.slowProtocol)
          expect(spread.counted.frames).toBe(sent.length)
          expect(spread.left.slowProtocols.frames).toBe(keys.length - sent.length)
          for (const { policy, members: shares, unplaced } of spread.rankings[0]?.policies ?? []) {
            const bytes = new Array(members).fill(0)
            for (const key of sent) {
              const answer = predictFlow({ policy, flowHash: 'absent' }, members, key)
              if (answer.known) bytes[answer.member] += shown(key).length
            }
            expect(shares.map(share => share.bytes)).toEqual(bytes)
            const placed = shares.reduce((sum, share) => sum + share.frames, 0)
            expect(placed + unplaced.frames).toBe(spread.counted.frames)
          }
          const flows = new Set(sent.map(key => JSON.stringify(flowIdentity(frame(shown(key)))))).size
          expect(spread.flows).toMatchObject({ told: flows, beyond: { frames: 0 } })
        },
      ),
      { numRuns: 500 },
    )
  })

  test('one pair of hosts with many ports is worth two members only where ports count', () => {
    const frames = Array.from({ length: 400 }, (_, index) =>
      frame(shown(tcp(32768 + index * 2)), { wholeLength: 1000 }),
    )
    const spread = spreadOf(frames)
    expect(policyIn(spread, 'layer2').worth).toBe(1)
    expect(policyIn(spread, 'layer2+3').worth).toBe(1)
    expect(policyIn(spread, 'layer3+4').worth).toBeGreaterThan(1.8)
    expect(spread.rankings[0]?.policies[0]?.policy).toBe('layer3+4')
    expect(spread.rankings[0]?.policies[0]?.members.map(({ flows }) => flows).reduce((a, b) => a + b)).toBe(
      400,
    )
  })

  test('of equals the one that reads least comes first', () => {
    const spread = spreadOf([frame(shown(tcp(1)))])
    expect(spread.rankings[0]?.policies.map(({ policy }) => policy)).toEqual([
      'layer2',
      'layer2+3',
      'vlan+srcmac',
      'encap2+3',
      'layer3+4',
      'encap3+4',
    ])
  })

  test('without a destination MAC tells of the policies that do without, and ranks the others last', () => {
    const frames = Array.from({ length: 100 }, (_, index) => cookedFrame(tcp(32768 + index), 2))
    const spread = spreadOf(frames)
    expect(policyIn(spread, 'layer2').unplaced).toMatchObject({
      frames: 100,
      why: { 'no-destination-mac': 100 },
    })
    expect(policyIn(spread, 'layer2').worth).toBe(1)
    expect(policyIn(spread, 'layer3+4').unplaced.frames).toBe(0)
    expect(spread.linkTypes).toEqual([{ linkType: 276, lacks: 'destination MAC' }])
  })

  test('encap3+4 is not told while packets may have carried a flow hash', () => {
    const spread = spreadOf([frame(shown(tcp(1)))], { flowHash: 'possible' })
    expect(policyIn(spread, 'encap3+4').unplaced.why).toEqual({ 'flow-hash': 1 })
  })

  test('what was received, what the ports send, and what cannot be read is left out and said', () => {
    const lacp = frameBytes({
      ...tcp(1),
      destinationMac: mac('01:80:c2:00:00:02'),
      content: { etherType: 0x8809 },
    })
    const frames = [
      frame(shown(tcp(1)), { direction: 'in', wholeLength: 70 }),
      frame(lacp, { wholeLength: 124 }),
      frame(shown(tcp(1)), { linkType: 9, wholeLength: 10 }),
      frame(shown(tcp(1)), { timeMs: 1500, wholeLength: 500 }),
      frame(shown(tcp(1)), { timeMs: 1000, wholeLength: 500, direction: 'out' }),
    ]
    const spread = spreadOf(frames)
    expect(spread.counted).toEqual({ frames: 2, bytes: 1000 })
    expect(spread.left).toEqual({
      received: { frames: 1, bytes: 70 },
      slowProtocols: { frames: 1, bytes: 124 },
      unreadable: { frames: 1, bytes: 10 },
    })
    expect(spread.lastedMs).toBe(500)
    expect(spreadOf(frames, { count: 'all' }).counted.frames).toBe(3)
  })

  test('more flows than there is room for are counted in bytes, and said', () => {
    const frames = Array.from({ length: 50 }, (_, index) => frame(shown(tcp(index))))
    const spread = spreadOf([...frames, ...frames], { flowLimit: 20 })
    expect(spread.flows).toMatchObject({ told: 20, limit: 20, beyond: { frames: 60 } })
    const { members } = policyIn(spread, 'layer3+4')
    expect(members.reduce((sum, { flows }) => sum + flows, 0)).toBe(20)
    expect(members.reduce((sum, each) => sum + each.frames, 0)).toBe(100)
  })

  test('several numbers of members, and a kernel of long ago', () => {
    const era = eraOf('3.10') ?? newestEra
    const spread = spreadOf([frame(shown(tcp(1)))], { members: [2, 3, 8], era })
    expect(spread.rankings.map(({ members, policies }) => [members, policies.length])).toEqual([
      [2, 3],
      [3, 3],
      [8, 3],
    ])
    const hash = xmitHash({ policy: 'layer3+4', era }, keyWords(tcp(1), era))
    expect(hash.known && policyIn(spread, 'layer3+4', 2).members[hash.hash % 8]?.frames).toBe(1)
  })

  test('nothing at all', () => {
    expect(spreadOf([])).toMatchObject({ counted: { frames: 0 }, lastedMs: undefined })
    expect(policyIn(spreadOf([]), 'layer2').worth).toBe(0)
  })
})
