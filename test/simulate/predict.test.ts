// What becomes of traffic: every mode, every kind of switch, both directions, failures and advice.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  advise,
  type Declared,
  everyFailure,
  failedThing,
  type Options,
  type Prediction,
  predict,
  predictFailure,
} from '../../src/simulate/predict/index.ts'
import { read } from '../support/read.ts'

/** The payload's part of the line: TCP, IPv4, MTU 1500, timestamps. */
const share = 1448 / 1538

function predicted(text: string, options: Options = {}): Prediction {
  const { intent, diagnostics } = read(text)
  expect(diagnostics).toEqual([])
  const found = predict(intent, options)
  expect(found.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return found.value
}

interface HostText {
  readonly name: string
  readonly mode?: string
  readonly links: number
  /** The switch's first port; or several switches, in turn. */
  readonly to: readonly string[]
  readonly first: number
  readonly more?: string
  readonly speed?: string
}

function hostText({ name, mode = '802.3ad', links, to, first, more = '', speed = '1G' }: HostText): string {
  const ports = Array.from({ length: links }, (_, at) => {
    const port = first + Math.floor(at / to.length)
    return `eth${at}: {speed: ${speed}, to: "${to[at % to.length]}:Ethernet${port}"}`
  })
  const members = Array.from({ length: links }, (_, at) => `eth${at}`)
  return `  ${name}:
    ports: {${ports.join(', ')}}
    bonds:
      bond0: {mode: ${mode}, miimon: 100, members: [${members.join(', ')}], addresses: [192.0.2.${name.slice(1)}/24]${more === '' ? '' : `, ${more}`}}
`
}

interface NetText {
  readonly a?: Partial<HostText>
  readonly b?: Partial<HostText>
  readonly box?: string
  readonly traffic?: string
}

const net = ({
  a = {},
  b = {},
  box = 'platform: arista-eos',
  traffic = '{from: s1, to: s2}',
}: NetText): string => `hosts:
${hostText({ name: 's1', links: 4, to: ['sw1'], first: 1, more: 'xmit-hash-policy: layer3+4', ...a })}${hostText({ name: 's2', links: 2, to: ['sw1'], first: 11, ...b })}switches:
  sw1: {${box}}
traffic: [${traffic}]
`

const sumOf = ({ items }: Prediction, back = false) => {
  const item = items.find(one => one.back === back)
  if (item === undefined) throw new Error('nothing was declared')
  return item.sum
}

const close = (found: number | undefined, wanted: number) => expect(found).toBeCloseTo(wanted, 3)

describe('a stream alone', () => {
  test('gets one link both ways, and the hope of two is certainly not met', () => {
    const value = predicted(readFileSync(new URL('../../examples/two-servers.yaml', import.meta.url), 'utf8'))
    for (const back of [false, true]) {
      close(sumOf(value, back).least, 1000 * share)
      close(sumOf(value, back).most, 1000 * share)
    }
    expect(value.expectations).toMatchObject([{ wantMbps: 2000, met: 'no' }])
    expect(value.lags.map(({ node, lag, forms, carrying }) => [node, lag, forms, carrying.length])).toEqual([
      ['s1', 'bond0', true, 4],
      ['s2', 'bond0', true, 2],
      ['sw1', 'trk1', true, 4],
      ['sw1', 'trk5', true, 2],
    ])
  })

  test('jumbo frames, and a VLAN device, change what headers leave', () => {
    const jumbo = predicted(net({ a: { more: 'mtu: 9000' }, b: { more: 'mtu: 9000' } }))
    close(sumOf(jumbo).most, (1000 * 8948) / 9038)
    // The smaller MTU of the two ends holds.
    close(sumOf(predicted(net({ a: { more: 'mtu: 9000' } }))).most, 1000 * share)
  })
})

describe('hashes known by their fields', () => {
  test('streams that the switch cannot tell apart stay on one link', () => {
    const value = predicted(
      net({ box: 'platform: arista-eos, load-balance: layer2', traffic: '{from: s1, to: s2, streams: 8}' }),
    )
    expect(sumOf(value).least).toBeCloseTo(1000 * share)
    expect(sumOf(value).most).toBeCloseTo(1000 * share)
    expect(value.flows[0]?.mbps.expected).toBeCloseTo((1000 * share) / 8)
  })

  test('streams that it can tell apart: two links when any two fall differently at both', () => {
    const value = predicted(
      net({ box: 'platform: arista-eos, load-balance: layer3+4', traffic: '{from: s1, to: s2, streams: 2}' }),
    )
    // Two streams get two links where both hops part them: 3/4 of the time at the host, 1/2 at the switch.
    const apart = (3 / 4) * (1 / 2)
    close(sumOf(value).expected, 1000 * share * (1 + apart))
    close(sumOf(value).most, 2000 * share)
    expect(value.flows.map(({ hops }) => hops.map(({ exact }) => exact))[0]).toEqual([false, false])
  })

  test('a Linux host and a Linux switch with one policy have one hash', () => {
    const value = predicted(
      net({
        box: 'platform: linux-bridge, load-balance: layer3+4',
        traffic: '{from: s1, to: s2, streams: 4}',
      }),
    )
    // Members are the hash modulo 4 and modulo 2: links of the host never mix what the switch parts.
    close(sumOf(value).expected, 1000 * share * 2 * (1 - (1 / 2) ** 4))
  })

  test('protocols without ports do not spread by them', () => {
    const value = predicted(net({ traffic: '{from: s1, to: s2, streams: 8, protocol: icmp}' }))
    expect(sumOf(value).most).toBeCloseTo((1000 * 1472) / 1538)
  })

  test('more outcomes than can be gone through give bounds that say so', () => {
    const value = predicted(net({ box: 'platform: arista-eos', traffic: '{from: s1, to: s2, streams: 200}' }))
    expect(value.runs[0].spread.how).toBe('bounds')
    const { least, expected, most } = sumOf(value)
    expect(least).toBeGreaterThan(0)
    expect(expected).toBeLessThanOrEqual(most)
    expect(most).toBeLessThanOrEqual(2000 * share + 1e-6)
  })

  test('of a million streams too', () => {
    const value = predicted(net({ traffic: '{from: s1, to: s2, streams: 20000}' }))
    expect(value.flows.length).toBe(40_000)
  })
})

describe('known ports', () => {
  const flows = (sports: readonly number[]): readonly Declared[] => [
    {
      from: 's1',
      to: 's2',
      protocol: 'tcp',
      streams: sports.length,
      sourcePorts: sports,
      destinationPort: 5201,
    },
  ]

  test('make Linux exact, in both directions', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1024, max: 65535 }), { minLength: 1, maxLength: 8 }),
        sports => {
          const text = net({
            box: 'platform: linux-bridge, load-balance: layer3+4',
            b: { more: 'xmit-hash-policy: layer3+4' },
          })
          const value = predicted(text, { flows: flows(sports) })
          expect(value.runs.map(({ spread }) => spread.how)).toEqual(['certain', 'certain'])
          for (const { hops } of value.flows) {
            expect(hops.every(({ exact }) => exact)).toBe(true)
            // The same hash at both hops: its value modulo 4 and modulo 2, or the other way round.
            const [first, second] = hops.map(({ port }) => Number(/\d+$/.exec(port)?.[0]))
            const [four, two] =
              hops[0]?.node === 's1' ? [first, (second ?? 0) - 11] : [(second ?? 0) - 1, first]
            expect((four ?? 0) % 2).toBe(two)
          }
          const links = new Set(value.flows.filter(({ back }) => !back).map(({ hops }) => hops[1]?.port))
          close(sumOf(value).most, Math.min(links.size, sports.length) * 1000 * share)
        },
      ),
      { numRuns: 15 },
    )
  })
})

