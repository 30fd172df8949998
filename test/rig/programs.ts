// Readers of interfaces files that the machine cannot have installed, since each package of them takes ifupdown's place:
// fetched from the machine's own release, unpacked beside it, and kept in the cache (kernels.ts).
import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { kept, ownSuite, run, unpack } from './kernels.ts'

/** Package names, which are ids of targets as well. */
export const programs = ['ifupdown2', 'ifupdown-ng'] as const

export type Program = (typeof programs)[number]

/**
 * The folder that a program was unpacked to, with its paths as on a host (about 300 kB to fetch, once).
 *
 * @throws Error when the archive cannot be reached
 */
export function program(name: Program): Promise<string> {
  const suite = ownSuite()
  return kept(`${name}-${suite}`, async into => {
    await unpack(suite, [name], into)
    // Links to where it would be installed; and compiled once, as its installation would have done.
    if (name !== 'ifupdown2') return
    for (const link of ['ifup', 'ifdown', 'ifquery', 'ifreload'])
      await rm(join(into, 'sbin', link), { force: true })
    await run('python3', ['-m', 'compileall', '-q', join(into, 'usr/share/ifupdown2')])
  })
}

/** What a program said of a file: its exit status and both its streams. */
export interface Said {
  readonly status: number
  readonly output: string
}

/** What ifupdown2 makes of a file. */
export interface Checked {
  /** Of `ifup --syntax-check -a`. */
  readonly check: Said
  /** Of `ifquery -a`: the file again, as it was read. */
  readonly query: Said
}

/**
 * Has ifupdown2 check files. It wants its configuration in /etc and looks at the network that it is in, so it gets a mount
 * and a network namespace of its own.
 */
export async function checkedByIfupdown2(files: readonly string[]): Promise<readonly Checked[]> {
  const folder = await program('ifupdown2')
  const script = join(import.meta.dirname, 'syntax-check.py')
  const inside = [
    'mount -t tmpfs tmpfs /run',
    'mkdir /run/network',
    'mount --bind "$1/etc/network" /etc/network',
    'exec python3 -E -s "$2" "$1"',
  ].join(' && ')
  const { stdout, stderr, status } = spawnSync(
    'unshare',
    ['--mount', '--net', 'sh', '-c', inside, 'sh', folder, script],
    { input: JSON.stringify(files), encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
  if (status !== 0) throw new Error(`ifupdown2 did not run: ${stderr}`)
  return (JSON.parse(stdout) as readonly (readonly [Said, Said])[]).map(([check, query]) => ({
    check,
    query,
  }))
}

/** The devices that lists of members or ports name to ifupdown2; null: none. */
export async function portListsOfIfupdown2(
  lists: readonly string[],
): Promise<readonly (readonly string[] | null)[]> {
  const folder = await program('ifupdown2')
  const script = join(import.meta.dirname, 'port-lists.py')
  const { stdout, stderr, status } = spawnSync('python3', ['-E', '-s', script, folder], {
    input: JSON.stringify(lists),
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`ifupdown2 did not answer: ${stderr}`)
  return JSON.parse(stdout)
}
