// The driver's churn machines: whether an end came into sync within a minute of a change. Nothing depends on them;
// they are shown. Source: linux drivers/net/bonding/bond_3ad.c, ad_churn_machine(), after IEEE 802.1AX-2014 6.4.17.

import type { Churn } from '../device.ts'
import { has } from '../lacpdu.ts'
import type { Table } from '../table.ts'
import { type ChurnSide, type LinuxPort, ticks } from './port.ts'

export type ChurnEvent = 'changed' | 'over-in-sync' | 'over-out-of-sync'

export const churnTable: Table<Churn, ChurnEvent> = {
  monitoring: { changed: 'monitoring', 'over-in-sync': 'none', 'over-out-of-sync': 'churned' },
  none: { changed: 'monitoring', 'over-in-sync': 'none', 'over-out-of-sync': 'none' },
  churned: { changed: 'monitoring', 'over-in-sync': 'churned', 'over-out-of-sync': 'churned' },
}

/** One run of both machines, every tick. */
export function runChurn(port: LinuxPort): void {
  if (port.churned) {
    port.churned = false
    for (const side of [port.actorChurn, port.partnerChurn]) {
      side.state = churnTable[side.state].changed
      side.ticks = ticks.churnDetection
    }
    return
  }
  count(port.actorChurn, has(port.state, 'synchronization'))
  count(port.partnerChurn, has(port.partner.state, 'synchronization'))
}

function count(side: ChurnSide, inSync: boolean): void {
  if (side.ticks === 0) return
  side.ticks -= 1
  if (side.ticks > 0) return
  const last = side.state
  side.state = churnTable[last][inSync ? 'over-in-sync' : 'over-out-of-sync']
  if (last !== side.state && side.state === 'churned') side.count += 1
}