describe('modes', () => {
  const many = '{from: s1, to: s2, streams: 8}'

  test('balance-rr fills all links of one stream, and the switch sends on by one', () => {
    const wide = predicted(net({ a: { mode: 'balance-rr', more: '' }, b: { links: 1, speed: '10G' } }))
    close(sumOf(wide).most, 4000 * share)
    close(sumOf(wide).least, 4000 * share)
    expect(wide.flows[0]?.hops[0]?.port).toBe('eth0+eth1+eth2+eth3')
    close(sumOf(predicted(net({ a: { mode: 'balance-rr', more: '' } }))).most, 1000 * share)
  })

  test('balance-rr back to back over two cables gets both', () => {
    const text = `hosts:
  s1:
    ports: {eth0: {speed: 1G, to: "s2:eth0"}, eth1: {speed: 1G, to: "s2:eth1"}}
    bonds: {bond0: {mode: balance-rr, miimon: 100, members: [eth0, eth1]}}
  s2:
    ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
    bonds: {bond0: {mode: balance-rr, miimon: 100, members: [eth0, eth1]}}
traffic: [{from: s1, to: s2}]
`
    close(sumOf(predicted(text)).most, 2000 * share)
  })

  test('active-backup uses the primary alone, at either end', () => {
    const sender = predicted(net({ a: { mode: 'active-backup', more: 'primary: eth2' }, traffic: many }))
    expect(sender.flows[0]?.hops[0]).toMatchObject({ port: 'eth2', exact: true })
    const receiver = predicted(net({ b: { mode: 'active-backup', more: 'primary: eth1' }, traffic: many }))
    expect(receiver.flows[0]?.hops[1]).toMatchObject({ node: 'sw1', port: 'Ethernet12', exact: true })
    close(sumOf(receiver).most, 1000 * share)
  })

  test('broadcast sends copies, and they take room behind the switch', () => {
    const value = predicted(
      net({ a: { mode: 'broadcast', links: 2, more: '' }, b: { links: 1, speed: '1G' } }),
    )
    // Two copies of each frame pass the last link.
    close(sumOf(value).most, 500 * share)
  })

  test('balance-tlb receives on one member, and sends on all', () => {
    const value = predicted(
      net({
        b: { mode: 'balance-tlb', more: 'tlb-dynamic-lb: off, xmit-hash-policy: layer3+4' },
        traffic: many,
      }),
    )
    close(sumOf(value).most, 1000 * share)
    expect(sumOf(value, true).most).toBeGreaterThan(1500)
  })

  test('balance-alb tells each neighbour one member', () => {
    const value = predicted(net({ b: { mode: 'balance-alb' }, traffic: `${many}, {from: s1, to: s2}` }))
    close(sumOf(value).most + (value.items[1]?.sum.most ?? 0), (1000 * share * 8) / 9 + (1000 * share) / 9)
    expect(value.flows[0]?.hops[1]?.port).toBe('Ethernet11|Ethernet12')
  })
})

