// Every rule by its id, one line each; a test holds the folder to it.

import { rule as activeSlaveNotLasting } from './active-slave-not-lasting.ts'
import { rule as adActorSystemMulticast } from './ad-actor-system-multicast.ts'
import { rule as addressOnBridgedBond } from './address-on-bridged-bond.ts'
import { rule as albReceiveLimits } from './alb-receive-limits.ts'
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
import { rule as channelIdMismatch } from './channel-id-mismatch.ts'
import { rule as crossCabledMembers } from './cross-cabled-members.ts'
import { rule as delaysNotMultiple } from './delays-not-multiple.ts'
import { rule as delaysWithoutMiimon } from './delays-without-miimon.ts'
import { rule as directHostToHostLag } from './direct-host-to-host-lag.ts'
import { rule as duplicateAddress } from './duplicate-address.ts'
import { rule as duplicateMac } from './duplicate-mac.ts'
import { rule as duplicateSystemId } from './duplicate-system-id.ts'
import { rule as edgePortSeesBpdus } from './edge-port-sees-bpdus.ts'
import { rule as failOverMacActiveWithMac } from './fail-over-mac-active-with-mac.ts'
import { rule as fallbackWithBridge } from './fallback-with-bridge.ts'
import { rule as fallbackWithMinLinks } from './fallback-with-min-links.ts'
import { rule as fleetCapacity } from './fleet-capacity.ts'
import { rule as gatewayedLayer2Hash } from './gatewayed-layer2-hash.ts'
import { rule as hashPolarization } from './hash-polarization.ts'
import { rule as hashPolicyDefaultLayer2 } from './hash-policy-default-layer2.ts'
import { rule as hashPolicyEgressOnly } from './hash-policy-egress-only.ts'
import { rule as hashPolicyNoEffect } from './hash-policy-no-effect.ts'
import { rule as hostMissingSwitchSide } from './host-missing-switch-side.ts'
import { rule as lacpKeyUsedTwice } from './lacp-key-used-twice.ts'
import { rule as lacpRateIsARequest } from './lacp-rate-is-a-request.ts'
import { rule as lacpStrictWithoutMinLinks } from './lacp-strict-without-min-links.ts'
import { rule as lacpVsStatic } from './lacp-vs-static.ts'
import { rule as macEqualsUnrelatedMember } from './mac-equals-unrelated-member.ts'
import { rule as macMulticastOrZero } from './mac-multicast-or-zero.ts'
import { rule as memberCountMismatch } from './member-count-mismatch.ts'
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
import { rule as minLinksBothSides } from './min-links-both-sides.ts'
import { rule as minLinksEqualsMembers } from './min-links-equals-members.ts'
import { rule as minLinksTooHigh } from './min-links-too-high.ts'
import { rule as mixedSpeedHash } from './mixed-speed-hash.ts'
import { rule as mixedSpeedLacp } from './mixed-speed-lacp.ts'
import { rule as mlagIdMismatch } from './mlag-id-mismatch.ts'
import { rule as mlagSystemIdDiffers } from './mlag-system-id-differs.ts'
import { rule as modeMissing } from './mode-missing.ts'
import { rule as monitoringImplicit } from './monitoring-implicit.ts'
import { rule as mtuDiffersBetweenMembers } from './mtu-differs-between-members.ts'
import { rule as mtuDiffersInSegment } from './mtu-differs-in-segment.ts'
import { rule as mtuMismatchSwitch } from './mtu-mismatch-switch.ts'
import { rule as mtuOnMemberOnly } from './mtu-on-member-only.ts'
import { rule as mtuRange } from './mtu-range.ts'
import { rule as noLinkMonitoring } from './no-link-monitoring.ts'
import { rule as noPrimaryWithUnequalMembers } from './no-primary-with-unequal-members.ts'
import { rule as numGratArpMode } from './num-grat-arp-mode.ts'
import { rule as optionDoesNothing } from './option-does-nothing.ts'
import { rule as passivePassive } from './passive-passive.ts'
import { rule as portChannelIdUsedTwice } from './port-channel-id-used-twice.ts'
import { rule as primaryNotMember } from './primary-not-member.ts'
import { rule as primaryReselectWithoutPrimary } from './primary-reselect-without-primary.ts'
import { rule as rrReordering } from './rr-reordering.ts'
import { rule as rrThroughOneSwitch } from './rr-through-one-switch.ts'
import type { Rule } from './rule.ts'
import { rule as singleFlowExpectation } from './single-flow-expectation.ts'
import { rule as singlePeerLayer23 } from './single-peer-layer23.ts'
import { rule as singleTunnelOneLink } from './single-tunnel-one-link.ts'
import { rule as slowLacpDetection } from './slow-lacp-detection.ts'
import { rule as staticLagBlackhole } from './static-lag-blackhole.ts'
import { rule as sumOfLinksAsCapacity } from './sum-of-links-as-capacity.ts'
import { rule as switchHashTooCoarse } from './switch-hash-too-coarse.ts'
import { rule as switchPortUsedTwice } from './switch-port-used-twice.ts'
import { rule as switchlessModeOnLag } from './switchless-mode-on-lag.ts'
import { rule as tlbReceiveOneLink } from './tlb-receive-one-link.ts'
import { rule as tooManyActiveLinks } from './too-many-active-links.ts'
import { rule as twoHostsOneLinkLayer2 } from './two-hosts-one-link-layer2.ts'
import { rule as twoSwitchesWithoutMlag } from './two-switches-without-mlag.ts'
import { rule as unmanagedSwitchLacp } from './unmanaged-switch-lacp.ts'
import { rule as updelayShorterThanStp } from './updelay-shorter-than-stp.ts'
import { rule as useCarrierObsolete } from './use-carrier-obsolete.ts'
import { rule as vfMembersSamePf } from './vf-members-same-pf.ts'
import { rule as vlanChallengedMember } from './vlan-challenged-member.ts'
import { rule as vlanMismatch } from './vlan-mismatch.ts'
import { rule as vlanMtuExceedsBond } from './vlan-mtu-exceeds-bond.ts'
import { rule as vlanOnBondAndBridge } from './vlan-on-bond-and-bridge.ts'
import { rule as vlanSrcmacOnHost } from './vlan-srcmac-on-host.ts'

