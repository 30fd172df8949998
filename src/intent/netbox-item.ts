// One object of an export of NetBox: its fields, where it stands, and what is said of it there.
// Source of the fields: netbox, dcim/api/serializers_/device_components.py; of the types and modes: dcim/choices.py.

import type { Diagnostic, Path, Severity } from '../diagnostics/diagnostic.ts'
import type { Origin } from '../diagnostics/origin.ts'
import type { Region } from '../diagnostics/region.ts'
import { rowOf, type Subject } from '../options/index.ts'
import { portRef } from '../options/kind.ts'

type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field of what may be no object. */
export const within = (value: unknown, key: string): unknown => (isFields(value) ? value[key] : undefined)

/** A choice is `{value, label}`; older releases and hand-made exports have the value alone. */
export const choice = (value: unknown): unknown => within(value, 'value') ?? value

/** NetBox writes null, an empty text or an empty list for what nobody said. */
export const isSaid = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** What NetBox keeps for itself: names of its objects, counts, and what it has reckoned from other fields. */
const itsOwn: ReadonlySet<string> = new Set(
  (
    'id url display display_url device module name slug cable cable_end link_peers link_peers_type connected_endpoints ' +
    'connected_endpoints_type connected_endpoints_reachable created last_updated _occupied primary_mac_address'
  ).split(' '),
)

/** What somebody said of an interface and no bond has: counted, and told once for all. */
const beside: ReadonlySet<string> = new Set(
  (
    'label description mgmt_only duplex vdcs mark_connected tags custom_fields mac_addresses poe_mode poe_type rf_role ' +
    'rf_channel rf_channel_frequency rf_channel_width tx_power wireless_link wireless_lans owner'
  ).split(' '),
)

/** Whether somebody said it: a box that is not ticked, a field of one's own that is empty, and one address are not. */
const isSaidBeside = (key: string, value: unknown): boolean => {
  if (isFields(value) && key === 'custom_fields') return Object.values(value).some(isSaid)
  if (key === 'mac_addresses' && Array.isArray(value)) return value.length > 1
  return isSaid(value) && value !== false
}

/** What is to be said of an export, and what is only counted. */
export class Notes {
  readonly diagnostics: Diagnostic[] = []
  readonly #counts = new Map<string, Map<string, number>>()
  readonly #first = new Map<string, Region | undefined>()

  /** A field of an object of some kind that is not in the intent. */
  count(kind: string, field: string, region: Region | undefined): void {
    const fields = this.#counts.get(kind) ?? new Map<string, number>()
    this.#counts.set(kind, fields)
    if (!this.#first.has(kind)) this.#first.set(kind, region)
    fields.set(field, (fields.get(field) ?? 0) + 1)
  }

  /** Tells what was counted, one note a kind. */
  close(): readonly Diagnostic[] {
    for (const [kind, fields] of this.#counts) {
      const said = [...fields].map(([field, count]) => `${field} (${count})`).join(', ')
      const region = this.#first.get(kind)
      this.diagnostics.push({
        code: 'outside',
        severity: 'note',
        message: `what NetBox says of ${kind} is not in the intent, each with how many say it: ${said}`,
        ...(region && { region }),
      })
    }
    return this.diagnostics
  }
}

const isOwn = (key: string): boolean => itsOwn.has(key) || key.endsWith('_count') || key.startsWith('count_')

/** An object of an export, with where it stands. */
export class Item {
  readonly fields: Fields
  readonly #origin: Origin
  readonly #path: Path
  readonly #notes: Notes

  constructor(value: unknown, origin: Origin, path: Path, notes: Notes) {
    this.fields = isFields(value) ? value : {}
    this.#origin = origin
    this.#path = path
    this.#notes = notes
  }

  say(inner: Path, message: string, severity: Severity = 'warning', code = 'not-understood'): void {
    const region = this.#regionOf(inner)
    this.#notes.diagnostics.push({ code, severity, message, ...(region && { region }) })
  }

  #regionOf(inner: Path): Region | undefined {
    return this.#origin.regionOf({ path: [...this.#path, ...inner], part: 'value' })
  }

