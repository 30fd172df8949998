// What texts of a configuration name: the block that a head opens, LAGs by number or name, ports, VLANs. A platform may
// call a VLAN by a name of its own, which is learned from the lines that say so.

import type { VlanRange } from '../options/index.ts'
import { lagNumberOf, type PortName, readPort, readPorts } from '../platforms/ports.ts'
import { compiled, ownLag } from './switch-match.ts'
import type { BlockName, SwitchTarget } from './switch-target.ts'

/** Where a line stands: its block, and what the block's head names. */
export interface Spot {
  readonly block: BlockName
  readonly number?: number
  readonly port?: PortName
  readonly vlan?: number
}

/** How many LAGs a range of names may stand for; more is no range that anybody wrote. */
const longestRange = 512

export class Names {
  readonly #target: SwitchTarget
  readonly #vlanIds = new Map<string, number>()
  /** Every line is held against the same few patterns. */
  readonly #patterns = new Map<string, ReturnType<typeof compiled>>()

  constructor(target: SwitchTarget) {
    this.#target = target
    for (const [id, vlan] of Object.entries(target.vlanNames))
      this.#vlanIds.set(vlan.toLowerCase(), Number(id))
  }

  #compiled(pattern: string, end = '$'): ReturnType<typeof compiled> {
    const key = pattern + end
    const known = this.#patterns.get(key) ?? compiled(pattern, this.#target, end)
    this.#patterns.set(key, known)
    return known
  }

  /** `set vlans v10 vlan-id 10`: from here on the name is the number; false where a line says no such thing. */
  learn(text: string): boolean {
    for (const pattern of this.#target.vlanIs) {
      const { pattern: regexp, names } = this.#compiled(pattern)
      const found = regexp.exec(text)
      if (found === null) continue
      const bound = Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']))
      this.#vlanIds.set((bound.vlanname ?? '').toLowerCase(), Number(bound.vlan))
      return true
    }
    return false
  }

  /** The block that a head opens; where heads begin each line (`flat`), with what follows it. */
  opened(text: string, flat = false): (Spot & { readonly rest?: string }) | undefined {
    const { heads } = this.#target
    const end = flat ? '(?:\\s+(.+))?$' : '$'
    const bind = (pattern: string | undefined): Readonly<Record<string, string>> | undefined => {
      if (pattern === undefined) return undefined
      const { pattern: regexp, names } = this.#compiled(pattern, end)
      const found = regexp.exec(text)
      if (found === null) return undefined
      return {
        ...Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ''])),
        rest: found[names.length + 1] ?? '',
      }
    }
    const lag = bind(heads.lag)
    const number = lag === undefined ? undefined : this.numberOf(lag.number ?? lag.lag ?? '')
    if (number !== undefined) return { block: 'lag', number, rest: lag?.rest ?? '' }
    const port = bind(heads.port)
    const read = port?.port === undefined ? undefined : readPort(this.#target.platform, port.port).port
    if (read !== undefined) return { block: 'port', port: read, rest: port?.rest ?? '' }
    const vlan = bind(heads.vlan)
    const id = vlan === undefined ? undefined : this.vlanOf(vlan.vlan ?? vlan.vlanname ?? '')
    return id === undefined ? undefined : { block: 'vlan', vlan: id, rest: vlan?.rest ?? '' }
  }

  /** `interface range Gi1/0/1 - 2` as the heads of the ports it stands for; undefined where it is no such head. */
  portHeadsIn(text: string): readonly string[] | undefined {
    const { heads } = this.#target
    const [before = '', after] = heads.port?.split('{port}') ?? []
    if (after === undefined || this.opened(text) !== undefined) return undefined
    const start = new RegExp(`^${before.trim().replace(/\s+/g, '\\s+')}\\s+(?:range\\s+)?(?=\\S)`, 'i')
    if (!start.test(text)) return undefined
    const ports = this.portsIn(text.replace(start, '').replace(/\s*-\s*/g, '-'))
    return ports.length === 0 ? undefined : ports.map(({ name }) => `${before}${name}${after}`)
  }

  vlanOf(text: string): number | undefined {
    const named =
      this.#vlanIds.get(text.toLowerCase()) ??
      (/^v?\d{1,4}$/i.test(text) ? Number(text.replace(/^v/i, '')) : undefined)
    return named !== undefined && named >= 1 && named <= 4094 ? named : undefined
  }

  /** The number of a LAG out of its number or its name; undefined for what names none. */
  numberOf(text: string): number | undefined {
    const { platform, called } = this.#target
    const shown = text.trim()
    const named = called.get(shown)
    if (named !== undefined) return named.number
    if (/^\d+$/.test(shown) && !platform.lag.name.includes('{port}')) return Number(shown)
    if (!ownLag(platform).test(shown)) return undefined
    if (!platform.lag.name.includes('{port}')) return Number(/\d+$/.exec(shown)?.[0])
    const { port } = readPort(platform, shown)
    return port === undefined ? undefined : lagNumberOf(platform, port)
  }

  /** `1-4`, `Gi1/0/1`: ports; what is none of the platform's ports is left out. */
  readonly portsIn = (text: string): readonly PortName[] =>
    readPorts(this.#target.platform, text).flatMap(({ port }) => port ?? [])

  /** `Trk1-Trk3,7`: LAGs by name, ranges opened; ports that are in no LAG are none of ours. */
  lagsIn(text: string): readonly number[] {
    const { platform } = this.#target
    // Where LAGs are called by their lowest ports, a list of them is a list of ports.
    if (platform.lag.name === '{port}') return this.portsIn(text).map(port => lagNumberOf(platform, port))
    return text.split(/\s*,\s*/).flatMap(item => {
      const alone = this.numberOf(item)
      if (alone !== undefined && !/^\d+$/.test(item)) return [alone]
      const [from, to] = item.split('-')
      const [first, last] = [this.numberOf(from ?? ''), this.numberOf(to ?? '')]
      if (
        first === undefined ||
        last === undefined ||
        /^\d+$/.test(from ?? '') ||
        last - first > longestRange
      )
        return []
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step)
    })
  }

  /** VLANs and ranges of them, by number or by name. */
  vlansIn(text: string): readonly VlanRange[] {
    if (/^(?:all)$/i.test(text.trim())) return [{ from: 1, to: 4094 }]
    if (/^none$/i.test(text.trim())) return []
    return text
      .replace(/\s+to\s+|\.\./gi, '-')
      .replace(/[[\]"]/g, ' ')
      .trim()
      .split(/[\s,]+/)
      .flatMap(item => {
        const [, first, last] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(item) ?? []
        if (first !== undefined) return [{ from: Number(first), to: Number(last ?? first) }]
        const named = this.vlanOf(item)
        return named === undefined ? [] : [{ from: named, to: named }]
      })
  }
}
