// From the lines of a switch to its files: sorts them into blocks and hands templates a view of encoded text, booleans and
// lists. What the view holds is written in switch-target.ts.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { asEncoded, type Encoded } from '../dialects/dialect.ts'
import { nameOf } from '../intent/intent.ts'
import { once } from '../intent/once.ts'
import type { PlannedLag, PlannedPort, SwitchPlan } from '../intent/partner.ts'
import { vlanIds } from '../intent/partner-vlans.ts'
import { writePorts } from '../platforms/ports.ts'
import { placeholders, type Situation } from './lines.ts'
import { encodedPorts, holds, keyOf, lagName, type PlacedLine } from './switch-fill.ts'
import { placeSwitch } from './switch-place.ts'
import type { BlockName, SwitchTarget } from './switch-target.ts'
import { hasVlan, passing, vlanName, writeVlans } from './switch-vlans.ts'
import type { Rendered, RenderedFile, Templates, View } from './write.ts'

const situations: readonly Situation[] = [
  'lacp',
  'active',
  'passive',
  'static',
  'plain',
  'lag',
  'trunk',
  'access',
  'untagged',
  'tagged-only',
  'without-1',
  'jumbo',
  'edge',
  'mlag',
  'peer-link',
  'outward',
]

/** By the name that a template gives it. */
const flagNames = situations.map(situation => [situation.replaceAll('-', ''), situation] as const)

const flagsOf = (lag: PlannedLag): Readonly<Record<string, boolean>> => {
  const flags: Record<string, boolean> = {}
  for (const [name, situation] of flagNames) flags[name] = holds(situation, lag)
  return flags
}

/** Renders one switch. `removal`: what undoes it, instead of what does it. */
export function renderSwitch(
  plan: SwitchPlan,
  target: SwitchTarget,
  templates: Templates,
  removal = false,
): Rendered {
  const placement = placeSwitch(plan, target)
  const lost: Diagnostic[] = [...placement.lost]
  const view = new Viewer(plan, target, placement.lines, lost).whole()
  const files = (removal ? target.removal : target.files).flatMap(
    ({ path, template, mode }): RenderedFile[] => {
      const content = plan.lags.length === 0 ? '' : templates(target.id, template)(view)
      return content === '' ? [] : [{ node: plan.name, target: target.id, path, mode, content }]
    },
  )
  return { files, lost: removal ? lost.filter(({ severity }) => severity === 'error') : lost }
}

class Viewer {
  readonly #plan: SwitchPlan
  readonly #target: SwitchTarget
  /** Texts by block, its key and part. */
  readonly #byBlock = new Map<string, Encoded[]>()
  readonly #lost: Diagnostic[]

  constructor(plan: SwitchPlan, target: SwitchTarget, lines: readonly PlacedLine[], lost: Diagnostic[]) {
    this.#plan = plan
    this.#target = target
    for (const { block, key, part, text } of lines) {
      const spot = `${block} ${key} ${part}`
      const list = this.#byBlock.get(spot)
      if (list === undefined) this.#byBlock.set(spot, [text])
      else list.push(text)
    }
    this.#lost = lost
    const astray = lines.find(({ block, part }) => part !== 'lines' && !target.parts[block]?.includes(part))
    if (astray !== undefined) throw new Error(`${target.id} declares no part ${astray.block}.${astray.part}`)
  }

