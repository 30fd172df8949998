import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addressBytes, macBytes } from '../../src/simulate/frame.ts'
import { type FlowKey, keyWords, type Packet } from '../../src/simulate/frame-key.ts'
import { frameWords } from '../../src/simulate/frame-words.ts'
import {
  eraOf,
  type Hash,
  type HashPolicy,
  predictFlow,
  predictFrame,
  xmitHash,
} from '../../src/simulate/hash.ts'
import { eraRows, newestEra } from '../../src/simulate/hash-eras.ts'
import vectors from '../fixtures/hash/vectors.json' with { type: 'json' }

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
const hex = (hash: Hash) => (hash.known ? hash.hash.toString(16).padStart(8, '0') : hash.why)
const address = (text: string) => addressBytes(text) ?? new Uint8Array(0)
const mac = (text: string) => macBytes(text) ?? new Uint8Array(0)
const era = (kernel: string) => eraOf(kernel) ?? newestEra

interface Recorded {
  readonly policy: HashPolicy
  readonly members: number
  readonly kind: string
  readonly vlan: number | null
  readonly frame: string
  readonly member: number
}

describe('frames that a 6.1 kernel placed', () => {
  const file = new URL('../fixtures/hash/vectors-6.1.jsonl', import.meta.url)
  const recorded: readonly Recorded[] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

  test('are all there', () => {
    expect(recorded.length).toBe(720)
    expect(new Set(recorded.map(({ policy }) => policy)).size).toBe(6)
  })

  test.each(['6.1', '6.12', '7.2', undefined])('are placed alike by the formula of %s', kernel => {
    const wrong = recorded.filter(({ policy, members, vlan, frame, member }) => {
      const tag = vlan === null ? {} : { tci: vlan }
      const question = { policy, era: eraOf(kernel) ?? newestEra, flowHash: 'absent' as const }
      const answer = predictFrame(question, members, { bytes: bytes(frame), ...tag })
      return !answer.known || answer.member !== member
    })
    expect(wrong).toEqual([])
  })

  test('are placed otherwise by 5.10, which shifts every policy and swaps the Ethertype', () => {
    const moved = recorded.filter(({ policy, members, vlan, frame, member }) => {
      const tag = vlan === null ? {} : { tci: vlan }
      const question = { policy, era: era('5.10'), flowHash: 'absent' as const }
      const answer = predictFrame(question, members, { bytes: bytes(frame), ...tag })
      return answer.known && answer.member !== member
    })
    expect(moved.length).toBeGreaterThan(100)
  })
})

describe('vectors by hand', () => {
  const frames: Readonly<Record<string, string>> = vectors.frames
  for (const { kernels, hashes } of vectors.eras)
    test.each(kernels)('hash as %s does', kernel => {
      for (const [id, expected] of Object.entries(hashes))
        for (const [policy, hash] of Object.entries(expected)) {
          const question = { policy: policy as HashPolicy, era: era(kernel), flowHash: 'absent' as const }
          const words = frameWords({ bytes: bytes(frames[id] ?? '') }, era(kernel))
          expect(`${id} ${policy} ${hex(xmitHash(question, words))}`).toBe(`${id} ${policy} ${hash}`)
        }
    })

  test.each([
    ['52:54:00:11:22:33', undefined, 0x00437633],
    ['52:54:00:11:22:33', 0x0064, 0x00437657],
    ['52:54:00:11:22:33', 0x0065, 0x00437656],
    ['52:54:00:11:22:33', 0x6064, 0x00431657],
    ['52:54:00:aa:bb:c4', undefined, 0x00f8efc4],
    ['52:54:00:aa:bb:c4', 0x0064, 0x00f8efa0],
    ['52:54:00:aa:bb:c4', 0x0065, 0x00f8efa1],
    ['52:54:00:aa:bb:c4', 0x6064, 0x00f88fa0],
  ])('vlan+srcmac of %s with tag %s', (source, tci, hash) => {
    const key: FlowKey = { sourceMac: mac(source), content: { etherType: 0x88b5 }, ...(tci && { tci }) }
    expect(xmitHash({ policy: 'vlan+srcmac' }, keyWords(key))).toEqual({ known: true, hash })
  })
})

