// Plays many small cases on a real kernel: some files, brought up as their system would, and what the kernel
// says afterwards. Groups the cases into guests (guest.ts) and turns what comes back into outcomes; what
// happens inside a guest is guest/*.py.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Kernel, runGuest, sideBySide, usualModules } from './guest.ts'
import { usualKernel } from './kernels.ts'
import { type Program, program, programs } from './programs.ts'

/** How files are brought up; one function each in guest/bringup.py. */
export type BringUp = 'netplan' | 'ifupdown' | 'networkd' | 'iproute2' | 'networkmanager' | Program

export interface RigFile {
  /**
   * As on a host, without the leading slash: `etc/netplan/60-bondplan.yaml`. Below etc, run and tmp a file is
   * really there; elsewhere (a script that `iproute2` is to run) it is put below /run/rig-files.
   */
  readonly path: string
  readonly content: string
  /** Octal, `0644` when absent. */
  readonly mode?: string
}

/** An address of the far end. */
export interface PartnerAddress {
  /** With its prefix length: `192.0.2.1/24`. */
  readonly address: string
  /** On a VLAN of the partner; untagged when absent. */
  readonly vlan?: number
}

/** Switches that are brought up by their files; one function each in guest/switches.py, with the program that it needs. */
const switchPrograms = {
  'cumulus-ifupdown2': 'ifupdown2',
  'linux-bridge': undefined,
} as const satisfies Readonly<Record<string, Program | undefined>>

export type RigSwitch = keyof typeof switchPrograms

/**
 * The switch's side of some ports: an 802.3ad bond, a balance-xor bond, a bridge, bare links, Open vSwitch, or what is
 * rendered for a switch.
 */
export interface Partner {
  readonly kind: 'lacp' | 'static' | 'plain' | 'none' | 'openvswitch' | 'rendered'
  /** LACP only; fast when absent, which forms in about 3 s (slow takes as long, and times out later). */
  readonly rate?: 'slow' | 'fast'
  /** The host's ports it is cabled to; all of the case's when absent. */
  readonly ports?: readonly string[]
  /** Its addresses. The case can ping them. */
  readonly addresses?: readonly PartnerAddress[]
  /** Of Open vSwitch: what configures it, what takes that back, and the bonds to ask it about. */
  readonly script?: string
  readonly removal?: string
  readonly bonds?: readonly string[]
  /** Of what is rendered: for which switch, what it has before, what brings it up, and a script that takes that back. */
  readonly target?: RigSwitch
  readonly before?: readonly RigFile[]
  readonly files?: readonly RigFile[]
}

/** A further host on the same switch: ports, the names of their far ends, and the scripts that bring it up. */
export interface OtherHost {
  readonly ports: readonly string[]
  readonly farEnds: readonly string[]
  readonly files: readonly RigFile[]
}

export interface RigCase {
  readonly id: string
  readonly target: BringUp
  readonly files: readonly RigFile[]
  /** The bonds to wait for and to read back. A case may have several: one bring-up serves them all. */
  readonly bonds: readonly string[]
  /** The host's ports, each with a cable to a partner. */
  readonly ports: readonly string[]
  /** The names of their far ends, in the same order; p0, p1, ... when absent. */
  readonly farEnds?: readonly string[]
  /** By name. */
  readonly others?: Readonly<Record<string, OtherHost>>
  /** Several partners share out the ports. Links without a partner have far ends that are down. */
  readonly partners?: readonly Partner[]
  /** Addresses, without prefix length, that must answer. */
  readonly ping?: readonly string[]
  /** How long to wait for bonds to be in service, in ms: 6000 when a partner speaks LACP, else 1000. */
  readonly settleMs?: number
  /** How long to ping each address at most, in ms; 2000 when absent. */
  readonly pingMs?: number
}

/** What `ip -j` prints: objects whose shape is that program's. */
export type IpObject = Readonly<Record<string, unknown>>

