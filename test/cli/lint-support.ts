// What the tests of lint share: sound and faulty intents, and what is found as short lines.

import { type Ran, run, type World } from '../support/memory-io.ts'

/** Nothing is said of this one. */
export const sound = `hosts:
  alpha:
    bonds:
      bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1]}
`

/** updelay 250 is found, as a warning that can be settled. */
export const rounded = sound.replace('alpha', 'beta').replace('miimon: 100', 'miimon: 100, updelay: 250')

/** lacp-rate is found, as an error that can be settled. */
export const refused = sound.replace('alpha', 'gamma').replace('miimon: 100', 'miimon: 100, lacp-rate: fast')

interface Finding {
  readonly code: string
  readonly severity: string
  readonly file?: string
  readonly line?: number
}

/** What `lint --format json` finds, as `file:line code severity`. */
export async function findings(argv: readonly string[], world: World): Promise<string[]> {
  const { out } = await run(['lint', '--format', 'json', ...argv], world)
  return briefsIn(out)
}

export const briefsIn = (json: string): string[] =>
  (JSON.parse(json).diagnostics as Finding[]).map(
    ({ file = '-', line = 0, code, severity }) => `${file}:${line} ${code} ${severity}`,
  )

export const lint = (argv: readonly string[], world: World): Promise<Ran> => run(['lint', ...argv], world)
