// What `ip -d link` says of bonds and members, as JSON (-j) or as text: one table of facts, each with its name in both.
// The names are those of ip's own source, iproute2 ip/iplink_bond.c and iplink_bond_slave.c.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Region } from '../diagnostics/region.ts'
import type { SourceText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import type { Sight } from './sight.ts'
import type { StateForm } from './values.ts'
import { type Line, longestLine } from './walk.ts'

interface Fact {
  readonly text: string
  readonly at: Region
}

/** One device, its facts by their name in JSON: `mtu`, `info.miimon` of a bond, `slave.state` of a member. */
export interface Link {
  readonly name: string
  readonly at: Region
  readonly facts: ReadonlyMap<string, Fact>
}

export interface Links {
  readonly links: readonly Link[]
  readonly diagnostics: readonly Diagnostic[]
}

interface LinkRow {
  readonly name: string
  /** Its word in text where that is another one. */
  readonly word?: string
  readonly says: string
  readonly words?: Readonly<Record<string, string>>
  readonly form?: StateForm
}

const octet: StateForm = { as: 'number' }
const carrier = {
  UP: 'up',
  DOWN: 'down',
  LOWERLAYERDOWN: 'down',
  UNKNOWN: '',
  DORMANT: '',
  TESTING: '',
  NOTPRESENT: 'down',
}

const ofBond: readonly LinkRow[] = [
  { name: 'info.mode', says: 'b_mode' },
  { name: 'operstate', says: 'b_up', words: carrier },
  { name: 'enabled', says: 'b_enabled' },
  { name: 'mtu', says: 'b_mtu' },
  { name: 'info.miimon', says: 'b_miimonMs' },
  { name: 'info.arp_interval', says: 'b_arpIntervalMs' },
  { name: 'info.xmit_hash_policy', says: 'b_hashPolicy' },
  { name: 'info.ad_lacp_active', word: 'info.lacp_active', says: 'b_lacpActive' },
  { name: 'info.ad_lacp_rate', word: 'info.lacp_rate', says: 'b_lacpRate' },
  { name: 'info.min_links', says: 'b_minLinks' },
  { name: 'info.ad_select', says: 'b_adSelect' },
  { name: 'info.ad_info.aggregator', word: 'info.ad_aggregator', says: 'b_aggregator' },
  { name: 'info.ad_info.partner_mac', word: 'info.ad_partner_mac', says: 'b_partnerSystem' },
  { name: 'info.primary', says: 'b_primary' },
  { name: 'info.active_slave', says: 'b_activeMember' },
]

const ofMember: readonly LinkRow[] = [
  {
    name: 'slave.mii_status',
    says: 'm_link',
    words: { UP: 'up', DOWN: 'down', GOING_DOWN: 'going down', GOING_BACK: 'going back' },
  },
  { name: 'enabled', says: 'm_enabled' },
  { name: 'slave.link_failure_count', says: 'm_failures' },
  { name: 'slave.perm_hwaddr', says: 'm_mac' },
  { name: 'slave.ad_aggregator_id', says: 'm_aggregator' },
  { name: 'slave.state', says: 'm_role' },
  { name: 'mtu', says: 'm_mtu' },
  { name: 'slave.ad_actor_oper_port_state', says: 'a_state', form: octet },
  { name: 'slave.ad_partner_oper_port_state', says: 'p_state', form: octet },
]

/** The JSON of `ip -j`, with whatever further letters. */
export function linksOfJson(source: SourceText): Links {
  const { value: document, diagnostics } = readYaml(source)
  const list = document?.value
  if (document === undefined || !Array.isArray(list)) return { links: [], diagnostics }
  const links = list.flatMap((device: unknown, index): readonly Link[] => {
    if (!isObject(device)) return []
    const regionOf = (...path: (string | number)[]): Region =>
      document.origin.regionOf({ path: [index, ...path], part: 'value' }) ?? source.regionOf(0, 1)
    const { ifname, flags, master, linkinfo } = device
    if (typeof ifname !== 'string') return []
    const facts = new Map<string, Fact>()
    const add = (name: string, said: unknown, ...path: string[]): void => {
      if (typeof said === 'string' || typeof said === 'number')
        facts.set(name, { text: String(said), at: regionOf(...path) })
    }
    add('mtu', device.mtu, 'mtu')
    add('operstate', device.operstate, 'operstate')
    add('master', master, 'master')
    if (Array.isArray(flags)) add('enabled', flags.includes('UP') ? 'up' : 'down', 'flags')
    if (isObject(linkinfo)) {
      add('kind', linkinfo.info_kind, 'linkinfo', 'info_kind')
      add('slave-kind', linkinfo.info_slave_kind, 'linkinfo', 'info_slave_kind')
      for (const [prefix, part] of [
        ['info', 'info_data'],
        ['slave', 'info_slave_data'],
      ] as const) {
        const data = linkinfo[part]
        if (!isObject(data)) continue
        for (const [key, said] of Object.entries(data)) {
          add(`${prefix}.${key}`, said, 'linkinfo', part, key)
          if (isObject(said))
            for (const [inner, deeper] of Object.entries(said))
              add(`${prefix}.${key}.${inner}`, deeper, 'linkinfo', part, key, inner)
        }
      }
    }
    return [{ name: ifname, at: regionOf('ifname'), facts }]
  })
  return { links, diagnostics }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const head = /^\d+: (?<name>[^\s:@]+)(?:@[^\s:]+)?: <(?<flags>[^>]*)> (?<rest>.*)$/d

/** The text of `ip -d link`. */
export function linksOfText(source: SourceText, lines: readonly Line[]): Links {
  const links: (Link & { readonly facts: Map<string, Fact> })[] = []
  const jsonName = new Map(
    [...ofBond, ...ofMember].flatMap(({ name, word }) => (word === undefined ? [] : [[word, name] as const])),
  )
  for (const { start, text } of lines) {
    if (text.length > longestLine) continue
    const begun = head.exec(text)
    const facts = begun === null ? links.at(-1)?.facts : new Map<string, Fact>()
    if (facts === undefined) continue
    const pairs = (from: number, rename: (key: string) => string): void => {
      const words = [...text.slice(from).matchAll(/\S+/g)]
      for (let at = 0; at + 1 < words.length; at += 1) {
        const [key, value] = [words[at]?.[0] ?? '', words[at + 1]]
        const name = rename(key)
        if (value === undefined || facts.has(name)) continue
        const begin = start + from + value.index
        facts.set(name, { text: value[0], at: source.regionOf(begin, begin + value[0].length) })
      }
    }
    if (begun !== null) {
      const { name = '', flags = '' } = begun.groups ?? {}
      const [from = 0, to = 0] = begun.indices?.groups?.name ?? []
      links.push({ name, at: source.regionOf(start + from, start + to), facts })
      const [left = 0, right = 0] = begun.indices?.groups?.flags ?? []
      const up = flags.split(',').includes('UP') ? 'up' : 'down'
      facts.set('enabled', { text: up, at: source.regionOf(start + left, start + right) })
      pairs(begun.indices?.groups?.rest?.[0] ?? 0, key => (key === 'state' ? 'operstate' : key))
      continue
    }
    const [, blank = '', kind] = /^( +)(bond|bond_slave) (?=\S)/.exec(text) ?? []
    if (kind === undefined) continue
    const prefix = kind === 'bond' ? 'info' : 'slave'
    const at = source.regionOf(start + blank.length, start + blank.length + kind.length)
    facts.set(kind === 'bond' ? 'kind' : 'slave-kind', { text: 'bond', at })
    pairs(blank.length + kind.length, key => jsonName.get(`${prefix}.${key}`) ?? `${prefix}.${key}`)
  }
  return { links, diagnostics: [] }
}

/** The bond that each member has, by the member. */
export function mastersOf(links: readonly Link[]): ReadonlyMap<string, string> {
  return new Map(
    links.flatMap(({ name, facts }) => {
      const master = facts.get('master')?.text
      return facts.get('slave-kind')?.text === 'bond' && master !== undefined ? [[name, master] as const] : []
    }),
  )
}

/** Puts what links say of bonds into a machine. */
export function seeLinks(links: readonly Link[], sight: Sight): void {
  for (const { name, at, facts } of links) {
    if (facts.get('kind')?.text !== 'bond') continue
    const bundle = sight.bundle(name, at)
    see(facts, ofBond, sight, { bundle, member: undefined })
  }
  for (const { name, at, facts } of links) {
    const master = facts.get('master')
    if (master === undefined || facts.get('slave-kind')?.text !== 'bond') continue
    const bundle = sight.bundle(master.text, master.at)
    see(facts, ofMember, sight, { bundle, member: sight.member(bundle, name, at) })
  }
}

function see(
  facts: ReadonlyMap<string, Fact>,
  rows: readonly LinkRow[],
  sight: Sight,
  position: Parameters<Sight['keep']>[3],
): void {
  for (const { name, says, words, form } of rows) {
    const fact = facts.get(name)
    if (fact === undefined) continue
    const word = words !== undefined && Object.hasOwn(words, fact.text) ? words[fact.text] : fact.text
    if (word !== undefined && word !== '') sight.keep(says, word, fact.at, position, form)
  }
}
