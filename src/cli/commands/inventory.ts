// inventory: the hosts and switches of an intent as an Ansible inventory: groups by target, by switch and by platform, and
// for every node what the intent says of it. The form is that of Ansible's inventory scripts (`--list`, `--host`).

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import type { Intent } from '../../intent/intent.ts'
import { platformOf } from '../../platforms/index.ts'
import { jsonText } from '../../report/escape.ts'
import { targetOf } from '../../targets/index.ts'
import { cablingOption } from '../cables.ts'
import { collect, type Register, type Status } from '../command.ts'
import { hostData, switchData } from '../intent-data.ts'
import { intentFiles, loadIntents } from '../intents.ts'
import { type Io, Usage } from '../io.ts'
import { complain, statusOf } from '../report.ts'

interface Options {
  readonly list?: boolean
  readonly host?: string
  readonly cabling?: string
  readonly target?: readonly string[]
}

export const register: Register = (program, io, done) => {
  program
    .command('inventory')
    .summary('print the nodes of an intent as an Ansible inventory')
    .description(
      'Prints the hosts and switches of an intent as an Ansible inventory, with groups by target, by switch and by platform, and what the intent says of each node as its variables.',
    )
    .argument('[intent...]', 'intent files or folders; - is standard input', ['-'])
    .option('--list', 'all groups with all variables; this is what happens without --host')
    .option('--host <name>', 'the variables of one node')
    .option(...cablingOption)
    .option(
      '-t, --target <id>',
      'group the hosts by this target instead of those they name (repeatable)',
      collect,
    )
    .action((paths: readonly string[], options: Options) => done(inventory(io, paths, options)))
}

function inventory(io: Io, paths: readonly string[], { list, host, cabling, target }: Options): Status {
  if (list && host !== undefined) throw new Usage('--list and --host exclude each other')
  const files = intentFiles(io, paths)
  const loaded = loadIntents(io, files, cabling)
  const variables = variablesOf(loaded.intent)
  const groups = new Groups()
  fill(groups, loaded.intent, target)
  const diagnostics = [...loaded.diagnostics, ...clashes(loaded.intent), ...groups.clashes]
  complain(io, { ...loaded, diagnostics })
  const status = statusOf(diagnostics)
  if (status !== 0) return status
  if (host === undefined) io.out(jsonText(groups.inventory(variables)))
  else io.out(jsonText(chosen(host, variables)))
  return 0
}

function chosen(name: string, variables: Readonly<Record<string, unknown>>): unknown {
  if (Object.hasOwn(variables, name)) return variables[name]
  const meant = nearest(name, Object.keys(variables))
  throw new Usage(`the intent has no host or switch ${name}${meant ? `; did you mean ${meant}?` : ''}`)
}

const everyHost = 'bondplan_hosts'
const everySwitch = 'bondplan_switches'

function fill(groups: Groups, { hosts, switches }: Intent, forced: readonly string[] | undefined): void {
  const boxes = new Set(switches.map(({ name }) => name))
  for (const host of hosts) {
    groups.add(everyHost, host.name)
    for (const reference of forced ?? host.options.target ?? [])
      groups.add(`target_${targetOf(reference)?.target.id ?? reference}`, host.name)
    for (const { options } of host.ports)
      if (options.to !== undefined && boxes.has(options.to.node))
        groups.add(`switch_${options.to.node}`, host.name)
  }
  for (const { name, options } of switches) {
    groups.add(everySwitch, name)
    if (options.platform !== undefined)
      groups.add(`platform_${platformOf(options.platform)?.platform.id ?? options.platform}`, name)
  }
}

/** Groups with their members in order; Ansible wants names of letters, digits and underscores. */
class Groups {
  readonly #members = new Map<string, Set<string>>()
  readonly #saidAs = new Map<string, string>()
  readonly clashes: Diagnostic[] = []

  add(said: string, member: string): void {
    const name = said.replace(/[^A-Za-z0-9_]/g, '_')
    const earlier = this.#saidAs.get(name) ?? said
    if (earlier !== said) this.#complain(name, earlier, said)
    this.#saidAs.set(name, said)
    const members = this.#members.get(name)
    if (members === undefined) this.#members.set(name, new Set([member]))
    else members.add(member)
  }

  #complain(name: string, earlier: string, said: string): void {
    const message = `${earlier} and ${said} are one group to Ansible, ${name}`
    if (this.clashes.some(clash => clash.message === message)) return
    this.clashes.push({ code: 'inventory-group-clash', severity: 'warning', message })
  }

  inventory(hostvars: Readonly<Record<string, unknown>>): unknown {
    return {
      _meta: { hostvars },
      all: { children: [...this.#members.keys()] },
      ...Object.fromEntries([...this.#members].map(([name, members]) => [name, { hosts: [...members] }])),
    }
  }
}

/** Ansible knows a node by its name alone. */
function clashes({ hosts, switches }: Intent): readonly Diagnostic[] {
  const names = new Map(hosts.map(host => [host.name, host]))
  return switches.flatMap((box): readonly Diagnostic[] => {
    const twin = names.get(box.name)
    if (twin === undefined) return []
    const message = `${box.name} is a host and a switch, which an inventory cannot tell apart`
    return [
      {
        code: 'inventory-name-clash',
        severity: 'error',
        message,
        at: { path: box.path, part: 'key' },
        related: [{ message: 'the host', at: { path: twin.path, part: 'key' } }],
        help: 'give one of them another name',
      },
    ]
  })
}

function variablesOf({ hosts, switches }: Intent): Readonly<Record<string, unknown>> {
  return Object.fromEntries([
    ...hosts.map(host => [host.name, { bondplan: hostData(host) }] as const),
    ...switches.map(box => [box.name, { bondplan: switchData(box) }] as const),
  ])
}