export interface RigOutcome {
  readonly id: string
  /** The rig's own failure (a crash, a case that ran too long); the rest is then what was known so far. */
  readonly error?: string
  /** The bring-up tool's exit status. */
  readonly exit: number
  /** Its output, both streams. */
  readonly log: string
  /** The lines of the log at warning level or above; of tools without levels, every line. */
  readonly warnings: readonly string[]
  /**
   * What the kernel said of the bonds while they were brought up. Cases run side by side and the kernel does
   * not say whose bond it speaks of: exact when the cases' bonds differ in name, or one case runs at a time.
   */
  readonly kernelLog: readonly string[]
  /** Whether every bond exists and came into service in time. */
  readonly settled: boolean
  /** By bond, every file below /sys/class/net/BOND/bonding; {} when there is no such bond. */
  readonly sysfs: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** By bond, /proc/net/bonding/BOND; '' when there is no such bond. */
  readonly proc: Readonly<Record<string, string>>
  /** By bond, its members in the order of attachment. */
  readonly members: Readonly<Record<string, readonly string[]>>
  /** `ip -j -d link show`. */
  readonly links: readonly IpObject[]
  /** `ip -j -d address show`. */
  readonly addresses: readonly IpObject[]
  /** `ip -j -d route show table all`, both families. */
  readonly routes: readonly IpObject[]
  readonly pings: Readonly<Record<string, boolean>>
  /** By partner (sw0, sw1, ... in their order), /proc/net/bonding of the far end; '' of a bridge; JSON of others. */
  readonly partner: Readonly<Record<string, string>>
  /** Where the time went, in ms of the guest's clock. */
  readonly times: Readonly<Record<string, number>>
}

export interface RunOptions {
  /** The usual one (kernels.ts) when absent. */
  readonly kernel?: Kernel
  /** Guests at once; when absent 1 where files are played side by side, else as many as processors, at most 2. */
  readonly guests?: number
  /** Cases in one guest at most. */
  readonly perGuest?: number
  /** Cases under way at once in one guest, most of them waiting; 24 when absent. */
  readonly together?: number
  /** Cases of these that may be busy (bringing up, reading back) at once; 1 when absent. */
  readonly busy?: number
  /** The longest time a case may be busy in one go, in ms; 30 s when absent. It is ended by force then. */
  readonly caseMs?: number
  readonly memoryMb?: number
}

const usualCaseMs = 30_000
/**
 * A guest that lives longer hangs, in ms. The guest itself ends each case that takes too long, and a machine that does
 * other things as well is several times slower: a guest that is cut off costs far more than waiting.
 */
const longestMs = 1_500_000

/** Plays all cases and answers an outcome for each, in their order; a case that fails is an outcome too. */
export async function runCases(cases: readonly RigCase[], options: RunOptions = {}): Promise<RigOutcome[]> {
  const guests = options.guests ?? (sideBySide() ? 1 : Math.min(2, availableParallelism()))
  const perGuest = Math.min(options.perGuest ?? 100, Math.ceil(cases.length / guests))
  const outcomes = new Map<RigCase, RigOutcome>()
  const groups = chunks(cases, Math.max(1, perGuest))
  const work = async (cpu: number): Promise<void> => {
    for (let group = groups.shift(); group; group = groups.shift())
      for (const [rigCase, outcome] of await playGroup(group, cpu, options)) outcomes.set(rigCase, outcome)
  }
  await Promise.all(Array.from({ length: guests }, (_, cpu) => work(cpu)))
  return cases.map(rigCase => outcomes.get(rigCase) ?? failed(rigCase, 'was not played'))
}

type Played = [RigCase, RigOutcome][]

/**
 * One group in one guest. When the guest crashes, the cases it had not begun get another guest, and those it
 * was busy with one each, so that the culprit is known by name.
 */
