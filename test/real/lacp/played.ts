// Plays scenarios on a kernel and says of each how it differs from the simulation. BONDPLAN_KERNEL names another kernel than
// the usual one (5.10, 6.1, 6.12).
import { join } from 'node:path'
import { runGuest, usualModules } from '../../rig/guest.ts'
import { type KernelName, kernel, release, usualKernel } from '../../rig/kernels.ts'
import { difference, type Played } from './compare.ts'
import { type Scenario, scenariosFor } from './scenarios.ts'

const wanted = process.env.BONDPLAN_KERNEL as KernelName | undefined
const chosen = await (wanted === undefined ? usualKernel() : kernel(wanted))
export const series = release(chosen).split('.').slice(0, 2).join('.')
/** All that this kernel can play. */
export const scenarios = scenariosFor(series)

/**
 * A guest on a busy machine comes too late for what lasts a second. What differs is therefore played again, with the
 * others that differ and no more; a difference that is real is there every time.
 */
const attempts = 3

type Differences = Map<Scenario, string>

async function play(batch: readonly Scenario[], differences: Differences): Promise<void> {
  const result = await runGuest({
    script: 'exec /usr/bin/python3 -B -E -s /mnt/play/play.py\n',
    folders: { guest: join(import.meta.dirname, '../../rig/guest'), play: import.meta.dirname },
    files: { 'scenarios.json': JSON.stringify(batch) },
    modules: [...usualModules, 'openvswitch', 'sch_netem'],
    kernel: chosen,
    memoryMb: 768,
    timeoutMs: 400_000,
  })
  for (const [index, scenario] of batch.entries()) {
    const text = result.results[`${index}.json`]
    const found =
      text === undefined
        ? `it was not played: ${result.problem ?? ''}\n${result.results.log ?? ''}`
        : difference(scenario, JSON.parse(text) as Played)
    if (found === undefined) differences.delete(scenario)
    else differences.set(scenario, found)
  }
}

/** What is left to say of each scenario after the attempts: a difference, or why it was not played. */
export async function differencesOf(wantedOnes: readonly Scenario[]): Promise<ReadonlyMap<Scenario, string>> {
  const differences: Differences = new Map()
  await play(wantedOnes, differences)
  for (let again = 1; again < attempts && differences.size > 0; again++)
    await play([...differences.keys()], differences)
  return differences
}
