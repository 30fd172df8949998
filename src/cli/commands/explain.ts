// explain: a rule, an option, a mode, a policy or a target, for a person.

import { nearest } from '../../diagnostics/nearest.ts'
import { pages } from '../../explain/index.ts'
import { asMarkdown, asText } from '../../explain/layout.ts'
import { paint } from '../../report/terminal.ts'
import type { Register } from '../command.ts'
import { Usage } from '../io.ts'

export const register: Register = (program, io, done) => {
  program
    .command('explain')
    .summary('explain a rule, option, mode, policy or target')
    .description(
      'Explains a rule, an option, a mode, a policy or a target. Without an id it lists what there is.',
    )
    .argument('[id]', 'what to explain')
    .option('--format <format>', 'text or markdown', 'text')
    .action((id: string | undefined, { format }: { format: string }) => {
      if (format !== 'text' && format !== 'markdown')
        throw new Usage(`--format is text or markdown, not ${format}`)
      const all = pages()
      if (id === undefined) {
        io.out(`${[...all.keys()].filter(key => !key.includes('.') || key === '802.3ad').join('\n')}\n`)
        return done(0)
      }
      const page = all.get(id)
      if (page === undefined) {
        const meant = nearest(id, all.keys())
        throw new Usage(`there is nothing to explain under ${id}${meant ? `; did you mean ${meant}?` : ''}`)
      }
      const width = io.outIsTerminal ? io.columns : 80
      io.out(
        format === 'markdown'
          ? asMarkdown(page())
          : asText(page(), width, paint(io.outIsTerminal && !io.env.NO_COLOR)),
      )
      done(0)
    })
}
