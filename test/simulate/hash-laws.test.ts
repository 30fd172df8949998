import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FlowKey, keyWords } from '../../src/simulate/frame-key.ts'
import { frameWords } from '../../src/simulate/frame-words.ts'
import {
  eraOf,
  type HashPolicy,
  memberOf,
  predictFlow,
  predictFrame,
  xmitHash,
} from '../../src/simulate/hash.ts'
import { eraRows, newestEra } from '../../src/simulate/hash-eras.ts'
import { anyKey, anyNoise, frameBytes } from '../fixtures/hash/frames.ts'

const policies: readonly HashPolicy[] = [
  'layer2',
  'layer3+4',
  'layer2+3',
  'encap2+3',
  'encap3+4',
  'vlan+srcmac',
]
// One release before and after each change of the hash and of the dissector.
const kernels = [
  ...eraRows.map(({ from }) => `${from}.0`),
  '4.1.9',
  '4.2.0',
  '4.3.0',
  '4.10.0',
  '4.11.0',
  '4.19.9',
  '4.20.0',
  '5.11.9',
  '6.4.0',
  '7.2.0',
]
const anyEra = fc.constantFrom(...kernels).map(kernel => eraOf(kernel) ?? newestEra)
const anyPolicy = fc.constantFrom(...policies)
const members = fc.integer({ min: 1, max: 64 })
const frameOf = (key: FlowKey, bytes: Uint8Array) => ({
  bytes,
  ...(key.tci !== undefined && { tci: key.tci }),
})
const absent = { flowHash: 'absent' } as const

const isLabelledUnderTag = ({ tci, content }: FlowKey) =>
  tci !== undefined && !('payload' in content) && [0x8847, 0x8848].includes(content.etherType)

describe('laws', () => {
  test('fields and bytes of a frame give the same words, whatever the hash may not look at', () => {
    fc.assert(
      fc.property(anyKey, anyNoise, anyEra, (key, noise, era) => {
        const said = keyWords(key, era)
        const read = frameWords(frameOf(key, frameBytes(key, noise)), era)
        for (const view of ['plain', 'encap'] as const) {
          const reading = said[view]
          // What the fields do not say, the bytes may.
          if (reading.is === 'unknown') continue
          if (reading.is === 'flow' && reading.portsUnknown) {
            expect(read[view]).toMatchObject({ words: { addresses: reading.words.addresses } })
            continue
          }
          expect(read[view]).toEqual(reading)
        }
        expect({ ...read, plain: 0, encap: 0 }).toEqual({ ...said, plain: 0, encap: 0 })
      }),
      { numRuns: 3000 },
    )
  })

  test('the newest kernel leaves nothing of a whole frame unsaid', () => {
    fc.assert(
      fc.property(anyKey, anyPolicy, members, (key, policy, count) => {
        const question = { policy, ...absent }
        const answer = predictFrame(question, count, frameOf(key, frameBytes(key)))
        expect(answer.known).toBe(true)
        // Of a label stack under a tag only the bytes tell what the dissector makes of it.
        if (!isLabelledUnderTag(key)) expect(predictFlow(question, count, key)).toEqual(answer)
      }),
      { numRuns: 2000 },
    )
  })

  test('any bytes get a member of those there are, or a reason', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 120 }),
        anyPolicy,
        members,
        anyEra,
        fc.nat(0xffff),
        (bytes, policy, count, era, tci) => {
          const answer = predictFrame({ policy, era, ...absent }, count, { bytes, tci })
          if (!answer.known) return
          expect(Number.isInteger(answer.member) && answer.member >= 0 && answer.member < count).toBe(true)
          expect(answer.hash >>> 0).toBe(answer.hash)
          expect(answer.member).toBe(answer.hash % count)
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('swapping the addresses of a packet without ports changes nothing', () => {
    fc.assert(
      fc.property(anyKey, anyPolicy, anyEra, (key, policy, era) => {
        const { content } = key
        if (!('payload' in content)) return
        const { source, destination } = content
        const swapped = { ...key, content: { ...content, source: destination, destination: source } }
        const question = { policy, era, ...absent }
        expect(xmitHash(question, keyWords(swapped, era))).toEqual(xmitHash(question, keyWords(key, era)))
      }),
    )
  })

  test('swapping the MACs changes nothing but vlan+srcmac', () => {
    fc.assert(
      fc.property(anyKey, anyPolicy, anyEra, ({ destinationMac, sourceMac, ...rest }, policy, era) => {
        if (policy === 'vlan+srcmac' || !destinationMac || !sourceMac) return
        const [key, swapped] = [
          { ...rest, destinationMac, sourceMac },
          { ...rest, destinationMac: sourceMac, sourceMac: destinationMac },
        ]
        const question = { policy, era, ...absent }
        expect(xmitHash(question, keyWords(swapped, era))).toEqual(xmitHash(question, keyWords(key, era)))
      }),
    )
  })

  test('the tag beside the frame moves vlan+srcmac only', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(0xffff), anyPolicy, anyEra, (key, tci, policy, era) => {
        if (isLabelledUnderTag({ ...key, tci })) return
        const question = { policy, era, ...absent }
        const [before, after] = [key, { ...key, tci }].map(each => xmitHash(question, keyWords(each, era)))
        if (policy !== 'vlan+srcmac') expect(after).toEqual(before)
        else if (before?.known && after?.known)
          expect((before.hash ^ (key.tci ?? 0)) >>> 0).toBe((after.hash ^ tci) >>> 0)
      }),
    )
  })

  test('layer2 asks the MACs and the Ethertype only, layer3+4 of IP never them', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (one, other) => {
        const mixed = { ...one, content: other.content }
        if (
          'payload' in one.content &&
          'payload' in other.content &&
          one.content.source.length === other.content.source.length
        )
          expect(xmitHash({ policy: 'layer2' }, keyWords(mixed))).toEqual(
            xmitHash({ policy: 'layer2' }, keyWords(one)),
          )
        if ('payload' in other.content)
          expect(xmitHash({ policy: 'layer3+4' }, keyWords(mixed))).toEqual(
            xmitHash({ policy: 'layer3+4' }, keyWords(other)),
          )
      }),
    )
  })

  test('a capture that cuts a frame tells the same member or says why not', () => {
    fc.assert(
      fc.property(anyKey, anyNoise, anyPolicy, anyEra, fc.nat(200), (key, noise, policy, era, kept) => {
        const bytes = frameBytes(key, noise)
        const question = { policy, era, ...absent }
        const whole = memberOf(question, 7, frameWords(frameOf(key, bytes), era))
        const part = { ...frameOf(key, bytes.slice(0, kept)), wholeLength: bytes.length }
        const cut = memberOf(question, 7, frameWords(part, era))
        if (cut.known) expect(cut).toEqual(whole)
      }),
      { numRuns: 3000 },
    )
  })
})
