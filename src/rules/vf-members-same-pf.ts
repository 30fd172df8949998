import { bondsOf, partOf } from '../intent/intent.ts'
import { physicalOf } from './port-names.ts'
import type { Rule } from './rule.ts'
import { distinct } from './support.ts'

export const rule: Rule = {
  id: 'vf-members-same-pf',
  severity: 'error',
  about: { bond: ['members'] },
  summary: 'Two members are parts of one physical port.',
  why: `Virtual functions share the cable of their port: they fail together and have its speed once. The
port hands LACPDUs to one of them at most.`,
  source: 'systemd.net-naming-scheme(7), SR-IOV virtual functions; bond-cni issues 22 and 149',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [enp3s0f0v0, enp3s0f0v1]
    #                         ^^^^^^^^^^ parts of enp3s0f0
        miimon: 100
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [enp3s0f0v0, enp3s0f1v0]
        miimon: 100
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const first = new Map<string, string>()
      for (const name of distinct(bond.options.members ?? [])) {
        const physical = physicalOf(name)
        if (physical === undefined) continue
        const other = first.get(physical)
        if (other === undefined) {
          first.set(physical, name)
          continue
        }
        yield {
          at: partOf(bond, 'members', (bond.options.members ?? []).indexOf(name)),
          message: `${other} and ${name} are parts of ${physical}, by their names: one cable, and they fail together`,
          help: 'take virtual functions of different ports',
        }
      }
    }
  },
}