describe('flows by their fields', () => {
  const macs = { destinationMac: mac('52:54:00:aa:bb:c4'), sourceMac: mac('52:54:00:11:22:33') }
  const four = (payload: Packet['payload'], more: Partial<Packet> = {}): FlowKey => ({
    ...macs,
    content: { source: address('10.0.0.1'), destination: address('10.0.0.2'), payload, ...more },
  })
  const tcp = four({ is: 'ports', protocol: 6, source: 40000, destination: 443 })

  test('the worked example', () => {
    expect(predictFlow({ policy: 'layer3+4' }, 3, tcp)).toEqual({ known: true, hash: 0x5c5cfcb2, member: 2 })
    expect(predictFlow({ policy: 'layer2+3' }, 3, tcp)).toEqual({ known: true, hash: 0x03030bfc, member: 2 })
  })

  test('an echo, its reply and an identifier 0', () => {
    const echo = (type: number, id: number) =>
      hex(xmitHash({ policy: 'layer3+4' }, keyWords(four({ is: 'icmp', type, code: 0, id }))))
    expect(echo(8, 0x1234)).toBe('08929296')
    expect(echo(8, 0)).toBe('01810105')
    expect(echo(0, 0x1234)).not.toBe(echo(8, 0x1234))
  })

  test('encap3+4 is not predictable while the stack may have set a flow hash', () => {
    expect(predictFlow({ policy: 'encap3+4' }, 2, tcp)).toMatchObject({ known: false, why: 'flow-hash' })
    expect(predictFlow({ policy: 'encap3+4', flowHash: 'absent' }, 2, tcp)).toMatchObject({
      known: true,
      member: 0,
    })
    const arp: FlowKey = { ...macs, content: { etherType: 0x0806 } }
    expect(predictFlow({ policy: 'encap3+4' }, 2, arp)).toEqual({ known: true, hash: 0, member: 0 })
  })

  test('addresses alone do for the 2+3 policies and not for the others', () => {
    const unsaid = four({ is: 'unsaid' })
    expect(predictFlow({ policy: 'layer2+3' }, 4, unsaid)).toMatchObject({ known: true, hash: 0x03030bfc })
    expect(predictFlow({ policy: 'layer3+4' }, 4, unsaid)).toMatchObject({ known: false, why: 'not-said' })
  })

  test('a MAC that is not known leaves only what does not read it', () => {
    const { destinationMac: _, ...rest } = tcp
    expect(predictFlow({ policy: 'layer2' }, 2, rest)).toMatchObject({ why: 'no-destination-mac' })
    expect(predictFlow({ policy: 'layer2+3' }, 2, rest)).toMatchObject({ why: 'no-destination-mac' })
    expect(predictFlow({ policy: 'layer3+4' }, 2, rest).known).toBe(true)
    expect(predictFlow({ policy: 'vlan+srcmac' }, 2, rest).known).toBe(true)
  })

  test('an error message without the packet that it quotes', () => {
    const error = four({ is: 'icmp', type: 3, code: 3 })
    expect(predictFlow({ policy: 'layer2+3' }, 2, error)).toMatchObject({ known: false, why: 'not-said' })
    expect(predictFlow({ policy: 'encap2+3' }, 2, error).known).toBe(true)
    expect(predictFlow({ policy: 'layer2+3', era: era('5.4') }, 2, error).known).toBe(true)
  })
})

