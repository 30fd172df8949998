// What a switch target is, and how to add one. A platform is four things, each in one place:
//
// 1. Facts: src/platforms/<id>.ts, one line in src/platforms/index.ts. They exist for all platforms; correct them there.
//
// 2. The table: src/targets/switch/<id>.ts, one line in src/targets/switch/index.ts. It says for each option of `switch`
//    and `lag` (src/options/plan.ts) one stance:
//      lines('lacp rate {}', { in: 'member', values: { slow: 'normal' } })       any value, respelled
//      lines({ on: 'no lacp suspend-individual', off: [] }, { in: 'lag' })        lines by value; [] says it by silence
//      lines([{ line: 'switchport access vlan {}', when: 'access' },
//             { line: 'switchport trunk native vlan {}', when: 'trunk' }])        lines by situation
//      within('mode')         it is said by the lines of another option (ports by the lines that join them to the LAG)
//      only(value, why)       it always does this          cannot(why, instead)   it has no way
//    Options in the order in which their lines should stand within a block: the table's order is the text's order.
//    A line alone may have a first version (`since`) and a first that no longer has it (`before`); with both the wording of
//    an option follows the version that is asked for, and both are read.
//    `in`: global, lag, port (every port), member (every port of a LAG), link (the LAG; every port of a plain group), vlan;
//    several at once are written in each. A dot names a further part of the block: 'lag.late', declared in `parts`.
//    Placeholders and situations are listed in lines.ts. What names one of many ({vlan}, {port}, {link}) is written once
//    for each. `silent` is what holds on this platform when the text says nothing; import then says it, so that the
//    partner does not derive something else. `echo` is a line that goes along with another one and is read for no value.
//    Lines of the switch's own options that stand in the blocks of LAGs stand in each of them. `nearly`, `except`, `merge`, `since`: see Lines.
//    `vlanLists` says which VLANs belong into a list (tagged, passing, all, passing-but-1), `vlanList` how one is written:
//    commas, spaces, spacesTo of lines.ts, or `items` where the dialect has lists.
//    hashWords(platform) and counted(platform) bring the hash's words and the counting of MTUs from the facts.
//    `heads` are the lines that open a block, or with `flat: true` the words that begin each of its lines (Junos `set`).
//    What vendor siblings share is a table in src/targets/families/switch-<family>.ts; tables are plain objects.
//
// 3. Templates: templates/<id>/config.hbs and remove.hbs, no decisions. The first line says `Written by bondplan` in the
//    platform's comment syntax. The view:
//      global: [{text, more}], and each declared global part under its name   { each line once, in the table's order }
//      vlans:  [{head, vlan, made, lines, PARTS}]      made: it must be created (not VLAN 1, not reserved)
//      newvlans: those of them that must be created
//      lags:   [{head, lag, number, ports, portlist, lines, PARTS, SITUATIONS, passing: [{vlan, link}]}]
//      lacplags: those of them that speak LACP
//      groups: the same for plain groups of ports, which are no LAG
//      ports:  [{head, port, lag, number, lines, PARTS, member, passing}]     all ports, LAG by LAG in order
//      pair:   whether the switch is one of a pair;  lagcount: one more than the highest LAG number
//    `more` is true for all but the last of a list, for commas. SITUATIONS are flags by the names in lines.ts, without
//    hyphens: {{#if lacp}}, {{#if taggedonly}}. Every text is encoded by the dialect; templates only place it.
//    remove.hbs gets the same view and undoes it in an order that makes no loop: ports down or plain first, then the LAG.
//
// 4. Tests: one entry in test/targets/switch/cases.ts (section of the reference, port names of the example, statements that
//    differ and why), then `npx vitest run test/targets/switch -u` writes test/golden/switch/<id>; read the diff.
//    Law of return: with `reads: true` the same entry proves that what is read back is what was planned.
//
// The dialect says what comments and continuation look like and which text is refused (src/dialects/ios.ts for indented
// lines). `ignores` are patterns of lines that are known and none of ours; `lagMade` finds LAGs of any name; `brings` are lines
// that bring in what stands elsewhere, reported where `arrange` has not written them out. A hook `arrange(lines)` may rewrite what was
// read where the running configuration has another shape than what is written (VLAN names to numbers, curly to set).

