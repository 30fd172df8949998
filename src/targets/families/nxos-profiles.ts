// Port profiles of NX-OS: what a profile says holds on each interface that inherits it, unless the interface says otherwise
// ("Configuring Port Profiles", Nexus 9000 Interfaces Configuration Guide). Written out as the lines that they stand for. A
// profile that is not enabled says nothing yet; one that is not in the text leaves its `inherit` line, which is reported.

import type { Scanned, ScannedLine } from '../switch-scan.ts'

const profileHead = /^port-profile (?:type \S+ )?(\S+)$/
const inherits = /^inherit port-profile (\S+)$/
/** Of the profile itself. */
const frame = /^(?:(?:no )?state enabled|max-ports \d+)$/

/** A list that takes the place of one before it; with `add` it would go on with that. */
const list = /^switchport trunk allowed vlan (?!add )/

const nameIn = (pattern: RegExp, text: string | undefined): string | undefined =>
  pattern.exec(text ?? '')?.[1]

/** The lines of every profile by its name. */
function profilesIn(lines: Scanned): ReadonlyMap<string, Scanned> {
  const found = new Map<string, ScannedLine[]>()
  for (const line of lines) {
    const name = nameIn(profileHead, line.heads[0])
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), line])
  }
  return found
}

/** The lines with profiles written out, before what an interface says itself. */
export function withoutProfiles(lines: Scanned): Scanned {
  const profiles = profilesIn(lines)
  /** What a profile says with those that it inherits itself; undefined where one of them is not there. */
  const saidBy = (name: string, above: readonly string[] = []): Scanned | undefined => {
    const own = profiles.get(name)
    if (own === undefined || above.includes(name)) return undefined
    if (!own.some(({ text }) => text === 'state enabled')) return []
    const parts = own.map(line => {
      const inherited = nameIn(inherits, line.text)
      if (inherited !== undefined) return saidBy(inherited, [...above, name])
      return frame.test(line.text) ? [] : [line]
    })
    return parts.includes(undefined) ? undefined : parts.flatMap(part => part ?? [])
  }
  const inherited = new Map<string, Scanned>()
  const lists = new Set(
    lines.flatMap(({ heads: [head], text }) => (head !== undefined && list.test(text) ? [head] : [])),
  )
  const kept = lines.filter(({ heads: [head], text }) => {
    if (nameIn(profileHead, head) !== undefined || profileHead.test(text)) return false
    const said = head === undefined ? undefined : saidBy(nameIn(inherits, text) ?? '')
    if (head !== undefined && said !== undefined)
      inherited.set(head, [...(inherited.get(head) ?? []), ...said])
    return said === undefined
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