  whole(): View {
    const { lags, options } = this.#plan
    const groups = lags.filter(lag => lag.options.mode === 'plain')
    const real = lags.filter(lag => lag.options.mode !== 'plain')
    const { lines, ...parts } = this.#parts('global', '')
    const vlans = this.#vlans()
    return {
      global: lines as readonly View[],
      ...parts,
      vlans,
      newvlans: listed(vlans.filter(({ made }) => made)),
      lags: listed(real.map(lag => this.#lag(lag))),
      lacplags: listed(real.filter(lag => holds('lacp', lag)).map(lag => this.#lag(lag))),
      groups: listed(groups.map(lag => this.#lag(lag))),
      ports: listed(lags.flatMap(lag => this.#portsOf(lag))),
      pair: options.mlag !== undefined,
      lagcount: this.#encode(Math.max(0, ...real.map(lag => lag.number)) + 1),
    }
  }

  #encode(value: string | number): Encoded {
    const encoded = this.#target.dialect.encode(value)
    if (encoded !== undefined) return encoded
    this.#lost.push({
      code: 'config-injection',
      severity: 'error',
      message: `${JSON.stringify(value)} cannot stand in the configuration of ${this.#target.title}: it would be read as something else`,
      at: nameOf(this.#plan),
      help: 'use plain letters, digits and punctuation',
    })
    return asEncoded('')
  }

  /** The lists of lines of one block. Each line knows the head of its block, for platforms that repeat it. */
  #parts(block: BlockName, key: string, head = asEncoded('')): Readonly<Record<string, readonly View[]>> {
    const names = ['lines', ...(this.#target.parts[block] ?? [])]
    return Object.fromEntries(
      names.map(name => [
        name,
        listed((this.#byBlock.get(`${block} ${key} ${name}`) ?? []).map(text => ({ text, head }))),
      ]),
    )
  }

  #head(pattern: string | undefined, values: Readonly<Record<string, string | number>>): Encoded {
    if (pattern === undefined) return asEncoded('')
    let text = ''
    let at = 0
    for (const { name, start, end } of placeholders(pattern)) {
      const value = values[name]
      if (value === undefined)
        throw new Error(`${this.#target.id} has a head with {${name}}, which is not known there`)
      text += pattern.slice(at, start) + this.#encode(value)
      at = end
    }
    return asEncoded(text + pattern.slice(at))
  }

  // Several lists of a view hold the same LAGs and ports.
  readonly #lag = once((lag: PlannedLag): View => {
    const name = lagName(this.#plan, lag)
    const portlist =
      encodedPorts(lag.ports, this.#target) ?? this.#encode(writePorts(lag.ports, { between: ' ' }))
    const head = this.#head(this.#target.heads.lag, { lag: name, number: lag.number })
    return {
      ...flagsOf(lag),
      ...this.#parts('lag', keyOf(lag), head),
      head,
      lag: this.#encode(name),
      // A name for those that want one beside the number.
      name: asEncoded(`lag${lag.number}`),
      number: this.#encode(lag.number),
      ports: listed(this.#portsOf(lag)),
      portlist,
      // Lists of VLANs as the platform writes them, for what a removal must name.
      vlans: this.#encode(writeVlans(passing(lag), this.#target.vlanList)),
      tagged: listed(
        vlanIds(lag.options.vlans).map(vlan => ({
          vlan: this.#encode(vlan),
          vlanname: this.#encode(vlanName(this.#target, vlan)),
          portlist,
          link: this.#encode(name),
        })),
      ),
      native: this.#encode(lag.options.native),
      nativename: this.#encode(vlanName(this.#target, lag.options.native)),
      passing: this.#passing(lag, name),
    }
  })

  readonly #portsOf = once((lag: PlannedLag): readonly View[] => {
    const flags = flagsOf(lag)
    return lag.ports.map(port => this.#viewOfPort(port, lag, flags))
  })

  #viewOfPort(port: PlannedPort, lag: PlannedLag, flags: Readonly<Record<string, boolean>>): View {
    const head = this.#head(this.#target.heads.port, { port: port.name })
    return {
      ...flags,
      ...this.#parts('port', port.name, head),
      head,
      port: this.#encode(port.name),
      lag: this.#encode(lagName(this.#plan, lag)),
      number: this.#encode(lag.number),
      member: lag.options.mode !== 'plain',
      passing: this.#passing(lag, port.name),
    }
  }

  /** Every VLAN that passes and that the platform has. */
  #passing(lag: PlannedLag, link: string): readonly View[] {
    const all = vlanIds(passing(lag)).filter(vlan => hasVlan(this.#plan.platform, vlan))
    return listed(all.map(vlan => ({ vlan: this.#encode(vlan), link: this.#encode(link) })))
  }

  #vlans(): readonly View[] {
    const { lags, platform } = this.#plan
    const used = new Set(lags.flatMap(lag => [...vlanIds(passing(lag)), lag.options.native]))
    const { unset, reserved, min, max } = platform.vlans
    return listed(
      [...used]
        .sort((a, b) => a - b)
        .filter(vlan => vlan >= min && vlan <= max)
        .map(vlan => ({
          vlan,
          head: this.#head(this.#target.heads.vlan, { vlan, vlanname: vlanName(this.#target, vlan) }),
        }))
        .map(({ vlan, head }) => ({
          ...this.#parts('vlan', String(vlan), head),
          head,
          vlanname: this.#encode(vlanName(this.#target, vlan)),
          vlan: this.#encode(vlan),
          made: vlan !== unset && !reserved.some(({ from, to }) => vlan >= from && vlan <= to),
        })),
    )
  }
}

/** A list whose items know whether another follows. */
const listed = (items: readonly View[]): readonly View[] =>
  items.map((item, index) => ({ ...item, more: index < items.length - 1 }))
