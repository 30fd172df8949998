import { bondsOf, partOf } from '../intent/intent.ts'
import { isWireless } from './port-names.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'member-wireless',
  severity: 'warning',
  about: { bond: ['members'] },
  summary: 'A wireless port in a mode other than active-backup.',
  why: `An access point takes frames from a station under the station's own address only. The modes that
send on several members use the address of the bond, or one for each, so what leaves by the wireless port is
dropped.`,
  source: 'linux Documentation/networking/bonding.rst, fail_over_mac; Debian Wiki, Bonding',
  bad: [
    `
    bonds:
      bond0: {mode: balance-rr, members: [eth0, wlan0], miimon: 100}
    #                                           ^^^^^ wlan0 is wireless
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, wlan0]
        primary: eth0
        fail-over-mac: active
    `,
    'bonds: { bond0: { mode: balance-rr, members: [eth0, wan0], miimon: 100 } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (modeOf(bond) === 'active-backup') continue
      for (const [index, name] of (bond.options.members ?? []).entries()) {
        if (!isWireless(name)) continue
        yield {
          at: partOf(bond, 'members', index),
          message: `${name} is wireless, by its name; access points drop what it sends under another address than its own`,
          help: 'write mode: active-backup, with fail-over-mac: active and the wired port as primary',
        }
      }
    }
  },
}
