// An intent as YAML for people: options in the order of the rows, one to a line.

import { yaml } from '../dialects/yaml.ts'
import type { Device, Host } from '../intent/intent.ts'
import { collections, type DeviceSubject, rowsOf } from '../options/index.ts'
import type { Value } from '../options/kind.ts'

const subjects: readonly DeviceSubject[] = ['port', 'bond', 'vlan', 'bridge']

/** Throws where YAML cannot write a value: kinds let none through that it cannot. */
function encoded(value: Value): string {
  const text = yaml.encode(value)
  if (text === undefined) throw new Error(`YAML cannot write ${JSON.stringify(value)}`)
  return text
}

/** Ports that say nothing need no entry. */
const speaks = (device: Device): boolean =>
  device.subject !== 'port' || Object.keys(device.options).length > 0

function linesOf(device: Device): readonly string[] {
  const said = device.options as Readonly<Record<string, unknown>>
  const options = Object.entries(rowsOf(device.subject)).flatMap(([id, row]) =>
    said[id] === undefined ? [] : [`    ${id}: ${encoded(row.kind.write(said[id]))}`],
  )
  return options.length === 0 ? [`  ${encoded(device.name)}: {}`] : [`  ${encoded(device.name)}:`, ...options]
}

function hostLines(host: Host): readonly string[] {
  const target = host.options.target
  const lines: string[] =
    target === undefined
      ? []
      : [`target: ${target.length === 1 ? encoded(target[0] ?? '') : encoded([...target])}`]
  for (const subject of subjects) {
    const devices = (host[collections[subject]] as readonly Device[]).filter(speaks)
    if (devices.length > 0) lines.push(`${collections[subject]}:`, ...devices.flatMap(linesOf))
  }
  return lines
}

/** One host in the short form, several below `hosts`. */
export function intentText(hosts: readonly Host[]): string {
  const [only] = hosts
  if (only !== undefined && hosts.length === 1) return `${hostLines(only).join('\n')}\n`
  const lines = hosts.flatMap(host => [
    `  ${encoded(host.name)}:`,
    ...hostLines(host).map(line => `    ${line}`),
  ])
  return `${['hosts:', ...lines].join('\n')}\n`
}
