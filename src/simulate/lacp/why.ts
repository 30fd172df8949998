// Why a port does not carry: an ordered list of questions, the first that finds something answers. Every clause
// names the variable that decides and the system where it is set, so that somebody knows what to change.

import type { PortView } from './device.ts'
import type { System } from './input.ts'
import { has, noSystem, type PortInfo } from './lacpdu.ts'
import { manners } from './linux/plain-bond.ts'
import type { Block, Traffic } from './outcome.ts'

export type Reason = Omit<Block, 'ports'>

/** What there is to know about one port. */
export interface Facts {
  readonly system: System
  readonly port: string
  readonly view: PortView
  readonly link: boolean
  readonly cabled: boolean
  readonly out: Traffic
  readonly in: Traffic
  /** Whether frames pass the cable, each way. */
  readonly outPasses: boolean
  readonly inPasses: boolean
  /** The carrier of the bond or LAG. */
  readonly up: boolean
  readonly silent: boolean
  /** A port of the aggregator in use, and the name of the system it leads to. */
  readonly chosen?: { readonly view: PortView; readonly far: string }
}

export interface PortFacts extends Facts {
  readonly far?: Facts
}

type Question = (facts: PortFacts) => Reason | undefined

const reason = (variable: Reason['variable'], because: string): Reason => ({ variable, because })

const isPassive = ({ system, view }: Facts): boolean =>
  speaksLacp(system) && view.actor !== undefined && !has(view.actor.state, 'activity')

const speaksLacp = (system: System): boolean =>
  system.kind === '802.3ad' ||
  system.kind === 'lacp-lag' ||
  (system.kind === 'openvswitch' && system.lacp !== 'off')

const minLinks = (system: System): number => ('minLinks' in system ? (system.minLinks ?? 0) : 0)

const joined: Question = ({ cabled, link }) => {
  if (!cabled) return reason('cable', 'there is no cable')
  return link ? undefined : reason('link', 'there is no link')
}

const damaged: Question = ({ outPasses, inPasses, system }) => {
  if (outPasses && inPasses) return undefined
  return reason('one-way', `the cable loses what is sent ${inPasses ? 'from' : 'to'} ${system.name}`)
}

const quiet: Question = ({ far, silent, system }) => {
  if (silent) return reason('silent', `the control plane of ${system.name} is dead`)
  return far?.silent && speaksLacp(far.system)
    ? reason(
        'silent',
        `the control plane of ${far.system.name} is dead: no LACPDUs come, and the link stays up`,
      )
    : undefined
}

const muteWords = (system: System): string => {
  if (system.kind === 'static-lag') return 'has a static LAG'
  return system.kind === 'bond' ? `is in mode ${system.mode}` : 'has ordinary ports'
}

/** One end speaks LACP and the other does not. */
const unlike: Question = ({ system, far }) => {
  if (far === undefined || speaksLacp(system) === speaksLacp(far.system)) return undefined
  const [speaks, mute] = speaksLacp(system) ? [system, far.system] : [far.system, system]
  return reason('lacp', `${mute.name} ${muteWords(mute)} and sends no LACPDUs, ${speaks.name} waits for them`)
}

const bothPassive: Question = facts => {
  const { far, view, system } = facts
  if (far === undefined || view.partnerHeard || !isPassive(facts) || !isPassive(far)) return undefined
  return reason(
    'lacp-active',
    `both ends are passive: ${system.name} and ${far.system.name} wait for each other`,
  )
}

/** Passive ends that do find each other, as Linux and Open vSwitch can, are at rest only for a while. */
const passiveAgain: Question = facts => {
  const { far, system } = facts
  if (far === undefined || !isPassive(facts) || !isPassive(far)) return undefined
  return reason(
    'lacp-active',
    `both ends are passive: ${system.name} and ${far.system.name} lose each other again`,
  )
}

const sameSystem: Question = ({ view, far }) =>
  far !== undefined && view.actor !== undefined && view.actor.system === far.view.actor?.system
    ? reason(
        'own-system',
        `${far.system.name} has the same LACP system address ${view.actor.system}: a clone, or a loop`,
      )
    : undefined

/** Duplex and speed take a port out of LACP before any partner is asked. */
const unfit = ({ system, view: { linux } }: Facts): Reason | undefined => {
  if (system.kind !== '802.3ad' || linux === undefined) return undefined
  if (linux.duplex === 'half')
    return reason('duplex', `a half-duplex port of ${system.name} takes no part in LACP`)
  if (linux.speedMbps !== 'unknown') return undefined
  return reason('speed', `the driver of ${system.name} reports no speed, and without one there is no key`)
}

