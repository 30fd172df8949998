import type { Check } from './check.ts'
import { bundlesOf, hearsNobody } from './support.ts'

export const check: Check = {
  id: 'partners-differ',
  severity: 'error',
  summary: 'The ports of one LAG hear different partners, or different keys of one partner.',
  why: `A LAG has one partner. Ports that lead to two hosts, or into two bonds of one host, are cabled wrongly or were put into the
wrong LAG; the switch uses those that agree with the first and leaves the others out, or sends to one host what is for the other.

Of a bond of Linux aggregator-split says the same, as its ports show which aggregator they are in.`,
  source: 'IEEE 802.1AX-2014, 6.3.6 (aggregation requires one partner system and key)',
  bad: [
    `
    sw1#show lacp neighbor
    Channel group 10 neighbors
    Gi1/0/1   FA      255       5254.0000.000a   5s    0x0    0xF    0x1     0x3F
    Gi1/0/2   FA      255       5254.0000.000b   5s    0x0    0xF    0x1     0x3F
    #                           ^^^^^^^^^^^^^^ Gi1/0/2 of sw1 Po10 leads to 52:54:00:00:00:0b
    `,
  ],
  good: [
    `
    sw1#show lacp neighbor
    Channel group 10 neighbors
    Gi1/0/1   FA      255       5254.0000.000a   5s    0x0    0xF    0x1     0x3F
    Gi1/0/2   FA      255       5254.0000.000a   5s    0x0    0xF    0x2     0x3F
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      const heard = bundle.members.filter(
        member =>
          member.aggregator === undefined &&
          member.partner.system !== undefined &&
          hearsNobody(member) === false,
      )
      const [first, ...rest] = heard
      if (first?.partner.system === undefined) continue
      for (const { name, partner } of rest) {
        const otherKey =
          partner.key !== undefined && partner.key.value !== first.partner.key?.value && first.partner.key
        const other = partner.system !== undefined && partner.system.value !== first.partner.system.value
        if (partner.system === undefined || (!other && !otherKey)) continue
        yield {
          at: other ? partner.system.at : (partner.key?.at ?? partner.system.at),
          message: other
            ? `${name} of ${title} leads to ${partner.system.value} and ${first.name} to ${first.partner.system.value}: a LAG has one partner`
            : `${name} of ${title} hears key ${partner.key?.value} and ${first.name} ${first.partner.key?.value}: its host has them in two bonds, or at two speeds`,
          help: `follow the cables of ${first.name} and ${name}: both belong to one bond of one host`,
          related: [{ message: `${first.name}`, region: first.partner.system.at }],
        }
      }
    }
  },
}
