// What scripts written by hand repeat and abbreviate: loops over words, and variables that were given plain text before.
// Nothing is run: a variable whose value only a running shell knows stays as it is written, for the reader to report.

import type { Statement } from './dialect.ts'

type Known = Map<string, string>

/** As many statements and words as loops and variables may make in all: hostile ones would take all the room there is. */
const mostMade = 20_000
/** Loops in loops that are played; what is in deeper ones is taken once. */
const deepest = 16
/** As long as a text may become by its variables, in characters; they may be made of each other. */
const longestText = 1_000

/** How many statements and words may still be made, and how many loops are around. */
interface Budget {
  left: number
  depth: number
}

/**
 * Values of `$NAME` and `${NAME}`. What has no value here, `$(...)` and `${NAME:-word}` are left as they stand, and so is
 * what would become too long.
 */
function expand(text: string, known: Known): string {
  let room = longestText
  const whole = text.replace(
    /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g,
    (ref, bare?: string, braced?: string) => {
      const value = known.get(bare ?? braced ?? '') ?? ref
      room -= value.length
      return room < 0 ? '' : value
    },
  )
  return room < 0 ? text : whole
}

/** Whether only a running shell knows what a text is. */
export const isUnknown = (text: string): boolean => text.includes('$') || text.includes('`')

/** A word, or the words that its variables make of it. */
function wordsOf(word: Statement, known: Known, budget: Budget): readonly Statement[] {
  const text = String(word.value)
  const whole = expand(text, known)
  if (whole === text || budget.left <= 0) return [word]
  const made = whole.split(/\s+/).filter(one => one !== '')
  budget.left -= made.length
  return made.map(value => ({ ...word, value }))
}

/**
 * Statements of a script with its loops over words played through and its variables in place: what a shell would come by,
 * each where it is written. Assignments of plain text are used up; of conditions and other loops the inside is taken once.
 */
export function played(statements: readonly Statement[]): readonly Statement[] {
  return walk(statements, new Map(), { left: mostMade, depth: 0 })
}

function walk(statements: readonly Statement[], known: Known, budget: Budget): readonly Statement[] {
  const found: Statement[] = []
  for (let at = 0; at < statements.length; at++) {
    const statement = statements[at] as Statement
    if (statement.value !== undefined) {
      const value = expand(String(statement.value), known)
      if (isUnknown(value)) {
        known.delete(statement.name)
        found.push(statement)
      } else known.set(statement.name, value)
    } else if (statement.name === 'for' && statements[at + 1]?.name === 'do' && budget.depth < deepest) {
      const end = endOf(statements, at + 1)
      for (const one of loop(statement, statements.slice(at + 2, end), known, budget)) found.push(one)
      at = end
    } else if (statement.name !== 'do' && statement.name !== 'done') {
      const inside = statement.inside.flatMap(word => wordsOf(word, known, budget))
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
  const all = words.flatMap(word => wordsOf(word, known, budget)).map(({ value }) => String(value))
  const needed = all.length * Math.max(body.length, 1)
  const fits = needed <= budget.left
  budget.left -= fits ? needed : 0
  budget.depth += 1
  const found = (fits ? all : ['$']).flatMap(value => {
    if (isUnknown(value)) known.delete(name)
    else known.set(name, value)
    return walk(body, known, budget)
  })
  budget.depth -= 1
  return found
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
