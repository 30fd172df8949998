// A plan as a page for people, laid out for a terminal or as Markdown for a merge request. What several hosts have in
// common is said once.

import type { BondPlan, DeviceChange, HostPlan, Plan, SwitchChange } from '../plan/index.ts'
import { type Block, heading, list, type Page, table, text } from './page.ts'
import { away, carries, changed, holds, step, summary } from './plan-words.ts'
import { sentence } from './prediction-words.ts'

/** Names of hosts in one line; a program reads the others. */
const mostNames = 8

export function planPage(plan: Plan): Page {
  const groups = alike(plan.hosts)
  return {
    id: 'plan',
    title: 'Plan',
    summary: summary(plan),
    blocks: [
      text(`${summary(plan)}.`),
      ...groups.flatMap(hosts => hostBlocks(hosts)),
      ...plan.switches.flatMap(one => switchBlocks(one)),
    ],
  }
}

/** Hosts that change in the same way, in the order of the first of them. */
function alike(hosts: readonly HostPlan[]): readonly (readonly HostPlan[])[] {
  const groups = new Map<string, HostPlan[]>()
  for (const host of hosts) {
    const bonds = host.bonds.map(({ name, goes, like }) => [name, goes, like ?? [host.name, name]])
    const key = JSON.stringify([
      host.kind,
      host.devices,
      host.cables.length,
      host.applying,
      bonds.map(rooted),
      host.cautions.map(({ code }) => code),
    ])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [host])
    else group.push(host)
  }
  return [...groups.values()]
}

/** The bond whose order holds for this one. */
const rooted = ([name, goes, like]: readonly unknown[]): readonly unknown[] => {
  const { host, bond } = Array.isArray(like)
    ? { host: like[0], bond: like[1] }
    : (like as { host: string; bond: string })
  return [name, goes, host, bond]
}

function named(hosts: readonly HostPlan[]): string {
  const names = hosts.map(({ name }) => name)
  if (names.length <= mostNames) return names.join(', ')
  return `${names.slice(0, mostNames - 1).join(', ')} and ${names.length - mostNames + 1} more`
}

function hostBlocks(hosts: readonly HostPlan[]): readonly Block[] {
  const [host] = hosts
  if (host === undefined) return []
  const title = `${named(hosts)}: ${host.kind === 'changed' && host.devices.length === 0 ? 'the other end changes' : host.kind}`
  const rows = host.kind === 'changed' ? host.devices.flatMap(deviceRows) : []
  const cables = host.cables.map(({ port, from, to }) => [
    port,
    'cable',
    `${from ?? 'none'} -> ${to ?? 'none'}`,
    'by hand',
  ])
  const changes = [...rows, ...cables]
  return [
    heading(title),
    ...(host.kind !== 'changed'
      ? [list(...host.devices.map(({ subject, name }) => `${subject} ${name}`))]
      : []),
    ...(changes.length === 0 ? [] : [table(['of', 'what', 'becomes', 'needs'], changes)]),
    ...applyingBlocks(host),
    ...(hosts.length > 1 && host.bonds.length + host.cautions.length > 0
      ? [text(`With ${host.name} for all of them, one after the other:`)]
      : []),
    ...host.bonds.flatMap(bond => bondBlocks(bond, host.applying)),
    ...cautionBlocks(host),
  ]
}

const needsInWords: Readonly<Record<DeviceChange['needs'], string>> = {
  live: 'nothing',
  down: 'the bond down',
  empty: 'the bond without members',
  anew: 'made anew',
}

function deviceRows({ name, kind, options }: DeviceChange): readonly (readonly string[])[] {
  if (kind !== 'changed') return [[name, kind, '', kind === 'added' ? 'nothing' : 'its removal']]
  return options.map(option => [
    name,
    option.id,
    changed(option),
    option.acts ? needsInWords[option.needs] : 'nothing; does nothing in this mode',
  ])
}

function applyingBlocks({ applying, devices, kind }: HostPlan): readonly Block[] {
  if (kind !== 'changed' || devices.length === 0) return []
  const bond = devices.find(({ subject }) => subject === 'bond')?.name ?? 'bond0'
  return applying.map(({ target, by }) =>
    text(
      by === undefined
        ? `${target}: nobody has looked yet how a change gets to a host that runs.`
        : `${target}: ${by.command.replaceAll('{bond}', bond)}. ${sentence(by.because)}`,
    ),
  )
}

function cautionBlocks({ cautions }: HostPlan): readonly Block[] {
  if (cautions.length === 0) return []
  const items = cautions.map(({ code, message, help }) => `${sentence(message)} To do: ${help}. (${code})`)
  return [text('To mind:'), list(...items)]
}

function bondBlocks(
  { name, goes, outMs, order }: BondPlan,
  applying: HostPlan['applying'],
): readonly Block[] {
  // What does not make the bond anew by itself finds it there and leaves it.
  const byHand = applying.some(({ by }) => by !== undefined && by.bond !== 'anew')
  const first = byHand ? `, so it is removed before (ip link delete ${name})` : ''
  const fate =
    goes === 'live'
      ? `${name} itself stays up.`
      : `${name} is made anew${first}, and is away ${away(outMs)}, besides what the programs need.`
  const steps = order.steps.map((one, at) => [String(at + 1), step(one), carries(one.stop)])
  const verdict = holds(order)
    ? 'In this order the link holds between the steps:'
    : `No order keeps all of it: at worst ${order.worst === 'cut' ? 'nothing carries' : 'frames are lost'} between two steps.`
  return [text(fate), ...(steps.length < 2 ? [] : [text(verdict)]), table(['step', 'do', 'then'], steps)]
}

function switchBlocks({ name, kind, platform, options, lags }: SwitchChange): readonly Block[] {
  const own = options.map(option => [name, option.id, changed(option)])
  const rows = new Map<string, { readonly cells: readonly string[]; readonly numbers: number[] }>()
  for (const lag of lags) {
    const changes =
      lag.kind === 'changed' ? lag.options.map(one => [one.id, changed(one)]) : [[lag.kind, bondsOf(lag)]]
    for (const cells of changes) {
      const known = rows.get(JSON.stringify(cells))
      if (known === undefined) rows.set(JSON.stringify(cells), { cells, numbers: [lag.number] })
      else known.numbers.push(lag.number)
    }
  }
  const shown = [...rows.values()].map(({ cells, numbers }) => [lagsInWords(numbers), ...cells])
  const title = heading(`${name} (${platform}): ${kind}`)
  if (own.length + shown.length === 0) return [title]
  return [title, table(['of', 'what', 'becomes'], [...own, ...shown])]
}

const bondsOf = (lag: SwitchChange['lags'][number]): string => {
  const bond = (lag.new ?? lag.old)?.bond
  return bond === undefined ? '' : `${bond.host} ${bond.name}`
}

/** `LAG 3`, `LAGs 1 to 40`, `LAGs 1, 2, 5`. */
function lagsInWords(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last !== undefined && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  const words = runs.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`))
  return `LAG${numbers.length === 1 ? '' : 's'} ${words.join(', ')}`
}