export const rules: readonly Rule[] = [
  activeSlaveNotLasting,
  adActorSystemMulticast,
  addressOnBridgedBond,
  albReceiveLimits,
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
  channelIdMismatch,
  crossCabledMembers,
  delaysNotMultiple,
  delaysWithoutMiimon,
  directHostToHostLag,
  duplicateAddress,
  duplicateMac,
  duplicateSystemId,
  edgePortSeesBpdus,
  failOverMacActiveWithMac,
  fallbackWithBridge,
  fallbackWithMinLinks,
  fleetCapacity,
  gatewayedLayer2Hash,
  hashPolarization,
  hashPolicyDefaultLayer2,
  hashPolicyEgressOnly,
  hashPolicyNoEffect,
  hostMissingSwitchSide,
  lacpKeyUsedTwice,
  lacpRateIsARequest,
  lacpStrictWithoutMinLinks,
  lacpVsStatic,
  macEqualsUnrelatedMember,
  macMulticastOrZero,
  memberCountMismatch,
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
  minLinksBothSides,
  minLinksEqualsMembers,
  minLinksTooHigh,
  mixedSpeedHash,
  mixedSpeedLacp,
  mlagIdMismatch,
  mlagSystemIdDiffers,
  modeMissing,
  monitoringImplicit,
  mtuDiffersBetweenMembers,
  mtuDiffersInSegment,
  mtuMismatchSwitch,
  mtuOnMemberOnly,
  mtuRange,
  noLinkMonitoring,
  noPrimaryWithUnequalMembers,
  numGratArpMode,
  optionDoesNothing,
  passivePassive,
  portChannelIdUsedTwice,
  primaryNotMember,
  primaryReselectWithoutPrimary,
  rrReordering,
  rrThroughOneSwitch,
  singleFlowExpectation,
  singlePeerLayer23,
  singleTunnelOneLink,
  slowLacpDetection,
  staticLagBlackhole,
  sumOfLinksAsCapacity,
  switchHashTooCoarse,
  switchPortUsedTwice,
  switchlessModeOnLag,
  tlbReceiveOneLink,
  tooManyActiveLinks,
  twoHostsOneLinkLayer2,
  twoSwitchesWithoutMlag,
  unmanagedSwitchLacp,
  updelayShorterThanStp,
  useCarrierObsolete,
  vfMembersSamePf,
  vlanChallengedMember,
  vlanMismatch,
  vlanMtuExceedsBond,
  vlanOnBondAndBridge,
  vlanSrcmacOnHost,
]
