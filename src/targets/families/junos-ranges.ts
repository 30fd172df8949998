// Interface ranges of Junos: what is said of a range is said of each of its members ("interface-range", Junos OS
// Interfaces Fundamentals). Written out as the lines that they stand for.

import type { Scanned, ScannedLine } from '../switch-scan.ts'

const inRange = /^set interfaces interface-range (\S+) (.+)$/

/** `ge-0/0/0 to ge-0/0/3` and `ge-0/0/[0-3]`, which count in the last number. */
function membersIn(rest: string): readonly string[] {
  const [, single] = /^member "?([^"]+)"?$/.exec(rest) ?? []
  const [, low, high] = /^member-range (\S+) to (\S+)$/.exec(rest) ?? []
  const [, listed = single, first, last] = /^(.*\/)\[(\d+)-(\d+)\]$/.exec(single ?? '') ?? []
  if (first !== undefined) return counted(listed ?? '', Number(first), Number(last))
  if (single !== undefined) return [single]
  const [, stem = '', from] = /^(.*\/)(\d+)$/.exec(low ?? '') ?? []
  const [, other, to] = /^(.*\/)(\d+)$/.exec(high ?? '') ?? []
  return from !== undefined && stem === other ? counted(stem, Number(from), Number(to)) : []
}

const counted = (stem: string, from: number, to: number): readonly string[] =>
  to - from > 512
    ? []
    : Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => `${stem}${from + step}`)

/** The lines with ranges written out; a line of a range without members stays as it is, and is counted. */
export function withoutRanges(lines: Scanned): Scanned {
  const members = new Map<string, readonly string[]>()
  for (const { text } of lines) {
    const [, range, rest] = inRange.exec(text) ?? []
    if (range === undefined || rest === undefined) continue
    const own = membersIn(rest)
    if (own.length > 0) members.set(range, [...(members.get(range) ?? []), ...own])
  }
  return lines.flatMap((line): readonly ScannedLine[] => {
    const [, range, rest] = inRange.exec(line.text) ?? []
    const ports = members.get(range ?? '')
    if (range === undefined || rest === undefined || ports === undefined) return [line]
    if (membersIn(rest).length > 0) return []
    return ports.map(port => ({ ...line, text: `set interfaces ${port} ${rest}` }))
  })
}
