import { bondsOf, valueOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'mac-equals-unrelated-member',
  severity: 'warning',
  about: { bond: ['mac'] },
  summary: 'A bond has the address of a port that is not in it.',
  why: `Two devices of one host then send under one address. Where both reach the same network, the switch
moves it from port to port and the frames with it.`,
  source: 'linux drivers/net/bonding/bond_main.c, __bond_release_one(): the warning on release',
  bad: [
    `
    ports:
      eth2: {mac: "52:54:00:00:00:02"}
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        mac: "52:54:00:00:00:02"
    #        ^^^^^^^^^^^^^^^^^^^ the address of eth2
    `,
  ],
  good: [
    `
    ports: { eth0: { mac: "52:54:00:00:00:02" } }
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        mac: "52:54:00:00:00:02"
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      const { mac, members = [] } = bond.options
      if (mac === undefined) continue
      const port = host.ports.find(({ name, options }) => options.mac === mac && !members.includes(name))
      if (port === undefined) continue
      yield {
        at: valueOf(bond, 'mac'),
        message: `${mac} is the address of ${port.name}, which is not in ${bond.name}; both send under it`,
        help: 'use that of a member, or one that begins with 02',
        related: [{ message: `of ${port.name}`, at: valueOf(port, 'mac') }],
      }
    }
  },
}
