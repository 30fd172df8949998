// The fair share and the enumeration of draws: known answers, the laws that define them, and the tables of the lint
// catalogue's appendix 5.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FlowClass, maxMin } from '../../src/simulate/rates/max-min.ts'
import { overheadInWords, packetBytes, payloadShare } from '../../src/simulate/rates/overhead.ts'
import type { Group, Way } from '../../src/simulate/rates/question.ts'
import { spread } from '../../src/simulate/rates/spread.ts'

const flow = (links: readonly number[], count = 1, shares = links.map(() => 1)): FlowClass => ({
  count,
  links,
  shares,
})

describe('max-min', () => {
  test('flows on one link share it alike', () => {
    expect([...maxMin([flow([0], 3), flow([0])], [100])]).toEqual([25, 25])
  })

  test('what one cannot use, the others get', () => {
    // The textbook case: three on the first link, of which one is held back by the second.
    const rates = maxMin([flow([0, 1]), flow([0]), flow([1], 9)], [100, 50])
    expect(rates[0]).toBeCloseTo(5)
    expect(rates[1]).toBeCloseTo(95)
    expect(rates[2]).toBeCloseTo(5)
  })

  test('packets dealt to four links get all four; copies take them all for one', () => {
    expect(maxMin([flow([0, 1, 2, 3], 1, [0.25, 0.25, 0.25, 0.25])], [10, 10, 10, 10])[0]).toBeCloseTo(40)
    expect(maxMin([flow([0, 1])], [10, 10])[0]).toBeCloseTo(10)
  })

  test('a limit of its own, and no link at all', () => {
    expect([...maxMin([{ ...flow([0]), limit: 10 }, flow([0])], [100])]).toEqual([10, 90])
    expect(maxMin([flow([])], [1])[0]).toBe(Number.POSITIVE_INFINITY)
  })

  const anyCase = fc.integer({ min: 1, max: 6 }).chain(links =>
    fc.record({
      capacities: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: links, maxLength: links }),
      classes: fc.array(
        fc
          .tuple(
            fc.uniqueArray(fc.nat(links - 1), { minLength: 1, maxLength: links }),
            fc.integer({ min: 1, max: 5 }),
          )
          .map(([used, count]) => flow(used, count)),
        { minLength: 1, maxLength: 8 },
      ),
    }),
  )

  test('no link carries more than it can, and every flow has a full link on which nobody gets more', () => {
    fc.assert(
      fc.property(anyCase, ({ capacities, classes }) => {
        const rates = maxMin(classes, capacities)
        const load = capacities.map((_, link) =>
          classes.reduce(
            (sum, one, at) => sum + (one.links.includes(link) ? one.count * (rates[at] ?? 0) : 0),
            0,
          ),
        )
        for (const [link, capacity] of capacities.entries())
          expect(load[link]).toBeLessThanOrEqual(capacity * 1.000001)
        for (const [at, one] of classes.entries()) {
          const held = one.links.some(link => {
            const full = (load[link] ?? 0) >= (capacities[link] ?? 0) * 0.999999
            const others = classes.flatMap((other, index) =>
              other.links.includes(link) ? [rates[index] ?? 0] : [],
            )
            return full && others.every(rate => rate <= (rates[at] ?? 0) * 1.000001)
          })
          expect(held).toBe(true)
        }
      }),
    )
  })
})

describe('overhead', () => {
  const plain = { mtuBytes: 1500, family: 'inet', protocol: 'tcp', timestamps: true, tagged: false } as const

  test.each([
    [plain, 941.48],
    [{ ...plain, timestamps: false }, 949.28],
    [{ ...plain, tagged: true }, 939.04],
    [{ ...plain, family: 'inet6' }, 928.48],
    [{ ...plain, mtuBytes: 9000 }, 990.04],
    [{ ...plain, mtuBytes: 9000, family: 'inet6' }, 987.83],
    [{ ...plain, protocol: 'udp' }, 957.09],
  ] as const)('%o gives %d of 1000', (framing, mbps) => {
    expect(1000 * payloadShare(framing)).toBeCloseTo(mbps, 1)
  })

  test('is named', () => {
    expect(packetBytes(plain)).toEqual({ payload: 1448, line: 1538 })
    expect(overheadInWords({ ...plain, tagged: true })).toContain('VLAN tag')
  })
})

/** Flows that each draw one of `ports` links, from link `first` on. */
const drawing = (count: number, ports: number, first = 0, own = true, key = 'a'): Group => ({
  count,
  payload: 1,
  way: (decide): Way => ({
    hops: [{ links: [first + decide({ key, size: ports, own })], shares: [1] }],
    lost: false,
  }),
})

const links = (count: number): readonly number[] => Array.from({ length: count }, () => 1)

