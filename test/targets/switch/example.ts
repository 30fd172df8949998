// The complete examples of the reference, read where it stands, by section.

import { readFileSync } from 'node:fs'

/** The switch platforms' part of the reference, where that stands beside the project. */
export const reference = new URL('../../../../shared/reference/switch-lag.md', import.meta.url)

/** The first example in the section of a platform. */
export function exampleOf(id: string): string {
  const text = readFileSync(reference, 'utf8')
  const section = text.split(/^## /m).find(part => part.split('\n')[0]?.includes(`\`${id}\``))
  const [, example] = /^```\w*\n([\s\S]*?)^```$/m.exec(section ?? '') ?? []
  if (example === undefined) throw new Error(`the reference has no example of ${id}`)
  return example
}