describe('ends that do not fit', () => {
  test('a static LAG in front of active-backup drops what falls on the backup', () => {
    const text = net({ b: { mode: 'active-backup' } }).replace(
      '  sw1: {platform: arista-eos}',
      '  sw1: {platform: arista-eos, lags: {"11": {mode: static, ports: [Ethernet11, Ethernet12]}}}',
    )
    const value = predicted(text)
    const sum = sumOf(value)
    close(sum.least, 0)
    close(sum.expected, 500 * share)
    expect(value.items[0]?.lost).toMatch(/dropped/)
  })

  test('LACP against plain ports leaves one link', () => {
    const text = net({ traffic: '{from: s1, to: s2, streams: 8}' }).replace(
      '  sw1: {platform: arista-eos}',
      '  sw1: {platform: arista-eos, lags: {"11": {mode: plain}}}',
    )
    const value = predicted(text)
    close(sumOf(value).most, 1000 * share)
    expect(value.lags.find(({ node }) => node === 's2')?.forms).toBe(false)
  })

  test('nothing arrives where no cable leads', () => {
    const { intent } = read(
      'hosts: {s1: {bonds: {bond0: {mode: 802.3ad, members: [eth0]}}}, s2: {bonds: {bond0: {mode: 802.3ad, members: [eth0]}}}}\ntraffic: [{from: s1, to: s2, expect: 1G}]\n',
    )
    const { value } = predict(intent)
    expect(sumOf(value)).toEqual({ least: 0, expected: 0, most: 0 })
    expect(value.expectations[0]?.why).toMatch(/no cable of s1 is known/)
  })

  test('an end that is not there is named, with the nearest', () => {
    const { intent } = read(net({ traffic: '{from: s1, to: "s2:bnod0"}' }))
    expect(predict(intent).diagnostics).toMatchObject([
      { code: 'flow-end-unknown', help: 'did you mean s2:bond0?' },
    ])
  })
})