describe('draws', () => {
  // Links used in expectation: k(1 - (1 - 1/k)^N), lint catalogue, appendix 5.
  test.each([
    [1, 2, 1],
    [2, 2, 1.5],
    [4, 2, 1.88],
    [8, 2, 1.99],
    [2, 3, 1.67],
    [4, 3, 2.41],
    [4, 4, 2.73],
    [8, 4, 3.6],
    [16, 4, 3.96],
  ])('%d flows over %d links use %d of them', (flows, ports, used) => {
    const { sums, how } = spread({ groups: [drawing(flows, ports)], capacities: links(ports), sums: [[0]] })
    expect(how).toBe('exact')
    expect(sums[0]?.expected).toBeCloseTo(used, 1)
    expect(sums[0]?.expected).toBeCloseTo(ports * (1 - (1 - 1 / ports) ** flows), 9)
    expect(sums[0]?.least).toBeCloseTo(1)
    expect(sums[0]?.most).toBeCloseTo(Math.min(flows, ports))
  })

  test('flows of one class stay together', () => {
    const { sums, flows, outcomes } = spread({
      groups: [drawing(8, 4, 0, false)],
      capacities: links(4),
      sums: [[0]],
    })
    expect(outcomes).toBe(4)
    expect(sums[0]).toEqual({ least: 1, expected: 1, most: 1 })
    expect(flows[0]?.expected).toBeCloseTo(1 / 8)
  })

  test('two groups that share a draw fall on the same link', () => {
    const both = [drawing(1, 2, 0, false), drawing(1, 2, 0, false)]
    const { sums } = spread({ groups: both, capacities: links(2), sums: [[0, 1]] })
    expect(sums[0]).toEqual({ least: 1, expected: 1, most: 1 })
  })

  test('single flows that draw alike are counted, and each keeps its own figures', () => {
    const groups = Array.from({ length: 8 }, (_, at) => drawing(1, 4, 0, true, `flow ${at}`))
    const sums = [groups.map((_, at) => at), [3]]
    const apart = spread({ groups, capacities: links(4), sums })
    const one = spread({ groups: [drawing(8, 4)], capacities: links(4), sums: [[0]] })
    expect(apart.sums[0]?.expected).toBeCloseTo(one.sums[0]?.expected ?? 0, 9)
    expect(apart.sums[1]?.expected).toBeCloseTo(one.flows[0]?.expected ?? 0, 9)
    expect(apart.outcomes).toBe(one.outcomes)
  })

  test('a way on which frames are dropped gives nothing', () => {
    const group: Group = {
      count: 1,
      payload: 1,
      way: decide => ({
        hops: [{ links: [0], shares: [1] }],
        lost: decide({ key: 'a', size: 2, own: true }) === 1,
      }),
    }
    const { sums } = spread({ groups: [group], capacities: [1], sums: [[0]] })
    expect(sums[0]).toEqual({ least: 0, expected: 0.5, most: 1 })
  })

  /** Every assignment of every flow to a link, one by one: what the counting must come to. */
  function bruteForce(flows: number, ports: number, capacities: readonly number[]): number {
    let sum = 0
    const total = ports ** flows
    for (let code = 0; code < total; code++) {
      const counts = new Array<number>(ports).fill(0)
      for (let at = 0, rest = code; at < flows; at++, rest = Math.floor(rest / ports))
        counts[rest % ports] = (counts[rest % ports] ?? 0) + 1
      const rates = maxMin(
        counts.map((count, link) => flow([link, ports], count)),
        capacities,
      )
      sum += counts.reduce((all, count, at) => all + count * (rates[at] ?? 0), 0)
    }
    return sum / total
  }

  test('counting gives what going through every flow gives', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 2, max: 3 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 }),
        (flows, ports, some) => {
          const capacities = some.slice(0, ports + 1)
          const group: Group = {
            count: flows,
            payload: 1,
            way: decide => ({
              hops: [
                { links: [decide({ key: 'a', size: ports, own: true })], shares: [1] },
                { links: [ports], shares: [1] },
              ],
              lost: false,
            }),
          }
          const found = spread({ groups: [group], capacities, sums: [[0]] })
          expect(found.sums[0]?.expected).toBeCloseTo(bruteForce(flows, ports, capacities), 6)
        },
      ),
    )
  })

  test('bounds hold what the whole enumeration finds', () => {
    const one = (ports: readonly number[], own: boolean, count: number): Group => ({
      count,
      payload: 0.9,
      way: decide => ({
        hops: ports.map((size, hop) => ({
          links: [
            ports.slice(0, hop).reduce((sum, before) => sum + before, 0) +
              decide({ key: `hop ${hop}`, size, own }),
          ],
          shares: [1],
        })),
        lost: false,
      }),
    })
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        (ports, own, count, others) => {
          const groups = [one(ports, own, count), one(ports, !own, others)]
          const capacities = Array.from(
            { length: ports.reduce((sum, size) => sum + size, 0) },
            (_, at) => 1 + (at % 2),
          )
          const sums = [[0], [1], [0, 1]]
          const exact = spread({ groups, capacities, sums })
          const bound = spread({ groups, capacities, sums, maxOutcomes: 0 })
          expect(bound.how).toBe('bounds')
          for (const part of ['flows', 'sums', 'links'] as const) {
            for (const [at, figures] of exact[part].entries()) {
              const outer = bound[part][at]
              expect(outer?.least).toBeLessThanOrEqual(figures.least + 1e-9)
              expect(outer?.expected).toBeGreaterThanOrEqual(figures.expected - 1e-9)
              expect(outer?.most).toBeGreaterThanOrEqual(figures.most - 1e-9)
            }
          }
        },
      ),
    )
  })

  test('16 flows over 4 and then 2 links are gone through whole', () => {
    const group: Group = {
      count: 16,
      payload: 1,
      way: decide => ({
        hops: [
          { links: [decide({ key: 'a', size: 4, own: true })], shares: [1] },
          { links: [4 + decide({ key: 'b', size: 2, own: true })], shares: [1] },
        ],
        lost: false,
      }),
    }
    const { outcomes, how } = spread({ groups: [group], capacities: links(6), sums: [[0]] })
    expect({ outcomes, how }).toEqual({ outcomes: 245157, how: 'exact' })
  })
})
