// Hosts in a guest for an Ansible that runs beside it, at the speed of the machine: only what runs on a host runs in the
// guest, and gets there over the network under test (relay.py).

import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type GuestResult, runGuest } from '../../rig/guest.ts'
import { usualKernel } from '../../rig/kernels.ts'

const root = join(import.meta.dirname, '../../..')

export interface Ran {
  readonly status: number
  readonly out: string
}

/** What a test can do with the hosts of a guest that is running, by the folder that the guest has as /mnt. */
export class Hosts {
  readonly #wire: string

  constructor(shared: string) {
    this.#wire = join(shared, 'wire')
  }

  /** Runs a shell command at the console of a host, whatever its network does. */
  console(host: string, command: string): Promise<Ran> {
    return this.#ask({ console: host, command })
  }

  /** Whether a host answers over the network under test, where Ansible looks for it. */
  async answers(address: string): Promise<boolean> {
    return (await this.#ask({ host: address, port: 2222, command: 'true', given: '' })).status === 0
  }

  async #ask(request: object): Promise<Ran> {
    const path = join(this.#wire, randomUUID())
    writeFileSync(path, JSON.stringify(request))
    renameSync(path, `${path}.request`)
    await appears(`${path}.answer`, 120)
    const { status, out, err, error } = JSON.parse(readFileSync(`${path}.answer`, 'utf8'))
    if (error !== undefined) return { status: -1, out: error }
    return { status, out: [out, err].map(text => Buffer.from(text, 'base64').toString()).join('') }
  }

  /** Asks again until a command succeeds; throws with its last output after some seconds. */
  async until(host: string, command: string, seconds = 60): Promise<string> {
    for (const end = Date.now() + seconds * 1000; ; await sleep(500)) {
      const { status, out } = await this.console(host, command)
      if (status === 0) return out
      if (Date.now() > end) throw new Error(`${host}: ${command} did not come true: ${out}`)
    }
  }

  /** Waits until the guest is there. */
  async ready(hosts: readonly string[]): Promise<void> {
    await appears(this.#wire, 240)
    for (const host of hosts) await this.until(host, 'true', 240)
  }

  end(): void {
    if (existsSync(this.#wire)) writeFileSync(join(this.#wire, 'done'), '')
  }
}

/** Hosts, and a controller with one wire to them. */
export class Site extends Hosts {
  /** Where the controller's files lie; commands run here. */
  readonly folder: string
  readonly #env: Readonly<Record<string, string>>

  constructor(shared: string, folder: string, program: string) {
    super(shared)
    this.#env = { BONDPLAN_PROGRAM: program, FAR_WIRE: join(shared, 'wire') }
    this.folder = folder
  }

  /** Runs a command of the controller. */
  run(command: string): Promise<Ran> {
    return runShell(command, this.folder, this.#env)
  }
}

async function appears(path: string, seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !existsSync(path); await sleep(50))
    if (Date.now() > end) throw new Error(`${path} is not there after ${seconds} s`)
}

/** Boots a guest with the script and files, and plays with its hosts while it runs. */
export async function withHosts(
  options: {
    readonly script: string
    readonly hosts: readonly string[]
    /** bondplan itself, for node. */
    readonly program: string
  },
  files: Readonly<Record<string, string>>,
  play: (site: Site) => Promise<void>,
): Promise<GuestResult> {
  const folder = await controller()
  let failure: unknown
  const result = await runGuest({
    script: `HOSTS='${options.hosts.join(' ')}'\nSWITCH=bond\n. /mnt/far/${options.script}\n`,
    files,
    folders: { far: import.meta.dirname },
    kernel: await usualKernel(),
    memoryMb: 512,
    timeoutMs: 900_000,
    beside: async shared => {
      const hosts = new Site(shared, folder, options.program)
      try {
        await hosts.ready(options.hosts)
        await play(hosts)
      } catch (error) {
        failure = error
      } finally {
        hosts.end()
      }
    },
  })
  rmSync(folder, { recursive: true, force: true })
  if (failure !== undefined || result.problem !== undefined) {
    const logs = Object.entries(result.results).map(([name, text]) => `${name}:\n${text}`)
    throw new Error(`${String(failure)}\n${result.problem ?? ''}\n${logs.join('\n')}`, { cause: failure })
  }
  return result
}

/** The same on this machine, in namespaces, without systemd and for hosts without bonds. */
export async function withNamespaces(
  options: { readonly hosts: readonly string[]; readonly program: string },
  files: Readonly<Record<string, string>>,
  play: (site: Site) => Promise<void>,
): Promise<void> {
  const folder = await controller()
  const shared = mkdtempSync(join(tmpdir(), 'bondplan-apart-'))
  await cp(import.meta.dirname, join(shared, 'far'), { recursive: true })
  await mkdir(join(shared, 'out'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(shared, name), text)
  const script = join(import.meta.dirname, 'apart.sh')
  const child = spawn('unshare', ['--net', '--mount', 'sh', script, shared, options.hosts.join(' ')], {
    stdio: 'ignore',
  })
  const ended = new Promise(done => child.on('close', done))
  const hosts = new Site(shared, folder, options.program)
  try {
    await hosts.ready(options.hosts)
    await play(hosts)
  } finally {
    // The hosts' own programs end with their shells; those of the relay when it does.
    for (const host of options.hosts) await hosts.console(host, endAll)
    hosts.end()
    await ended
    rmSync(shared, { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Ends every program in the network of a host but the shell that does so: its way in, and what a change left waiting. */
const endAll =
  'for p in /proc/[0-9]*; do [ "$(readlink $p/ns/net)" = "$(readlink /proc/self/ns/net)" ] && grep -q python $p/cmdline && ! grep -q readlink $p/cmdline && kill -9 ${p#/proc/}; done; true'

/** A folder for the controller: the collection beside an empty project. */
export async function controller(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bondplan-ansible-'))
  const collection = join(folder, 'collections/ansible_collections/bondplan/bonding')
  await mkdir(collection, { recursive: true })
  await cp(join(root, 'ansible'), collection, { recursive: true })
  return folder
}

/** Runs a command with an Ansible that knows nothing of the machine's own configuration; bondplan is this checkout's. */
export function runShell(command: string, folder: string, more: Record<string, string> = {}): Promise<Ran> {
  const env = {
    PATH: `${join(import.meta.dirname, 'bin')}:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: folder,
    LC_ALL: 'C.UTF-8',
    NODE: process.execPath,
    ANSIBLE_COLLECTIONS_PATH: join(folder, 'collections'),
    ANSIBLE_CONNECTION_PLUGINS: join(import.meta.dirname, 'connection'),
    ANSIBLE_PIPELINING: '1',
    ANSIBLE_NOCOLOR: '1',
    ANSIBLE_LOCALHOST_WARNING: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    ...more,
  }
  return new Promise((done, fail) => {
    const child = spawn('/bin/sh', ['-c', command], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', text => {
        out += text
      })
    child.on('error', fail)
    child.on('close', status => done({ status: status ?? -1, out }))
  })
}
