// A route in the words of ip-route(8), both ways: commands of iproute2 have them, and so do the route files of RHEL.

import { type Route, routeKind } from '../../options/interface.ts'
import type { Value } from '../../options/kind.ts'

/** Tables that ip knows by name (linux include/uapi/linux/rtnetlink.h, RT_TABLE_*). */
const tables: Readonly<Record<string, number>> = { default: 253, main: 254, local: 255 }

const isSix = (address: string): boolean => address.includes(':')

/** Whether a route is of IPv6: a default is of the family of its next hop. */
export const isSixRoute = ({ to, via }: Route): boolean =>
  isSix(to) || (to === 'default' && via !== undefined && isSix(via))

/** A route in the neutral spelling; undefined where it is none. */
export function checkedRoute(parts: Readonly<Record<string, Value>>): Value | undefined {
  const read = routeKind.read(parts)
  return read === undefined ? undefined : routeKind.write(read)
}

/** The words of a route by a device; a next hop of the other family is named as such. */
export function routeWords(route: Route, device: string): readonly (string | number)[] {
  const { to, via, metric, table } = route
  const other = via !== undefined && isSix(via) && !isSixRoute(route)
  return [
    to,
    ...(via === undefined ? [] : ['via', ...(other ? ['inet6'] : []), via]),
    'dev',
    device,
    ...(metric === undefined ? [] : ['metric', metric]),
    ...(table === undefined ? [] : ['table', table]),
  ]
}

const known = ['via', 'dev', 'metric', 'table', 'proto', 'scope']

/**
 * What words of ip-route(8) mean: `[to] TO [via [FAMILY] GATEWAY] [dev DEVICE] [metric N] [table N] [onlink]`. `six`:
 * they are said of IPv6. Undefined where they say more than a route of ours can.
 */
export function routeOf(
  words: readonly string[],
  six: boolean,
): { readonly route: Value; readonly device: string | undefined } | undefined {
  const [to = '', ...said] = words[0] === 'to' ? words.slice(1) : words
  const rest = said.filter(
    (word, at) => word !== 'onlink' && !(/^inet6?$/.test(word) && said[at - 1] === 'via'),
  )
  const parts = new Map<string, string>()
  for (let at = 0; at < rest.length; at += 2) {
    const [name = '', value] = rest.slice(at, at + 2)
    if (value === undefined || !known.includes(name) || parts.has(name)) return undefined
    parts.set(name, value)
  }
  const [via, metric, table] = [parts.get('via'), parts.get('metric'), parts.get('table')]
  const route = checkedRoute({
    // Without a next hop only the option tells which default is meant.
    to: to === 'default' && six && via === undefined ? '::/0' : to,
    ...(via && { via }),
    ...(metric && { metric }),
    ...(table && { table: tables[table] ?? table }),
  })
  return route === undefined ? undefined : { route, device: parts.get('dev') }
}
