// explain: a question, a rule, an option, a mode, a policy, a target or a platform, for a person.

import { nearest } from '../../diagnostics/nearest.ts'
import { contents, pageOf, pages } from '../../explain/index.ts'
import { asMarkdown, asText } from '../../report/layout.ts'
import type { Page } from '../../report/page.ts'
import { paint } from '../../report/terminal.ts'
import type { Register } from '../command.ts'
import { Usage } from '../io.ts'

export const register: Register = (program, io, done) => {
  program
    .command('explain')
    .summary('explain a question, rule, option, mode, policy or target')
    .description(
      'Explains a question (single-flow, choosing-a-mode), a rule or any other finding, an option, a mode, a policy, a target or a switch platform. Without an id it lists what there is.',
    )
    .argument('[id]', 'what to explain')
    .option('--format <format>', 'text or markdown', 'text')
    .action((id: string | undefined, { format }: { format: string }) => {
      if (format !== 'text' && format !== 'markdown')
        throw new Usage(`--format is text or markdown, not ${format}`)
      const width = io.outIsTerminal ? io.columns : 80
      const show = (page: Page): void => {
        const colour = io.outIsTerminal && !io.env.NO_COLOR && io.env.TERM !== 'dumb'
        io.out(format === 'markdown' ? asMarkdown(page) : asText(page, width, paint(colour)))
        done(0)
      }
      if (id === undefined) return show(contents())
      const page = pageOf(id)
      if (page === undefined) {
        const meant = nearest(id, pages().keys())
        throw new Usage(`there is nothing to explain under ${id}${meant ? `; did you mean ${meant}?` : ''}`)
      }
      show(page)
    })
}
