// How many terminal columns a text takes. Knows Unicode, not what the text is for.

/**
 * Code points two columns wide whatever the font: East Asian Wide and Fullwidth (Unicode Standard Annex 11,
 * EastAsianWidth.txt), as first, last pairs with the unassigned gaps inside a block filled in. Emoji are left
 * to the property Emoji_Presentation, which the engine keeps current.
 */
const wideRanges: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f], // Hangul initial consonants
  [0x2329, 0x232a], // angle brackets
  [0x2e80, 0x303e], // CJK radicals, punctuation
  [0x3041, 0x3247], // kana, enclosed ideographs
  [0x3250, 0xa4cf], // CJK ideographs, Yi
  [0xa960, 0xa97f], // Hangul, extended A
  [0xac00, 0xd7a3], // Hangul syllables
  [0xf900, 0xfaff], // CJK compatibility ideographs
  [0xfe10, 0xfe1f], // vertical forms
  [0xfe30, 0xfe6f], // CJK compatibility and small forms
  [0xff01, 0xff60], // fullwidth ASCII
  [0xffe0, 0xffe6], // fullwidth signs
  [0x16fe0, 0x18dff], // Tangut, Khitan
  [0x1aff0, 0x1b2ff], // kana supplements, Nushu
  [0x1d300, 0x1d376], // Tai Xuan Jing symbols, counting rods
  [0x1f200, 0x1f265], // enclosed ideographs
  [0x20000, 0x3fffd], // ideographs, planes 2 and 3
]

const plain = /^[\x20-\x7e\xa0-\xac\xae-\u02ff]*$/
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}\u1160-\u11ff\ud7b0-\ud7ff]$/u
const emoji = /^\p{Emoji_Presentation}/u
const oneEmoji = /^(?:\p{Regional_Indicator}{2}|\p{Emoji}.*(?:\ufe0f|\u200d|\p{Emoji_Modifier}).*)$/su
const colours = /\x1b\[[0-9;]*m/g

// Made at the first text that is not plain: it takes a quarter of the start-up of a short run.
let segmenter: Intl.Segmenter | undefined
const segmentsOf = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** What a reader takes for one character each; for plain ASCII simply its characters. */
export const graphemes = (text: string): string[] =>
  plain.test(text) ? text.split('') : Array.from(segmentsOf(text), part => part.segment)

const isWide = (code: number): boolean =>
  code >= 0x1100 && wideRanges.some(([first, last]) => code >= first && code <= last)

const characterWidth = (character: string): number => {
  if (zeroWidth.test(character)) return 0
  return isWide(character.codePointAt(0) ?? 0) || emoji.test(character) ? 2 : 1
}

/** Columns of one grapheme. An emoji sequence is two, whatever it is made of; other parts add up. */
export function graphemeWidth(grapheme: string): number {
  if (grapheme.length === 1) return characterWidth(grapheme)
  if (oneEmoji.test(grapheme)) return 2
  let columns = 0
  for (const character of grapheme) columns += characterWidth(character)
  return columns
}

/**
 * Columns that `text` takes in a terminal: wide characters and emoji two, combining marks none. Colour
 * sequences count nothing. Ambiguous characters count one, as terminals outside East Asian locales have it.
 * Text with control characters has no width; pass it through `visible` first.
 */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length
  let columns = 0
  for (const grapheme of graphemes(text.replace(colours, ''))) columns += graphemeWidth(grapheme)
  return columns
}
