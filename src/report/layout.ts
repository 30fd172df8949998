// Pages laid out: for a terminal of some width, or as Markdown.

import type { Block, Page } from './page.ts'
import { type Paint, table, wrap } from './terminal.ts'

/** Text for a terminal. `paint` colours it, or does nothing. */
export function asText(page: Page, width: number, paint: Paint): string {
  const columns = Math.min(width, 96)
  const blocks = page.blocks.map(block => blockAsText(block, columns, paint))
  return `${[strong(page.title, columns, paint), ...blocks].join('\n\n')}\n`
}

const strong = (words: string, width: number, paint: Paint): string =>
  wrap(words, width).map(paint.strong).join('\n')

/** Code stands apart. */
const margin = '    '

/** Less room than this beside carets, and what they say begins on a line of its own. */
const leastBeside = 24

/** Line breaks of a source are none of the text; an empty line is. */
const flowing = (words: string): string => words.replace(/\s*\n\s*/g, ' ').trim()
const paragraphs = (words: string): readonly string[] => words.split(/\n\s*\n/).map(flowing)

const carets = /^(\s*#\s*)(\^+)(.*)$/

/**
 * What some program shows: a long line goes on below, further in, and what points into it stands below the part that it
 * points to.
 */
function shownLines(text: string, width: number, paint: Paint): readonly string[] {
  let parts: Part[] = []
  const shown: string[] = []
  for (const line of text.split('\n')) {
    const [, before, pointer = '', message = ''] = carets.exec(line) ?? []
    if (before === undefined) {
      shown.push(...parts.map(part => part.text))
      parts = partsOf(line, width)
      continue
    }
    const part = parts.findLast(({ from }) => from <= before.length) ?? parts[0]
    shown.push(...parts.splice(0, part === undefined ? 0 : parts.indexOf(part) + 1).map(one => one.text))
    const moved = before.length - (part?.from ?? 0) + (part?.to ?? 0)
    shown.push(...codeLines(`#${' '.repeat(Math.max(0, moved - 1))}${pointer}${message}`, width, paint))
  }
  return [...shown, ...parts.map(part => part.text)]
}

/** A part of a broken line: the column that it begins at in the whole line, and where that column is shown. */
interface Part {
  readonly text: string
  readonly from: number
  readonly to: number
}

function partsOf(line: string, width: number): Part[] {
  const indent = /^\s*/.exec(line)?.[0] ?? ''
  let end = 0
  return wrap(line.trim(), width - indent.length - margin.length).map((words, index) => {
    const from = line.indexOf(words, end)
    end = from + words.length
    const lead = index === 0 ? indent : indent + margin
    return { text: lead + words, from, to: lead.length }
  })
}

/** A line of code as it is, for it is to be copied; what stands below carets is wrapped as a comment. */
function codeLines(line: string, width: number, paint: Paint): readonly string[] {
  const [, before, message] = /^(\s*#\s*\^+\s)\s*(\S.*)$/.exec(line) ?? []
  if (before === undefined || message === undefined) return [line]
  const beside = width - before.length >= leastBeside
  const lead = beside ? `#${' '.repeat(before.length - 1)}` : '# '
  const [first = '', ...rest] = wrap(message, width - lead.length)
  const lines = beside
    ? [before + first, ...rest.map(words => lead + words)]
    : [before.trimEnd(), ...[first, ...rest].map(words => lead + words)]
  return lines.map(words => paint.warning(words))
}

function blockAsText(block: Block, width: number, paint: Paint): string {
  switch (block.kind) {
    case 'text':
      return paragraphs(block.text)
        .map(words => wrap(words, width).join('\n'))
        .join('\n\n')
    case 'heading':
      return strong(block.text, width, paint)
    case 'code':
      return (
        block.language === 'text'
          ? shownLines(block.text, width - margin.length, paint)
          : block.text.split('\n').flatMap(line => codeLines(line, width - margin.length, paint))
      )
        .map(line => `${margin}${line}`.trimEnd())
        .join('\n')
    case 'list':
      return block.items.map(item => `- ${wrap(flowing(item), width - 2).join('\n  ')}`).join('\n')
    case 'table':
      return table(block.rows, {
        width,
        header: block.header,
        style: (cell, row) => (row < 0 ? paint.strong(cell) : cell),
      })
  }
}

/** Markdown, as GitHub reads it. */
export function asMarkdown(page: Page): string {
  return `${[`# ${plain(page.title)}`, ...page.blocks.map(blockAsMarkdown)].join('\n\n')}\n`
}

/** What Markdown would take for something else. */
const plain = (words: string): string => words.replace(/[<*]/g, '\\$&')

const cell = (words: string): string => plain(words).replaceAll('|', '\\|').replaceAll('\n', ' ')

function blockAsMarkdown(block: Block): string {
  switch (block.kind) {
    case 'text':
      return paragraphs(block.text).map(plain).join('\n\n')
    case 'heading':
      return `## ${plain(block.text)}`
    case 'code':
      return `\`\`\`${block.language}\n${block.text}\n\`\`\``
    case 'list':
      return block.items.map(item => `- ${plain(flowing(item))}`).join('\n')
    case 'table':
      return [
        `| ${block.header.map(cell).join(' | ')} |`,
        `| ${block.header.map(() => '---').join(' | ')} |`,
        ...block.rows.map(row => `| ${row.map(cell).join(' | ')} |`),
      ].join('\n')
  }
}
