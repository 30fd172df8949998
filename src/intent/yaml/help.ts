// What is wrong with ill-formed YAML, for people: js-yaml says where it stopped and which rule was broken, and here
// that becomes a diagnostic about what was most likely meant. The sentences are in cases.ts.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { SourceText } from '../text.ts'
import { isLineBreak } from './blank.ts'
import { cases, lineAt, type Scene } from './cases.ts'
import type { Fault } from './events.ts'
import { openersAt } from './openers.ts'
import type { Section } from './sections.ts'

/** Explains a fault of ill-formed text; the parser was given the section. */
export function explain(source: SourceText, { reason, offset }: Fault, { start, end }: Section): Diagnostic {
  const scene = sceneOf(source.text, reason, Math.min(offset, end), start, end)
  const found = cases.map(about => about(scene)).find(explanation => explanation !== undefined)
  const { message, help, noticed, ...at } = found ?? { message: `this is no YAML: ${reason}` }
  const from = at.start ?? scene.offset
  const region = source.regionOf(from, at.end ?? wordEnd(source.text, from))
  const spot = source.regionOf(scene.offset, wordEnd(source.text, scene.offset))
  return {
    code: reason.startsWith('nesting exceeded') ? 'yaml-too-deep' : 'yaml-syntax',
    severity: 'error',
    message,
    region,
    ...(help !== undefined && { help }),
    ...(noticed === true && { related: [{ message: 'noticed here', region: spot }] }),
  }
}

function sceneOf(text: string, reason: string, offset: number, start: number, end: number): Scene {
  let lineStart = offset
  while (lineStart > 0 && !isLineBreak(text.charCodeAt(lineStart - 1))) lineStart--
  const { above, aboveStart } = lineAbove(text, lineStart)
  return {
    text,
    reason,
    offset,
    end,
    character: offset < end ? text.charAt(offset) : '',
    line: lineAt(text, lineStart),
    lineStart,
    before: text.slice(lineStart, offset),
    above,
    aboveStart,
    ...openersAt(text, start, offset),
  }
}

function lineAbove(text: string, lineStart: number): { readonly above: string; readonly aboveStart: number } {
  let start = lineStart
  for (let tries = 0; start > 0 && tries < 1000; tries++) {
    start--
    if (text[start] === '\n' && text[start - 1] === '\r') start--
    while (start > 0 && !isLineBreak(text.charCodeAt(start - 1))) start--
    const above = lineAt(text, start)
    if (!/^\s*(?:#|$)/.test(above)) return { above, aboveStart: start }
  }
  return { above: '', aboveStart: 0 }
}

/** The end of the word at an offset; at least one character, but none of the next line. */
function wordEnd(text: string, from: number): number {
  const word = /[^\s,[\]{}#"']+/y
  word.lastIndex = from
  const end = word.test(text) ? word.lastIndex : from + 1
  return from >= text.length || isLineBreak(text.charCodeAt(from)) ? from : end
}
