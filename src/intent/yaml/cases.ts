// The usual mistakes in YAML: how each looks where js-yaml stops, and what to say of it. The first case that applies
// speaks; guesses are worded as such in the help, never in the message.

import type { Openers } from './openers.ts'
import { shortened } from './troubles.ts'

/** What the cases look at. */
export interface Scene extends Openers {
  readonly text: string
  readonly reason: string
  readonly offset: number
  /** The end of the stretch that js-yaml was given. */
  readonly end: number
  /** The character where it stopped; empty at the end. */
  readonly character: string
  /** The line where it stopped, its offset, and what of it stands before the spot. */
  readonly line: string
  readonly lineStart: number
  readonly before: string
  /** The last line above that is neither blank nor a comment, and its offset. */
  readonly above: string
  readonly aboveStart: number
}

export interface Explanation {
  readonly message: string
  readonly help?: string
  /** The offending text, if it is not the word where js-yaml stopped. */
  readonly start?: number
  readonly end?: number
  /** Whether to show also where it was noticed. */
  readonly noticed?: boolean
}

export type Case = (scene: Scene) => Explanation | undefined

/** A line is looked at in its first 1000 characters: enough for every case, and hostile ones are longer. */
export const lineAt = (text: string, start: number): string =>
  text.slice(start, start + 1000).split(/[\r\n]/, 1)[0] ?? ''

