import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressBytes } from '../../src/simulate/frame.ts'
import { type FlowKey, keyWords } from '../../src/simulate/frame-key.ts'
import { frameWords } from '../../src/simulate/frame-words.ts'
import { eraOf, type HashPolicy, memberOf, xmitHash } from '../../src/simulate/hash.ts'
import { eraRows, newestEra } from '../../src/simulate/hash-eras.ts'
import {
  flowColumns,
  hashesFor,
  hashMany,
  mark,
  notPredictable,
  placeMany,
  setWords,
} from '../../src/simulate/hash-many.ts'
import { anyBytes, anyKey } from '../fixtures/hash/frames.ts'

const policies: readonly HashPolicy[] = [
  'layer2',
  'layer3+4',
  'layer2+3',
  'encap2+3',
  'encap3+4',
  'vlan+srcmac',
]
const anyEra = fc
  .constantFrom(...eraRows.map(({ from }) => `${from}.0`), '6.1')
  .map(kernel => eraOf(kernel) ?? newestEra)
const anyFlowHash = fc.constantFrom('absent' as const, 'possible' as const)

/** Forgets fields of a key, as users do. */
const anyPartialKey = fc.tuple(anyKey, fc.nat(7)).map(([key, forget]): FlowKey => {
  const { destinationMac, sourceMac, content, ...rest } = key
  const known =
    forget & 4 && 'payload' in content ? { ...content, payload: { is: 'unsaid' as const } } : content
  return {
    ...rest,
    content: known,
    ...(!(forget & 1) && destinationMac && { destinationMac }),
    ...(!(forget & 2) && sourceMac && { sourceMac }),
  }
})

describe('many flows at once', () => {
  test('are hashed as one by one, in every kernel', () => {
    fc.assert(
      fc.property(
        fc.array(anyPartialKey, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...policies),
        anyEra,
        anyFlowHash,
        fc.integer({ min: 1, max: 9 }),
        (keys, policy, era, flowHash, members) => {
          const question = { policy, era, flowHash }
          const words = keys.map(key => keyWords(key, era))
          const columns = flowColumns(keys.length, { tunnels: true })
          for (const [row, each] of words.entries()) setWords(columns, row, each)
          const into = { ...hashesFor(keys.length), member: new Uint16Array(keys.length) }
          placeMany(columns, keys.length, { ...question, members }, into)
          for (const [row, each] of words.entries()) {
            const one = memberOf(question, members, each)
            expect(into.member[row]).toBe(one.known ? one.member : notPredictable)
            expect(into.bad[row]).toBe(one.known ? 0 : 1)
            if (one.known) expect(into.hashes[row]).toBe(one.hash)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('a row written anew keeps nothing of what stood there', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, fc.constantFrom(...policies), (first, second, policy) => {
        const columns = flowColumns(1, { tunnels: true })
        const into = hashesFor(1)
        for (const bytes of [first, second]) setWords(columns, 0, frameWords({ bytes }))
        hashMany(columns, 1, { policy, flowHash: 'absent' }, into)
        const one = xmitHash({ policy, flowHash: 'absent' }, frameWords({ bytes: second }))
        expect(one.known ? into.hashes[0] : into.bad[0]).toBe(one.known ? one.hash : 1)
      }),
      { numRuns: 1000 },
    )
  })

  test('columns without room for tunnels say so', () => {
    fc.assert(
      fc.property(anyKey, fc.constantFrom(...policies), (key, policy) => {
        const words = keyWords(key)
        const columns = flowColumns(1)
        const into = hashesFor(1)
        setWords(columns, 0, words)
        hashMany(columns, 1, { policy, flowHash: 'absent' }, into)
        const one = xmitHash({ policy, flowHash: 'absent' }, words)
        if (into.bad[0] === 0) expect(one).toMatchObject({ known: true, hash: into.hashes[0] })
        else expect(!one.known || policy.startsWith('encap')).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('columns written by hand, word by word, hash as the flows that they are, also over what stood there', () => {
    const anyRow = fc.record({
      six: fc.boolean(),
      words: fc.array(fc.nat(0xffffffff), { minLength: 8, maxLength: 8 }),
      ports: fc.tuple(fc.nat(0xffff), fc.nat(0xffff)),
    })
    const swap = (value: number) => ((value & 0xff) << 8) | (value >>> 8)
    fc.assert(
      fc.property(
        anyRow,
        anyRow,
        fc.constantFrom('layer3+4', 'layer2+3', 'encap3+4'),
        anyEra,
        (one, other, policy, era) => {
          const columns = flowColumns(2)
          const into = hashesFor(2)
          const keys = [one, other].map(({ six, words, ports }, row): FlowKey => {
            const place = six ? [0, 1, 2, 3, 4, 5, 6, 7] : [0, 4]
            for (const word of place) columns.addresses[row * 8 + word] = words[word] ?? 0
            columns.ports[row] = swap(ports[0]) | (swap(ports[1]) << 16)
            columns.etherType[row] = six ? 0x86dd : 0x0800
            columns.marks[row] = mark.plain + mark.encap + mark.ip + (six ? mark.six : 0)
            const bytes = (from: number) =>
              new Uint8Array(Uint32Array.from(words.slice(from, from + (six ? 4 : 1))).buffer)
            const payload = { is: 'ports' as const, protocol: 6, source: ports[0], destination: ports[1] }
            const macs = { destinationMac: new Uint8Array(6), sourceMac: new Uint8Array(6) }
            return { ...macs, content: { source: bytes(0), destination: bytes(4), payload } }
          })
          const question = { policy: policy as HashPolicy, era, flowHash: 'absent' as const }
          const check = (row: number, key: FlowKey | undefined) => {
            hashMany(columns, 2, question, into)
            const expected = key && xmitHash(question, keyWords(key, era))
            if (expected?.known) expect(into.hashes[row]).toBe(expected.hash)
            expect(into.bad[row]).toBe(expected?.known ? 0 : 1)
          }
          check(0, keys[0])
          check(1, keys[1])
          setWords(columns, 0, keyWords(keys[1] ?? { content: { etherType: 0 } }, era))
          check(0, keys[1])
        },
      ),
      { numRuns: 500 },
    )
  })

  test('columns written by hand, address by address', () => {
    const load = (text: string) => new Uint32Array((addressBytes(text) ?? new Uint8Array(4)).slice().buffer)
    const columns = flowColumns(2)
    columns.addresses.set(load('10.0.0.1'), 0)
    columns.addresses.set(load('10.0.0.2'), 4)
    columns.addresses.set(load('2001:db8::1'), 8)
    columns.addresses.set(load('2001:db8:0:1::2'), 12)
    columns.ports.fill(0xbb01409c)
    columns.destinationMac.fill(0xaabbc4)
    columns.sourceMac.fill(0x112233)
    columns.etherType.set([0x0800, 0x86dd])
    columns.marks.fill(mark.plain + mark.encap + mark.ip)
    const into = hashesFor(2)
    const hashes = (policy: HashPolicy) => {
      hashMany(columns, 2, { policy, flowHash: 'absent' }, into)
      return [...into.hashes].map(hash => hash.toString(16))
    }
    expect(hashes('layer3+4')[0]).toBe('5c5cfcb2')
    expect(hashes('encap3+4')).toEqual(hashes('layer3+4'))
    expect(hashes('layer2+3')[0]).toBe('3030bfc')
    expect(hashes('layer2')).toEqual(['8f7', '862a'])
  })
})
