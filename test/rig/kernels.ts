// Other kernels than the machine's own, and other releases' user space, for guest.ts: Debian carries
// user-mode-linux in every release. They are fetched with a private apt configuration (own lists and caches;
// the machine's packages stay as they are) from the archive that the machine uses, and kept in a cache.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Kernel, ownKernel } from './guest.ts'

/** Debian's releases by the kernel they carry as user-mode-linux; `newest` is whatever sid has today. */
export const suites = { '5.10': 'bullseye', '6.1': 'bookworm', '6.12': 'trixie', newest: 'sid' } as const

export type KernelName = keyof typeof suites
export type Suite = (typeof suites)[KernelName]

/** What a guest needs of a release when its root is that release: shell, mounts, Python, and the targets. */
const userSpacePackages = `base-files base-passwd bash bridge-utils coreutils dash debianutils findutils grep
  ifenslave ifupdown iproute2 iputils-ping kmod libc-bin mawk mount netplan.io procps python3 sed systemd
  util-linux vlan`.split(/\s+/)

/**
 * A kernel by its version, or the newest there is. The machine's own package is taken where it is of that
 * version; else the release's is fetched, once (about 40 MB).
 *
 * @throws Error when the archive cannot be reached or does not have it
 */
export async function kernel(name: KernelName): Promise<Kernel> {
  if (existsSync(ownKernel.program) && releaseIn(ownKernel.modules).startsWith(`${name}.`)) return ownKernel
  const suite = suites[name]
  const folder = await kept(`kernel-${suite}`, into => unpackKernel(suite, into))
  // Newer kernels can run programs without ptrace, which makes each page fault and system call cheaper.
  const options = name === 'newest' ? { options: ['seccomp=auto'] } : {}
  return { program: join(folder, 'linux.uml'), modules: join(folder, 'usr/lib/uml/modules'), ...options }
}

/**
 * The kernel of a test that asks for none: the newest, as it starts programs three to five times faster than one that
 * traces them (a bond by ifupdown took 3 to 4 s of a busy machine, 10 to 18 s on 6.1). `npm run test:kernels` asks the others.
 */
export const usualKernel = (): Promise<Kernel> => kernel('newest')

/** The release of a kernel, like `6.12.113`, from its modules. */
export function release({ modules }: Kernel): string {
  return releaseIn(modules)
}

function releaseIn(modules: string): string {
  return existsSync(modules) ? (readdirSync(modules)[0] ?? '') : ''
}

/**
 * A root folder with a release's user space, for `Kernel.root`: its netplan, systemd-networkd, ifupdown and
 * iproute2. Its packages are unpacked, not configured (about 70 MB to fetch, once).
 *
 * @throws Error when the archive cannot be reached
 */
export function userSpace(suite: Suite): Promise<string> {
  return kept(`root-${suite}`, into => unpackUserSpace(suite, into))
}

/**
 * A folder of the cache, made if it is not there. It is made under another name and then renamed, so that it
 * is there whole or not at all, also when two processes make it at once.
 */
