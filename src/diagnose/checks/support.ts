// Questions that several checks ask of what was observed. Each answers undefined where nobody has shown what it takes.

import type { Mode } from '../../options/row.ts'
import { noSystem, type StateBit } from '../../simulate/lacp/lacpdu.ts'
import type { Bundle, End, Machine, Member, Observed } from '../observed.ts'

export interface Bundled {
  readonly machine: Machine
  readonly bundle: Bundle
  /** `h1 bond0` */
  readonly title: string
}

export interface Membered extends Bundled {
  readonly member: Member
}

export const bundlesOf = ({ machines }: Observed): readonly Bundled[] =>
  machines.flatMap(machine =>
    machine.bundles.map(bundle => ({ machine, bundle, title: `${machine.name} ${bundle.name}` })),
  )

export const membersOf = (observed: Observed): readonly Membered[] =>
  bundlesOf(observed).flatMap(bundled => bundled.bundle.members.map(member => ({ ...bundled, member })))

/** Whether it negotiates. */
export const speaksLacp = ({ mode, protocol }: Bundle): boolean =>
  mode === undefined ? protocol?.value === 'lacp' : mode.value === '802.3ad'

/** Modes in which every member with a link carries. */
const spreading: readonly Mode[] = ['balance-rr', 'balance-xor', 'broadcast', 'balance-tlb', 'balance-alb']

/** Modes that send one address from all members, and so need them grouped at the other end. */
export const grouped: readonly Mode[] = ['balance-rr', 'balance-xor', 'broadcast', '802.3ad']

/** A bit of an end's state. */
export const bitOf = (end: End, name: StateBit): boolean | undefined => end.state?.value[name]

/** Whether the link is there, as far as anybody shows one. */
export const hasLink = ({ link, standing }: Member): boolean =>
  link === undefined ? standing?.value !== 'down' : link.value === 'up'

/** Whether no LACPDU is on record of the other end. */
export function hearsNobody({ actor, partner }: Member): boolean | undefined {
  if (partner.system !== undefined) return partner.system.value === noSystem
  const defaulted = bitOf(actor, 'defaulted')
  const activity = bitOf(partner, 'activity')
  return defaulted === undefined || activity === undefined ? defaulted : defaulted && !activity
}

/** Whether the member is attached to the aggregator in use. */
export function inUse({ aggregator }: Bundle, member: Member): boolean | undefined {
  if (aggregator === undefined || member.aggregator === undefined) return undefined
  return aggregator.value !== 'none' && aggregator.value === member.aggregator.value
}

/** Whether a member carries what its machine sends. */
export function carries(bundle: Bundle, member: Member): boolean | undefined {
  if (bundle.up?.value === false || !hasLink(member)) return false
  const { standing } = member
  if (standing !== undefined && standing.value !== 'bundled') return false
  const mode = bundle.mode?.value
  if (mode !== undefined && spreading.includes(mode)) return member.link === undefined ? undefined : true
  if (mode === 'active-backup')
    return bundle.activeMember === undefined ? undefined : bundle.activeMember.value === member.name
  if (mode === '802.3ad') {
    const used = inUse(bundle, member)
    // __enable_port(): the port of an aggregator without a partner is used though it does not distribute.
    const sends = bitOf(member.actor, 'distributing') ?? bitOf(member.actor, 'synchronization')
    const alone = hearsNobody(member) === true && bitOf(member.actor, 'synchronization') === true
    return used === undefined || (sends === undefined && !alone)
      ? undefined
      : used && (sends === true || alone)
  }
  const bundled = standing !== undefined || (bundle.protocol?.value === 'static' && member.link !== undefined)
  return bitOf(member.actor, 'distributing') ?? (bundled ? true : undefined)
}

export const list = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

export const names = (members: readonly Member[]): string => list(members.map(({ name }) => name))

/** `1G`, `2.5G`, `100M` */
/** `0` is nothing at all. */
export const rate = (mbps: number): string =>
  mbps === 0
    ? '0'
    : mbps >= 1_000_000
      ? `${mbps / 1_000_000}T`
      : mbps >= 1000
        ? `${mbps / 1000}G`
        : `${mbps}M`

/** Groups in the order of their first. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
}
