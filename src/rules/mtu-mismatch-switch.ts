import { valueOf } from '../intent/intent.ts'
import { mtuAcross } from '../intent/partner-vlans.ts'
import { pairsOf, saidBySwitch } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'mtu-mismatch-switch',
  severity: 'error',
  about: { lag: ['mtu'] },
  summary: 'The switch passes smaller packets than the host sends.',
  why: `A switch drops what is too large without a word. Connections open and pings answer; as soon as a full packet
is sent, everything stops.`,
  source: 'IEEE 802.3, clause 3.2.7; linux drivers/net/bonding/bond_main.c, bond_change_mtu()',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:Ethernet1"}, eth1: {to: "sw1:Ethernet2"}}
        bonds:
          bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1, mtu: 9000}
    switches:
      sw1:
        platform: arista-eos
        lags:
          "1": {mtu: 1500}
    #                ^^^^ passes packets of 1500 bytes, and s1 bond0 sends up to 9000
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:Ethernet1" }, eth1: { to: "sw1:Ethernet2" } }
        bonds:
          bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1, mtu: 9000 }
    switches: { sw1: { platform: arista-eos, lags: { "1": { mtu: 9214 } } } }
    `,
  ],
  *check(intent) {
    for (const { host, bond, box, lag } of pairsOf(intent).pairings) {
      const { mtu } = lag.options
      if (mtu === undefined || !saidBySwitch(lag, 'mtu')) continue
      const across = mtuAcross(host, bond)
      // ether_setup(): ETH_DATA_LEN.
      const sent = across?.mtuBytes ?? 1500
      if (sent <= mtu) continue
      yield {
        at: valueOf(lag, 'mtu'),
        message: `LAG ${lag.number} of ${box.name} passes packets of ${mtu} bytes, and ${host.name} ${bond.name} sends up to ${sent}`,
        help: 'leave mtu out for the LAG: it follows from the bond',
        ...(across && { related: [{ message: 'the host', at: { path: across.at, part: 'value' } }] }),
      }
    }
  },
}