export async function kept(name: string, make: (into: string) => Promise<void>): Promise<string> {
  const cache = process.env.BONDPLAN_CACHE ?? join(tmpdir(), 'bondplan-cache')
  const folder = join(cache, name)
  if (existsSync(folder)) return folder
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(join(cache, `.${name}-`))
  try {
    await chmod(draft, 0o755)
    await make(draft)
    await rename(draft, folder).catch(error => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}

/**
 * The program of a newer release wants that release's C library. Started through that library's loader it
 * does not work (it looks for itself in /proc/self/exe), so loader and library path are written into it.
 * That of an older release runs as it is, and would not run with its header rewritten.
 */
async function unpackKernel(suite: Suite, into: string): Promise<void> {
  await unpack(suite, ['user-mode-linux', 'libc6'], into)
  const program = join(into, 'linux.uml')
  await copyFile(join(into, 'usr/bin/linux.uml'), program)
  if (await runs(program)) return
  const libraries = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu'].map(folder => join(into, folder))
  const folder = libraries.find(path => existsSync(join(path, 'libc.so.6')))
  if (!folder) throw new Error(`${suite}: no C library in ${libraries.join(' or ')}`)
  const patchelf = await ownTool('patchelf')
  // The draft's folder is renamed at the end: the words have to name the final one.
  const final = folder.replace(into, finalName(into))
  const loader = join(final, 'ld-linux-x86-64.so.2')
  await run(patchelf, ['--set-interpreter', loader, '--set-rpath', final, program])
}

function runs(program: string): Promise<boolean> {
  return run(program, ['--version']).then(
    () => true,
    () => false,
  )
}

/** `.kernel-sid-Xy12ab` becomes `kernel-sid`. */
function finalName(draft: string): string {
  return draft.replace(/\.([^/]*)-[^/-]{6}$/, '$1')
}

async function unpackUserSpace(suite: Suite, into: string): Promise<void> {
  await unpack(suite, userSpacePackages, into, { needs: true })
  for (const name of ['proc', 'sys', 'dev', 'run', 'tmp', 'mnt', 'etc/network', 'etc/netplan', 'var/lib'])
    await mkdir(join(into, name), { recursive: true })
  // What the packages' scripts would have done.
  for (const name of ['passwd', 'group'] as const) {
    const accounts = readFileSync(join(into, `usr/share/base-passwd/${name}.master`), 'utf8')
    const own = {
      passwd: 'systemd-network:*:998:998::/:/usr/sbin/nologin\n',
      group: 'systemd-network:*:998:\n',
    }
    await writeFile(join(into, 'etc', name), accounts + own[name])
  }
  for (const [link, target] of [['usr/bin/awk', 'mawk'] as const, ['bin/sh', 'dash'] as const])
    if (!existsSync(join(into, link))) await symlink(target, join(into, link))
}

/** The path of a program: the machine's own or, where it is not installed, unpacked from its release. */
async function ownTool(name: string): Promise<string> {
  const installed = join('/usr/bin', name)
  if (existsSync(installed)) return installed
  return join(await kept(`tool-${name}`, into => unpack(ownSuite(), [name], into)), installed)
}

/** The release that the machine runs. */
export function ownSuite(): string {
  return /^VERSION_CODENAME=(\S+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? ''
}

/** Fetches packages of a release, with all they need if wanted, and unpacks them, without any script. */
export async function unpack(suite: string, names: readonly string[], into: string, { needs = false } = {}) {
  const apt = await privateApt(suite)
  try {
    await run('apt-get', ['update', '-q'], apt)
    const options = ['-q', '-y', '--no-install-recommends', '--download-only', 'install']
    if (needs) await run('apt-get', [...options, ...names], apt)
    else await run('apt-get', ['-q', 'download', ...names], apt)
    const folder = needs ? join(apt.cwd, 'cache/archives') : apt.cwd
    const packages = (await readdir(folder)).filter(name => name.endsWith('.deb'))
    // First what makes /bin and /lib links to /usr, in releases that have them so.
    packages.sort((a, b) => Number(b.startsWith('base-files')) - Number(a.startsWith('base-files')))
    for (const name of packages) await run('dpkg', ['-x', join(folder, name), into])
  } finally {
    await rm(apt.cwd, { recursive: true, force: true })
  }
}

/** A folder with an apt configuration of its own: what is installed on the machine is unknown to it. */
async function privateApt(suite: string): Promise<{ cwd: string; env: NodeJS.ProcessEnv }> {
  const cwd = await mkdtemp(join(tmpdir(), 'bondplan-apt-'))
  for (const name of ['lists/partial', 'cache/archives/partial', 'state'])
    await mkdir(join(cwd, name), { recursive: true })
  await writeFile(join(cwd, 'status'), '')
  await writeFile(join(cwd, 'sources.list'), `deb ${keyring()}${archive()} ${suite} main\n`)
  await writeFile(
    join(cwd, 'apt.conf'),
    [
      `Dir::Etc::sourcelist "${cwd}/sources.list";`,
      'Dir::Etc::sourceparts "/dev/null";',
      'Dir::Etc::preferences "/dev/null";',
      'Dir::Etc::preferencesparts "/dev/null";',
      `Dir::State "${cwd}/state";`,
      `Dir::State::lists "${cwd}/lists";`,
      `Dir::State::status "${cwd}/status";`,
      `Dir::Cache "${cwd}/cache";`,
      'Acquire::Languages "none";',
      'APT::Architecture "amd64";',
      'APT::Sandbox::User "root";',
    ].join('\n'),
  )
  return { cwd, env: { ...process.env, APT_CONFIG: join(cwd, 'apt.conf') } }
}

/** The keys of the archive for the whole of Debian, where the machine has them in the usual place. */
function keyring(): string {
  const path = '/usr/share/keyrings/debian-archive-keyring.gpg'
  return existsSync(path) ? `[signed-by=${path}] ` : ''
}

/** The base address of the archive that the machine itself uses: the first source with the suite of today. */
function archive(): string {
  const folder = '/etc/apt/sources.list.d'
  const paths = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder) : []).map(n => join(folder, n)),
  ]
  const text = paths
    .filter(path => /\.(list|sources)$/.test(path) && existsSync(path))
    .map(path => readFileSync(path, 'utf8'))
    .join('\n')
  const found = /^(?:URIs:|deb(?:\s+\[[^\]]*\])?)\s+(\S+\/debian\/?)(?=\s|$)/m.exec(text)?.[1]
  if (!found) throw new Error(`no Debian archive in ${paths.join(', ')}`)
  return found
}

/** Runs a program to its end; its output is part of the error when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
) {
  try {
    await promisify(execFile)(command, args, { ...options, maxBuffer: 2 ** 26 })
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? `\n${String(error.stderr)}` : ''
    throw new Error(`${command} ${args.join(' ')} failed: ${String(error)}${output}`)
  }
}
