// An intent as YAML for people: options in the order of the rows, one to a line, with what people wrote beside them.

import type { Path } from '../diagnostics/diagnostic.ts'
import { yaml } from '../dialects/yaml.ts'
import type { Device, Host, Intent, Node, Switch } from '../intent/intent.ts'
import { collections, type DeviceSubject, rowsOf, type Subject } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import { type Remarks, remarksAt } from '../targets/remarks.ts'

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

const indented = (lines: readonly string[]): readonly string[] => lines.map(line => `  ${line}`)

/** Prints nodes of one intent. */
class Printer {
  readonly #remarks: Remarks

  constructor(remarks: Remarks) {
    this.#remarks = remarks
  }

  /** A remark that YAML cannot hold on one line of a comment is none that a reader of configurations has seen. */
  #remarksAt(path: Path): readonly string[] {
    return remarksAt(this.#remarks, path).flatMap(text => yaml.comment?.(text) ?? [])
  }

  /** A name with what is said of it. */
  entry(name: string, node: Node<Subject>, inner: readonly string[] = []): readonly string[] {
    const lines = [...this.options(node), ...inner]
    const remarks = this.#remarksAt(node.path)
    return lines.length === 0
      ? [...remarks, `${encoded(name)}: {}`]
      : [...remarks, `${encoded(name)}:`, ...indented(lines)]
  }

  options({ subject, path, options }: Node<Subject>): readonly string[] {
    const said = options as Readonly<Record<string, unknown>>
    return Object.entries(rowsOf(subject)).flatMap(([id, row]) =>
      said[id] === undefined
        ? []
        : [...this.#remarksAt([...path, id]), `${id}: ${encoded(row.kind.write(said[id]))}`],
    )
  }

  host(host: Host): readonly string[] {
    const { target } = host.options
    const reads =
      target === undefined
        ? []
        : [`target: ${encoded(target.length === 1 ? (target[0] ?? '') : [...target])}`]
    const devices = subjects.flatMap(subject => {
      const own = (host[collections[subject]] as readonly Device[]).filter(speaks)
      if (own.length === 0) return []
      return [`${collections[subject]}:`, ...indented(own.flatMap(one => this.entry(one.name, one)))]
    })
    return [...reads, ...devices]
  }

  box(box: Switch): readonly string[] {
    const lags = box.lags.flatMap(lag => this.entry(String(lag.number), lag))
    return this.entry(box.name, box, lags.length === 0 ? [] : [`${collections.lag}:`, ...indented(lags)])
  }
}

/** One host in the short form; several, or with switches, below their names. */
export function intentText(intent: Pick<Intent, 'hosts' | 'switches'>, remarks: Remarks = new Map()): string {
  const printer = new Printer(remarks)
  const { hosts, switches } = intent
  const [only] = hosts
  if (only !== undefined && hosts.length === 1 && switches.length === 0)
    return `${printer.host(only).join('\n')}\n`
  const lines = [
    ...(hosts.length === 0 ? [] : ['hosts:']),
    ...indented(hosts.flatMap(host => [`${encoded(host.name)}:`, ...indented(printer.host(host))])),
    ...(switches.length === 0 ? [] : ['switches:']),
    ...indented(switches.flatMap(box => printer.box(box))),
  ]
  return `${lines.join('\n')}\n`
}
