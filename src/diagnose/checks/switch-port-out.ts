import type { Severity } from '../../diagnostics/diagnostic.ts'
import type { Standing } from '../observed.ts'
import type { Check } from './check.ts'
import { hasLink, hearsNobody, membersOf } from './support.ts'

/** What it means that a port of a LAG is not bundled. */
const meanings: Readonly<
  Record<
    Exclude<Standing, 'bundled' | 'down'>,
    { readonly severity: Severity; readonly means: string; readonly help: string }
  >
> = {
  suspended: {
    severity: 'error',
    means:
      'is suspended: the switch passes no traffic on it, as no LACPDU of the host comes or the port differs from its LAG',
    help: 'let the bond speak LACP (mode 802.3ad), or make the LAG static; and compare VLANs, MTU and speed of the port with those of the LAG',
  },
  individual: {
    severity: 'error',
    means: 'stands alone: the switch uses it as an ordinary port beside the LAG',
    help: 'let the bond speak LACP on this port (mode 802.3ad, member attached); both ends with full duplex',
  },
  standby: {
    severity: 'note',
    means: 'waits as standby: the LAG has as many ports as it may use',
    help: 'raise the most links of the LAG (lacp max-bundle) where it is to carry as well',
  },
  waiting: {
    severity: 'warning',
    means: 'waits to be joined',
    help: 'take the state again after some seconds; where it stays, see what the port hears',
  },
  incompatible: {
    severity: 'error',
    means: 'does not fit its LAG: speed, duplex, VLANs or MTU differ',
    help: 'give the port the settings of the LAG: remove its own switchport lines and join it again',
  },
  'min-links': {
    severity: 'error',
    means: 'is held back: the LAG has fewer links than it wants at least',
    help: 'bring the other ports back, or lower min-links of the LAG',
  },
  unselected: {
    severity: 'error',
    means: 'is in the LAG and not selected: it carries nothing',
    help: 'see what LACP of the port says of both ends, and compare its speed and key with those of the others',
  },
}

export const check: Check = {
  id: 'switch-port-out',
  severity: 'error',
  summary: 'A switch does not use a port of its LAG.',
  why: `Each vendor has letters for it: s is suspended, I individual or stand-alone, H hot standby, U unselected. The host may
still have a link and send: what it sends on a suspended port is lost.`,
  source:
    'the legends of show etherchannel summary, show port-channel summary, display link-aggregation verbose, show sharing',
  bad: [
    `
    sw1#show etherchannel summary
    Group  Port-channel  Protocol    Ports
    10     Po10(SU)        LACP      Gi1/0/1(P)     Gi1/0/2(s)
    #                                               ^^^^^^^ Gi1/0/2 of sw1 Po10 is suspended
    `,
    `
    sw1# show port-channel summary
    Group Port-       Type     Protocol  Member Ports
    10    Po10(SU)    Eth      LACP      Eth1/1(P)    Eth1/2(I)
    #                                                 ^^^^^^ stands alone
    `,
    `
    sw1# show port-channel summary
       Port-Channel       Protocol     Ports
       Po10(U)            LACP(a)      Et1(PG+) Et2(w)
    #                                           ^^^ waits to be joined
    `,
    `
    <sw1>display link-aggregation verbose
    Aggregate Interface: Bridge-Aggregation10
    Aggregation Mode: Dynamic
    Local:
      XGE1/0/1            S        32768    1        1                      {ACDEF}
      XGE1/0/2            U        32768    2        1                      {AC}
    # ^^^^^^^^ not selected
    `,
  ],
  good: [
    `
    sw1#show etherchannel summary
    Group  Port-channel  Protocol    Ports
    10     Po10(SU)        LACP      Gi1/0/1(P)     Gi1/0/2(P)
    `,
  ],
  *check(observed) {
    for (const { member, title } of membersOf(observed)) {
      const { standing, name } = member
      if (standing === undefined || !hasLink(member)) continue
      if (standing.value === 'bundled' || standing.value === 'down') continue
      // A port that hears nobody cannot be used: partner-mac-zero says so.
      if (hearsNobody(member) === true) continue
      const { severity, means, help } = meanings[standing.value]
      yield { severity, at: member.at, message: `${name} of ${title} ${means}`, help }
    }
  },
}
