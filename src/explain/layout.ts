// Pages laid out: for a terminal of some width, or as Markdown.

import { type Paint, table, wrap } from '../report/terminal.ts'
import type { Block, Page } from './page.ts'

/** Text for a terminal. `paint` colours it, or does nothing. */
export function asText(page: Page, width: number, paint: Paint): string {
  const columns = Math.min(width, 96)
  const blocks = page.blocks.map(block => blockAsText(block, columns, paint))
  return `${[paint.strong(page.title), ...blocks].join('\n\n')}\n`
}

function blockAsText(block: Block, width: number, paint: Paint): string {
  switch (block.kind) {
    case 'text':
      return wrap(block.text, width).join('\n')
    case 'heading':
      return paint.strong(block.text)
    case 'code':
      return block.text
        .split('\n')
        .map(line => paint.dim(`    ${line}`.trimEnd()))
        .join('\n')
    case 'list':
      return block.items.map(item => `- ${wrap(item, width - 2).join('\n  ')}`).join('\n')
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
  return `${[`# ${page.title}`, ...page.blocks.map(blockAsMarkdown)].join('\n\n')}\n`
}

const cell = (words: string): string => words.replaceAll('|', '\\|').replaceAll('\n', ' ')

function blockAsMarkdown(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text
    case 'heading':
      return `## ${block.text}`
    case 'code':
      return `\`\`\`${block.language}\n${block.text}\n\`\`\``
    case 'list':
      return block.items.map(item => `- ${item}`).join('\n')
    case 'table':
      return [
        `| ${block.header.map(cell).join(' | ')} |`,
        `| ${block.header.map(() => '---').join(' | ')} |`,
        ...block.rows.map(row => `| ${row.map(cell).join(' | ')} |`),
      ].join('\n')
  }
}
