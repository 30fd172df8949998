// The program as one file in a folder of its own, so that tests which run it as a process need not wait for each other.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '../..')

export interface Bundle {
  /** What to hand to node. */
  readonly program: string
  remove(): void
}

/** Bundles the sources as they stand. */
export async function bundled(): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'bondplan-bundle-'))
  await build({
    entryPoints: [join(root, 'src/cli/run.ts')],
    outfile: join(folder, 'dist/bondplan.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    define: { BONDPLAN_VERSION: '"0.0.0"' },
    logLevel: 'error',
  })
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true })
  return {
    program: join(folder, 'bin/bondplan.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
