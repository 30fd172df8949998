import { valueOf } from '../intent/intent.ts'
import { linksOf, modeWords, neededBy, pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'lacp-vs-static',
  severity: 'error',
  summary: 'One end of a LAG speaks LACP and the other does not.',
  why: `A host in 802.3ad finds no partner on a static LAG and uses one port, while the switch goes on sending over
all of them: what arrives on the others is dropped. The other way round, the switch waits for LACPDUs that never
come, and suspends its ports or lets each work alone.`,
  source: 'linux Documentation/networking/bonding.rst, section 5; IEEE 802.1AX, clause 6.3.14',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds:
          bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {mode: static}
    #                 ^^^^^^ is a static LAG, and s1 bond0 speaks LACP
    `,
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds:
          bond0: {mode: balance-xor, members: [eth0, eth1], lag: 1}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {ports: ["1-2"], mode: active}
    #                                 ^^^^^^ is LACP active, and s1 bond0 in balance-xor sends no LACPDU
    `,
    `
    switches:
      sw1:
        platform: aruba-aos-s
        lags: {"24": {ports: ["23", "24"], to: "sw2:24"}}
      sw2:
        platform: aruba-aos-s
        lags:
          "24": {ports: ["23", "24"], mode: static}
    #                                       ^^^^^^ is a static LAG, and LAG 24 of sw1 is LACP active
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1 } }
    switches:
      sw1: { platform: aruba-aos-s, lags: { "1": { mode: passive } } }
    `,
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds: { bond0: { mode: balance-xor, members: [eth0, eth1], lag: 1 } }
    switches:
      sw1: { platform: aruba-aos-s, lags: { "1": { mode: static } } }
    `,
  ],
  *check(intent) {
    const pairs = pairsOf(intent)
    for (const { host, bond, box, lag } of pairs.pairings) {
      const { mode } = lag.options
      const needed = neededBy(bond)
      const name = `LAG ${lag.number} of ${box.name} is ${modeWords[mode]}`
      const related = [{ message: 'the other end', at: valueOf(bond, 'mode') }]
      if (needed === 'active' && mode === 'static') {
        yield {
          at: valueOf(lag, 'mode'),
          message: `${name}, and ${host.name} ${bond.name} speaks LACP: it finds no partner and uses one port, while ${box.name} sends over all`,
          help: `say mode: active here, or mode: balance-xor for ${bond.name}`,
          related,
        }
      } else if (needed === 'static' && (mode === 'active' || mode === 'passive')) {
        yield {
          at: valueOf(lag, 'mode'),
          message: `${name}, and ${host.name} ${bond.name} in ${modeOf(bond)} sends no LACPDU: the ports are suspended, or each works alone`,
          help: `say mode: 802.3ad for ${bond.name}, or mode: static here`,
          related,
        }
      }
    }
    for (const { box, lag, other, end } of linksOf(pairs)) {
      if (end === undefined || (end.options.mode === 'static') === (lag.options.mode === 'static')) continue
      const [silent, speaking] =
        lag.options.mode === 'static'
          ? [
              { box, lag },
              { box: other, lag: end },
            ]
          : [
              { box: other, lag: end },
              { box, lag },
            ]
      const { mode } = speaking.lag.options
      if (mode === 'plain' || silent.lag.options.mode !== 'static') continue
      yield {
        at: valueOf(silent.lag, 'mode'),
        message: `LAG ${silent.lag.number} of ${silent.box.name} is a static LAG, and LAG ${speaking.lag.number} of ${speaking.box.name} is ${modeWords[mode]}: it finds no partner`,
        help: 'say the same for both',
        related: [{ message: 'the other end', at: valueOf(speaking.lag, 'mode') }],
      }
    }
  },
}
