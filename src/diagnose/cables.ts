// Which port is at the other end of a member, as the machines themselves have shown it: by LLDP, or by LACP, where each end
// tells its system and the number of its port and records those of the other.

import type { Region } from '../diagnostics/region.ts'
import { noSystem } from '../simulate/lacp/lacpdu.ts'
import type { End, Member, Observed } from './observed.ts'

/** The other end of a cable; the port by its machine's own name, where that is shown. */
export interface CableEnd {
  readonly machine: string
  readonly port: string | undefined
  /** What shows it. */
  readonly at: Region
}

export interface Cables {
  endOf(member: Member): CableEnd | undefined
}

/** A port as LACP knows it; undefined: it is not shown. */
export const portOf = ({ system, portNumber }: End): string | undefined =>
  system === undefined || portNumber === undefined || system.value === noSystem
    ? undefined
    : `${system.value} ${portNumber.value}`

export function cablesOf({ machines }: Observed): Cables {
  const byActor = new Map<string, { readonly machine: string; readonly member: Member }>()
  const byPartner = new Map<string, { readonly machine: string; readonly member: Member }>()
  for (const { name: machine, bundles } of machines) {
    for (const { members } of bundles) {
      for (const member of members) {
        const [own, other] = [portOf(member.actor), portOf(member.partner)]
        if (own !== undefined) byActor.set(own, { machine, member })
        if (other !== undefined) byPartner.set(other, { machine, member })
      }
    }
  }
  return {
    endOf(member) {
      const { neighbour, neighbourPort, partner, actor } = member
      if (neighbour !== undefined)
        return { machine: neighbour.value, port: neighbourPort?.value, at: neighbourPort?.at ?? neighbour.at }
      const [own, other] = [portOf(actor), portOf(partner)]
      const found =
        (other === undefined ? undefined : byActor.get(other)) ??
        (own === undefined ? undefined : byPartner.get(own))
      if (found === undefined || found.member === member) return undefined
      return { machine: found.machine, port: found.member.name, at: partner.portNumber?.at ?? member.at }
    },
  }
}
