// How what a machine shows becomes values: addresses in every vendor's spelling, states of a port as a number, letters,
// bits or words. Undefined: it is none of ours, and whoever read it says so.

import { bit, type StateBit } from '../simulate/lacp/lacpdu.ts'

/** What is known of a port's state octet; a bit that is not shown is absent. */
export type State = { readonly [B in StateBit]?: boolean }

/** The names of the bits, lowest first. Source: IEEE 802.1AX-2014, 6.4.2.3 l). */
export const stateBits = Object.keys(bit) as readonly StateBit[]

/** How some output spells a state. */
export type StateForm =
  /** A number, or one in hexadecimal after 0x. */
  | { readonly as: 'number' }
  /** Eight digits, Activity first. */
  | { readonly as: 'bits' }
  /** The names of the bits that are set. */
  | { readonly as: 'words'; readonly words: Readonly<Record<string, StateBit>> }
  /**
   * A letter for a bit that is set, or one that says that it is not. `closed`: a bit whose letter is missing is not set;
   * else nothing is known of it.
   */
  | {
      readonly as: 'letters'
      readonly letters: Readonly<Record<string, readonly [bit: StateBit, set: boolean]>>
      readonly closed: boolean
      /** Letters that say nothing by themselves. */
      readonly silent?: string
    }
  /** A letter in its place, Activity first, or a hyphen. */
  | { readonly as: 'places' }
  /** A word for each bit, in this order. */
  | {
      readonly as: 'columns'
      readonly bits: readonly StateBit[]
      readonly set: readonly string[]
      readonly unset: readonly string[]
    }

/** Every bit by the number of the octet. */
export function stateOf(octet: number): State {
  return Object.fromEntries(stateBits.map(name => [name, (octet & bit[name]) !== 0]))
}

export function readState(text: string, form: StateForm): State | undefined {
  switch (form.as) {
    case 'number': {
      const octet = /^(?:\d{1,3}|0x[0-9a-f]{1,2})$/i.test(text) ? Number(text) : 256
      return octet < 256 ? stateOf(octet) : undefined
    }
    case 'bits':
      return /^[01]{8}$/.test(text)
        ? Object.fromEntries(stateBits.map((name, at) => [name, text[at] === '1']))
        : undefined
    case 'words': {
      const said = text.split(/[\s,]+/).filter(word => word !== '')
      const bits = said.map(word => (Object.hasOwn(form.words, word) ? form.words[word] : undefined))
      if (bits.includes(undefined)) return undefined
      return Object.fromEntries(stateBits.map(name => [name, bits.includes(name)]))
    }
    case 'places':
      return text.length === stateBits.length
        ? Object.fromEntries(stateBits.map((name, at) => [name, text[at] !== '-']))
        : undefined
    case 'columns': {
      const words = text.split(/\s+/)
      const known = words.every(word => form.set.includes(word) || form.unset.includes(word))
      if (!known || words.length !== form.bits.length) return undefined
      return Object.fromEntries(form.bits.map((name, at) => [name, form.set.includes(words[at] ?? '')]))
    }
    case 'letters': {
      const state: { -readonly [B in StateBit]?: boolean } = {}
      if (form.closed) for (const [name] of Object.values(form.letters)) state[name] = false
      for (const letter of text) {
        if (form.silent?.includes(letter)) continue
        const known = Object.hasOwn(form.letters, letter) ? form.letters[letter] : undefined
        if (known === undefined) return undefined
        state[known[0]] = known[1]
      }
      return state
    }
  }
}

const macSpellings: readonly RegExp[] = [
  /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/,
  /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/,
  /^[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{4}$/,
  /^[0-9a-f]{6}[-:]?[0-9a-f]{6}$/,
]

/** Any of the vendors' spellings of an address of six bytes, as lower case with colons. */
export function readMac(text: string): string | undefined {
  // NX-OS leaves out leading zeros: 5e-2-0-1-0-7.
  const said = /^[0-9a-f]{1,2}(?:-[0-9a-f]{1,2}){5}$/i.test(text)
    ? text.replace(/[0-9a-f]+/gi, byte => byte.padStart(2, '0'))
    : text
  const lower = said.toLowerCase()
  if (!macSpellings.some(one => one.test(lower))) return undefined
  return lower.replace(/[.:-]/g, '').replace(/..(?=.)/g, '$&:')
}

/** A number that counts; hexadecimal after 0x. */
export function readWhole(text: string): number | undefined {
  return /^(?:\d{1,10}|0x[0-9a-f]{1,8})$/i.test(text) ? Number(text) : undefined
}

const multiples: Readonly<Record<string, number>> = { k: 0.001, m: 1, g: 1000, t: 1_000_000 }

/** A rate in Mbit/s as machines print it: `1000 Mbps`, `10G`, `1.6T`. */
export function readSpeed(text: string): number | 'unknown' | undefined {
  if (/^(?:unknown|unknown!|auto)$/i.test(text)) return 'unknown'
  const [, number, letter] =
    /^(\d{1,7}(?:\.\d{1,3})?) ?(?:([kMGT])(?:b(?:it)?(?:ps|\/s)?)?)?$/i.exec(text) ?? []
  if (number === undefined) return undefined
  const rate = Number(number) * (multiples[(letter ?? 'm').toLowerCase()] ?? 1)
  return rate > 0 ? rate : 'unknown'
}
