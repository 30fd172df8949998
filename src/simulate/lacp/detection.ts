// How soon an end notices each kind of failure, as bounds that follow from its settings and its partner's. The
// simulation plays single cases; a test holds that what it plays lies within these bounds.

import type { System } from './input.ts'
import { protocolMs } from './lacpdu.ts'
import { delaysOf } from './linux/delays.ts'
import { manners, pollMs } from './linux/plain-bond.ts'
import { tickMs, ticks } from './linux/port.ts'
import type { Detection, Notice, Span } from './outcome.ts'

const span = (leastMs: number, mostMs: number): Span => ({ leastMs, mostMs })

const atOnce = span(0, 0)

/**
 * A tick of the driver takes 100 ms and up to one jiffy more, which is 10 ms at the coarsest clock (HZ 100).
 * Source: linux drivers/net/bonding/bond_3ad.c, ad_delta_in_ticks; kernel/time/timer.c rounds up.
 */
const slowestTickMs = tickMs + 10

/** From the partner's last LACPDU to the timeout; it was sent up to one period before the partner fell silent. */
function ownTimeout(system: System): Notice {
  switch (system.kind) {
    case '802.3ad': {
      const fast = system.lacpRate === 'fast'
      const count = fast ? ticks.shortTimeout : ticks.longTimeout
      const periodMs = fast ? protocolMs.fastPeriodic : protocolMs.slowPeriodic
      return span((count - 1) * tickMs - periodMs, count * slowestTickMs)
    }
    case 'lacp-lag':
    case 'openvswitch': {
      if (system.lacp !== 'active' && system.lacp !== 'passive') return 'never'
      return system.rate === 'fast'
        ? span(protocolMs.shortTimeout - protocolMs.fastPeriodic, protocolMs.shortTimeout)
        : span(protocolMs.longTimeout - protocolMs.slowPeriodic, protocolMs.longTimeout)
    }
    case 'bond':
      return probed(system)
    case 'static-lag':
    case 'plain-ports':
      return 'never'
  }
}

/** ARP probes: given up two and a half intervals (missed_max 2) after the last answer, at the next probe. */
function probed(system: Extract<System, { kind: 'bond' }>): Notice {
  const intervalMs = pollMs(system) > 0 ? 0 : (system.arpIntervalMs ?? 0)
  if (intervalMs === 0) return 'never'
  const patienceMs = ((system.missedMax ?? 2) + 0.5) * intervalMs
  return span(patienceMs - intervalMs, patienceMs + intervalMs)
}

/** Until the bond has given up a port whose link is down. */
function givenUp(system: System): Notice {
  if (system.kind !== '802.3ad' && system.kind !== 'bond') return atOnce
  const miimonMs = system.kind === 'bond' ? pollMs(system) : (system.miimonMs ?? 100)
  if (miimonMs === 0) return ownTimeout(system)
  const { downPolls } = delaysOf(system, miimonMs)
  // Hardware that reports no speed without link is given up at the next poll, whatever downdelay says.
  const anyForgets = system.members.some(({ speedWithoutLink }) => speedWithoutLink !== 'kept')
  const allForget = system.members.every(({ speedWithoutLink }) => speedWithoutLink !== 'kept')
  const lacp = system.kind === '802.3ad'
  return span(
    lacp && anyForgets ? 0 : downPolls * miimonMs,
    ((lacp && allForget ? 0 : downPolls) + 1) * miimonMs,
  )
}

const plus = (a: Notice, b: Notice): Notice =>
  a === 'never' || b === 'never' ? 'never' : span(a.leastMs + b.leastMs, a.mostMs + b.mostMs)

const eitherOf = (a: Notice, b: Notice): Notice =>
  a === 'never' || b === 'never'
    ? 'never'
    : span(Math.min(a.leastMs, b.leastMs), Math.max(a.mostMs, b.mostMs))

/** To act on what a partner says: three ticks between its LACPDUs, one tick of ours. */
const actMs = (ticks.betweenLacpdus + 1) * slowestTickMs

/** The short timeout in EXPIRED that follows the first. */
const expiredSpan = span(protocolMs.shortTimeout - tickMs, ticks.shortTimeout * slowestTickMs)

const isIndependent = (system: System): boolean =>
  (system.kind === '802.3ad' && system.coupledControl === false) ||
  (system.kind === 'lacp-lag' && system.control === 'independent')

/**
 * The partner no longer hears us. It stops collecting when its timeout passes, but stays in sync for the three
 * seconds in which our data count as expired (IEEE 802.1AX-2014, figure 6-22: ATTACHED is in sync), and an end under
 * coupled control goes by that alone; Open vSwitch does not even stop collecting. An active standard partner then
 * says that it is out of sync. A Linux one says so with its next LACPDU, which can be 30 s away (bond_3ad.c: a port
 * that changes its aggregator asks for none), a passive one never, so that our own timeout comes first.
 */
function afterPartner(system: System, partner: System): Notice {
  const noticed = ownTimeout(partner)
  if (isIndependent(system) && partner.kind !== 'openvswitch') return plus(noticed, span(0, actMs))
  const defaulted = plus(noticed, expiredSpan)
  if (partner.kind !== '802.3ad' && 'lacp' in partner && partner.lacp === 'active') {
    return plus(defaulted, span(0, actMs))
  }
  const silence = plus(defaulted, ownTimeout(system))
  if (partner.kind !== '802.3ad' || partner.lacpActive === false) return silence
  const told = plus(defaulted, span(0, ticks.slowPeriodic * slowestTickMs + actMs))
  return silence === 'never' || told === 'never'
    ? 'never'
    : span(told.leastMs, Math.min(silence.mostMs, told.mostMs))
}

const speaksLacp = (system: System): boolean =>
  system.kind === '802.3ad' ||
  system.kind === 'lacp-lag' ||
  (system.kind === 'openvswitch' && system.lacp !== 'off')

/** Bounds for `system`, whose ports lead to `partners`; where they differ, the bounds hold for each. */
export function detectionOf(system: System, partners: readonly System[]): Detection {
  const lacp = speaksLacp(system) && partners.length > 0 && partners.every(speaksLacp)
  const waits = system.kind === 'bond' && manners[system.mode].send === 'active'
  const probing = system.kind === 'bond' ? ownTimeout(system) : 'never'
  const outs = partners.map(partner => afterPartner(system, partner))
  return {
    linkDown: waits ? givenUp(system) : atOnce,
    givenUp: givenUp(system),
    silentPartner: lacp ? ownTimeout(system) : 'never',
    oneWayIn: lacp ? ownTimeout(system) : probing,
    oneWayOut: lacp ? outs.reduce(eitherOf) : probing,
  }
}