/** A word like `mtu:9000`: a key, a colon and a value without a space; not an address, a time or a URL. */
const glued = /^(\s*(?:-\s+)*)([A-Za-z][\w-]*):([^\s:/][^\s:]*)\s*(?:#.*)?$/

const indentOf = (line: string): number => line.length - line.trimStart().length

const closeHelp = 'add the closing one, or quote the text if it is not meant as one'

const isIndentation = (reason: string): boolean =>
  /^(?:bad indentation|end of the stream or|can not read a block|expected ':')/.test(reason)

/** In this order. */
export const cases: readonly Case[] = [
  function tooDeep({ reason }) {
    if (!reason.startsWith('nesting exceeded')) return undefined
    const depth = /\d+/.exec(reason)?.[0]
    return {
      message: `lists and mappings are nested more than ${depth} deep`,
      help: 'an intent needs six levels',
    }
  },

  function tabInIndentation({ line, lineStart, offset }) {
    const tab = /^\s*/.exec(line)?.[0].indexOf('\t') ?? -1
    if (tab < 0 || offset > lineStart + indentOf(line) + 200) return undefined
    const tabs = /^\t+/.exec(line.slice(tab))?.[0].length ?? 1
    return {
      message: 'a tab stands in the indentation, where YAML allows spaces only',
      help: 'indent with two spaces for each level',
      start: lineStart + tab,
      end: lineStart + tab + tabs,
    }
  },

  function template({ line, lineStart }) {
    const at = line.search(/\{\{|\{%|\{#/)
    if (at < 0) return undefined
    return {
      message: 'braces begin a mapping in YAML, and this is none',
      help: 'this looks like a template: render it first, or quote it if the braces belong to the text',
      start: lineStart + at,
      end: lineStart + at + 2,
    }
  },

  function reservedCharacter({ character, before, offset, text }) {
    if (!/[@`%]/.test(character) || character === '' || !/(?:^|[\s,[{:-])$/.test(before)) return undefined
    const end = text.slice(offset).search(/[\r\n,\]}]|$/)
    const word = text.slice(offset, offset + end).trimEnd()
    if (character === '%' && before === '') {
      return {
        message: 'a line that begins with % is a directive, and none may stand here',
        help: 'quote it',
      }
    }
    return {
      message: `no text may begin with ${character} in YAML`,
      help: `put it in quotes: ${JSON.stringify(shortened(word))}`,
      end: offset + word.length,
    }
  },

  function unknownEscape({ reason, offset, text }) {
    const hexadecimal = reason === 'expected hexadecimal character'
    if (!hexadecimal && reason !== 'unknown escape sequence') return undefined
    const start = text.lastIndexOf('\\', offset)
    const written = text.slice(start, offset + 1).trimEnd()
    return {
      message: hexadecimal
        ? `${shortened(written)} is an unfinished escape: \\x takes two hexadecimal digits, \\u four, \\U eight`
        : `${shortened(written)} is no escape that YAML knows`,
      help: 'for a backslash itself write two of them, or use single quotes',
      start,
      end: offset + 1,
    }
  },

  function blockScalarHeader({ reason, offset, text }) {
    if (reason !== 'a line break is expected') return undefined
    const end = offset + lineAt(text, offset).length
    return {
      message: 'after | or > the text begins on the next line',
      help: 'move it there, indented, or quote it if the | or > belongs to the text',
      end,
    }
  },

  function anchorName({ reason, offset }) {
    const what = /^name of an (alias|anchor)/.exec(reason)?.[1]
    if (what === undefined) return undefined
    const character = what === 'alias' ? '*' : '&'
    return {
      message: `${character} must be followed by the name of what it ${what === 'alias' ? 'repeats' : 'marks'}`,
      help: `put it in quotes if it is meant as text: "${character}"`,
      start: offset - 1,
      end: offset,
    }
  },

  function closingBracketTooFarLeft({ reason, character, open, lineStart, offset }) {
    if (reason !== 'deficient indentation' || open === undefined || !/[\]}]/.test(character)) return undefined
    if (open >= lineStart) return undefined
    return {
      message: `the closing ${character} is not indented deeper than the key that it belongs to`,
      help: 'indent it, or write it at the end of the line before',
      end: offset + 1,
    }
  },

  function neverClosed({ reason, text, open, lineStart, offset, end, character }) {
    if (open === undefined) return undefined
    const atEnd = offset >= end || /^unexpected end of the stream/.test(reason)
    const opener = text.charAt(open)
    const onEarlierLine = open < lineStart && /^(?:deficient|unexpected end)/.test(reason)
    // A key with its value in a list that began above, or the other kind of closing bracket.
    const inList = open < lineStart && opener === '[' && character === ':'
    const crossed = (opener === '[' && character === '}') || (opener === '{' && character === ']')
    if (!atEnd && !onEarlierLine && !inList && !crossed) return undefined
    const isQuote = opener === '"' || opener === "'"
    return {
      message: `the ${isQuote ? 'quote' : 'bracket'} ${opener} that begins here is not closed`,
      help: isQuote && opener === "'" ? "close it; an apostrophe in single quotes is written ''" : closeHelp,
      start: open,
      end: open + 1,
      noticed: !atEnd,
    }
  },

  function afterClosingQuote({ quoted, offset, text, lineStart, character, open }) {
    if (
      quoted === undefined ||
      open !== undefined ||
      character === '' ||
      /[\r\n:]/.test(text.slice(quoted.end, offset))
    )
      return undefined
    if (text.slice(quoted.end, offset).trim() !== '') return undefined
    if (quoted.start < lineStart) {
      return {
        message: 'this quote is closed only some lines further, and there text follows',
        help: 'close it where its text ends',
        start: quoted.start,
        end: quoted.start + 1,
        noticed: true,
      }
    }
    return {
      message: 'text follows after the closing quote',
      help:
        text[quoted.start] === "'"
          ? "quote the whole value; an apostrophe in single quotes is written ''"
          : 'quote the whole value; a quote in double quotes is written \\"',
      end:
        offset +
        lineAt(text, offset)
          .replace(/\s+#.*$/, '')
          .trimEnd().length,
    }
  },

  function closedTwice({ character, reason }) {
    if (!/[\]}]/.test(character) || !isIndentation(reason)) return undefined
    return {
      message: `the closing ${character} has no opening one`,
      help: 'remove it, or quote the text it belongs to',
    }
  },

  function colonAtEndOfAddress({ character, before, offset, lineStart }) {
    const [word = ''] = /[0-9A-Fa-f:.]*$/.exec(before) ?? []
    if (character !== ':' || !/^[0-9A-Fa-f]{1,4}:/.test(word)) return undefined
    return {
      message: `${word}: ends in a colon, which makes it a key`,
      help: `put the address in quotes: "${word}:"`,
      start: lineStart + before.length - word.length,
      end: offset + 1,
    }
  },

  function comma({ reason, character }) {
    if (reason.startsWith('missed comma')) {
      return {
        message: 'a comma or a colon is missing before this',
        help: 'in brackets write commas between entries, and a colon and a space between a key and its value',
      }
    }
    if (!reason.startsWith('expected the node content')) return undefined
    return { message: `nothing stands before this ${character}`, help: 'remove one of the commas' }
  },

  function noSpaceAfterColon({ reason, above, aboveStart, line, lineStart, offset, text }) {
    if (!isIndentation(reason)) return undefined
    const ownLine =
      offset >= text.length || /[\r\n]/.test(text.charAt(offset)) || indentOf(line) === offset - lineStart
    const [candidate, candidateStart] = ownLine && glued.test(line) ? [line, lineStart] : [above, aboveStart]
    const word = glued.exec(candidate)
    if (word === null) return undefined
    const [, indent = '', key = '', value = ''] = word
    return {
      message: `${shortened(`${key}:${value}`)} has no space after the colon, so it is one word and no key with a value`,
      help: `write ${shortened(`${key}: ${value}`)}`,
      start: candidateStart + indent.length,
      end: candidateStart + indent.length + key.length + 1 + value.length,
    }
  },

  function listOnKeysLine({ reason, character, before, text, offset }) {
    if (!isIndentation(reason) || character !== '-' || !/:\s+$/.test(before)) return undefined
    if (!/^-(?:\s|$)/.test(text.slice(offset, offset + 2))) return undefined
    return {
      message: 'a list of dashes cannot begin on the line of its key',
      help: 'begin it on the next line, or write it in brackets: [a, b]',
    }
  },

  function secondColon({ reason, character, before }) {
    if (!isIndentation(reason) || character !== ':' || !/:\s/.test(before)) return undefined
    return {
      message:
        'a second colon followed by a space stands on this line, and a line can hold one key with its value',
      help: 'quote the value if the colon belongs to it, or begin a new line',
    }
  },

  function noColon({ reason, above, aboveStart, line, lineStart }) {
    if (!/^(?:can not read|expected ':')/.test(reason) && !isIndentation(reason)) return undefined
    const bare = /^\s*(?!-\s)[\w.-]+\s*(?:#.*)?$/
    const [candidate, start] = bare.test(line) ? [line, lineStart] : [above, aboveStart]
    if (!bare.test(candidate) || indentOf(candidate) !== indentOf(line)) return undefined
    const word = candidate.replace(/#.*$/, '').trim()
    return {
      message: `${shortened(word)} stands where a key is expected and has no colon`,
      help: 'write a colon after it if it is a key, or a dash before it if it is an item of a list',
      start: start + indentOf(candidate),
      end: start + indentOf(candidate) + word.length,
    }
  },

  function listAmongKeys({ reason, line, above, lineStart }) {
    if (!isIndentation(reason)) return undefined
    const [dash, dashAbove] = [line, above].map(one => /^\s*-(?:\s|$)/.test(one))
    if (dash === dashAbove || indentOf(line) !== indentOf(above)) return undefined
    return {
      message: dash ? 'an item of a list stands among keys' : 'a key stands among the items of a list',
      help: 'indent it so that it belongs to what it is meant for',
      start: lineStart + indentOf(line),
    }
  },

  function indentation({ reason, line, above, lineStart, offset }) {
    if (!/^bad indentation|^end of the stream or/.test(reason) || line.startsWith('...')) return undefined
    const own = indentOf(line)
    const indented = own === 0 ? 'not indented' : `indented by ${own} space${own === 1 ? '' : 's'}`
    const deeper = own > indentOf(above)
    return {
      message: deeper
        ? `this line is ${indented}, deeper than the line above, which holds a value already`
        : `this line is ${indented}, which fits no line above it`,
      help: 'entries that belong together are indented alike',
      start: lineStart + own,
      end: Math.max(lineStart + own + 1, offset),
    }
  },
]
