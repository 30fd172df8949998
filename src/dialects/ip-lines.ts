// Scripts of `ip link` and `bridge vlan` commands, for a Linux that is a switch. A command may say several things of a
// device; each becomes a statement of its own, in one spelling: `ip link set dev NAME WORD VALUE`.

import type { Value } from '../options/kind.ts'
import type { Dialect, Encoded, Span, Statement, Statements } from './dialect.ts'
import { encodeWords } from './ios.ts'
import { shell } from './shell.ts'
import { bondingFile, moduleLoad } from './shell-bonding.ts'
import { isFrame } from './shell-frame.ts'

/** What a shell takes for something else within double quotes, or for words of its own outside. */
const encode = (value: Value): Encoded | undefined =>
  typeof value === 'string' && !/^[A-Za-z0-9 _.,:/@+-]*$/.test(value) ? undefined : encodeWords(value)

/** Words of `ip link set` that stand alone. */
const flags = new Set(['up', 'down', 'nomaster'])

/** What a command says, each thing as one line. `into`: what it prints to. */
function saidBy(words: readonly string[], into: string): readonly string[] {
  const [program, object, action, ...rest] = words
  const line = words.join(' ')
  if (program === 'echo') return [printed(object, into) ?? `${line} > ${into}`]
  if (program === 'modprobe') return modprobe(words.slice(1)) ?? [line]
  if (program === 'ip' && object === 'link' && action === 'set') return linkSet(withoutDev(rest))
  if (program === 'ip' && object === 'link' && action === 'add') {
    const [name = '', type, kind, ...options] = withoutDev(rest)
    return type === 'type' && kind === 'bond' ? bondAdd(name, options) : [line]
  }
  return [line]
}

const withoutDev = (words: readonly string[]): readonly string[] =>
  words[0] === 'dev' || words[0] === 'name' ? words.slice(1) : words

/** The mode with the device, which is made with it, and the other options after it. */
function bondAdd(name: string, options: readonly string[]): readonly string[] {
  const said = pairs(options)
  const mode = said.find(([word]) => word === 'mode')?.[1] ?? 'balance-rr'
  const others = said.filter(([word]) => word !== 'mode')
  return [
    `ip link add ${name} type bond mode ${mode}`,
    ...others.map(([word, value]) => `ip link set dev ${name} type bond ${word} ${value}`),
  ]
}

function linkSet([name = '', ...rest]: readonly string[]): readonly string[] {
  const said: string[] = []
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? ''
    if (word === 'type') {
      const kind = rest[at + 1] ?? ''
      const options = pairs(rest.slice(at + 2))
      return [...said, ...options.map(([key, value]) => `type ${kind} ${key} ${value}`)].map(
        text => `ip link set dev ${name} ${text}`,
      )
    }
    said.push(flags.has(word) ? word : `${word} ${rest[++at] ?? ''}`)
  }
  return said.map(text => `ip link set dev ${name} ${text}`)
}

const pairs = (words: readonly string[]): readonly (readonly [string, string])[] =>
  Array.from({ length: Math.ceil(words.length / 2) }, (_, at) => [
    words[2 * at] ?? '',
    words[2 * at + 1] ?? '',
  ])

/** `echo +eth0 > /sys/class/net/bond0/bonding/slaves` as the command of ip that says it; undefined for another file. */
function printed(value: string | undefined, into: string): string | undefined {
  const file = bondingFile(into)
  if (value === undefined || file === undefined) return undefined
  return file.option === 'slaves' && value.startsWith('+')
    ? `ip link set dev ${value.slice(1)} master ${file.bond}`
    : `ip link set dev ${file.bond} type bond ${file.option} ${value}`
}

/** The bonds that the driver makes as it is loaded, as commands of ip; without options there is nothing to say of them. */
function modprobe(words: readonly string[]): readonly string[] | undefined {
  const load = moduleLoad(words.map(text => ({ text })))
  if (load === undefined) return undefined
  const options = load.options.flatMap(({ name, value }) => [name, value])
  return options.length === 0 ? [] : load.bonds.flatMap(bond => bondAdd(bond, options))
}

function statements(text: string, file: string): Statements {
  const { statements: commands, diagnostics } = shell.statements(text, file)
  const found = commands.flatMap(command => {
    const words = wordsOf(command)
    if (isFrame(command)) return []
    const span = { start: command.key.start, end: (command.inside.at(-1) ?? command).key.end }
    return saidBy(words, String(command.inside.find(({ name }) => name === '>')?.value)).map(name =>
      said(name, span),
    )
  })
  return { statements: found, diagnostics }
}

/** The words of a command, its own name first; where it prints to is none of them. */
const wordsOf = ({ name, inside }: Statement): readonly string[] => [
  name,
  ...inside.filter(word => word.name === 'word').map(({ value }) => String(value)),
]

const said = (name: string, span: Span): Statement => ({
  name,
  value: undefined,
  key: span,
  at: span,
  inside: [],
})

export const ipLines: Dialect = { id: 'ip-lines', encode, statements }
