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
    case 'letters': {
      const state: { -readonly [B in StateBit]?: boolean } = {}
      if (form.closed) for (const [name] of Object.values(form.letters)) state[name] = false
      for (const letter of text) {
        const known = Object.hasOwn(form.letters, letter) ? form.letters[letter] : undefined
        if (known === undefined) return undefined
        state[known[0]] = known[1]
      }
      return state
    }
  }
}

/** Any of the vendors' spellings of an address of six bytes, as lower case with colons. */
export function readMac(text: string): string | undefined {
  const digits = text.toLowerCase().replace(/[.:-]/g, '')
  if (!/^[0-9a-f]{12}$/.test(digits)) return undefined
  if (
    !/^(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{4}|[0-9a-f]{6}[-:]?[0-9a-f]{6})$/i.test(
      text,
    )
  )
    return undefined
  return digits.replace(/..(?=.)/g, '$&:')
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
