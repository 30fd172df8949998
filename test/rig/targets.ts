// Which targets a guest can bring up, and which version of each a user space has. A target joins when guest/bringup.py
// has a function for it and src/targets an entry: nothing is listed here but the packages that versions are read from.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { targets } from '../../src/targets/index.ts'
import type { Target } from '../../src/targets/target.ts'
import type { BringUp } from './cases.ts'
import { program, programs } from './programs.ts'

const table =
  readFileSync(join(import.meta.dirname, 'guest/bringup.py'), 'utf8').split('\nTARGETS = {')[1] ?? ''

/** The host targets that run in a guest. */
export const runnable: readonly (Target & { readonly id: BringUp })[] = targets.flatMap(target =>
  table.includes(`\n    '${target.id}': `) ? [target as Target & { readonly id: BringUp }] : [],
)

/** The Debian package whose version is the target's; the target's own id where it is called so. */
const packages: Readonly<Record<string, string>> = {
  netplan: 'netplan.io',
  networkd: 'systemd',
  networkmanager: 'network-manager',
}

/**
 * The version that a user space has of a target: that of the machine, or that of a root folder (kernels.ts), whose
 * packages were unpacked and are known by their changelogs. Undefined where the package is not there: the target's
 * default then holds.
 */
export function versionIn({ id }: Target, root?: string): string | undefined {
  const name = packages[id] ?? id
  const text = root === undefined ? installed(name) : unpacked(name, root)
  return /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(text)?.[1]
}

/** The version that a guest brings up whose root is the machine's: what is installed, or what is fetched beside it. */
export async function versionHere(target: Target): Promise<string | undefined> {
  const fetched = programs.find(name => name === target.id)
  return versionIn(target, fetched === undefined ? undefined : await program(fetched))
}

const installed = (name: string): string =>
  spawnSync('dpkg-query', ['-W', '-f', '${Version}', name], { encoding: 'utf8' }).stdout ?? ''

/** A changelog begins with `package (version) suite; ...` (deb-changelog(5)). */
function unpacked(name: string, root: string): string {
  const folder = join(root, 'usr/share/doc', name)
  const files = existsSync(folder) ? readdirSync(folder) : []
  // What is Debian's own, such as ifupdown, has no other changelog beside it.
  const file = ['changelog.Debian.gz', 'changelog.gz'].find(one => files.includes(one))
  if (file === undefined) return ''
  return /\(([^)]+)\)/.exec(gunzipSync(readFileSync(join(folder, file))).toString('utf8'))?.[1] ?? ''
}
