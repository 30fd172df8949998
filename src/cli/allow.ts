// Comments that allow a finding: `# bondplan-allow RULE: reason`, at the end of the line that it is about or on a line
// of its own above. Each says why; one that is not needed any more is reported, so that none outlives its reason.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Located, Region } from '../diagnostics/located.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { SourceText } from '../intent/text.ts'
import { type Comment, commentsWith } from '../intent/yaml/comments.ts'
import type { RuleLevels } from '../rules/rule.ts'
import { isRuleCode, levelOf, ownCodes, ruleOf, unknownId } from './levels.ts'

export const mark = 'bondplan-allow'

/** One allowed rule at one line. */
interface Allowed {
  readonly rule: string
  readonly line: number
  readonly region: Region
  used: boolean
}

type Wrong = Pick<Diagnostic, 'code' | 'message' | 'help'>

/** The rules that a comment allows, and what is wrong with it; `text` is what follows the mark. */
function rulesIn(text: string): { readonly rules: readonly string[]; readonly wrong: readonly Wrong[] } {
  const help = `write # ${mark} RULE: the reason`
  const [, names, reason] = /^([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*(.*))?$/.exec(text) ?? []
  if (names === undefined) {
    const message = 'this comment names no rule, or nothing stands between the rule and the reason'
    return { rules: [], wrong: [{ code: 'allow-malformed', message, help }] }
  }
  if (reason === undefined || reason === '') {
    const message = 'this comment gives no reason, so it allows nothing'
    return { rules: [], wrong: [{ code: 'allow-without-reason', message, help }] }
  }
  const all = names.split(/\s*,\s*/)
  return { rules: all.filter(isRuleCode), wrong: all.filter(name => !isRuleCode(name)).map(unknownRule) }
}

function unknownRule(name: string): Wrong {
  const meant = unknownId(name)?.meant
  return {
    code: 'allow-unknown-rule',
    message: `${name} is no rule, so this comment does not allow it`,
    help:
      meant !== undefined && isRuleCode(meant)
        ? `did you mean ${meant}?`
        : 'only what rules find can be allowed; bondplan explain lists them',
  }
}

/** The comments of a foreign file that begin with the mark. */
function marked(source: SourceText, dialect: Dialect): readonly Comment[] {
  const { comments = [] } = dialect.statements(source.text, source.file)
  const lines = new Set(comments.map(({ span }) => source.regionOf(span.start, span.end).line))
  return comments.flatMap(({ text, span: { start, end } }) => {
    if (!text.startsWith(mark) || /^[\w-]/.test(text.slice(mark.length))) return []
    return [{ text: text.slice(mark.length).trim(), start, end, about: lineAbout(source, start, lines) }]
  })
}

/** The line that a comment is about: its own, or the next that says something; 0 where none follows. */
function lineAbout(source: SourceText, start: number, comments: ReadonlySet<number>): number {
  const { line, column } = source.regionOf(start, start)
  const textOf = (at: number): string | undefined =>
    source.linesOf({ file: source.file, line: at, column: 1, endLine: at, endColumn: 1 })[0]
  if (
    textOf(line)
      ?.slice(0, column - 1)
      .trim()
  )
    return line
  for (let next = line + 1; ; next++) {
    const text = textOf(next)
    if (text === undefined) return 0
    if (text.trim() !== '' && !comments.has(next)) return next
  }
}

/** What the comments of one file allow. */
export class Allows {
  readonly #allowed: Allowed[] = []
  readonly #diagnostics: Diagnostic[] = []

  /** `dialect`: what the file is written in where it is no intent. */
  constructor(source: SourceText, dialect?: Dialect) {
    const comments = dialect === undefined ? commentsWith(mark, source) : marked(source, dialect)
    for (const comment of comments) this.#take(comment, source)
  }

  get isEmpty(): boolean {
    return this.#allowed.length === 0 && this.#diagnostics.length === 0
  }

  #take({ text, start, end, about }: Comment, source: SourceText): void {
    const region = source.regionOf(start, end)
    const read = rulesIn(text)
    for (const rule of read.rules) this.#allowed.push({ rule, line: about, region, used: false })
    for (const wrong of read.wrong) this.#diagnostics.push({ ...wrong, severity: 'error', region })
  }

  /** Whether a finding in this file is allowed. */
  allows({ code, region }: Located): boolean {
    let allowed = false
    for (const one of this.#allowed) {
      if (one.line !== region?.line || (one.rule !== code && one.rule !== ruleOf(code)) || !isRuleCode(code))
        continue
      one.used = true
      allowed = true
    }
    return allowed
  }

  /** What is wrong with the comments; asked after all findings. `whole`: everything in the file could be judged. */
  complaints(levels: RuleLevels, whole: boolean): readonly Diagnostic[] {
    const level = levelOf('allow-unused', levels, ownCodes['allow-unused'].severity)
    if (level === 'off' || !whole) return this.#diagnostics
    const unused = this.#allowed.filter(one => !one.used && levelOf(one.rule, levels, 'error') !== 'off')
    return [
      ...this.#diagnostics,
      ...unused.map(
        ({ rule, region, line }): Diagnostic => ({
          code: 'allow-unused',
          severity: level,
          message:
            line === 0
              ? `nothing follows this comment that ${rule} could be found in`
              : `${rule} is allowed here and not found here`,
          help: 'remove the comment',
          region,
        }),
      ),
    ]
  }
}
