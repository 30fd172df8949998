// What is worth knowing of a LAG beyond the ports that do not carry: what works otherwise than it looks. One
// question each, all of them are asked.

import { mannerOf } from './forms.ts'
import type { System } from './input.ts'
import { pollMs } from './linux/plain-bond.ts'
import type { LagOutcome } from './outcome.ts'

type Lag = Omit<LagOutcome, 'why'>
type Note = (system: System, lag: Lag, partners: readonly System[]) => string | undefined

const names = (systems: readonly System[]): string => systems.map(({ name }) => name).join(' and ')

const aloneOnOne: Note = (system, lag) => {
  const alone = lag.ports.find(port => port.alone && port.link)
  if (system.kind !== '802.3ad' || alone === undefined || !lag.up) return undefined
  return `${system.name} has carrier and uses ${alone.port} alone, without any partner`
}

/** What the far end sends to ports that this end does not listen on. */
const lostHere: Note = (system, lag) => {
  const deaf = lag.ports.filter(port => port.in === 'lost' && !port.accepts)
  const [first] = deaf
  if (first === undefined) return undefined
  return `what ${first.far?.system ?? 'the far end'} sends to ${deaf.map(({ port }) => port).join(', ')} is dropped by ${system.name}`
}

const lostThere: Note = (system, lag) => {
  const lossy = lag.ports.filter(port => port.out === 'lost')
  return lossy.length > 0
    ? `${system.name} goes on sending on ${lossy.map(({ port }) => port).join(', ')}, and it does not arrive`
    : undefined
}

const bothPassiveLinux: Note = (system, lag, partners) => {
  const passive = (other: System): boolean => other.kind === '802.3ad' && other.lacpActive === false
  if (!passive(system) || partners.length === 0 || !partners.every(passive)) return undefined
  return lag.carrying.length > 0 || !lag.steady
    ? 'both ends are passive; two Linux ends come to terms all the same, because the driver also speaks on changes of state, but they lose each other again and again'
    : 'both ends are passive: neither begins'
}

const misleadingState: Note = (system, lag) => {
  if (system.kind !== '802.3ad') return undefined
  const left = lag.ports.filter(
    port => port.link && port.distributing && !port.inActiveAggregator && port.collecting,
  )
  if (left.length === 0) return undefined
  return `state ${left[0]?.actor?.state} on ${left.map(({ port }) => port).join(', ')} means nothing: the aggregator is not the active one`
}

const tooFewLinks: Note = (system, lag) => {
  if (system.kind !== '802.3ad' || lag.up || !system.minLinks) return undefined
  const used = lag.aggregators.find(({ active }) => active)?.ports ?? []
  const counted = lag.ports.filter(port => port.link && used.includes(port.port))
  return system.lacpStrict
    ? `${system.name} has no carrier: lacp_strict asks for ${system.minLinks} negotiated, by min_links`
    : `${system.name} has no carrier: min_links asks for ${system.minLinks} with link in one aggregator, and there is ${counted.length}`
}

const minLinksCountsLinks: Note = (system, lag) => {
  if (system.kind !== '802.3ad' || !system.minLinks || system.lacpStrict || !lag.up || lag.forms)
    return undefined
  return `min_links ${system.minLinks} counts ports with link, not ports that have negotiated: ${system.name} has carrier`
}

const strictWithoutMinLinks: Note = system =>
  system.kind === '802.3ad' && system.lacpStrict && !system.minLinks
    ? 'lacp_strict does nothing while min_links is 0'
    : undefined

const slowStart: Note = system =>
  system.kind === '802.3ad' && system.opened === 'before-attaching'
    ? 'the bond was open before its first member came: it waits 8 s before it uses any'
    : undefined

const unwatched: Note = system => {
  if (system.kind === 'bond' && pollMs(system) === 0 && !system.arpIntervalMs) {
    return `${system.name} watches no links: a dead one is never given up`
  }
  return system.kind === '802.3ad' && system.miimonMs === 0
    ? `${system.name} watches no links: only a missing LACPDU is noticed`
    : undefined
}

/** Modes whose ports must be grouped at the other end, or must not be. */
const otherManner: Note = (system, _lag, partners) => {
  if (system.kind !== 'bond') return undefined
  const manner = mannerOf(system)
  const others = partners.filter(partner => mannerOf(partner) !== manner)
  if (others.length === 0) return undefined
  return manner === 'grouped'
    ? `${system.mode} sends one address from all its ports and needs a static group at ${names(others)}`
    : `${system.mode} uses its ports one by one and needs ordinary ports at ${names(others)}, no group`
}

const severalPartners: Note = (system, _lag, partners) =>
  system.kind === 'bond' && mannerOf(system) === 'grouped' && partners.length > 1 && !oneMlag(partners)
    ? `${system.mode} needs all its ports on one system; here they go to ${names(partners)}`
    : undefined

const oneMlag = (partners: readonly System[]): boolean =>
  new Set(partners.map(partner => ('mlag' in partner ? (partner.mlag ?? partner.name) : partner.name)))
    .size === 1

const notAtRest: Note = (system, lag) =>
  lag.steady ? undefined : `the ports of ${system.name} had changed within the last seconds`

const notes: readonly Note[] = [
  aloneOnOne,
  lostHere,
  lostThere,
  bothPassiveLinux,
  otherManner,
  severalPartners,
  tooFewLinks,
  minLinksCountsLinks,
  strictWithoutMinLinks,
  misleadingState,
  slowStart,
  unwatched,
  notAtRest,
]

/** All that there is to note. */
export const notesOn = (system: System, lag: Lag, partners: readonly System[]): string[] =>
  notes.flatMap(note => note(system, lag, partners) ?? [])
