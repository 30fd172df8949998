import { settle } from '../intent/effective.ts'
import { type Bond, bondsOf, type Host, membersOf, valueOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'duplicate-system-id',
  severity: 'error',
  about: { bond: ['ad-actor-system'] },
  summary: 'Two hosts on one switch present themselves as one LACP system.',
  why: `The system and the key are all that a switch knows of its partner. Ports of two hosts that say the same may be
put into one LAG, or are taken for a loop.`,
  source: 'IEEE 802.1AX, clauses 6.3.2 and 6.3.5; illumos-joyent issue 143',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}}
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            ad-actor-system: "02:00:00:00:00:01"
      s2:
        ports: {eth0: {to: "sw1:2"}}
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            ad-actor-system: "02:00:00:00:00:01"
    #                        ^^^^^^^^^^^^^^^^^^^ 02:00:00:00:00:01 is the LACP system of s1 bond0 already
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" } }
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            ad-actor-system: "02:00:00:00:00:01"
      s2:
        ports: { eth0: { to: "sw1:2" } }
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            ad-actor-system: "02:00:00:00:00:02"
      s3:
        ports: { eth0: { to: "sw9:2" } }
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            ad-actor-system: "02:00:00:00:00:01"
    `,
    `
    # Two hosts that mean to be one: the same LAG of the switch.
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" } }
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            ad-actor-system: "02:00:00:00:00:01"
            lag: 1
      s2:
        ports: { eth0: { to: "sw1:2" } }
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            ad-actor-system: "02:00:00:00:00:01"
            lag: 1
    `,
  ],
  *check(intent) {
    const first = new Map<string, { readonly host: Host; readonly bond: Bond }>()
    for (const { host, bond } of bondsOf(intent)) {
      const system = bond.options['ad-actor-system']
      if (system === undefined || modeOf(bond) !== '802.3ad') continue
      const key = settle(bond.options)['ad-user-port-key']
      const boxes = membersOf(host, bond).flatMap(({ options }) => options.to?.node ?? [])
      for (const box of new Set(boxes)) {
        const which = `${box} ${system.toLowerCase()} ${key}`
        const earlier = first.get(which)
        if (earlier === undefined) first.set(which, { host, bond })
        if (earlier === undefined || earlier.host === host) continue
        const { lag } = bond.options
        if (lag !== undefined && lag === earlier.bond.options.lag) continue
        yield {
          at: valueOf(bond, 'ad-actor-system'),
          message: `${system} is the LACP system of ${earlier.host.name} ${earlier.bond.name} already, and both end at ${box}`,
          help: 'leave ad-actor-system out: each bond has an address of its own',
          related: [{ message: 'the first', at: valueOf(earlier.bond, 'ad-actor-system') }],
        }
        break
      }
    }
  },
}
