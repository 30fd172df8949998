// One guest: a real Linux kernel as an ordinary process (user-mode-linux), its root the machine's own root,
// read-only. Boots it, gives it a script and files, and brings back what it wrote. Which cases are played in
// a guest, and how, is cases.ts; where kernels come from is kernels.ts.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'

/** A kernel that can be booted: the program, and the folder that holds `<release>/modules.dep`. */
export interface Kernel {
  readonly program: string
  readonly modules: string
  /** The root folder of the guest; `/` unless the user space of another release is wanted. */
  readonly root?: string
  /** Further words for the kernel's command line. */
  readonly options?: readonly string[]
}

/** The kernel of the machine's own package `user-mode-linux`. */
export const ownKernel: Kernel = { program: '/usr/bin/linux.uml', modules: '/usr/lib/uml/modules' }

/** The modules that every guest gets unless it names its own; their needs are loaded with them. */
export const usualModules: readonly string[] = ['bonding', 'veth', '8021q', 'bridge', 'af_packet', 'dummy']

export interface GuestOptions {
  /** A shell script, run as root; the folder shared with the host is /mnt, results go to /mnt/out. */
  readonly script: string
  /** Files beside the script, by name; the guest sees them under /mnt. */
  readonly files?: Readonly<Record<string, string>>
  /** Folders copied to /mnt, by the name they get there. */
  readonly folders?: Readonly<Record<string, string>>
  readonly modules?: readonly string[]
  /** What the caller does while the guest runs, given the folder that the guest has as /mnt. */
  readonly beside?: (shared: string, guest: RunningGuest) => Promise<void>
  /** Whether systemd is the first process, as on most hosts; the script is a unit then. Boots about 10 s longer. */
  readonly systemd?: boolean | Booted
  readonly memoryMb?: number
  readonly kernel?: Kernel
  /** From start to power-off, in ms; the guest is killed then. 120 s when absent. */
  readonly timeoutMs?: number
  /** Guests with different numbers run on different processors, as far as there are any. */
  readonly cpu?: number
}

/** A boot as a host has it: from a disk; systemd goes through sysinit.target, and starts what is enabled. */
export interface Booted {
  /** An ext4 image that holds what is written below /etc and /var, also for the next boot. */
  readonly disk: string
  /** A shell script that runs before the first boot from this disk. */
  readonly installer: string
  /** The units that are enabled. */
  readonly wants: readonly string[]
  /** A shell script that puts the network devices in, before any unit of the network. */
  readonly devices: string
}

export interface RunningGuest {
  /** Ends the guest at once: what is not on its disk is lost. */
  cutPower(): void
}

export interface GuestResult {
  /** The script's exit status, absent when it did not come to its end. */
  readonly status?: number
  /** Why the guest did not end as it should, with the console's text; absent when all went well. */
  readonly problem?: string
  readonly console: string
  /** The files the guest left in /mnt/out, by name. */
  readonly results: Readonly<Record<string, string>>
  readonly elapsedMs: number
}

const usualTimeoutMs = 120_000

/**
 * Boots one guest and waits for its end. Never rejects for what happens inside: a panic, a timeout, or a
 * script that fails is told in `problem` and `status`. With BONDPLAN_RIG_KEEP set in the environment, the
 * shared folder stays and its path is printed; `again.sh` in it boots the same guest again.
 */
export async function runGuest(options: GuestOptions): Promise<GuestResult> {
  const shared = await mkdtemp(join(tmpdir(), 'bondplan-rig-'))
  try {
    await fill(shared, options)
    const started = performance.now()
    const { ended, ...guest } = await boot(shared, options)
    const [{ console, timedOut }] = await Promise.all([ended, options.beside?.(shared, guest)])
    const elapsedMs = Math.round(performance.now() - started)
    const results = await texts(join(shared, 'out'))
    const status = statusIn(join(shared, 'status'))
    const problem = problemOf(console, status, timedOut ? elapsedMs : undefined)
    return { console, results, elapsedMs, ...(status === undefined ? {} : { status }), ...problem }
  } finally {
    if (process.env.BONDPLAN_RIG_KEEP) process.stderr.write(`rig: kept ${shared}\n`)
    // The relay of its wire may still be writing: it ends as the guest has ended.
    else await rm(shared, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

async function fill(shared: string, options: GuestOptions): Promise<void> {
  const { modules } = options.kernel ?? ownKernel
  const names = (options.modules ?? usualModules).join(' ')
  await mkdir(join(shared, 'out'))
  await cp(join(import.meta.dirname, 'guest', 'init.sh'), join(shared, 'init.sh'))
  const seconds = Math.ceil((options.timeoutMs ?? usualTimeoutMs) / 1_000) + 10
  const booted = typeof options.systemd === 'object' ? options.systemd : undefined
  const settings = {
    RIG_MODULES: modules,
    RIG_MODULE_NAMES: names,
    RIG_SECONDS: seconds,
    RIG_SYSTEMD: options.systemd ? 1 : 0,
    RIG_BOOTED: booted === undefined ? 0 : 1,
    RIG_WANTS: booted?.wants.join(' ') ?? '',
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}='${value}'\n`)
  await writeFile(join(shared, 'settings.sh'), lines.join(''))
  await writeFile(join(shared, 'script.sh'), options.script)
  if (booted !== undefined) {
    await writeFile(join(shared, 'installer.sh'), booted.installer)
    await writeFile(join(shared, 'devices.sh'), booted.devices)
  }
  for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(shared, name), text)
  for (const [name, from] of Object.entries(options.folders ?? {}))
    await cp(from, join(shared, name), { recursive: true })
}

interface Ending {
  readonly console: string
  readonly timedOut: boolean
}

async function boot(
  shared: string,
  options: GuestOptions,
): Promise<RunningGuest & { readonly ended: Promise<Ending> }> {
  const kernel = options.kernel ?? ownKernel
  const memoryMb = options.memoryMb ?? 384
  const disk = typeof options.systemd === 'object' ? options.systemd.disk : undefined
  const words = commandLine(kernel, shared, memoryMb, disk)
  const argv = [...onOneCpu(options.cpu ?? 0), kernel.program, ...words]
  const quoted = argv.map(word => `'${word.replaceAll("'", `'\\''`)}'`)
  await writeFile(join(shared, 'again.sh'), `exec ${quoted.join(' ')} < /dev/null\n`)
  const [command = '', ...rest] = argv
  // Its own process group: the kernel starts a process for each address space, and all end together.
  const child = spawn(command, rest, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: shared, TMPDIR: memoryFolder(memoryMb) },
  })
  const killGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // The group has already ended.
    }
  }
  const timeoutMs = options.timeoutMs ?? usualTimeoutMs
  return { ended: endOf(child, command, killGroup, timeoutMs), cutPower: killGroup }
}