/** A switch keeps the port out of its LAG, or in reserve; the port leads to `partner`. */
function held({ view, system }: Facts, partner: string): Reason | undefined {
  switch (view.held) {
    case undefined:
    case 'no-lacpdu':
      return undefined
    case 'max-links':
      return reason('max-links', `${system.name} keeps it in reserve: it uses ${maxLinks(system)} at most`)
    case 'min-links':
      return reason('min-links', `${system.name} uses no link before it has ${minLinks(system)}`)
    case 'other-speed':
      return reason('speed', `${system.name} does not mix speeds in one LAG`)
    case 'individual':
      return reason('individual', 'one of the ends says that this link may not be aggregated')
    case 'own-system':
      return reason('own-system', `${system.name} hears its own LACP system address`)
    case 'other-partner':
      return reason('partner-system', `${system.name} has this LAG with another partner than ${partner}`)
  }
}

const maxLinks = (system: System): number => (system.kind === 'lacp-lag' ? (system.maxLinks ?? 0) : 0)

/** In a bond, a port of another aggregator than the one in use: what sets the two apart. */
function apart({ system, view, chosen }: Facts, leadsTo: string): Reason | undefined {
  if (system.kind !== '802.3ad' || view.inActiveAggregator || chosen === undefined) return undefined
  const { actor, partner } = view
  const { actor: usedActor, partner: usedPartner } = chosen.view
  if (actor === undefined || partner === undefined || usedActor === undefined || usedPartner === undefined) {
    return undefined
  }
  if (partner.system === noSystem) {
    return reason(
      'lacp',
      `${system.name} hears nobody here, and a port without a partner is an aggregator of its own`,
    )
  }
  if (actor.key !== usedActor.key) {
    return reason(
      'key',
      `its key at ${system.name} is ${actor.key}, that of the ports in use ${usedActor.key}`,
    )
  }
  if (partner.system !== usedPartner.system || partner.systemPriority !== usedPartner.systemPriority) {
    return reason(
      'partner-system',
      `for ${system.name} it leads to ${systemWords(leadsTo, partner, usedPartner)} and the ports in use to ` +
        `${systemWords(chosen.far, usedPartner, partner)}: of two LACP systems one is used at a time`,
    )
  }
  if (partner.key !== usedPartner.key) {
    return reason(
      'partner-key',
      `${leadsTo} has it under key ${partner.key}, the ports in use under ${usedPartner.key}`,
    )
  }
  return reason('selection', `${system.name} has it in another aggregator than the ports in use`)
}

/** A system by name; its priority is told where that alone makes it another. */
const systemWords = (name: string, info: PortInfo, other: PortInfo): string =>
  info.system === other.system ? `${name} (system priority ${info.systemPriority})` : name

/** Too few links for the bond or LAG to be up at all. */
function noCarrier({ system, up }: Facts): Reason | undefined {
  if (up || minLinks(system) === 0) return undefined
  return system.kind === '802.3ad' && system.lacpStrict
    ? reason(
        'lacp-strict',
        `${system.name} has no carrier: fewer than ${minLinks(system)} ports have negotiated`,
      )
    : reason('min-links', `${system.name} is down: it wants ${minLinks(system)} links in one aggregator`)
}

const monitored = ({ system, view: { linux } }: Facts): Reason | undefined =>
  linux !== undefined && linux.miiStatus !== 'up'
    ? reason('monitor', `the link monitor of ${system.name} has it as ${linux.miiStatus}`)
    : undefined

const backup = ({ system, view }: Facts): Reason | undefined =>
  system.kind === 'bond' && manners[system.mode].choosesActive && view.linux?.role !== 'active'
    ? reason('mode', `${system.name} is in mode ${system.mode}: one member at a time is the active one`)
    : undefined

const notCollecting: Question = ({ far, view }) =>
  far !== undefined &&
  view.partner !== undefined &&
  view.partnerHeard &&
  !has(view.partner.state, 'collecting')
    ? reason('collecting', `${far.system.name} does not collect`)
    : undefined

const unheard: Question = ({ view, far }) =>
  view.actor !== undefined && !view.partnerHeard && far !== undefined
    ? reason('lacp', `no LACPDU of ${far.system.name} is heard`)
    : undefined

/** Asks of this end, then of the other; each is told who is at the other end of the cable. */
const either =
  (ask: (facts: Facts, leadsTo: string) => Reason | undefined): Question =>
  facts =>
    ask(facts, facts.far?.system.name ?? 'nobody') ??
    (facts.far === undefined ? undefined : ask(facts.far, facts.system.name))

const questions: readonly Question[] = [
  joined,
  damaged,
  quiet,
  unlike,
  either(unfit),
  bothPassive,
  sameSystem,
  either(held),
  either(monitored),
  either(noCarrier),
  either(apart),
  either(backup),
  unheard,
  notCollecting,
  passiveAgain,
]

/** The one reason why a port does not carry in both directions. */
export const whyNot = (facts: PortFacts): Reason =>
  questions.reduce<Reason | undefined>((found, question) => found ?? question(facts), undefined) ??
  reason('negotiation', 'the ends have not come to terms yet')
