// A name for a finding that stays the same while the lines around it move, so that a service or a baseline
// knows it again. It is for recognition, not for security: whoever wants two findings to look alike can.

import type { Reportable } from './types.ts'

const encoder = new TextEncoder()
const two32 = 0x1_0000_0000

/**
 * FNV-1a, 64 bits, of `text` in UTF-8, as 16 hexadecimal digits (Fowler, Noll, Vo; RFC 9923). The state is
 * kept in two halves because numbers are exact only to 53 bits: times the prime 2^40 + 0x1b3 is the low half
 * shifted into the high one, plus both halves times 0x1b3.
 */
export function fnv1a64(text: string): string {
  let high = 0xcbf29ce4
  let low = 0x84222325
  for (const byte of encoder.encode(text)) {
    low = (low ^ byte) >>> 0
    const product = low * 0x1b3
    high = (Math.imul(high, 0x1b3) + Math.floor(product / two32) + (low << 8)) >>> 0
    low = product >>> 0
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}

/** What the finding is about: the place by meaning, else the wording of its first line, else its message. */
function subject({ at, lines, message }: Reportable): readonly (string | number)[] {
  if (at !== undefined) return ['place', at.part, ...at.path]
  const line = lines?.[0]
  return line === undefined ? ['message', message] : ['line', line.trim().replace(/\s+/g, ' ')]
}

/**
 * For each finding `hash:n`: a hash over code, file and subject, and which one it is (from 1) among those
 * with the same hash, in the order given. No line number goes in. Unique within one list of findings.
 */
export function fingerprints(findings: readonly Reportable[]): string[] {
  const seen = new Map<string, number>()
  return findings.map(finding => {
    const hash = fnv1a64(JSON.stringify([finding.code, finding.region?.file ?? null, ...subject(finding)]))
    const order = (seen.get(hash) ?? 0) + 1
    seen.set(hash, order)
    return `${hash}:${order}`
  })
}