async function playGroup(cases: readonly RigCase[], cpu: number, options: RunOptions): Promise<Played> {
  const caseMs = options.caseMs ?? usualCaseMs
  const result = await runGuest({
    script: 'exec /usr/bin/python3 -B -E -s /mnt/guest/main.py\n',
    folders: { guest: join(import.meta.dirname, 'guest'), ...(await programsFor(cases)) },
    files: { 'cases.json': JSON.stringify(order(cases, options)) },
    modules: cases.some(usesOpenVswitch) ? [...usualModules, 'openvswitch'] : usualModules,
    timeoutMs: Math.min(longestMs, 20_000 + caseMs * (cases.length + 1)),
    cpu,
    kernel: options.kernel ?? (await usualKernel()),
    ...(options.memoryMb ? { memoryMb: options.memoryMb } : {}),
  })
  const played: Played = []
  const again: RigCase[] = []
  for (const [index, rigCase] of cases.entries()) {
    const text = result.results[`${index}.json`]
    if (text !== undefined) played.push([rigCase, outcomeOf(rigCase, text)])
    else again.push(rigCase)
  }
  const problem = result.problem ?? 'the guest left no outcome'
  const begun = again.filter(rigCase => result.console.includes(`\nrig: begin ${cases.indexOf(rigCase)} `))
  if (again.length === cases.length && (cases.length === 1 || begun.length === 0))
    return cases.map(rigCase => [rigCase, failed(rigCase, problem)])
  const rest = again.filter(rigCase => !begun.includes(rigCase))
  for (const alone of begun) played.push(...(await playGroup([alone], cpu, options)))
  if (rest.length > 0) played.push(...(await playGroup(rest, cpu, options)))
  return played
}

/** The programs that cases are brought up by and that the machine has not installed, by their folder in the guest. */
async function programsFor(cases: readonly RigCase[]): Promise<Readonly<Record<string, string>>> {
  const needed = cases.flatMap(({ target, partners = [] }) => [
    target,
    ...partners.map(partner => partner.target && switchPrograms[partner.target]),
  ])
  const used = programs.filter(name => needed.includes(name))
  return Object.fromEntries(await Promise.all(used.map(async name => [name, await program(name)] as const)))
}

const usesOpenVswitch = ({ partners = [] }: RigCase): boolean =>
  partners.some(({ kind }) => kind === 'openvswitch')

const speaksLacp: readonly Partner['kind'][] = ['lacp', 'openvswitch', 'rendered']

/** What the driver in the guest reads. */
function order(cases: readonly RigCase[], options: RunOptions) {
  return {
    together: options.together ?? 24,
    busy: options.busy ?? 1,
    caseMs: options.caseMs ?? usualCaseMs,
    cases: cases.map(rigCase => {
      const partners = rigCase.partners ?? []
      const settleMs =
        rigCase.settleMs ?? (partners.some(({ kind }) => speaksLacp.includes(kind)) ? 12_000 : 1_000)
      const { ping = [], pingMs = 2_000, others = {} } = rigCase
      return { ...rigCase, partners, others, settleMs, ping, pingMs }
    }),
  }
}

function outcomeOf(rigCase: RigCase, text: string): RigOutcome {
  const raw = JSON.parse(text) as Partial<RigOutcome>
  const found = { ...failed(rigCase, ''), ...raw }
  const { error, ...outcome } = { ...found, warnings: warningsIn(found.log), members: membersIn(found.sysfs) }
  return error ? { ...outcome, error } : outcome
}

/** systemd's lines begin with facility and level, `<28>` for a daemon's warning (syslog(3)). */
function warningsIn(log: string): string[] {
  return log
    .split('\n')
    .filter(line => line.trim() !== '' && !isBelowWarning(line) && !ofTheRig.test(line))
    .map(line => line.replace(/^<\d+>/, ''))
}

/**
 * Lines that are no word on the configuration: what newer networkd misses in a guest, where systemd is not
 * the first process, and ifupdown's report of its progress.
 */
const ofTheRig = /^Waiting for DAD|Failed to (get cgroup path|open nftables netlink|bind to .* varlink) /

function isBelowWarning(line: string): boolean {
  const priority = /^<(\d+)>/.exec(line)?.[1]
  return priority !== undefined && Number(priority) % 8 > 4
}

function membersIn(sysfs: RigOutcome['sysfs']): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(sysfs).map(([bond, files]) => [bond, (files.slaves ?? '').split(' ').filter(Boolean)]),
  )
}

function failed({ id }: RigCase, error: string): RigOutcome {
  const nothing = { sysfs: {}, proc: {}, members: {}, pings: {}, partner: {}, times: {} }
  const none = { links: [], addresses: [], routes: [], warnings: [], kernelLog: [] }
  return { id, error, exit: -1, log: '', settled: false, ...none, ...nothing }
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}
