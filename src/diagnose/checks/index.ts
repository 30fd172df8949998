// Every check by its id. A check is one file and one line here.

import { check as addressUsedTwice } from './address-used-twice.ts'
import { check as aggregatorSplit } from './aggregator-split.ts'
import { check as bondDown } from './bond-down.ts'
import { check as bothEndsPassive } from './both-ends-passive.ts'
import type { Check } from './check.ts'
import { check as endsDisagree } from './ends-disagree.ts'
import { check as halfDuplexMember } from './half-duplex-member.ts'
import { check as hashLayer2 } from './hash-layer2.ts'
import { check as lacpChurned } from './lacp-churned.ts'
import { check as lacpLoop } from './lacp-loop.ts'
import { check as lacpNotShown } from './lacp-not-shown.ts'
import { check as lacpRatesDiffer } from './lacp-rates-differ.ts'
import { check as linkFlaps } from './link-flaps.ts'
import { check as linksUnwatched } from './links-unwatched.ts'
import { check as memberDown } from './member-down.ts'
import { check as memberMtuDiffers } from './member-mtu-differs.ts'
import { check as memberNotAttached } from './member-not-attached.ts'
import { check as memberOnOneSide } from './member-on-one-side.ts'
import { check as memberSpeedsDiffer } from './member-speeds-differ.ts'
import { check as minLinksUnmet } from './min-links-unmet.ts'
import { check as partnerIndividual } from './partner-individual.ts'
import { check as partnerMacZero } from './partner-mac-zero.ts'
import { check as partnerNotReady } from './partner-not-ready.ts'
import { check as partnerSilent } from './partner-silent.ts'
import { check as partnersDiffer } from './partners-differ.ts'
import { check as speedUnknownMember } from './speed-unknown-member.ts'
import { check as switchPortOut } from './switch-port-out.ts'

export const checks: readonly Check[] = [
  addressUsedTwice,
  aggregatorSplit,
  bondDown,
  bothEndsPassive,
  endsDisagree,
  halfDuplexMember,
  hashLayer2,
  lacpChurned,
  lacpLoop,
  lacpNotShown,
  lacpRatesDiffer,
  linkFlaps,
  linksUnwatched,
  memberDown,
  memberMtuDiffers,
  memberNotAttached,
  memberOnOneSide,
  memberSpeedsDiffer,
  minLinksUnmet,
  partnerIndividual,
  partnerMacZero,
  partnerNotReady,
  partnerSilent,
  partnersDiffer,
  speedUnknownMember,
  switchPortOut,
]
