// The part of render that is shared out over threads: hosts and switches, each for itself, to files. What is chosen, which
// files collide and where they go is decided where all of them come together.

import type { Host } from '../intent/intent.ts'
import type { SwitchPlan } from '../intent/partner.ts'
import { platformOf } from '../platforms/index.ts'
import { targetOf } from '../targets/index.ts'
import { switchTargetOf } from '../targets/switch/index.ts'
import { renderSwitch } from '../targets/switch-write.ts'
import { type Rendered, renderHost, renderRemoval } from '../targets/write.ts'
import type { Crew } from './io.ts'
import { templates } from './templates.ts'

/** Hosts, rendered for these targets instead of their own where there are any; `remove`: what takes them back again. */
interface HostsJob {
  readonly hosts: readonly Host[]
  readonly targets: readonly string[] | undefined
  readonly remove: boolean
}

/** Switches that have a target; a platform goes to a thread by its name. */
interface SwitchesJob {
  readonly plans: readonly (Omit<SwitchPlan, 'platform'> & { readonly platform: string })[]
  readonly remove: boolean
}

/** What is rendered of each host or switch, a part for each of its targets. */
export type RenderResult = readonly (readonly (Rendered & { readonly target: string })[])[]

/** Things a job: so many that handing them over does not count, so few that no thread waits long for another. */
const hostsAJob = 100
const switchesAJob = 10
/**
 * How many jobs a thread is given at once, as the main thread has work of its own and looks up rarely; and how many are done
 * ahead of who takes their results, so that those of a fleet do not stay in memory.
 */
const ahead = 20
/** How many hosts are worth a further thread: to start one takes as long as to render some hundred. */
const hostsAThread = 1000

/** A crew beside the main thread; undefined where that is not worth it. `wanted`: threads altogether, unset is for the hosts. */
export function renderCrew(
  threads: { readonly count: number; crew(count: number, ahead: number): Crew } | undefined,
  hosts: number,
  wanted: number | undefined,
): Crew | undefined {
  const all = wanted ?? Math.min(threads?.count ?? 1, 1 + Math.floor(hosts / hostsAThread))
  return threads === undefined || all < 2 ? undefined : threads.crew(all - 1, ahead)
}

/** Work that is under way in some thread, or is done when it is asked for: once, and in turn. */
export interface Share<T> {
  readonly things: readonly T[]
  result(): Promise<RenderResult> | RenderResult
}

export const shareHosts = (
  crew: Crew | undefined,
  hosts: readonly Host[],
  targets: readonly string[] | undefined,
  remove: boolean,
): readonly Share<Host>[] => share(crew, hosts, hostsAJob, some => ({ hosts: some, targets, remove }))

export const shareSwitches = (
  crew: Crew | undefined,
  plans: readonly SwitchPlan[],
  remove: boolean,
): readonly Share<SwitchPlan>[] =>
  share(crew, plans, switchesAJob, some => ({
    plans: some.map(plan => ({ ...plan, platform: plan.platform.id })),
    remove,
  }))

function share<T>(
  crew: Crew | undefined,
  things: readonly T[],
  thingsAJob: number,
  jobOf: (some: readonly T[]) => HostsJob | SwitchesJob,
): readonly Share<T>[] {
  const parts = Array.from({ length: Math.ceil(things.length / thingsAJob) }, (_, at) =>
    things.slice(at * thingsAJob, (at + 1) * thingsAJob),
  )
  if (crew === undefined) return parts.map(some => ({ things: some, result: () => renderJob(jobOf(some)) }))
  const begun = new Map<number, Promise<RenderResult>>()
  let next = 0
  const begin = (end: number): void => {
    for (; next < Math.min(end, parts.length); next++)
      begun.set(next, crew.do('render', jobOf(parts[next] ?? [])) as Promise<RenderResult>)
  }
  begin(ahead)
  return parts.map((some, at) => ({
    things: some,
    result() {
      begin(at + 1 + ahead)
      const result = begun.get(at)
      if (result === undefined) throw new Error('a share of the work was asked for twice')
      begun.delete(at)
      return result
    },
  }))
}

/** Does a HostsJob or a SwitchesJob, which may have come as plain data. */
export function renderJob(job: unknown): RenderResult {
  const said = job as HostsJob | SwitchesJob
  return 'hosts' in said ? said.hosts.map(host => hostFiles(host, said)) : switchFiles(said)
}

function hostFiles(host: Host, { targets, remove }: HostsJob): RenderResult[number] {
  const wanted = (targets ?? host.options.target ?? []).flatMap(reference => targetOf(reference) ?? [])
  return wanted.map(({ target, version }) => ({
    target: target.id,
    // Nothing can be lost of a removal that was not reported when it was written.
    ...(remove
      ? { files: renderRemoval(host, target, templates, version), lost: [] }
      : renderHost(host, target, templates, version)),
  }))
}

const switchFiles = ({ plans, remove }: SwitchesJob): RenderResult =>
  plans.map(plan => {
    const platform = platformOf(plan.platform)?.platform
    const target = switchTargetOf(plan.platform)
    if (platform === undefined || target === undefined) throw new Error(`${plan.platform} cannot be rendered`)
    return [{ target: target.id, ...renderSwitch({ ...plan, platform }, target, templates, remove) }]
  })
