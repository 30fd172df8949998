import { type Bond, bondsOf, type Host, type Intent, type Lag, membersOf, valueOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { distinct, modeOf } from './support.ts'

export const rule: Rule = {
  id: 'lacp-rate-is-a-request',
  severity: 'note',
  about: { bond: ['lacp-rate'] },
  summary: 'Host and switch ask each other for different LACP rates.',
  why: `lacp-rate says how often the other end is to send, and so how soon this end notices its silence.
Rates may differ. Then one end notices the other after 3 s and the other way it takes 90 s.`,
  source: 'IEEE 802.1AX, clause 6.4.2.3, LACP_Timeout; linux Documentation/networking/bonding.rst, lacp_rate',
  bad: [
    `
    hosts:
      s1:
        ports:
          eth0: {to: "sw1:1"}
          eth1: {to: "sw1:2"}
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            lacp-rate: fast
    #                  ^^^^ sw1 is told slow
            lag: 1
    switches:
      sw1:
        lags:
          "1": {lacp-rate: slow}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds:
          bond0: { mode: 802.3ad, members: [eth0, eth1], lacp-rate: fast }
    switches:
      sw1: { lags: { "7": { ports: ["1", "2"], lacp-rate: fast } } }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      const { 'lacp-rate': rate } = bond.options
      if (modeOf(bond) !== '802.3ad' || rate === undefined) continue
      for (const { box, lag } of lagsOf(intent, host, bond)) {
        const other = lag.options['lacp-rate']
        if (other === undefined || other === rate) continue
        const [sooner, later] = rate === 'fast' ? [host.name, box] : [box, host.name]
        yield {
          at: valueOf(bond, 'lacp-rate'),
          message: `${bond.name} asks for ${rate} and ${box} is told ${other}: ${sooner} notices silence after 3 s, ${later} after 90 s`,
          help: 'say fast on both ends',
          related: [{ message: 'the other end', at: valueOf(lag, 'lacp-rate') }],
        }
      }
    }
  },
}

/** What the switches say of this bond's LAG: by its number, or by the ports at the other ends of the cables. */
function lagsOf(
  { switches }: Intent,
  host: Host,
  bond: Bond,
): readonly { readonly box: string; readonly lag: Lag }[] {
  const ends = membersOf(host, bond).flatMap(port => port.options.to ?? [])
  return distinct(ends.map(({ node }) => node)).flatMap(box => {
    const ports = ends.filter(({ node }) => node === box).map(({ port }) => port)
    const lags = switches.find(({ name }) => name === box)?.lags ?? []
    const lag =
      lags.find(({ options }) => options.ports?.some(port => ports.includes(port))) ??
      lags.find(({ number, options }) => number === bond.options.lag && options.ports === undefined)
    return lag === undefined ? [] : [{ box, lag }]
  })
}
