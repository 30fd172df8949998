// One machine beside what was meant of it: a host with its bonds, a switch with the LAGs that follow from the hosts.

import type { Diagnostic, Place, Related, Severity } from '../diagnostics/diagnostic.ts'
import type { Region } from '../diagnostics/region.ts'
import { settle } from '../intent/effective.ts'
import {
  type Bond,
  type Host,
  keyOf,
  membersOf,
  nameOf,
  type Port,
  partOf,
  valueOf,
} from '../intent/intent.ts'
import type { PlannedLag, SwitchPlan } from '../intent/partner.ts'
import { options } from '../options/index.ts'
import type { AnyRow } from '../options/row.ts'
import { readPort } from '../platforms/ports.ts'
import type { Cables } from './cables.ts'
import { list } from './checks/support.ts'
import type { Bundle, Machine, Member, Seen } from './observed.ts'

/** The forms of a name under which a machine is known: domains are often left out. */
export const forms = (name: string): readonly string[] => {
  const lower = name.toLowerCase()
  return [lower, lower.split('.')[0] ?? lower]
}

const sameName = (a: string, b: string): boolean => forms(a).some(one => forms(b).includes(one))

/** Options that are shown, by the fact that shows them, and how a fact reads as an option's value. */
const compared = [
  ['lacp-rate', 'lacpRate'],
  ['lacp-active', 'lacpActive'],
  ['xmit-hash-policy', 'hashPolicy'],
  ['min-links', 'minLinks'],
  ['miimon', 'miimonMs'],
  ['arp-interval', 'arpIntervalMs'],
  ['ad-select', 'adSelect'],
  ['primary', 'primary'],
] as const

const asOption = (value: unknown): string =>
  value === true ? 'on' : value === false ? 'off' : value === 'None' || value === '' ? 'none' : String(value)

export function* hostAgainst(
  machine: Machine,
  host: Host,
  plans: readonly SwitchPlan[],
  cables: Cables,
): Generator<Diagnostic> {
  for (const bond of host.bonds) {
    const { members = [] } = bond.options
    const bundle =
      machine.bundles.find(({ name }) => name === bond.name) ??
      machine.bundles.find(one => one.unnamed && one.members.some(({ name }) => members.includes(name)))
    if (bundle === undefined) {
      yield notThere(`${machine.name} has no ${bond.name}`, machine, nameOf(bond))
      continue
    }
    const title = `${machine.name} ${bond.name}`
    yield* membersAgainst(
      title,
      bundle,
      members,
      name => name,
      (_, at) => partOf(bond, 'members', at),
      keyOf(bond, 'members'),
    )
    yield* optionsAgainst(title, bundle, bond)
    for (const port of membersOf(host, bond)) {
      const member = bundle.members.find(({ name }) => name === port.name)
      if (member !== undefined) yield* portAgainst(`${port.name} of ${title}`, member, port, plans, cables)
    }
  }
}

const notThere = (what: string, { bundles }: Machine, at: Place): Diagnostic => ({
  code: 'bond-not-there',
  severity: 'error',
  message: `${what}: ${bundles.length === 0 ? 'it shows none at all' : `it shows ${list(bundles.slice(0, 8).map(({ name }) => name))}`}`,
  at,
  help: 'see whether the configuration was taken, and whether all of the output was collected',
})

/** Members that are meant and not there, and the other way round. */
function* membersAgainst(
  title: string,
  { members, at }: Bundle,
  meant: readonly string[],
  plain: (name: string) => string,
  placeOf: (name: string, index: number) => Place,
  rest: Place,
): Generator<Diagnostic> {
  const there = new Map(members.map(member => [plain(member.name), member]))
  for (const [index, name] of meant.entries()) {
    if (there.has(plain(name))) continue
    yield {
      code: 'member-missing',
      severity: 'error',
      message: `${name} is to be a member of ${title}, and is not`,
      at: placeOf(name, index),
      help: 'attach it, or see why it was not: another bond may have it, or it may be called otherwise',
      related: [{ message: 'what is there', region: at }],
    }
  }
  const wanted = new Set(meant.map(plain))
  for (const member of members) {
    if (wanted.has(plain(member.name))) continue
    yield {
      code: 'member-unplanned',
      severity: 'warning',
      message: `${member.name} is a member of ${title}, and the intent does not say so`,
      region: member.at,
      help: 'take it out, or say it in the intent',
      related: [{ message: 'its members', at: rest }],
    }
  }
}

/** One fact beside what it was to be. */
const differs = (
  severity: Severity,
  what: string,
  shown: string,
  wanted: string,
  region: Region,
  related: Related,
): Diagnostic => ({
  code: 'state-differs',
  severity,
  message: `${what} is ${shown}, and is to be ${wanted}`,
  region,
  related: [related],
})

