// Patterns in lists of members and ports. ifupdown2 makes one of the word behind `glob` or `regex`; the others have none,
// and take each of these words for the name of a device. A glob is a range of numbers, so what it means stands in it; a
// regular expression is held against the devices that the machine has.

import { countsMembers, type Unread } from '../target.ts'

/** Words that make a pattern of the next one, or take that back (ifupdown2, modulebase.py, parse_port_list()). */
export const patternWord = /^(?:no)?(?:glob|regex)$/

/** More names than any bond or bridge of ours has are no list that somebody means. */
const most = 1024

/** What ifupdown2 takes for a range: `swp[1-4]sub[0-1].10`, `swp1-4.10`, `swp[1-4].10` (glob_regexs, in this order). */
const ranges = [
  /^([A-Za-z0-9-]+)\[(\d+)-(\d+)\]([A-Za-z0-9-]+)\[(\d+)-(\d+)\](.*)$/,
  /^([A-Za-z0-9-]+[A-Za-z])(\d+)-(\d+)(.*)$/,
  /^([A-Za-z0-9-]+)\[(\d+)-(\d+)\](.*)$/,
]

/** The names that a glob stands for, ends included (parse_glob()); undefined where it is none. */
function globbed(word: string): readonly string[] | undefined {
  // With a comma in it ifupdown2 warns, and takes it for a name.
  if (word.includes(',')) return undefined
  const parts = ranges.map(range => range.exec(word)).find(match => match !== null)
  if (parts === undefined) return undefined
  const [, prefix = '', first, last, middle = '', ...rest] = parts
  const numbers = countedFrom(Number(first), Number(last))
  if (rest.length === 0) return numbers?.map(number => `${prefix}${number}${middle}`)
  const [start, end, suffix = ''] = rest
  const inner = countedFrom(Number(start), Number(end))
  if (numbers === undefined || inner === undefined || numbers.length * inner.length > most) return undefined
  return numbers.flatMap(number => inner.map(below => `${prefix}${number}${middle}${below}${suffix}`))
}

const countedFrom = (first: number, last: number): readonly number[] | undefined =>
  last - first >= most
    ? undefined
    : Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)

/** The words of a list with its globs written out; undefined where one of its patterns means what the machine has. */
export function withoutPatterns(words: readonly string[]): readonly string[] | undefined {
  const names: string[] = []
  let isGlob = false
  for (const word of words) {
    if (word === 'regex') return undefined
    if (patternWord.test(word)) isGlob = word === 'glob'
    else {
      const meant = isGlob ? globbed(word) : [word]
      if (meant === undefined) return undefined
      names.push(...meant)
      isGlob = false
    }
  }
  // A list that names nothing says nothing.
  return names.length === 0 ? undefined : names
}

const list = { in: 'link', name: /^(?:bond-(?:slaves|ports)|bridge-ports)$/ }
const unknown = { code: 'not-understood', help: 'name the devices', covers: countsMembers }
/** What nobody takes for a device, on no machine. */
const wrong = { ...unknown, severity: 'error' } as const

/** A regular expression, or all that there is. */
const ofTheMachine = 'is a pattern: which devices are meant, only the machine knows, so nothing is made of it'

/** What is said of lists that name no devices, where ifupdown2 reads them. */
export const unreadPatterns: readonly Unread[] = [
  { ...list, ...unknown, value: /(?:^|\s)regex\s/, says: ofTheMachine },
  {
    ...list,
    ...wrong,
    value: /(?:^|\s)glob\s/,
    says: 'has a glob that is no range of names such as swp1-4 or swp[1-4], which ifupdown2 takes for a name, so nothing is made of it',
  },
]

/** The same of the ports of bridge-utils (bridge-utils-interfaces(5), bridge_ports). */
export const unreadPorts: Unread = {
  in: 'link',
  name: /^bridge-ports$/,
  ...unknown,
  value: /(?:^|\s)(?:all|regex)(?:\s|$)/,
  says: ofTheMachine,
}

/** The same where there are none. `reader`: who takes each word for a name. */
export const noPatterns = (reader: string): Unread => ({
  ...list,
  ...wrong,
  value: /(?:^|\s)(?:no)?(?:glob|regex)\s/,
  says: `has a pattern as ifupdown2 has them; ${reader} takes each word for the name of a device, so nothing is made of it`,
})

/** Any other word that is no name. */
export const unreadNames: Unread = {
  ...list,
  ...wrong,
  says: 'has a word that is no name of a device, so nothing is made of it',
}