describe('several at once', () => {
  const incast = `hosts:
${hostText({ name: 's1', links: 1, to: ['sw1'], first: 1 })}${hostText({ name: 's2', links: 1, to: ['sw1'], first: 2 })}${hostText({ name: 's3', links: 1, to: ['sw1'], first: 3 })}switches: {sw1: {platform: arista-eos}}
traffic: [{from: s1, to: s3}, {from: s2, to: s3, streams: 3, expect: 700M}]
`

  test('share a link flow by flow', () => {
    const value = predicted(incast)
    expect(value.items.filter(({ back }) => !back).map(({ sum }) => Math.round(sum.most))).toEqual([235, 706])
    expect(value.expectations).toMatchObject([{ met: 'yes' }])
    const link = value.links.find(({ node }) => node === 's3')
    close(link?.inMbps.most, 1000 * share)
    close(link?.outMbps.most, 0)
  })
})

const pair = (mode: string): string => `hosts:
${hostText({ name: 's1', mode, links: 2, to: ['sw1', 'sw2'], first: 1 })}${hostText({ name: 's2', mode, links: 2, to: ['sw1', 'sw2'], first: 2 })}switches:
  sw1: {platform: arista-eos, mlag: {peer: sw2, peer-link: [Ethernet49, Ethernet50]}}
  sw2: {platform: arista-eos, mlag: {peer: sw1, peer-link: [Ethernet49, Ethernet50]}}
traffic: [{from: s1, to: s2, streams: 4}]
`

describe('two switches', () => {
  test('a pair sends on by its own ports', () => {
    const value = predicted(pair('802.3ad'))
    const hops = value.flows[0]?.hops
    expect(hops?.length).toBe(2)
    expect(hops?.[1]?.node).toBe('sw1|sw2')
    expect(sumOf(value).most).toBeCloseTo(1000 * share)
  })

  test('crosses the peer link when a switch has lost its own', () => {
    const value = predicted(pair('802.3ad'))
    const thing = failedThing(value.network, 's2:eth0')
    if (thing === undefined) throw new Error('there is no such port')
    const failure = predictFailure(value, thing)
    expect(failure.after.flows[0]?.hops.length).toBe(3)
    expect(failure.items[0]?.after.sum.least).toBeCloseTo(1000 * share)
  })

  test('active-backup crosses the link between them', () => {
    const value = predicted(
      pair('active-backup').replace('addresses: [192.0.2.2/24]', 'addresses: [192.0.2.2/24], primary: eth1'),
    )
    expect(value.flows[0]?.hops.map(({ node }) => node)).toEqual(['s1', 'sw1', 'sw2'])
  })

  test('a link between switches that carries the LAGs of both', () => {
    const text = `hosts:
${hostText({ name: 's1', links: 2, to: ['sw1'], first: 1 })}${hostText({ name: 's2', links: 2, to: ['sw2'], first: 1 })}switches:
  sw1: {platform: cisco-ios, load-balance: layer3+4, lags: {"24": {ports: [Gi1/0/23, Gi1/0/24], to: "sw2:24", mode: active}}}
  sw2: {platform: cisco-ios, lags: {"24": {ports: [Gi1/0/23, Gi1/0/24], to: "sw1:24", mode: active}}}
traffic: [{from: s1, to: s2, streams: 2}]
`.replaceAll(':Ethernet', ':Gi1/0/')
    const value = predicted(text)
    expect(value.flows[0]?.hops.map(({ node, lag }) => `${node} ${lag}`)).toEqual([
      's1 bond0',
      'sw1 Port-channel24',
      'sw2 Port-channel1',
    ])
  })
})

