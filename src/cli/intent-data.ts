// What an intent says of one node as plain data in the neutral spelling, for programs.

import type { Host, Intent, Node, Switch } from '../intent/intent.ts'
import { collections, deviceSubjects, rowsOf, type Subject } from '../options/index.ts'
import type { Value } from '../options/kind.ts'

/** All hosts and switches, as an intent that says them would. */
export const intentData = ({ hosts, switches }: Pick<Intent, 'hosts' | 'switches'>): unknown => ({
  hosts: Object.fromEntries(hosts.map(host => [host.name, hostData(host)])),
  switches: Object.fromEntries(switches.map(box => [box.name, switchData(box)])),
})

/** What is said of a host, as an intent of this host alone would say it: profiles and aliases are resolved. */
export function hostData(host: Host): unknown {
  const devices = deviceSubjects.map(subject => {
    const all = host[collections[subject]] as readonly (Node<Subject> & { readonly name: string })[]
    return [collections[subject], Object.fromEntries(all.map(one => [one.name, optionData(one)]))] as const
  })
  return { ...optionData(host), ...Object.fromEntries(devices) }
}

/** What is said of a switch. */
export const switchData = (box: Switch): unknown => ({
  ...optionData(box),
  [collections.lag]: Object.fromEntries(box.lags.map(lag => [String(lag.number), optionData(lag)])),
})

/** What stands for options of its own, which are there in its place. */
const resolved: readonly string[] = ['use']

function optionData(node: Node<Subject>): Readonly<Record<string, Value>> {
  const said = node.options as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(rowsOf(node.subject)).flatMap(([id, row]) =>
      said[id] === undefined || resolved.includes(id) ? [] : [[id, row.kind.write(said[id])] as const],
    ),
  )
}
