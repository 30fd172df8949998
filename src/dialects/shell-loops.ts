// What scripts written by hand repeat and abbreviate: loops over words, and variables that were given plain text before.
// Nothing is run: a variable whose value only a running shell knows stays as it is written, for the reader to report.

import type { Statement } from './dialect.ts'

type Known = Map<string, string>

/** As many statements as loops may make in all: nested ones would make more than a machine has room for. */
const mostStatements = 20_000
/** As long as a variable's text may become, in characters; it may be made of itself, twice. */
const longestText = 10_000

/** How many statements loops may still make. */
interface Budget {
  left: number
}

/** Values of `$NAME` and `${NAME}`. What has no value here, `$(...)` and `${NAME:-word}` are left as they stand. */
const expand = (text: string, known: Known): string =>
  text.replace(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g, (whole, bare?: string, braced?: string) => {
    return known.get(bare ?? braced ?? '') ?? whole
  })

/** Whether only a running shell knows what a text is. */
export const isUnknown = (text: string): boolean => text.includes('$') || text.includes('`')

/** A word, or the words that its variables make of it. */
function wordsOf(word: Statement, known: Known): readonly Statement[] {
  const text = String(word.value)
  const whole = expand(text, known)
  if (whole === text) return [word]
  return whole
    .split(/\s+/)
    .filter(one => one !== '')
    .map(value => ({ ...word, value }))
}

/**
 * Statements of a script with its loops over words played through and its variables in place: what a shell would come by,
 * each where it is written. Assignments of plain text are used up; of conditions and other loops the inside is taken once.
 */
export function played(statements: readonly Statement[]): readonly Statement[] {
  return walk(statements, new Map(), { left: mostStatements })
}

function walk(statements: readonly Statement[], known: Known, budget: Budget): readonly Statement[] {
  const found: Statement[] = []
  for (let at = 0; at < statements.length; at++) {
    const statement = statements[at] as Statement
    if (statement.value !== undefined) {
      const value = expand(String(statement.value), known)
      if (isUnknown(value) || value.length > longestText) {
        known.delete(statement.name)
        found.push(statement)
      } else known.set(statement.name, value)
    } else if (statement.name === 'for' && statements[at + 1]?.name === 'do') {
      const end = endOf(statements, at + 1)
      for (const one of loop(statement, statements.slice(at + 2, end), known, budget)) found.push(one)
      at = end
    } else if (statement.name !== 'do' && statement.name !== 'done') {
      const inside = statement.inside.flatMap(word => wordsOf(word, known))
      found.push({ ...statement, name: expand(statement.name, known), inside })
    }
  }
  return found
}

/** `for NAME in WORD...`; where that would make too many statements, what is in it is taken once, for a name not known. */
function loop(
  { inside }: Statement,
  body: readonly Statement[],
  known: Known,
  budget: Budget,
): readonly Statement[] {
  const [variable, , ...words] = inside
  const name = String(variable?.value ?? '')
  const all = words.flatMap(word => wordsOf(word, known)).map(({ value }) => String(value))
  const needed = all.length * Math.max(body.length, 1)
  const fits = needed <= budget.left
  budget.left -= fits ? needed : 0
  return (fits ? all : ['$']).flatMap(value => {
    if (isUnknown(value)) known.delete(name)
    else known.set(name, value)
    return walk(body, known, budget)
  })
}

/** Where the loop ends whose `do` stands there; the end of the text, should it be cut off. */
function endOf(statements: readonly Statement[], from: number): number {
  let depth = 0
  for (let at = from; at < statements.length; at++) {
    if (statements[at]?.name === 'do') depth += 1
    if (statements[at]?.name === 'done') depth -= 1
    if (depth === 0) return at
  }
  return statements.length
}