import type { Dialect } from '../dialects/dialect.ts'
import type { Platform } from '../platforms/index.ts'
import type { PortList } from '../platforms/ports.ts'
import type { SwitchStance, VlanList } from './lines.ts'
import type { Scanned } from './switch-scan.ts'

export interface SwitchFile {
  /** Below the folder of the switch. */
  readonly path: string
  /** The template's name: `config` or `remove`, unless the platform needs several. */
  readonly template: string
  /** Permission bits. */
  readonly mode: number
}

/** The lines that open blocks, with {lag} or {number}, {port}, {vlan}; undefined where the platform has no such block. */
export interface Heads {
  readonly lag?: string
  readonly port?: string
  readonly vlan?: string
}

export type BlockName = 'global' | 'lag' | 'port' | 'vlan'

/** A line that is known and none of our business. */
export interface IgnoredLine {
  readonly in: BlockName | 'any'
  /** Matched from its beginning. */
  readonly line: RegExp
}

export interface SwitchTarget {
  readonly id: string
  readonly title: string
  readonly side: 'switch'
  /** Who reads the text, for the list of targets. */
  readonly reader: string
  readonly versions: readonly string[]
  readonly proof: 'proven' | 'documented'
  readonly platform: Platform
  readonly dialect: Dialect
  readonly files: readonly [SwitchFile, ...SwitchFile[]]
  readonly removal: readonly [SwitchFile, ...SwitchFile[]]
  readonly heads: Heads
  /** Whether heads begin every line of their block, instead of opening it. */
  readonly flat: boolean
  /** Further lists of lines that the templates place. */
  readonly parts: { readonly [B in BlockName]?: readonly string[] }
  /** The names of VLANs that are there already, where VLANs go by name; others are `v` and the number. */
  readonly vlanNames: Readonly<Record<number, string>>
  /** Whole lines with {vlanname} and {vlan} that say which number a name has. */
  readonly vlanIs: readonly string[]
  readonly portList: PortList
  readonly vlanList: VlanList
  /**
   * What lists of VLANs hold. `tagged`: the tagged ones; `passing`: the native one too where untagged frames pass; `all`:
   * always; `passing-but-1`: what passes, but VLAN 1 passes unless a line for `without-1` takes it away.
   */
  readonly vlanLists: 'tagged' | 'passing' | 'all' | 'passing-but-1'
  readonly spellings: {
    readonly switch: Readonly<Record<string, SwitchStance>>
    readonly lag: Readonly<Record<string, SwitchStance>>
  }
  readonly ignores: readonly IgnoredLine[]
  /**
   * Where LAGs may have any name: what makes one, and then what else tells its ports. Matched against a line behind the heads
   * around it, joined by ` / `; the groups `name` and `ports` are its name and its ports.
   */
  readonly lagMade: readonly RegExp[]
  /** The LAGs of a text that is being read that have names of their own, with their numbers; empty in every table. */
  readonly called: ReadonlyMap<string, { readonly number: number }>
  /** Lines that bring in what stands elsewhere. Where `arrange` leaves one, nobody knows what it says, and it is reported. */
  readonly brings?: RegExp
  /** Brings what was read into the shape that is written. `called` are names of LAGs that are no pattern of the platform. */
  arrange?(lines: Scanned, called: SwitchTarget['called']): Scanned
}

/** Fills what is the same for most platforms. */
export function switchTarget(
  target: Pick<SwitchTarget, 'platform' | 'dialect' | 'heads' | 'spellings'> & Partial<SwitchTarget>,
): SwitchTarget {
  const { platform } = target
  const ending = target.flat ? 'set' : 'cfg'
  return {
    id: platform.id,
    title: `${platform.vendor} ${platform.product.replace(/ \(.*/, '')}`,
    side: 'switch',
    reader: 'the command line of the switch',
    versions: [],
    proof: 'documented',
    files: [{ path: `${platform.id}.${ending}`, template: 'config', mode: 0o644 }],
    removal: [{ path: `${platform.id}.remove.${ending}`, template: 'remove', mode: 0o644 }],
    flat: false,
    parts: {},
    vlanNames: {},
    vlanIs: [],
    portList: { between: ',', to: '-', shortEnd: true },
    vlanList: { between: ',', to: '-' },
    vlanLists: 'passing',
    ignores: [],
    lagMade: [],
    called: new Map(),
    ...target,
  }
}
