// The link monitor of a member (miimon): carrier, delayed by updelay and downdelay. It knows nothing of modes; the
// bond acts on what it reports. Source: linux drivers/net/bonding/bond_main.c, bond_miimon_inspect().

import type { Table } from '../table.ts'

export type LinkState = 'up' | 'fail' | 'down' | 'back'

/** Now: there is no delay, or it has passed. */
export type LinkEvent = 'carrier-now' | 'carrier-later' | 'lost-now' | 'lost-later'

export const linkTable: Table<LinkState, LinkEvent> = {
  up: { 'carrier-now': 'up', 'carrier-later': 'up', 'lost-now': 'down', 'lost-later': 'fail' },
  fail: { 'carrier-now': 'up', 'carrier-later': 'up', 'lost-now': 'down', 'lost-later': 'fail' },
  down: { 'carrier-now': 'up', 'carrier-later': 'back', 'lost-now': 'down', 'lost-later': 'down' },
  back: { 'carrier-now': 'up', 'carrier-later': 'back', 'lost-now': 'down', 'lost-later': 'down' },
}

export interface LinkMonitor {
  link: LinkState
  /** Polls that remain of a delay. */
  delayPolls: number
  /** Whether the link was ever up or coming up. */
  everUp: boolean
  failures: number
}

/** Delays in whole polls. */
export interface Delays {
  readonly upPolls: number
  readonly downPolls: number
}

export const createMonitor = (): LinkMonitor => ({ link: 'down', delayPolls: 0, everUp: false, failures: 0 })

/** The state of a link when its member is attached; without a monitor it counts as up. Source: bond_enslave(). */
export function attachLink(monitor: LinkMonitor, carrier: boolean, polled: boolean, delays: Delays): void {
  monitor.link = !polled ? 'up' : !carrier ? 'down' : delays.upPolls > 0 ? 'back' : 'up'
  monitor.delayPolls = monitor.link === 'back' ? delays.upPolls : 0
  monitor.everUp = monitor.link !== 'down'
}

/**
 * One poll. `hurry` skips the updelay, which the driver does while no member is usable. Answers what the bond has
 * to act on: the link is up again, or down for good.
 */
export function pollLink(
  monitor: LinkMonitor,
  carrier: boolean,
  delays: Delays,
  hurry: boolean,
): 'came-up' | 'went-down' | 'nothing' {
  const last = monitor.link
  if (last === 'up' && !carrier) monitor.delayPolls = delays.downPolls
  if (last === 'down' && carrier) monitor.delayPolls = delays.upPolls
  if (hurry && carrier && (last === 'down' || last === 'back')) monitor.delayPolls = 0
  const when = monitor.delayPolls <= 0 ? 'now' : 'later'
  monitor.link = linkTable[last][`${carrier ? 'carrier' : 'lost'}-${when}`]
  if (monitor.link === 'fail' || monitor.link === 'back') monitor.delayPolls -= 1
  if (monitor.link === last) return 'nothing'
  if (monitor.link === 'up') {
    monitor.everUp = true
    return 'came-up'
  }
  if (monitor.link !== 'down') return 'nothing'
  monitor.failures += 1
  return 'went-down'
}