  /** The options of an interface that a row of ours takes as it stands; `taken` says which fields are answered for. */
  options(subject: Subject, said: Readonly<Record<string, string>>): Record<string, unknown> {
    const options: Record<string, unknown> = {}
    for (const [field, id] of Object.entries(said)) {
      const value = this.fields[field]
      if (!isSaid(value)) continue
      const kind = rowOf(subject, id)?.row.kind
      const read = kind?.read(value)
      if (read === undefined) this.say([field], `${field} is ${JSON.stringify(value)}, not ${kind?.expects}`)
      else options[id] = read
    }
    return options
  }

  /** What is said beside the fields that were answered for. */
  rest(answered: readonly string[]): void {
    const { fields } = this
    for (const [key, value] of Object.entries(fields)) {
      if (answered.includes(key) || isOwn(key)) continue
      if (beside.has(key)) {
        if (isSaidBeside(key, value)) this.#notes.count('interfaces', key, this.#regionOf([key]))
        continue
      }
      if (!isSaid(value) || (key === 'enabled' && value !== false)) continue
      this.say([key], `${key} of ${within(fields.device, 'name')} ${fields.name} is not in the intent`)
    }
  }

  /** What is said of a device beside the fields that were answered for. */
  restOfDevice(answered: readonly string[]): void {
    for (const [key, value] of Object.entries(this.fields)) {
      if (answered.includes(key) || isOwn(key) || !isSaidBeside(key, value)) continue
      this.#notes.count('devices', key, this.#regionOf([key]))
    }
  }

  /** In Mbit/s: NetBox has Kbit/s; where it names none, what the type of the port can. */
  speed(): { readonly speed?: number } {
    const { speed, type } = this.fields
    if (isSaid(speed)) {
      const mbps = Number(speed) / 1000
      if (Number.isInteger(mbps) && mbps > 0) return { speed: mbps }
      this.say(['speed'], `a speed of ${speed} Kbit/s is no whole number of Mbit/s`)
    }
    const [, digits, unit] = /^(\d+(?:\.\d+)?)(g?)base-/.exec(String(choice(type))) ?? []
    if (digits !== undefined) return { speed: Number(digits) * (unit === 'g' ? 1000 : 1) }
    this.say(['type'], `${choice(type)} does not tell how fast ${this.fields.name} is`)
    return {}
  }

  /** Where the cable ends; behind patch panels that is the endpoint, not the peer. */
  cable(): { readonly to?: { readonly node: string; readonly port: string } } {
    const { connected_endpoints: endpoints, link_peers: peers, cable, name } = this.fields
    const key = isSaid(endpoints) ? 'connected_endpoints' : 'link_peers'
    const ends = isSaid(endpoints) ? endpoints : peers
    if (!isSaid(ends)) {
      if (isSaid(cable)) this.say(['cable'], `where the cable of ${name} ends is not in the export`)
      return {}
    }
    const end = Array.isArray(ends) && ends.length === 1 ? ends[0] : undefined
    const kinds = this.fields[`${key}_type`]
    const to = portRef.read(`${within(within(end, 'device'), 'name')}:${within(end, 'name')}`)
    if (end !== undefined && to !== undefined && (!isSaid(kinds) || kinds === 'dcim.interface')) return { to }
    this.say([key], `the cable of ${name} does not end at one port of one device`)
    return {}
  }

  /** As a LAG of a switch says them. */
  vlans() {
    const { mode, untagged_vlan: untagged, tagged_vlans: tagged } = this.fields
    const native = within(untagged, 'vid')
    const vids = (Array.isArray(tagged) ? tagged : []).map(vlan => Number(within(vlan, 'vid')))
    const all = choice(mode) === 'tagged-all'
    const vlans = all ? [{ from: 1, to: 4094 }] : vids.map(vid => ({ from: vid, to: vid }))
    if (!all && isSaid(mode) && !['access', 'tagged'].includes(String(choice(mode))))
      this.say(['mode'], `the 802.1Q mode ${choice(mode)} is not in the intent`)
    return {
      ...(vlans.length > 0 && { vlans }),
      ...(typeof native === 'number' && { native, untagged: true }),
      ...(vlans.length > 0 && typeof native !== 'number' && { untagged: false }),
    }
  }
}

/** The number at the end of a LAG's name: Port-channel1, ae0, Po10. */
export function numberOf(name: string): number | undefined {
  const [digits] = /\d+$/.exec(name) ?? []
  return digits === undefined ? undefined : Number(digits)
}
