// What a scalar of YAML's core schema means: null, true, false, a whole number or a text (YAML 1.2.2, section 10.3).
// So `on`, `yes` and 802.3ad are texts, and there are no dates and no merge keys. Fractions stay text as well: nothing in
// an intent is one, and a kernel 6.10 is not 6.1. The patterns are js-yaml's.

import { boolCoreTag, intCoreTag, NOT_RESOLVED, nullCoreTag, strTag } from 'js-yaml'

type ScalarTag = typeof strTag | typeof nullCoreTag | typeof boolCoreTag | typeof intCoreTag

const core = 'tag:yaml.org,2002:'

/** In this order an untagged plain scalar is tried; what none of them takes is a text. */
const untagged: readonly ScalarTag[] = [nullCoreTag, boolCoreTag, intCoreTag]

const tagged: ReadonlyMap<string, ScalarTag> = new Map([strTag, ...untagged].map(tag => [tag.tagName, tag]))

/** Which tags may take a scalar, by its first character; most texts are recognised by it. */
const byFirstCharacter = new Map<string, readonly ScalarTag[]>()
for (const tag of untagged) {
  for (const first of tag.implicitFirstChars ?? []) {
    byFirstCharacter.set(first, [...(byFirstCharacter.get(first) ?? []), tag])
  }
}

/** The value of a plain scalar without a tag. */
export function plainValue(text: string): unknown {
  const candidates = byFirstCharacter.get(text.charAt(0))
  if (candidates === undefined) return text
  for (const tag of candidates) {
    const value = tag.resolve(text, false, tag.tagName)
    if (value !== NOT_RESOLVED) return value
  }
  return text
}

/** What a tag asks for: a known scalar, a list, a mapping, a text whatever it looks like (`!`), or nothing known. */
export type Asked = 'scalar' | 'list' | 'mapping' | 'text' | 'merge' | 'unknown'

export function askedBy(fullTag: string): Asked {
  if (fullTag === '!') return 'text'
  if (fullTag === `${core}map`) return 'mapping'
  if (fullTag === `${core}seq`) return 'list'
  if (fullTag === `${core}merge`) return 'merge'
  return tagged.has(fullTag) ? 'scalar' : 'unknown'
}

/** The value of a scalar with a known tag, as `{ value }`; undefined if the text is none of that tag. */
export function taggedValue(fullTag: string, text: string): { readonly value: unknown } | undefined {
  const value = tagged.get(fullTag)?.resolve(text, true, fullTag)
  return value === undefined || value === NOT_RESOLVED ? undefined : { value }
}

/** A tag as written (`!!str`, `!<tag:yaml.org,2002:str>`, `!e!x`) in full, with the handles that %TAG lines define. */
export function fullTagOf(written: string, handles: ReadonlyMap<string, string>): string {
  if (written.startsWith('!<')) return written.slice(2, -1)
  const handle = written.slice(0, written.indexOf('!', 1) + 1) || '!'
  const prefix = handles.get(handle) ?? (handle === '!!' ? core : handle)
  return prefix + written.slice(handle.length)
}

/**
 * The text of a double-quoted scalar with U+FFFD in place of what no file can hold: half a surrogate pair, or a code
 * point beyond Unicode. `written` is what stands between the quotes. Undefined if nothing had to be replaced.
 *
 * js-yaml decodes \U80000041 to A, so such escapes are looked for in what is written.
 */
export function repaired(text: string, written: string): string | undefined {
  if (written.includes('\\U')) {
    for (const [, digits] of written.matchAll(/\\(?:U([0-9A-Fa-f]{8})|[^U])/g)) {
      if (digits !== undefined && Number.parseInt(digits, 16) > 0x10ffff) return '\uFFFD'
    }
  }
  return /\p{Surrogate}/u.test(text) ? text.replace(/\p{Surrogate}/gu, '\uFFFD') : undefined
}
