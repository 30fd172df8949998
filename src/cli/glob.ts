// File names by pattern, for shells and configuration files that do not expand them: `*` and `?` within a name, `**`
// over folders, `[a-z]`, `[!a-z]`, `{a,b}`; a backslash takes the next character as it is. What begins with a dot is
// meant only where the pattern says the dot.

import type { Io } from './io.ts'

export const isPattern = (path: string): boolean => /[*?[{]/.test(path)

/** Most alternatives that the braces of one pattern may stand for. */
const mostAlternatives = 1000

/** The patterns without braces that one with braces stands for; braces that do not close are themselves. */
export function alternativesOf(pattern: string): readonly string[] {
  const done: string[] = []
  const open = [pattern]
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const found = firstBraces(next)
    if (found === undefined || done.length + open.length > mostAlternatives) done.push(next)
    else open.unshift(...found.parts.map(part => found.before + part + found.after))
  }
  return done
}

/** The first braces of a pattern that close and hold a comma. */
function firstBraces(pattern: string) {
  for (let start = 0; start < pattern.length; start++) {
    if (pattern[start] === '\\') start++
    else if (pattern[start] === '{') {
      const found = bracesAt(pattern, start)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function bracesAt(pattern: string, start: number) {
  const parts: string[] = []
  let depth = 0
  let from = start + 1
  for (let at = start; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '\\') at++
    else if (character === '{') depth++
    else if (character === ',' && depth === 1) {
      parts.push(pattern.slice(from, at))
      from = at + 1
    } else if (character === '}' && --depth === 0) {
      if (parts.length === 0) return undefined
      parts.push(pattern.slice(from, at))
      return { before: pattern.slice(0, start), parts, after: pattern.slice(at + 1) }
    }
  }
  return undefined
}

/** A name without slashes as a regular expression's text. */
function nameText(segment: string): string {
  let text = /^[*?[]/.test(segment) ? '(?!\\.)' : ''
  for (let at = 0; at < segment.length; at++) {
    const character = segment[at] ?? ''
    const set = character === '[' ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(segment.slice(at)) : null
    if (set !== null) {
      text += `[${set[1] === '' ? '' : '^'}${(set[2] ?? '').replace(/[\\\][^]/g, '\\$&')}]`
      at += set[0].length - 1
    } else if (character === '*') text += '[^/]*'
    else if (character === '?') text += '[^/]'
    else if (character === '\\' && at + 1 < segment.length) text += literal(segment[++at] ?? '')
    else text += literal(character)
  }
  return text
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

/** Whether a name, without folders, fits one segment of a pattern. */
function nameMatcher(segment: string): (name: string) => boolean {
  const expression = expressionOf(`^${nameText(segment)}$`)
  return name => expression.test(name)
}

/** Sets such as [z-a] make no expression: such a pattern fits nothing. */
function expressionOf(text: string): RegExp {
  try {
    return new RegExp(text, 'su')
  } catch {
    return /^(?!)/
  }
}

/** Whether a path with forward slashes fits a pattern. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const expressions = alternativesOf(pattern).map(one => {
    const segments = one.split('/').filter((segment, at, all) => segment !== '**' || all[at - 1] !== '**')
    const parts = segments.map((segment, at) => {
      const last = at === segments.length - 1
      if (segment === '**') return last ? '(?:(?!\\.)[^/]+/)*(?!\\.)[^/]+' : '(?:(?!\\.)[^/]+/)*'
      return last ? nameText(segment) : `${nameText(segment)}/`
    })
    return expressionOf(`^${parts.join('')}$`)
  })
  return path => expressions.some(expression => expression.test(path))
}

/** The files that fit a pattern, each once, in the order of their names. Throws Unreadable. */
export function filesMatching(io: Io, pattern: string): readonly string[] {
  const found = new Set<string>()
  for (const one of alternativesOf(pattern)) {
    const segments = one.split('/')
    // An absolute pattern begins with an empty segment.
    if (segments[0] === '' && segments.length > 1) descend(io, '/', segments.slice(1), found)
    else descend(io, '', segments, found)
  }
  return [...found].sort()
}

function descend(io: Io, folder: string, segments: readonly string[], found: Set<string>): void {
  const [segment, ...rest] = segments
  if (segment === undefined) return
  if (segment === '' || segment === '.' || segment === '..') {
    if (rest.length > 0) descend(io, segment === '' ? folder : `${folder}${segment}/`, rest, found)
    return
  }
  const last = rest.length === 0
  if (!isPattern(segment) && !segment.includes('\\')) {
    const path = `${folder}${segment}`
    const kind = io.kind(path)
    if (last ? kind === 'file' : kind === 'folder') {
      if (last) found.add(path)
      else descend(io, `${path}/`, rest, found)
    }
    return
  }
  if (segment === '**') descend(io, folder, last ? ['*'] : rest, found)
  const fits = segment === '**' ? (name: string) => !name.startsWith('.') : nameMatcher(segment)
  for (const { name, kind, link } of io.list(folder === '' ? '.' : folder)) {
    // A link may lead back to where it stands: `**` follows none.
    if (!fits(name) || (segment === '**' && link)) continue
    const path = `${folder}${name}`
    if (kind === 'folder' && name !== 'node_modules' && (segment === '**' || !last)) {
      descend(io, `${path}/`, segment === '**' ? segments : rest, found)
    } else if (kind === 'file' && last && segment !== '**') found.add(path)
  }
}
