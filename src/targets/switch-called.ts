// LAGs whose names are free: which names of a configuration are LAGs, and which numbers they get. What is written for a
// platform calls them by number, so a name that somebody gave is told, and comes back as the number alone.

import { lagNumberOf, readPorts } from '../platforms/ports.ts'
import { ownLag } from './switch-match.ts'
import type { Scanned, ScannedLine } from './switch-scan.ts'
import type { SwitchTarget } from './switch-target.ts'

/** A name that is no name of the platform's own pattern, with its number and the line that makes the LAG. */
export interface Called {
  readonly number: number
  readonly line: ScannedLine
}

/**
 * The LAGs of a configuration that are called otherwise than a written one would be. The number is that of the lowest
 * port, as of a LAG that follows from a host's bond; where it is taken, or no port is known, the next that is free.
 */
export function calledIn(scanned: Scanned, { lagMade, platform }: SwitchTarget): ReadonlyMap<string, Called> {
  const own = ownLag(platform)
  const made = new Map<string, ScannedLine>()
  const ports = new Map<string, string>()
  for (const line of scanned) {
    const text = [...line.heads, line.text].join(' / ')
    lagMade.forEach((pattern, at) => {
      const { name, ports: list } = pattern.exec(text)?.groups ?? {}
      if (name === undefined) return
      if (at === 0 && !made.has(name)) made.set(name, line)
      if (list !== undefined && !ports.has(name)) ports.set(name, list.replaceAll('"', ' ').trim())
    })
  }
  const taken = new Set(
    [...made.keys()].filter(name => own.test(name)).map(name => Number(/\d+$/.exec(name)?.[0])),
  )
  // Of a number that is taken, one above it that may be free.
  const above = new Map<number, number>()
  const free = (from: number): number => {
    const passed: number[] = []
    let at = from
    for (; taken.has(at); at = above.get(at) ?? at + 1) passed.push(at)
    for (const one of passed) above.set(one, at)
    return at
  }
  const called = new Map<string, Called>()
  for (const [name, line] of made) {
    if (own.test(name)) continue
    const [first] = readPorts(platform, ports.get(name) ?? '')
    const number = free(first?.port === undefined ? 1 : lagNumberOf(platform, first.port))
    taken.add(number)
    called.set(name, { number, line })
  }
  return called
}
