// Strict grammars of the LAG statements that platforms take, and one reader for all of them. A grammar is a file
// <platform>.grammar: one statement a line, what stands inside a block one space deeper, `//` begins a comment. It knows little and
// refuses the rest, so that a misspelt word in a table or a template fails a test.
//
//   %comment !              what begins a comment in the platform's text
//   %leave interface exit   the word that leaves blocks whose head begins so (`*`: all others); without any, indents do
//   %term port Eth\d+       a word of the grammar's own, a regular expression that may name others as <port>
//
// In a statement {a|b c} is a choice, [ a] may be absent, \ takes the next sign as it is, and these stand for words:
//   <1-4096>    a whole number within these bounds            <vlan>   a number of a VLAN
//   <vlans>     10,20-30   <vlans-to>   10 20 to 30   <vlans-blank>   10 20-30   <text>   plain text, with spaces
// Case and spaces are as written.

import { readdirSync, readFileSync } from 'node:fs'

interface Rule {
  readonly pattern: RegExp
  /** One for each group of the pattern: whether what stood there is within bounds. */
  readonly checks: readonly ((text: string) => boolean)[]
  readonly inside: Rule[]
  readonly first: string
}

export interface Grammar {
  readonly comment: string
  /** By the first word of a head. */
  readonly leave: ReadonlyMap<string, string>
  readonly rules: readonly Rule[]
}

const folder = new URL('./grammar/', import.meta.url)

/** The platforms that have a grammar. */
export const grammarIds: readonly string[] = readdirSync(folder).map(name => name.replace('.grammar', ''))

export const grammarOf = (id: string): Grammar =>
  readGrammar(readFileSync(new URL(`${id}.grammar`, folder), 'utf8'))

const within =
  (min: number, max: number) =>
  (text: string): boolean =>
    /^(?:0|[1-9]\d*)$/.test(text) && Number(text) >= min && Number(text) <= max

const isVlan = within(1, 4094)

/** Ascending, and no VLAN twice. */
const areVlans =
  (between: string, to: string) =>
  (text: string): boolean => {
    let last = 0
    return text
      .replaceAll(to, '~')
      .split(between)
      .every(item => {
        const [from = '', end = from] = item.split('~')
        const fits = isVlan(from) && isVlan(end) && Number(from) > last && Number(end) >= Number(from)
        last = Number(end)
        return fits
      })
  }

const builtIn: Readonly<Record<string, { readonly source: string; check(text: string): boolean }>> = {
  vlan: { source: '\\d+', check: isVlan },
  vlans: { source: '[\\d,-]+', check: areVlans(',', '-') },
  'vlans-to': { source: '\\d+(?:(?: to)? \\d+)*', check: areVlans(' ', ' to ') },
  'vlans-blank': { source: '\\d[\\d -]*', check: areVlans(' ', '-') },
  text: { source: '[A-Za-z0-9 _.:/@+-]{1,64}', check: text => text.trim() === text },
}

/** Takes a grammar apart; throws where it is none. */
export function readGrammar(text: string): Grammar {
  const terms = new Map<string, string>()
  const leave = new Map<string, string>()
  const rules: Rule[] = []
  const levels: Rule[][] = [rules]
  let comment = '#'
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('//')) continue
    const [, directive, name = '', rest = ''] = /^%(\w+) (\S+)(?: (.*))?$/.exec(line) ?? []
    if (directive === 'comment') comment = name
    else if (directive === 'leave') leave.set(name, rest)
    else if (directive === 'term') terms.set(name, rest)
    else {
      const depth = line.length - line.trimStart().length
      const level = levels[depth]
      if (level === undefined) throw new Error(`"${line}" stands deeper than what is before it`)
      const rule = ruleOf(line.trim(), terms)
      level.push(rule)
      levels.splice(depth + 1, levels.length, rule.inside)
    }
  }
  return { comment, leave, rules }
}

function ruleOf(statement: string, terms: ReadonlyMap<string, string>): Rule {
  const checks: Rule['checks'][number][] = []
  const signs: Readonly<Record<string, string>> = { '{': '(?:', '|': '|', '}': ')', '[': '(?:', ']': ')?' }
  const source = statement.replace(
    /<([^>]+)>|\\(.)|[{}|[\]]|[.*+?^$()]/g,
    (whole, name?: string, taken?: string) => {
      if (taken !== undefined) return `\\${taken}`
      if (name === undefined) return signs[whole] ?? `\\${whole}`
      const [, min, max] = /^(\d+)-(\d+)$/.exec(name) ?? []
      const known =
        min === undefined ? builtIn[name] : { source: '\\d+', check: within(Number(min), Number(max)) }
      checks.push(known?.check ?? (() => true))
      return `(${known?.source ?? termOf(name, terms)})`
    },
  )
  return { pattern: new RegExp(`^${source}$`), checks, inside: [], first: statement.split(' ')[0] ?? '' }
}

function termOf(name: string, terms: ReadonlyMap<string, string>): string {
  const source = terms.get(name)
  if (source === undefined) throw new Error(`the grammar has no term <${name}>`)
  return `(?:${source.replace(/<(\w+)>/g, (_, inner: string) => termOf(inner, terms))})`
}

interface Open {
  readonly depth: number
  readonly rules: readonly Rule[]
  /** The word that leaves it. */
  readonly leave: string | undefined
}

/** The lines of a text that a grammar refuses, each with its number. */
export function refusedBy({ comment, leave, rules }: Grammar, text: string): readonly string[] {
  const refused: string[] = []
  const open: Open[] = [{ depth: -1, rules, leave: undefined }]
  const lines = text.split('\n')
  // A text without any such word is as the platform prints it, and indents leave.
  const leaves = lines.some(line => [...leave.values()].includes(line.trim()))
  lines.forEach((whole, at) => {
    const line = whole.trim()
    if (line === '' || line.startsWith(comment)) return
    const depth = whole.length - whole.trimStart().length
    if (!leaves) while (open.length > 1 && (open.at(-1)?.depth ?? -1) >= depth) open.pop()
    else if (open.length > 1 && line === open.at(-1)?.leave) {
      open.pop()
      return
    }
    const rule = open.at(-1)?.rules.find(one => fits(one, line))
    if (rule === undefined || whole !== whole.trimEnd()) refused.push(`${at + 1}: ${whole}`)
    else if (rule.inside.length > 0)
      open.push({ depth, rules: rule.inside, leave: leave.get(rule.first) ?? leave.get('*') })
  })
  if (leaves && open.length > 1) refused.push(`the end: a block lacks its ${open.at(-1)?.leave}`)
  return refused
}

function fits({ pattern, checks }: Rule, line: string): boolean {
  const found = pattern.exec(line)
  if (found === null) return false
  return checks.every((check, at) => found[at + 1] === undefined || check(found[at + 1] ?? ''))
}
