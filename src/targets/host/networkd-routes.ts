// Routes as networkd has them: a section each. The default route is one without a destination.

import type { Route, Value } from '../../options/index.ts'
import { routeKind } from '../../options/interface.ts'
import { barred, barredRoute, isZero, needsOnLink, refuse } from '../families/networkd.ts'
import type { Found } from '../setting.ts'
import { type Custom, custom } from '../stance.ts'
import { saidUnder } from './networkd-shapes.ts'

/** `Gateway=0.0.0.0` alone is the default route to the link itself (systemd.network(5), DefaultRouteOnDevice=). */
const onLink = '0.0.0.0'

function sectionOf(route: Route, written: readonly string[]): readonly (readonly [string, Value])[] {
  const { to, via, metric, table } = route
  const gateway = via ?? (to === 'default' ? onLink : undefined)
  return [
    ...(to === 'default' ? [] : [['Destination', to] as const]),
    ...(gateway === undefined ? [] : [['Gateway', gateway] as const]),
    ...(needsOnLink(route, written) ? [['GatewayOnLink', true] as const] : []),
    ...(metric === undefined ? [] : [['Metric', metric] as const]),
    ...(table === undefined ? [] : [['Table', table] as const]),
  ]
}

/** Tables that networkd knows by name (linux include/uapi/linux/rtnetlink.h, RT_TABLE_*). */
const tables: Readonly<Record<string, number>> = { default: 253, main: 254, local: 255 }

const keys = ['Destination', 'Gateway', 'Metric', 'Table']

function routeOf(section: ReadonlyMap<string, Value>): Value {
  const [to, via, metric, table] = keys.map(name => section.get(name))
  return {
    to: to ?? (via === '::' ? '::/0' : 'default'),
    ...(via !== undefined && !isZero(String(via)) && { via }),
    ...(metric !== undefined && { metric }),
    ...(table !== undefined && { table: tables[String(table)] ?? table }),
  }
}

export const routes: Custom = custom({
  shape: '[Route], one for each',
  write(said: readonly Route[], context) {
    const refused = said.length > 0 ? barred(context) : undefined
    if (refused !== undefined) return refuse(refused)
    const fit = said.filter(route => barredRoute(route) === undefined)
    const reasons = said.flatMap(route => barredRoute(route) ?? [])
    const { name: device, options } = context.device
    const written = (options.addresses ?? []).filter(address => !isZero(address))
    const settings = fit.flatMap((route, group) =>
      sectionOf(route, written).map(([name, value]) => ({ device, in: 'Route', group, name, value })),
    )
    return { settings, ...(reasons.length > 0 && { refused: reasons.join('; ') }) }
  },
  read(device) {
    const used: Found[] = []
    const value: Value[] = []
    const take = (founds: readonly Found[]): void => {
      const route = routeOf(new Map(founds.map(found => [found.name, found.value])))
      if (routeKind.read(route) === undefined) return
      value.push(route)
      used.push(...founds)
    }
    const { lasting, gone } = saidUnder(device, 'Network', 'Gateway')
    for (const gateway of lasting) take([gateway])
    const ours = device.found.filter(found => found.in === 'Route' && keys.includes(found.name))
    for (const group of new Set(ours.map(found => found.group)))
      take(ours.filter(found => found.group === group))
    used.push(...gone)
    return used.length === 0 ? undefined : { value, used }
  },
})