async function endOf(
  child: ChildProcess,
  command: string,
  killGroup: () => void,
  timeoutMs: number,
): Promise<Ending> {
  let console = ''
  let timedOut = false
  const hear = (text: Buffer) => {
    console += text.toString('latin1')
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  const timer = setTimeout(() => {
    timedOut = true
    killGroup()
  }, timeoutMs)
  process.once('exit', killGroup)
  try {
    await new Promise<void>((done, fail) => {
      child.on('error', fail)
      child.on('exit', killGroup)
      child.on('close', () => done())
    })
  } catch (error) {
    console += `${command} could not be started: ${String(error)}\n`
  } finally {
    clearTimeout(timer)
    process.off('exit', killGroup)
  }
  return { console: console.replaceAll('\r\n', '\n'), timedOut }
}

/**
 * The kernel's arguments. The first process is a shell that mounts the shared folder itself, by its path on
 * the host; so the folder need not lie below the guest's root.
 */
function commandLine(kernel: Kernel, shared: string, memoryMb: number, disk: string | undefined): string[] {
  return [
    `mem=${memoryMb}M`,
    'root=/dev/root',
    'rootfstype=hostfs',
    `rootflags=${kernel.root ?? '/'}`,
    'ro',
    ...(disk === undefined ? [] : [`ubd0=${disk}`]),
    'con=null',
    'con0=null,fd:1',
    'quiet',
    'panic=-1',
    ...(kernel.options ?? []),
    'init=/bin/sh',
    '--',
    '-c',
    `"${mountHostfs(shared)} && exec /bin/sh /mnt/init.sh"`,
  ]
}

/** The option is the bare path, or, for a newer kernel under a newer mount program, a key and a value. */
function mountHostfs(folder: string): string {
  const mount = (option: string) => `mount -t hostfs -o ${option} none /mnt`
  return `{ ${mount(folder)} 2>/dev/null || ${mount(`hostfs=${folder}`)}; }`
}

/**
 * A guest is bound to one processor: the kernel and its programs are processes that wake each other at every
 * system call, and across processors that takes two to three times as long (measured: ten `ip link` in 0.27 s
 * on one processor, 0.83 s on two).
 */
function onOneCpu(cpu: number): string[] {
  return existsSync('/usr/bin/taskset') ? ['/usr/bin/taskset', '-c', String(usableCpu(cpu))] : []
}

/** Whether other files are played beside this one; each file's guests then have a processor of their own. */
export const sideBySide = (): boolean => process.env.BONDPLAN_RIG_SIDE_BY_SIDE === '1'

/**
 * One of the processors that this process may use. Counted from the worker's number on, or from this process's id, so that
 * the guests of several test processes do not all meet on the first.
 */
function usableCpu(number: number): number {
  const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? ''
  const list = allowed.split(',').flatMap(range => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
  const first = sideBySide() ? Number(process.env.VITEST_POOL_ID) : process.pid
  return list[(first + number) % Math.max(list.length, 1)] ?? number % cpus().length
}

/** Where the guest's memory lies as a file: in memory when it fits there (a container may have 64 MB). */
function memoryFolder(memoryMb: number): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    if ((bavail * bsize) / 2 ** 20 > memoryMb) return '/dev/shm'
  } catch {
    // No such folder.
  }
  return tmpdir()
}

function statusIn(path: string): number | undefined {
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : undefined
}

function problemOf(console: string, status: number | undefined, lateMs: number | undefined) {
  if (status === 0) return {}
  const panic = /^Kernel panic.*$/m.exec(console)?.[0]
  const what =
    lateMs !== undefined
      ? `the guest was killed after ${lateMs} ms`
      : (panic ?? (status === undefined ? 'the guest ended early' : `the script ended with status ${status}`))
  return { problem: `${what}\nconsole:\n${console}` }
}

async function texts(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const name of await readdir(folder)) found[name] = await readFile(join(folder, name), 'utf8')
  return found
}
