// completion: a script for the shell, made from the commands as commander knows them.

import type { Command } from 'commander'
import { targetIds } from '../../targets/index.ts'
import type { Register } from '../command.ts'
import { Usage } from '../io.ts'

interface Words {
  readonly name: string
  readonly summary: string
  readonly options: readonly {
    readonly flag: string
    readonly description: string
    readonly takesValue: boolean
  }[]
}

export const register: Register = (program, io, done) => {
  program
    .command('completion')
    .summary('print a completion script for bash, zsh or fish')
    .description('Prints a completion script: bondplan completion bash > /etc/bash_completion.d/bondplan')
    .argument('<shell>', Object.keys(shells).join(', '))
    .action((shell: string) => {
      const script = Object.hasOwn(shells, shell) ? shells[shell] : undefined
      if (script === undefined)
        throw new Usage(`completion is for ${Object.keys(shells).join(', ')}, not ${shell}`)
      io.out(script(program.commands.map(wordsOf)))
      done(0)
    })
}

const wordsOf = (command: Command): Words => ({
  name: command.name(),
  summary: command.summary(),
  options: command.options.map(option => ({
    flag: option.long ?? option.short ?? '',
    description: option.description,
    takesValue: option.required || option.optional,
  })),
})

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const shells: Readonly<Record<string, (commands: readonly Words[]) => string>> = {
  bash(commands) {
    const cases = commands.map(
      ({ name, options }) => `    ${name}) words="${options.map(({ flag }) => flag).join(' ')}" ;;`,
    )
    return `# bash completion for bondplan
_bondplan() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} --help --version" -- "$current"))
    return
  fi
  case "$previous" in
    -t|--target) COMPREPLY=($(compgen -W "${targetIds('host').join(' ')}" -- "$current")); return ;;
    -o|--out) COMPREPLY=($(compgen -d -- "$current")); return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words --help" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _bondplan bondplan
`
  },
  zsh(commands) {
    const literal = (text: string): string => text.replace(/[[\]:]/g, '\\$&')
    const cases = commands.map(({ name, options }) => {
      const specs = options.map(({ flag, description, takesValue }) => {
        const value =
          flag === '--target'
            ? `:target:(${targetIds('host').join(' ')})`
            : flag === '--out'
              ? ':folder:_files -/'
              : ': :_default'
        return quoted(`*${flag}[${literal(description)}]${takesValue ? value : ''}`)
      })
      return `    ${name}) _arguments ${specs.join(' ')} '*:file:_files' ;;`
    })
    return `#compdef bondplan
_bondplan() {
  local -a commands
  commands=(${commands.map(({ name, summary }) => quoted(`${name}:${literal(summary)}`)).join(' ')})
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _bondplan ]; then _bondplan "$@"; else compdef _bondplan bondplan; fi
`
  },
  fish(commands) {
    const lines = commands.flatMap(({ name, summary, options }) => [
      `complete -c bondplan -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
      ...options.map(({ flag, description, takesValue }) => {
        const values = flag === '--target' ? ` -a ${quoted(targetIds('host').join(' '))}` : ''
        return `complete -c bondplan -n '__fish_seen_subcommand_from ${name}' -l ${flag.replace(/^-+/, '')}${takesValue ? ' -r' : ''}${values} -d ${quoted(description)}`
      }),
    ])
    return `# fish completion for bondplan\n${lines.join('\n')}\n`
  },
}
