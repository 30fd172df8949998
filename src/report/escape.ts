// Text that others wrote, made fit to be shown: nothing in a file name, a value or a message may steer a
// terminal, reorder a line, end it early, or be taken by a CI runner for a command to itself.

/**
 * Controls (Cc), invisible format characters (Cf: bidi overrides, zero-width spaces, tags), line and
 * paragraph separators, lone surrogates and noncharacters. The two joiners stay: scripts and emoji need them.
 */
const unprintable = '(?![\\u200c\\u200d])[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}]'

/**
 * What CI runners obey when a program prints it. `##[name]` and `::name ...::`: actions/runner,
 * ActionCommand.cs (TryParse anywhere in a line, TryParseV2 after leading space) with the names that
 * ActionCommandManager.cs registers. `##vso[`: Azure Pipelines logging commands. `##teamcity[`: TeamCity
 * service messages. Only the first character is matched, so that replacing it breaks the command.
 */
const runnerCommand =
  '#(?=#(?:vso|teamcity)?\\[)|' +
  ':(?=:(?:add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|internal-set-repo-path|notice|' +
  'remove-matcher|save-state|set-env|set-output|stop-commands|warning)(?: |::))'

const unsafe = new RegExp(`${unprintable}|${runnerCommand}`, 'giu')
const commands = new RegExp(runnerCommand, 'giu')
const harmless = /^[\x20-\x22\x24-\x39\x3b-\x7e]*$/

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escapeOne = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code > 0xffff) return `\\u{${hex}}`
  return named[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`)
}

/** `text` on one line, with everything unprintable as a visible escape such as `\x1b` or `\u202e`. */
export const visible = (text: string): string =>
  harmless.test(text) ? text : text.replace(unsafe, escapeOne)

/** `visible` for each of the graphemes that make up `line`: what a runner obeys shows only in the whole. */
export function visibleParts(line: string, graphemes: readonly string[]): string[] {
  const starts = new Set(Array.from(line.matchAll(commands), ({ index }) => index))
  let offset = 0
  return graphemes.map(grapheme => {
    const shown = starts.has(offset) ? escapeOne(grapheme) : visible(grapheme)
    offset += grapheme.length
    return shown
  })
}

const escapeUnits = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map(unit => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('')

/**
 * `value` as indented JSON and a line break. It parses to the same value as JSON.stringify's, but what would
 * be unsafe to print stands as `\uXXXX`: JSON itself lets DEL, the C1 controls and bidi overrides pass.
 */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(unsafe, found => (found === '\n' ? found : escapeUnits(found)))}\n`
