// What a platform's facts say of a plan: how many links it takes, and which facts nobody has confirmed.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { valueOf } from '../intent/intent.ts'
import type { SwitchPlan } from '../intent/partner.ts'
import { lagNumberOf } from '../platforms/ports.ts'
import type { SwitchStance } from './lines.ts'
import { titleOf } from './switch-fill.ts'
import type { SwitchTarget } from './switch-target.ts'
import { hasVlan } from './switch-vlans.ts'

/** More links than the platform has or fewer than it wants, another number of needed links than it takes, or a native VLAN that it has not. */
export function limits(plan: SwitchPlan): readonly Diagnostic[] {
  const { platform } = plan
  return plan.lags.flatMap(lag => {
    const { active, standby, fewest = 1 } = platform.members
    const found: Diagnostic[] = []
    if (lag.options.mode !== 'plain' && active !== undefined && lag.ports.length > active + standby) {
      found.push({
        code: 'lag-too-many-ports',
        severity: 'error',
        message: `${titleOf(plan, lag)} has ${lag.ports.length} ports, and ${platform.product} takes ${active + standby}`,
        at: valueOf(lag, 'ports'),
      })
    }
    if (lag.options.mode !== 'plain' && lag.ports.length < fewest) {
      found.push({
        code: 'lag-too-few-ports',
        severity: 'error',
        message: `${titleOf(plan, lag)} has ${lag.ports.length} port, and ${platform.product} makes none of less than ${fewest}`,
        at: valueOf(lag, 'ports'),
      })
    }
    const { native, untagged, vlans } = lag.options
    if (!hasVlan(platform, native) && (untagged || vlans.length === 0)) {
      found.push({
        code: 'vlan-not-possible',
        severity: 'error',
        message: `${titleOf(plan, lag)}: untagged frames do not pass, as ${platform.product} has no VLAN ${native}`,
        at: valueOf(lag, 'untagged'),
        help: `name their VLAN, from ${platform.vlans.min} to ${platform.vlans.max}, as native of the LAG`,
      })
    }
    const [first] = lag.ports
    if (
      platform.lag.name === '{port}' &&
      lag.options.mode !== 'plain' &&
      first !== undefined &&
      lag.number !== lagNumberOf(platform, first)
    ) {
      found.push({
        code: 'lossy-render',
        severity: 'note',
        message: `${titleOf(plan, lag)}: the number is not written: ${platform.product} calls a LAG by its lowest port, ${first.name}`,
        at: { path: lag.path, part: 'key' },
      })
    }
    for (const [id, bounds] of [
      ['min-links', platform.minLinks],
      ['max-links', platform.maxLinks],
    ] as const) {
      const value = lag.options[id]
      const { min = 0, max = Number.POSITIVE_INFINITY } = bounds ?? {}
      if (value === undefined || bounds === undefined || (value >= min && value <= max)) continue
      found.push({
        code: `${id}-range`,
        severity: 'error',
        message: `${titleOf(plan, lag)}: ${id} ${value} is outside ${min} to ${max}, what ${platform.product} takes`,
        at: valueOf(lag, id),
      })
    }
    return found
  })
}

const stanceOf = (fact: string, { spellings }: SwitchTarget): SwitchStance | undefined => {
  const [id = ''] = fact.split('=')
  return spellings.lag[id] ?? spellings.switch[id]
}

/** Facts without a source carry their mark to where they are used: once for each switch. */
export function unverified(
  { platform, lags, path, name, ...plan }: SwitchPlan,
  target: SwitchTarget,
): readonly Diagnostic[] {
  const used = new Set<string>(Object.keys(plan.options))
  for (const { options } of lags) {
    for (const [id, value] of Object.entries(options)) {
      const said = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false
      if (said) used.add(id).add(`${id}=${String(value)}`)
    }
  }
  const { lag, switch: box } = target.spellings
  const isWritten = (fact: string): boolean => {
    const stance = (lag[fact] ?? box[fact])?.stance
    return stance !== 'cannot' && stance !== 'only'
  }
  return Object.entries(platform.unverified)
    .filter(([fact]) => used.has(fact) && stanceOf(fact, target)?.stance !== 'cannot')
    .map(([fact, assumed]) => ({
      code: 'platform-unverified',
      severity: 'note',
      message: `${name}: ${fact.replace('=', ' ')} is ${isWritten(fact) ? '' : 'not '}written for ${target.title} without a confirmed source: ${assumed}`,
      at: { path, part: 'key' },
    }))
}