describe('failures', () => {
  const failing = (text: string, said: string) => {
    const value = predicted(text)
    const thing = failedThing(value.network, said)
    if (thing === undefined) throw new Error(`there is no ${said}`)
    return predictFailure(value, thing)
  }

  test('a member fails: the rest carries', () => {
    const { items, lostForMs, after } = failing(net({ traffic: '{from: s1, to: s2, streams: 4}' }), 's2:eth1')
    expect(items[0]?.after.sum.most).toBeCloseTo(1000 * share)
    expect(lostForMs).toBeGreaterThanOrEqual(0)
    expect(after.lags.find(({ node }) => node === 's2')?.carrying).toEqual(['eth0'])
  })

  test('the active member fails: the backup takes over within the polls of the monitor', () => {
    const { items, fates, lostForMs } = failing(net({ a: { mode: 'active-backup', more: '' } }), 's1:eth0')
    expect(items[0]?.after.sum.most).toBeCloseTo(1000 * share)
    expect(fates.map(({ fate }) => fate)).toEqual(['moves'])
    expect(lostForMs).toBeLessThanOrEqual(200)
    expect(lostForMs).toBeGreaterThan(0)
  })

  test('a backup fails: nothing moves', () => {
    const { fates } = failing(
      net({ a: { mode: 'active-backup', more: '' }, b: { mode: 'active-backup' } }),
      's1:eth3',
    )
    expect(fates.map(({ fate }) => fate)).toEqual(['stays'])
  })

  test('the only switch fails: all stops', () => {
    const { items, fates } = failing(net({}), 'sw1')
    expect(items[0]?.after.sum.most).toBe(0)
    expect(fates.map(({ fate }) => fate)).toEqual(['stops'])
  })

  test('each cable and each switch is tried', () => {
    const { network } = predicted(net({}))
    expect(everyFailure(network).map(({ said }) => said)).toEqual([
      's1:eth0',
      's1:eth1',
      's1:eth2',
      's1:eth3',
      's2:eth0',
      's2:eth1',
      'sw1',
    ])
    expect(failedThing(network, 'sw1:Ethernet11')?.cables).toEqual([4])
    expect(failedThing(network, 'nothing')).toBeUndefined()
  })
})

describe('advice', () => {
  test('is ranked by what it gives, and each line makes it so', () => {
    const value = predicted(readFileSync(new URL('../../examples/two-servers.yaml', import.meta.url), 'utf8'))
    const advice = advise(value)
    const gains = advice.map(({ sum }) => sum.expected)
    expect(gains).toEqual([...gains].sort((a, b) => b - a))
    expect(advice[0]?.lines.map(({ path }) => path.join('.'))).toContain('hosts.s1.ports.eth0.speed')
    expect(
      advice.some(({ lines }) =>
        lines.some(
          ({ path, value: said }) => path.join('.') === 'switches.sw1.load-balance' && said === 'layer3+4',
        ),
      ),
    ).toBe(true)
    for (const { sum } of advice) expect(sum.expected).toBeGreaterThan(1000 * share)
  })

  test('is silent where nothing helps', () => {
    expect(
      advise(
        predicted(net({ a: { links: 1 }, b: { links: 1 }, traffic: '{from: s1, to: s2, expect: 500M}' })),
      ),
    ).toEqual([])
  })
})