describe('frames that are odd', () => {
  const [first = ''] = [vectors.frames.V01]
  const hashOf = (policy: HashPolicy, frame: Parameters<typeof frameWords>[0], kernel?: string) => {
    const at = kernel === undefined ? newestEra : era(kernel)
    return hex(xmitHash({ policy, era: at, flowHash: 'absent' }, frameWords(frame, at)))
  }

  test('cut inside the IP header: the fall-back to E', () => {
    const short = bytes(first).slice(0, 33)
    for (const policy of ['layer2+3', 'layer3+4', 'encap2+3', 'encap3+4'] as const)
      expect(hashOf(policy, { bytes: short })).toBe('000008f7')
  })

  test('cut inside the ports: only the addresses', () => {
    expect(hashOf('layer3+4', { bytes: bytes(first).slice(0, 37) })).toBe('01818181')
    expect(hashOf('layer2+3', { bytes: bytes(first).slice(0, 37) })).toBe('03030bfc')
  })

  test('an ICMP message shorter than its header has neither identifier nor quoted packet', () => {
    const echo = bytes(vectors.frames.V11)
    expect(hashOf('layer3+4', { bytes: echo.slice(0, 42) })).toBe('08929296')
    expect(hashOf('layer3+4', { bytes: echo.slice(0, 41) })).toBe('01818181')
    const unreachable = bytes(vectors.frames.V14)
    expect(hashOf('layer2+3', { bytes: unreachable.slice(0, 62) })).toBe('0b0203f4')
    // The quoted header is not whole: E.
    expect(hashOf('layer2+3', { bytes: unreachable.slice(0, 61) })).toBe('000008f7')
    expect(hashOf('layer2+3', { bytes: unreachable.slice(0, 42) })).toBe('000008f7')
    // Not even the type counts: the packet's own addresses.
    expect(hashOf('layer2+3', { bytes: unreachable.slice(0, 41) })).toBe('03030bfc')
  })

  test('cut by a capture: not known, where it matters', () => {
    const cut = (length: number) => ({ bytes: bytes(first).slice(0, length), wholeLength: 84 })
    expect(hashOf('layer3+4', cut(37))).toBe('cut')
    expect(hashOf('layer2+3', cut(37))).toBe('03030bfc')
    expect(hashOf('layer2+3', cut(33))).toBe('cut')
    expect(hashOf('layer2', cut(14))).toBe('000008f7')
    expect(hashOf('layer2', cut(13))).toBe('no-destination-mac')
  })

  test('shorter than an Ethernet header', () => {
    expect(hashOf('layer2', { bytes: bytes(first).slice(0, 13) })).toBe('00000000')
    expect(hashOf('vlan+srcmac', { bytes: bytes(first).slice(0, 13), tci: 5 })).toBe('00000000')
  })

  test('a tag inside the frame: E with the tag for the plain policies, and the dissector by its view', () => {
    const tagged = bytes(`${first.slice(0, 24)}81000064${first.slice(24)}`)
    expect(hashOf('layer2+3', { bytes: tagged })).toBe('000081f7')
    expect(hashOf('layer3+4', { bytes: tagged })).toBe('000081f7')
    expect(hashOf('encap3+4', { bytes: tagged, tagView: 'at-tag' })).toBe('5c5cfcb2')
    expect(hashOf('encap3+4', { bytes: tagged, tagView: 'after-tags' })).toBe('000081f7')
    expect(hashOf('encap3+4', { bytes: tagged })).toBe('tag-view')
  })

  test('the tag beside the frame counts for vlan+srcmac only', () => {
    for (const policy of ['layer2', 'layer2+3', 'layer3+4', 'encap2+3', 'encap3+4'] as const)
      expect(hashOf(policy, { bytes: bytes(first), tci: 100 })).toBe(hashOf(policy, { bytes: bytes(first) }))
    expect(hashOf('vlan+srcmac', { bytes: bytes(first), tci: 100 })).toBe('00437657')
  })

  test('tunnels inside one another up to the limit of the dissector', () => {
    const nested = (depth: number) => {
      const outer = '4500005e12340000400400000a0000010a000002'
      return bytes(`${first.slice(0, 28)}${outer.repeat(depth)}${first.slice(28)}`)
    }
    expect(hashOf('encap3+4', { bytes: nested(15) })).toBe('5c5cfcb2')
    expect(hashOf('encap3+4', { bytes: nested(16) })).toBe('01818181')
  })
})

describe('kernels', () => {
  test('that have not the policy', () => {
    const words = frameWords({ bytes: bytes(vectors.frames.V01) })
    const ask = (policy: HashPolicy, kernel: string) => xmitHash({ policy, era: era(kernel) }, words)
    expect(ask('vlan+srcmac', '5.10.223')).toMatchObject({ known: false, why: 'no-policy' })
    expect(ask('vlan+srcmac', '5.12').known).toBe(true)
    expect(ask('encap2+3', '3.10')).toMatchObject({ known: false, why: 'no-policy' })
  })

  test('that misread headers', () => {
    const words = frameWords({ bytes: bytes(vectors.frames.V01) })
    const why = (kernel: string) => hex(xmitHash({ policy: 'layer2', era: era(kernel) }, words))
    expect(why('5.15.16')).toBe('headroom')
    expect(why('5.16.2')).toBe('headroom')
    expect(why('5.15.17')).toBe('000008f7')
  })

  test.each([
    ['6.1.0-18-amd64', '5.18'],
    ['5.15.0-91-generic', '5.18'],
    ['5.15.37', '5.17'],
    ['5.15.3', '5.15'],
    ['v5.10', '5.5'],
    ['4.9', '4.15'],
    ['4.9.50', '3.17'],
    ['3.16.7', '3.13'],
    ['2.6.32', '2.6.24'],
  ])('%s hashes as %s does', (kernel, from) => {
    expect(eraOf(kernel)?.hash.from).toBe(from)
  })

  test.each(['', 'six', '6', '6.x', '2.4.37', '2.6.9', '1234.5'])('%s is none', kernel => {
    expect(eraOf(kernel)).toBeUndefined()
  })

  test('say where the number does not decide', () => {
    expect(eraOf('4.9.50')?.doubt).toContain('4.15')
    expect(eraOf('4.18.0-477.el8')?.doubt).toContain('enterprise')
    expect(eraOf('6.1')?.doubt).toBeUndefined()
  })

  test('each row differs from the one before', () => {
    const facts = eraRows.map(({ from: _, source: __, stable: ___, lateIn: ____, ...row }) =>
      JSON.stringify(row),
    )
    expect(facts.every((row, index) => row !== facts[index - 1])).toBe(true)
  })
})
