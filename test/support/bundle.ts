// The program as one file in a folder of its own, so that tests which run it as a process need not wait for each other.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { programAt } from '../../build.js'

const root = join(import.meta.dirname, '../..')

export interface Bundle {
  /** What to hand to node. */
  readonly program: string
  remove(): void
}

/** Bundles the sources as they stand. */
export async function bundled(): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'bondplan-bundle-'))
  await programAt(join(folder, 'dist/bondplan.cjs'), { minify: false })
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true })
  return {
    program: join(folder, 'bin/bondplan.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
