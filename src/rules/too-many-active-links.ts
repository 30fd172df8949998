import type { Place } from '../diagnostics/diagnostic.ts'
import { valueOf } from '../intent/intent.ts'
import { pairsOf, saidBySwitch } from './pair.ts'
import type { Finding, Rule } from './rule.ts'

export const rule: Rule = {
  id: 'too-many-active-links',
  severity: 'warning',
  summary: 'A LAG has more ports than the switch uses at once.',
  why: `What a platform has beyond its limit stands by under LACP where it has a standby, and is refused otherwise.
Either way it carries nothing, although the host counts it.`,
  source:
    'manuals of the platforms, as named by bondplan targets; Cisco IOS EtherChannel guide: 8 active, 8 standby',
  bad: [
    `
    switches:
      sw1:
        platform: cisco-ios
        lags:
          "1": {ports: [Gi1/0/1-10], mode: active}
    #                  ^^^^^^^^^^^^ LAG 1 of sw1 has 10 ports, and it uses 8 at once: 2 stand by
    `,
    `
    switches:
      sw1:
        platform: cisco-ios
        lags:
          "1": {ports: [Gi1/0/1-10], mode: static}
    #                  ^^^^^^^^^^^^ LAG 1 of sw1 has 10 ports, and it uses 8 at once: 2 are refused
    `,
  ],
  good: [
    `
    switches:
      sw1:
        platform: cisco-ios
        lags: { "1": { ports: [Gi1/0/1-8], mode: active } }
      sw2:
        platform: cisco-ios
        lags: { "1": { ports: [Gi1/0/1-10], mode: active, max-links: 8 } }
    `,
  ],
  *check(intent) {
    const { boxes, pairings } = pairsOf(intent)
    const members = new Map(pairings.map(({ lag, bond }) => [lag, valueOf(bond, 'members')]))
    for (const { name, platform, lags } of boxes.values()) {
      const { active, standby } = platform.members
      if (active === undefined) continue
      for (const lag of lags) {
        const { mode, 'max-links': wanted } = lag.options
        const surplus = lag.ports.length - active
        if (mode === 'plain' || surplus <= 0) continue
        const waiting = mode === 'static' ? 0 : Math.min(surplus, standby)
        // Who says max-links wants the rest to stand by.
        if (wanted !== undefined && waiting === surplus) continue
        const at = saidBySwitch(lag, 'ports') ? valueOf(lag, 'ports') : members.get(lag)
        yield found(
          at ?? valueOf(lag, 'ports'),
          `LAG ${lag.number} of ${name}`,
          lag.ports.length,
          active,
          waiting,
        )
      }
    }
  },
}

function found(at: Place, lag: string, ports: number, active: number, waiting: number): Finding {
  const refused = ports - active - waiting
  const rest = [
    ...(waiting > 0 ? [`${waiting} stand by`] : []),
    ...(refused > 0 ? [`${refused} are refused`] : []),
  ]
  return {
    at,
    message: `${lag} has ${ports} ports, and it uses ${active} at once: ${rest.join(' and ')}`,
    help: `use ${active} ports at most`,
  }
}
