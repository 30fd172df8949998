// Examples in rules as tests. A line of carets in a comment below a line of text expects one finding at
// exactly those columns, whose message contains what follows the carets.

import type { Diagnostic, Edit, Path } from '../../src/diagnostics/diagnostic.ts'
import { type Rule, runRules } from '../../src/rules/rule.ts'
import { type Read, read } from './read.ts'

/** Where something is found, in text: `line:column-end`, counted from 1, `end` exclusive. */
export interface Found {
  readonly where: string
  readonly message: string
}

/** An example without the indentation that it has in its source. */
export function dedent(example: string): string {
  const lines = example.replace(/^\n/, '').split('\n')
  const indents = lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length)
  const least = Math.min(...indents)
  return `${lines
    .map(line => line.slice(least))
    .join('\n')
    .trimEnd()}\n`
}

/** What the caret lines of a dedented example expect. Several below one line are all about that line. */
export function expectedIn(text: string): readonly Found[] {
  let line = 0
  return text.split('\n').flatMap((content, index) => {
    const [, before, carets, message] = /^(\s*#\s*)(\^+)(?:\s+(.*))?$/.exec(content) ?? []
    if (before === undefined || carets === undefined) {
      line = index + 1
      return []
    }
    const column = before.length + 1
    return [{ where: `${line}:${column}-${column + carets.length}`, message: message ?? '' }]
  })
}

/** What a rule finds in an example, in the order of the text. */
export function findingsIn(rule: Rule, text: string): readonly Found[] {
  const { intent, locate } = read(text)
  return locate(runRules(intent, [rule])).map(({ region, message }) => ({
    where:
      region === undefined
        ? 'nowhere'
        : region.line === region.endLine
          ? `${region.line}:${region.column}-${region.endColumn}`
          : `${region.line}-${region.endLine}`,
    message,
  }))
}

/**
 * Findings beside expectations, paired by place: what both have is left out, so that two empty lists mean agreement.
 * Two findings at one place are told apart by their messages.
 */
export function compare(
  found: readonly Found[],
  expected: readonly Found[],
): { readonly missing: readonly Found[]; readonly surplus: readonly Found[] } {
  const surplus = [...found]
  const missing = expected.filter(({ where, message }) => {
    const at = surplus.findIndex(one => one.where === where && one.message.includes(message))
    if (at >= 0) surplus.splice(at, 1)
    return at < 0
  })
  return { missing, surplus }
}

/** The plain data of a document after some edits. Paths are those of the intent; `short`: a document of one host. */
export function edited(document: unknown, edits: readonly Edit[], short: boolean): unknown {
  const root: unknown = structuredClone(document)
  for (const edit of edits) {
    const path = short && edit.path[0] === 'hosts' ? edit.path.slice(2) : edit.path
    const holder = holderAt(root, path)
    const key = String(path.at(-1))
    if (edit.kind === 'set') holder[key] = edit.value
    else if (edit.kind === 'remove') delete holder[key]
    else {
      holder[edit.key] = holder[key]
      delete holder[key]
    }
  }
  return root
}

function holderAt(root: unknown, path: Path): Record<string, unknown> {
  let holder = root as Record<string, unknown>
  for (const step of path.slice(0, -1)) {
    // An edit may say something of a thing that is only named so far.
    holder[step] ??= {}
    holder = holder[step] as Record<string, unknown>
  }
  return holder
}

/** Everything that a rule says of a text, with the intent that it was read as. */
export function runOn(
  rule: Rule,
  text: string,
): { readonly read: Read; readonly found: readonly Diagnostic[] } {
  const whole = read(text)
  return { read: whole, found: runRules(whole.intent, [rule]) }
}
