// A host that is a machine: a guest of its own with systemd, a disk that outlives it, and a power cable. It is reached
// from an Ansible beside it over the network under test (relay.py), and by the test at its console.

import { spawnSync } from 'node:child_process'
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type GuestResult, runGuest } from '../../rig/guest.ts'
import { usualKernel } from '../../rig/kernels.ts'
import { Hosts, type Ran } from './far.ts'

export interface MachineOptions {
  readonly name: string
  /** The units that its administrator enabled. */
  readonly wants: readonly string[]
  /** What its installer left, by path. */
  readonly old: Readonly<Record<string, string>>
  readonly cpu: number
}

export class Machine {
  readonly #options: MachineOptions
  readonly #disk: string
  /** Where Ansible finds the wire to whatever boot of the machine is running. */
  readonly wire: string
  #hosts: Hosts | undefined
  #cutPower = () => {}
  #leave = () => {}
  #ended: Promise<GuestResult> | undefined

  /** A machine that is off; what it leaves lies in the folder. */
  constructor(folder: string, options: MachineOptions) {
    this.#options = options
    this.#disk = join(folder, `${options.name}.disk`)
    this.wire = join(folder, `${options.name}.wire`)
    const { status, stderr } = spawnSync('mke2fs', ['-q', '-F', '-t', 'ext4', this.#disk, '64M'], {
      encoding: 'utf8',
      env: { PATH: '/usr/sbin:/sbin:/usr/bin' },
    })
    if (status !== 0) throw new Error(`mke2fs: ${stderr}`)
  }

  /** Boots it, and waits until its console answers. */
  async boot(): Promise<void> {
    const { name, wants, old, cpu } = this.#options
    let up = (_: Hosts) => {}
    const there = new Promise<Hosts>(resolve => {
      up = resolve
    })
    const left = new Promise<void>(resolve => {
      this.#leave = resolve
    })
    const ended = runGuest({
      kernel: await usualKernel(),
      script: `NAME=${name}\n. /mnt/far/machine.sh\n`,
      systemd: {
        disk: this.#disk,
        installer: `OLD='${Object.keys(old).join(' ')}'\n. /mnt/far/installer.sh\n`,
        wants,
        devices: '. /mnt/far/devices.sh\n',
      },
      files: Object.fromEntries(Object.values(old).map((text, at) => [`old-${at}`, text])),
      folders: { far: import.meta.dirname },
      memoryMb: 512,
      timeoutMs: 900_000,
      cpu,
      beside: async (shared, { cutPower }) => {
        this.#cutPower = cutPower
        rmSync(this.wire, { force: true })
        symlinkSync(join(shared, 'wire'), this.wire)
        const hosts = new Hosts(shared)
        await Promise.race([hosts.ready([name]).then(() => up(hosts)), left])
        await left
      },
    })
    this.#ended = ended
    this.#hosts = await Promise.race([
      there,
      ended.then(({ problem }) => {
        throw new Error(`${name} did not boot: ${problem}`)
      }),
    ])
  }

  /** Its power is gone, and with it everything that is not on its disk. */
  async cutPower(): Promise<void> {
    this.#cutPower()
    this.#leave()
    await this.#ended
  }

  /** Ends it; answers what it left. */
  async off(): Promise<GuestResult | undefined> {
    this.#hosts?.end()
    this.#leave()
    return this.#ended
  }

  /** Runs a shell command at its console, whatever its network does. */
  console(command: string): Promise<Ran> {
    return this.#running.console(this.#options.name, command)
  }

  /** Asks again until a command succeeds; throws with its last output after some seconds. */
  until(command: string, seconds = 400): Promise<string> {
    return this.#running.until(this.#options.name, command, seconds)
  }

  /** Waits until whoever looks for it at the address finds it, over the network under test. */
  async reached(address: string, seconds = 60): Promise<void> {
    for (const end = Date.now() + seconds * 1000; !(await this.#running.answers(address)); await sleep(500))
      if (Date.now() > end) throw new Error(`${this.#options.name} does not answer at ${address}`)
  }

  get #running(): Hosts {
    if (this.#hosts === undefined) throw new Error(`${this.#options.name} is off`)
    return this.#hosts
  }
}
