// Every rule by its id, one line each; a test holds the folder to it.

import { rule as activeSlaveNotLasting } from './active-slave-not-lasting.ts'
import { rule as adActorSystemMulticast } from './ad-actor-system-multicast.ts'
import { rule as addressOnBridgedBond } from './address-on-bridged-bond.ts'
import { rule as allSlavesActiveDuplicates } from './all-slaves-active-duplicates.ts'
import { rule as arpAllTargetsWithoutValidate } from './arp-all-targets-without-validate.ts'
import { rule as arpMonitorHashModes } from './arp-monitor-hash-modes.ts'
import { rule as arpTargetIsOwnAddress } from './arp-target-is-own-address.ts'
import { rule as arpTargetOffSubnet } from './arp-target-off-subnet.ts'
import { rule as arpTargetRefused } from './arp-target-refused.ts'
import { rule as arpTargetsMissing } from './arp-targets-missing.ts'
import { rule as arpTargetsUnused } from './arp-targets-unused.ts'
import { rule as arpValidateWithoutArp } from './arp-validate-without-arp.ts'
import { rule as bridgeOverRr } from './bridge-over-rr.ts'
import { rule as bridgeOverTlbAlb } from './bridge-over-tlb-alb.ts'
import { rule as delaysNotMultiple } from './delays-not-multiple.ts'
import { rule as delaysWithoutMiimon } from './delays-without-miimon.ts'
import { rule as failOverMacActiveWithMac } from './fail-over-mac-active-with-mac.ts'
import { rule as hashPolicyDefaultLayer2 } from './hash-policy-default-layer2.ts'
import { rule as hashPolicyNoEffect } from './hash-policy-no-effect.ts'
import { rule as lacpRateIsARequest } from './lacp-rate-is-a-request.ts'
import { rule as lacpStrictWithoutMinLinks } from './lacp-strict-without-min-links.ts'
import { rule as macEqualsUnrelatedMember } from './mac-equals-unrelated-member.ts'
import { rule as macMulticastOrZero } from './mac-multicast-or-zero.ts'
import { rule as memberHasAddress } from './member-has-address.ts'
import { rule as memberHasVlan } from './member-has-vlan.ts'
import { rule as memberInTwoBonds } from './member-in-two-bonds.ts'
import { rule as memberInfiniband } from './member-infiniband.ts'
import { rule as memberIsBond } from './member-is-bond.ts'
import { rule as memberTypeUnsuitable } from './member-type-unsuitable.ts'
import { rule as memberUsbNic } from './member-usb-nic.ts'
import { rule as memberWireless } from './member-wireless.ts'
import { rule as membersDuplicate } from './members-duplicate.ts'
import { rule as membersEmpty } from './members-empty.ts'
import { rule as membersSingle } from './members-single.ts'
import { rule as miimonAndArp } from './miimon-and-arp.ts'
import { rule as miimonTooHigh } from './miimon-too-high.ts'
import { rule as miimonTooLow } from './miimon-too-low.ts'
import { rule as minLinksEqualsMembers } from './min-links-equals-members.ts'
import { rule as minLinksTooHigh } from './min-links-too-high.ts'
import { rule as mixedSpeedHash } from './mixed-speed-hash.ts'
import { rule as mixedSpeedLacp } from './mixed-speed-lacp.ts'
import { rule as modeMissing } from './mode-missing.ts'
import { rule as monitoringImplicit } from './monitoring-implicit.ts'
import { rule as mtuDiffersBetweenMembers } from './mtu-differs-between-members.ts'
import { rule as mtuOnMemberOnly } from './mtu-on-member-only.ts'
import { rule as mtuRange } from './mtu-range.ts'
import { rule as noLinkMonitoring } from './no-link-monitoring.ts'
import { rule as noPrimaryWithUnequalMembers } from './no-primary-with-unequal-members.ts'
import { rule as numGratArpMode } from './num-grat-arp-mode.ts'
import { rule as optionDoesNothing } from './option-does-nothing.ts'
import { rule as primaryNotMember } from './primary-not-member.ts'
import { rule as primaryReselectWithoutPrimary } from './primary-reselect-without-primary.ts'
import type { Rule } from './rule.ts'
import { rule as slowLacpDetection } from './slow-lacp-detection.ts'
import { rule as useCarrierObsolete } from './use-carrier-obsolete.ts'
import { rule as vfMembersSamePf } from './vf-members-same-pf.ts'
import { rule as vlanChallengedMember } from './vlan-challenged-member.ts'
import { rule as vlanMtuExceedsBond } from './vlan-mtu-exceeds-bond.ts'
import { rule as vlanOnBondAndBridge } from './vlan-on-bond-and-bridge.ts'
import { rule as vlanSrcmacOnHost } from './vlan-srcmac-on-host.ts'

export const rules: readonly Rule[] = [
  activeSlaveNotLasting,
  adActorSystemMulticast,
  addressOnBridgedBond,
  allSlavesActiveDuplicates,
  arpAllTargetsWithoutValidate,
  arpMonitorHashModes,
  arpTargetIsOwnAddress,
  arpTargetOffSubnet,
  arpTargetRefused,
  arpTargetsMissing,
  arpTargetsUnused,
  arpValidateWithoutArp,
  bridgeOverRr,
  bridgeOverTlbAlb,
  delaysNotMultiple,
  delaysWithoutMiimon,
  failOverMacActiveWithMac,
  hashPolicyDefaultLayer2,
  hashPolicyNoEffect,
  lacpRateIsARequest,
  lacpStrictWithoutMinLinks,
  macEqualsUnrelatedMember,
  macMulticastOrZero,
  memberHasAddress,
  memberHasVlan,
  memberInTwoBonds,
  memberInfiniband,
  memberIsBond,
  memberTypeUnsuitable,
  memberUsbNic,
  memberWireless,
  membersDuplicate,
  membersEmpty,
  membersSingle,
  miimonAndArp,
  miimonTooHigh,
  miimonTooLow,
  minLinksEqualsMembers,
  minLinksTooHigh,
  mixedSpeedHash,
  mixedSpeedLacp,
  modeMissing,
  monitoringImplicit,
  mtuDiffersBetweenMembers,
  mtuOnMemberOnly,
  mtuRange,
  noLinkMonitoring,
  noPrimaryWithUnequalMembers,
  numGratArpMode,
  optionDoesNothing,
  primaryNotMember,
  primaryReselectWithoutPrimary,
  slowLacpDetection,
  useCarrierObsolete,
  vfMembersSamePf,
  vlanChallengedMember,
  vlanMtuExceedsBond,
  vlanOnBondAndBridge,
  vlanSrcmacOnHost,
]