function* optionsAgainst(title: string, bundle: Bundle, bond: Bond): Generator<Diagnostic> {
  const held = settle(bond.options)
  const whence = (id: keyof typeof options.bond): Related =>
    bond.options[id] === undefined
      ? { message: 'nothing is said of it, and that is what the driver makes of nothing', at: nameOf(bond) }
      : { message: 'what is said', at: valueOf(bond, id) }
  const { mode, mtu } = bundle
  if (mode !== undefined && mode.value !== held.mode) {
    yield differs('error', `the mode of ${title}`, mode.value, held.mode, mode.at, whence('mode'))
    return
  }
  for (const [id, fact] of compared) {
    const seen: Seen<unknown> | undefined = bundle[fact]
    const row = (options.bond as Readonly<Record<string, AnyRow>>)[id]
    if (seen === undefined || row === undefined || !row.modes.includes(held.mode)) continue
    const [shown, wanted] = [asOption(seen.value), asOption(held[id])]
    if (shown !== wanted) yield differs('warning', `${id} of ${title}`, shown, wanted, seen.at, whence(id))
  }
  const wanted = bond.options.mtu
  if (mtu !== undefined && wanted !== undefined && mtu.value !== wanted)
    yield differs('warning', `the MTU of ${title}`, String(mtu.value), String(wanted), mtu.at, whence('mtu'))
}

function* portAgainst(
  title: string,
  member: Member,
  port: Port,
  plans: readonly SwitchPlan[],
  cables: Cables,
): Generator<Diagnostic> {
  const { mac, speed, to } = port.options
  const said = (id: 'mac' | 'speed' | 'to'): Related => ({ message: 'what is said', at: valueOf(port, id) })
  if (mac !== undefined && member.mac !== undefined && member.mac.value !== mac.toLowerCase())
    yield differs('error', `the address of ${title}`, member.mac.value, mac, member.mac.at, said('mac'))
  const { speedMbps } = member
  if (speed !== undefined && typeof speedMbps?.value === 'number' && speedMbps.value !== speed)
    yield differs(
      'warning',
      `the speed of ${title}`,
      `${speedMbps.value} Mbit/s`,
      `${speed} Mbit/s`,
      speedMbps.at,
      said('speed'),
    )
  const end = to === undefined ? undefined : cables.endOf(member)
  if (to === undefined || end === undefined) return
  const plan = plans.find(({ name }) => name === to.node)
  const plain = plainName(plan)
  const there = sameName(end.machine, to.node)
  if (there && (end.port === undefined || plain(end.port) === plain(to.port))) return
  // Two cables of one LAG that are swapped change nothing.
  const lag = plan?.lags.find(({ ports }) => ports.some(({ name }) => plain(name) === plain(to.port)))
  const swapped =
    there && lag?.ports.some(({ name }) => end.port !== undefined && plain(name) === plain(end.port))
  yield {
    code: 'cabled-otherwise',
    severity: swapped ? 'warning' : 'error',
    message: `${title} is cabled to ${end.machine}${end.port === undefined ? '' : ` ${end.port}`}, and is to be at ${to.node} ${to.port}${swapped ? ', which is in the same LAG' : ''}`,
    region: end.at,
    help: 'change the cable, or say where it is in the intent',
    related: [said('to')],
  }
}

/** A port's name as the platform writes it out, so that abbreviations are the same. */
function plainName(plan: SwitchPlan | undefined): (name: string) => string {
  return name =>
    (plan === undefined ? undefined : readPort(plan.platform, name).port?.name) ?? name.toLowerCase()
}

export function* switchAgainst(machine: Machine, plan: SwitchPlan): Generator<Diagnostic> {
  for (const lag of plan.lags) {
    if (lag.options.mode === 'plain') continue
    const bundle = machine.bundles.find(({ name }) => Number(/\d+$/.exec(name)?.[0]) === lag.number)
    if (bundle === undefined) {
      yield notThere(`${machine.name} has no LAG ${lag.number}`, machine, placeOf(lag))
      continue
    }
    const title = `${machine.name} ${bundle.name}`
    const names = lag.ports.map(({ name }) => name)
    yield* membersAgainst(
      title,
      bundle,
      names,
      plainName(plan),
      (_, at) => lag.ports[at]?.at ?? placeOf(lag),
      placeOf(lag),
    )
    const { protocol } = bundle
    const wanted = lag.options.mode === 'static' ? 'static' : 'lacp'
    if (protocol !== undefined && protocol.value !== wanted)
      yield differs('error', `the protocol of ${title}`, protocol.value, wanted, protocol.at, {
        message: 'what follows from this',
        at: placeOf(lag),
      })
  }
}

/** Where a LAG stands: in the intent of its own, or at the first of its ports. */
const placeOf = ({ ports, path }: PlannedLag): Place => ports[0]?.at ?? { path, part: 'key' }
