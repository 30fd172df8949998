// Port profiles of NX-OS: what a profile says holds on each interface that inherits it, unless the interface says otherwise
// ("Configuring Port Profiles", Nexus 9000 Interfaces Configuration Guide). Written out as the lines that they stand for. A
// profile that is not enabled says nothing yet; one that is not in the text leaves its `inherit` line, which is reported.

import { mostInherited, type Scanned, type ScannedLine } from '../switch-scan.ts'

const profileHead = /^port-profile (?:type \S+ )?(\S+)$/
const inherits = /^inherit port-profile (\S+)$/
/** Of the profile itself. */
const frame = /^(?:(?:no )?state enabled|max-ports \d+)$/

/** A list that takes the place of one before it; with `add` it would go on with that. */
const list = /^switchport trunk allowed vlan (?!add )/

const nameIn = (pattern: RegExp, text: string | undefined): string | undefined =>
  pattern.exec(text ?? '')?.[1]

/** So deep profiles may inherit each other (the same guide, "Port Profile Inheritance"). */
const levels = 4

/** The lines of every profile by its name. */
function profilesIn(lines: Scanned): ReadonlyMap<string, Scanned> {
  const found = new Map<string, ScannedLine[]>()
  for (const line of lines) {
    const name = nameIn(profileHead, line.heads[0])
    if (name === undefined) continue
    const own = found.get(name)
    if (own === undefined) found.set(name, [line])
    else own.push(line)
  }
  return found
}

/** What a profile says with those that it inherits itself; undefined where one of them is not there, or it is too much. */
class Profiles {
  readonly #profiles: ReadonlyMap<string, Scanned>
  #left = mostInherited

  constructor(lines: Scanned) {
    this.#profiles = profilesIn(lines)
  }

  saidBy(name: string, level = 1): Scanned | undefined {
    const own = this.#profiles.get(name)
    if (own === undefined || level > levels) return undefined
    if (!own.some(({ text }) => text === 'state enabled')) return []
    const said: ScannedLine[] = []
    for (const line of own) {
      if (this.#left <= 0) return undefined
      this.#left -= 1
      const inherited = nameIn(inherits, line.text)
      const more = inherited === undefined ? [line] : this.saidBy(inherited, level + 1)
      if (more === undefined) return undefined
      for (const one of more) if (!frame.test(one.text)) said.push(one)
    }
    return said
  }
}

/** The lines with profiles written out, before what an interface says itself. */
export function withoutProfiles(lines: Scanned): Scanned {
  const profiles = new Profiles(lines)
  const inherited = new Map<string, ScannedLine[]>()
  const lists = new Set(
    lines.flatMap(({ heads: [head], text }) => (head !== undefined && list.test(text) ? [head] : [])),
  )
  const kept = lines.filter(({ heads: [head], text }) => {
    if (nameIn(profileHead, head) !== undefined || profileHead.test(text)) return false
    const name = head === undefined ? undefined : nameIn(inherits, text)
    const said = name === undefined ? undefined : profiles.saidBy(name)
    if (head === undefined || said === undefined) return true
    const before = inherited.get(head) ?? []
    inherited.set(head, before)
    for (const one of said) before.push(one)
    return false
  })
  return kept.flatMap(line => {
    const said = line.heads.length === 0 ? inherited.get(line.text) : undefined
    return said === undefined
      ? [line]
      : [
          { ...line, opens: true },
          ...said
            .filter(({ text }) => !(list.test(text) && lists.has(line.text)))
            .map(one => ({ ...one, heads: [line.text] })),
        ]
  })
}
