// What was observed, in a few lines before the findings: each bond with its members, and which of them carry.

import { carries, hasLink, hearsNobody, rate, speaksLacp } from '../diagnose/checks/support.ts'
import type { Bundle, Member, Observed } from '../diagnose/observed.ts'
import { visible } from './escape.ts'
import { type Paint, table, wrap } from './terminal.ts'

export interface ObservedTextOptions {
  readonly width: number
  readonly paint: Paint
}

/** Empty where there is no bond. */
export function observedText({ machines }: Observed, { width, paint }: ObservedTextOptions): string {
  const blocks = machines.flatMap(({ name, bundles }) =>
    bundles.map(bundle => {
      const title = wrap(visible(`${name} ${bundle.name}: ${stateOf(bundle).join(', ')}`), width, '  ')
      if (bundle.members.length === 0) return title.map(paint.strong).join('\n')
      const rows = bundle.members.map(member => rowOf(bundle, member).map(visible))
      // A column in which nobody has anything to say is not there.
      const shown = rows[0]?.map((_, column) => rows.some(row => row[column] !== '')) ?? []
      const lines = table(
        rows.map(row => row.filter((_, column) => shown[column])),
        { width: width - 2 },
      )
      return [...title.map(paint.strong), ...lines.split('\n').map(line => `  ${line}`)].join('\n')
    }),
  )
  return blocks.length === 0 ? '' : `${blocks.join('\n')}\n\n`
}

function stateOf(bundle: Bundle): readonly string[] {
  const { mode, protocol, hashPolicy, up, enabled, members } = bundle
  const known = members.map(member => carries(bundle, member))
  const carrying = members.filter((_, at) => known[at] === true)
  const unknown = known.filter(one => one === undefined).length
  const speeds = members.map(({ speedMbps }) => speedMbps?.value)
  const spreads = mode?.value !== 'active-backup' && mode?.value !== 'broadcast'
  const sum = (some: readonly Member[]) =>
    some.reduce(
      (total, { speedMbps }) => total + (typeof speedMbps?.value === 'number' ? speedMbps.value : 0),
      0,
    )
  const rated = spreads && unknown === 0 && members.length > 0 && speeds.every(one => typeof one === 'number')
  return [
    mode?.value ??
      (protocol === undefined ? 'mode not shown' : protocol.value === 'lacp' ? 'LACP' : protocol.value),
    ...(hashPolicy === undefined ? [] : [hashPolicy.value]),
    ...(enabled?.value === false ? ['switched off'] : up === undefined ? [] : [up.value ? 'up' : 'down']),
    members.length === 0
      ? 'no member'
      : unknown === members.length
        ? `${members.length} member${members.length === 1 ? '' : 's'}, and which carry is not shown`
        : `${carrying.length} of ${members.length} member${members.length === 1 ? '' : 's'} carr${carrying.length === 1 ? 'ies' : 'y'}${unknown > 0 ? `, of ${unknown} it is not shown` : ''}`,
    ...(rated ? [`${rate(sum(carrying))} of ${rate(sum(members))}`] : []),
  ]
}

function rowOf(bundle: Bundle, member: Member): readonly string[] {
  const { name, link, enabled, speedMbps, duplex, aggregator, standing, partner, role } = member
  const speed = speedMbps?.value === 'unknown' ? 'unknown speed' : speedMbps && rate(speedMbps.value)
  const nobody = hearsNobody(member) === true
  const carrying = carries(bundle, member)
  return [
    name,
    enabled?.value === false ? 'switched off' : link === undefined ? '' : link.value,
    [speed ?? '', duplex === undefined || duplex.value === 'unknown' ? '' : duplex.value].join(' ').trim(),
    aggregator === undefined ? '' : `aggregator ${aggregator.value}`,
    speaksLacp(bundle) && nobody && hasLink(member)
      ? 'no partner'
      : partner.system === undefined || nobody
        ? ''
        : `partner ${partner.system.value}`,
    standing?.value ??
      (carrying === undefined
        ? (role?.value ?? '')
        : carrying
          ? 'carries'
          : hasLink(member)
            ? 'stands by'
            : ''),
  ]
}
