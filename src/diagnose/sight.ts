// Machines as they take shape while they are read. The first who shows a fact is believed: what comes later may have been
// collected at another moment, and fills only what is missing.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Region } from '../diagnostics/region.ts'
import {
  type Bundle,
  bundleFacts,
  type Event,
  endFacts,
  type Machine,
  type Member,
  memberFacts,
  type Seen,
} from './observed.ts'
import { readState, type StateForm } from './values.ts'

type Draft<T> = { -readonly [K in keyof T]: T[K] }
export type DraftBundle = Draft<Omit<Bundle, 'members'>> & { readonly members: DraftMember[] }
export type DraftMember = Draft<Member>

/** Whose a fact is, by the first letter of its group. */
const tables = { b: bundleFacts, m: memberFacts, a: endFacts, p: endFacts } as const
export type Owner = keyof typeof tables

export class Sight {
  readonly name: string
  kind: Machine['kind'] = 'host'
  readonly bundles: DraftBundle[] = []
  readonly events: Event[] = []
  readonly diagnostics: Diagnostic[] = []
  readonly #byName = new Map<string, DraftBundle>()
  readonly #members = new Map<DraftBundle, Map<string, DraftMember>>()

  constructor(name: string) {
    this.name = name
  }

  bundle(name: string, at: Region): DraftBundle {
    const known = this.#byName.get(name)
    if (known !== undefined) return known
    const made: DraftBundle = { name, at, members: [], hidden: false, unnamed: false }
    this.#byName.set(name, made)
    this.#members.set(made, new Map())
    this.bundles.push(made)
    return made
  }

  member(bundle: DraftBundle, name: string, at: Region): DraftMember {
    const all = this.#members.get(bundle)
    const known = all?.get(name)
    if (known !== undefined) return known
    const made: DraftMember = { name, at, actor: {}, partner: {} }
    all?.set(name, made)
    bundle.members.push(made)
    return made
  }

  /** A member of whatever bond. */
  memberCalled(name: string): DraftMember | undefined {
    for (const all of this.#members.values()) {
      const found = all.get(name)
      if (found !== undefined) return found
    }
    return undefined
  }

  has(name: string): boolean {
    return this.#byName.has(name)
  }

  /** Keeps a fact that a group of this name says; what cannot be read is complained of. False: there is nothing that it is of. */
  keep(
    group: string,
    said: string,
    at: Region,
    {
      bundle,
      member,
    }: { readonly bundle: DraftBundle | undefined; readonly member: DraftMember | undefined },
    form?: StateForm,
  ): boolean {
    const owner = group[0] as Owner
    const fact = group.slice(2)
    const holder =
      owner === 'b' ? bundle : owner === 'm' ? member : owner === 'a' ? member?.actor : member?.partner
    if (holder === undefined) return false
    const read = (tables[owner] as Readonly<Record<string, (said: string) => unknown>>)[fact]
    const value = form === undefined ? read?.(said) : readState(said, form)
    if (value === undefined) {
      this.diagnostics.push(notUnderstood(said, at))
      return true
    }
    const facts = holder as Record<string, Seen<unknown> | undefined>
    facts[fact] ??= { value, at }
    return true
  }

  machine(): Machine {
    const { name, kind, bundles, events } = this
    return { name, kind, bundles, events }
  }
}

const notUnderstood = (said: string, at: Region): Diagnostic => ({
  code: 'not-understood',
  severity: 'warning',
  message: `${said.length > 40 ? `${said.slice(0, 40)}…` : said} is no value that is known here, so nothing is made of it`,
  region: at,
})
