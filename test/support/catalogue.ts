// The catalogue of what lint could say about bonds: the id of each row, how much it counts, what it needs to
// be known, and what has become of it. A row that is neither a rule, nor a column, nor named below is open,
// and the test that prints the list fails.

import type { Severity } from '../../src/diagnostics/diagnostic.ts'

/** What a row needs besides the intent of one bond: the other end, other hosts, a file or a target, a hope, a run. */
export type Needs =
  | 'intent'
  | 'facts'
  | 'pair'
  | 'fleet'
  | 'import'
  | 'render'
  | 'plan'
  | 'expectation'
  | 'prediction'
  | 'live'

export interface Row {
  readonly severity: Severity
  readonly needs: Needs
}

export const catalogue: Readonly<Record<string, Row>> = {
  'single-flow-expectation': { severity: 'error', needs: 'expectation' },
  'sum-of-links-as-capacity': { severity: 'warning', needs: 'expectation' },
  'hash-policy-egress-only': { severity: 'warning', needs: 'expectation' },
  'two-hosts-one-link-layer2': { severity: 'warning', needs: 'expectation' },
  'gatewayed-layer2-hash': { severity: 'warning', needs: 'expectation' },
  'single-peer-layer23': { severity: 'warning', needs: 'expectation' },
  'direct-host-to-host-lag': { severity: 'warning', needs: 'expectation' },
  'single-faster-nic': { severity: 'note', needs: 'expectation' },
  'bond-on-workstation': { severity: 'note', needs: 'expectation' },
  'unmanaged-switch-lacp': { severity: 'error', needs: 'expectation' },
  'storage-single-connection': { severity: 'warning', needs: 'expectation' },
  'rr-reordering': { severity: 'warning', needs: 'expectation' },
  'rr-through-one-switch': { severity: 'warning', needs: 'expectation' },
  'layer34-fragments': { severity: 'note', needs: 'expectation' },
  'single-tunnel-one-link': { severity: 'warning', needs: 'expectation' },
  'non-ip-falls-back-to-layer2': { severity: 'note', needs: 'expectation' },
  'tlb-receive-one-link': { severity: 'note', needs: 'expectation' },
  'alb-receive-limits': { severity: 'note', needs: 'expectation' },
  'failover-is-not-instant': { severity: 'note', needs: 'expectation' },
  'capacity-after-one-failure': { severity: 'warning', needs: 'expectation' },
  'rehash-on-member-change': { severity: 'note', needs: 'expectation' },
  'non-power-of-two-members': { severity: 'note', needs: 'expectation' },
  'documented-hash-is-kernel-dependent': { severity: 'note', needs: 'prediction' },
  'encap34-not-predictable': { severity: 'note', needs: 'prediction' },
  'mode-missing': { severity: 'error', needs: 'intent' },
  'mode-unknown': { severity: 'error', needs: 'intent' },
  'mode-numeric': { severity: 'note', needs: 'intent' },
  'lacp-rate-mode': { severity: 'error', needs: 'intent' },
  'lacp-active-mode': { severity: 'error', needs: 'intent' },
  'lacp-strict-mode': { severity: 'error', needs: 'intent' },
  'ad-select-mode': { severity: 'warning', needs: 'intent' },
  'ad-actor-mode': { severity: 'error', needs: 'intent' },
  'coupled-control-mode': { severity: 'error', needs: 'intent' },
  'broadcast-neighbor-mode': { severity: 'error', needs: 'intent' },
  'ad-user-port-key-range': { severity: 'error', needs: 'intent' },
  'ad-actor-sys-prio-range': { severity: 'error', needs: 'intent' },
  'ad-actor-system-multicast': { severity: 'error', needs: 'intent' },
  'ad-actor-system-not-local': { severity: 'note', needs: 'intent' },
  'primary-mode': { severity: 'error', needs: 'intent' },
  'primary-not-member': { severity: 'error', needs: 'intent' },
  'primary-reselect-without-primary': { severity: 'warning', needs: 'intent' },
  'no-primary-with-unequal-members': { severity: 'note', needs: 'intent' },
  'hash-policy-no-effect': { severity: 'warning', needs: 'intent' },
  'hash-policy-unknown': { severity: 'error', needs: 'intent' },
  'hash-policy-default-layer2': { severity: 'note', needs: 'intent' },
  'hash-policy-too-new': { severity: 'error', needs: 'render' },
  'vlan-srcmac-on-host': { severity: 'warning', needs: 'intent' },
  'packets-per-slave-mode': { severity: 'error', needs: 'intent' },
  'packets-per-slave-range': { severity: 'error', needs: 'intent' },
  'tlb-dynamic-lb-mode': { severity: 'error', needs: 'intent' },
  'min-links-mode': { severity: 'warning', needs: 'intent' },
  'min-links-too-high': { severity: 'error', needs: 'intent' },
  'min-links-equals-members': { severity: 'warning', needs: 'intent' },
  'min-links-zero-or-one': { severity: 'note', needs: 'intent' },
  'num-grat-arp-mode': { severity: 'note', needs: 'intent' },
  'num-grat-arp-range': { severity: 'error', needs: 'intent' },
  'grat-arp-two-values': { severity: 'note', needs: 'intent' },
  'fail-over-mac-mode': { severity: 'warning', needs: 'intent' },
  'fail-over-mac-active-with-mac': { severity: 'error', needs: 'intent' },
  'all-slaves-active-duplicates': { severity: 'warning', needs: 'intent' },
  'lp-interval-mode': { severity: 'note', needs: 'intent' },
  'resend-igmp-mode': { severity: 'note', needs: 'intent' },
  'prio-mode': { severity: 'error', needs: 'intent' },
  'use-carrier-obsolete': { severity: 'note', needs: 'intent' },
  'unknown-option': { severity: 'error', needs: 'intent' },
  'option-newer-than-kernel': { severity: 'error', needs: 'render' },
  'members-empty': { severity: 'error', needs: 'intent' },
  'members-single': { severity: 'warning', needs: 'intent' },
  'members-duplicate': { severity: 'error', needs: 'intent' },
  'member-in-two-bonds': { severity: 'error', needs: 'intent' },
  'member-undefined': { severity: 'error', needs: 'intent' },
  'member-has-address': { severity: 'error', needs: 'intent' },
  'member-has-vlan': { severity: 'error', needs: 'intent' },
  'member-is-bond': { severity: 'error', needs: 'intent' },
  'member-type-unsuitable': { severity: 'error', needs: 'intent' },
  'member-wireless': { severity: 'warning', needs: 'intent' },
  'member-infiniband': { severity: 'error', needs: 'intent' },
  'member-usb-nic': { severity: 'warning', needs: 'intent' },
  'mixed-speed-lacp': { severity: 'error', needs: 'intent' },
  'mixed-speed-hash': { severity: 'warning', needs: 'intent' },
  'half-duplex-member': { severity: 'error', needs: 'facts' },
  'speed-unknown-member': { severity: 'warning', needs: 'intent' },
  'members-share-one-card': { severity: 'note', needs: 'intent' },
  'vf-members-same-pf': { severity: 'error', needs: 'intent' },
  'name-too-long': { severity: 'error', needs: 'intent' },
  'name-invalid-chars': { severity: 'error', needs: 'intent' },
  'name-target-pattern': { severity: 'error', needs: 'render' },
  'name-bond0-precreated': { severity: 'warning', needs: 'render' },
  'unstable-member-names': { severity: 'warning', needs: 'intent' },
  'no-link-monitoring': { severity: 'error', needs: 'intent' },
  'monitoring-implicit': { severity: 'note', needs: 'intent' },
  'miimon-and-arp': { severity: 'error', needs: 'intent' },
  'arp-monitor-mode': { severity: 'error', needs: 'intent' },
  'arp-targets-missing': { severity: 'error', needs: 'intent' },
  'arp-targets-unused': { severity: 'warning', needs: 'intent' },
  'arp-targets-too-many': { severity: 'error', needs: 'intent' },
  'arp-target-not-ipv4': { severity: 'error', needs: 'intent' },
  'arp-target-single': { severity: 'note', needs: 'intent' },
  'arp-target-is-own-address': { severity: 'error', needs: 'intent' },
  'arp-target-off-subnet': { severity: 'warning', needs: 'intent' },
  'arp-validate-without-arp': { severity: 'warning', needs: 'intent' },
  'arp-all-targets-mode': { severity: 'note', needs: 'intent' },
  'arp-monitor-hash-modes': { severity: 'warning', needs: 'intent' },
  'delays-without-miimon': { severity: 'error', needs: 'intent' },
  'delays-not-multiple': { severity: 'warning', needs: 'intent' },
  'miimon-too-low': { severity: 'warning', needs: 'intent' },
  'miimon-too-high': { severity: 'warning', needs: 'intent' },
  'time-unit-trap': { severity: 'error', needs: 'import' },
  'slow-lacp-detection': { severity: 'warning', needs: 'intent' },
  'lacp-rate-is-a-request': { severity: 'note', needs: 'pair' },
  'fast-lacp-on-weak-control-plane': { severity: 'note', needs: 'pair' },
  'mii-blind-behind-embedded-switch': { severity: 'warning', needs: 'intent' },
  'updelay-shorter-than-stp': { severity: 'note', needs: 'pair' },
  'two-switches-without-mlag': { severity: 'error', needs: 'pair' },
  'mlag-system-id-differs': { severity: 'error', needs: 'pair' },
  'passive-passive': { severity: 'error', needs: 'pair' },
  'lacp-vs-static': { severity: 'error', needs: 'pair' },
  'switchless-mode-on-lag': { severity: 'error', needs: 'pair' },
  'static-lag-blackhole': { severity: 'warning', needs: 'pair' },
  'lacp-no-partner-still-up': { severity: 'note', needs: 'intent' },
  'min-links-both-sides': { severity: 'warning', needs: 'pair' },
  'member-count-mismatch': { severity: 'error', needs: 'pair' },
  'channel-id-mismatch': { severity: 'error', needs: 'pair' },
  'too-many-active-links': { severity: 'warning', needs: 'pair' },
  'switch-hash-too-coarse': { severity: 'warning', needs: 'pair' },
  'switch-hash-global': { severity: 'note', needs: 'pair' },
  'vlan-mismatch': { severity: 'error', needs: 'pair' },
  'vlan-on-port-not-channel': { severity: 'warning', needs: 'pair' },
  'mtu-mismatch-switch': { severity: 'error', needs: 'pair' },
  'speed-autoneg-mismatch': { severity: 'error', needs: 'pair' },
  'lacp-through-bridge': { severity: 'error', needs: 'pair' },
  'nexus-graceful-convergence': { severity: 'note', needs: 'pair' },
  'pxe-without-fallback': { severity: 'warning', needs: 'pair' },
  'fallback-with-min-links': { severity: 'warning', needs: 'pair' },
  'lacp-fallback-security': { severity: 'note', needs: 'pair' },
  'cross-cabled-members': { severity: 'error', needs: 'pair' },
  'lacp-loop': { severity: 'error', needs: 'live' },
  'partner-mac-zero': { severity: 'error', needs: 'live' },
  'aggregator-split': { severity: 'error', needs: 'live' },
  'bridge-over-rr': { severity: 'error', needs: 'intent' },
  'bridge-over-tlb-alb': { severity: 'error', needs: 'intent' },
  'bridge-with-arp-monitor': { severity: 'warning', needs: 'intent' },
  'address-on-bridged-bond': { severity: 'error', needs: 'intent' },
  'vlan-mtu-exceeds-bond': { severity: 'error', needs: 'intent' },
  'vlan-on-bond-and-bridge': { severity: 'warning', needs: 'intent' },
  'guest-lacp-nested': { severity: 'error', needs: 'intent' },
  'bridge-fd-vs-updelay': { severity: 'note', needs: 'intent' },
  'vlan-challenged-member': { severity: 'error', needs: 'intent' },
  'ovs-bond-confusion': { severity: 'warning', needs: 'intent' },
  'member-mac-differs-after-join': { severity: 'note', needs: 'intent' },
  'match-by-mac-also-matches-bond': { severity: 'error', needs: 'render' },
  'mac-policy-persistent-vs-inherited': { severity: 'warning', needs: 'render' },
  'mac-multicast-or-zero': { severity: 'error', needs: 'intent' },
  'mac-universal-invented': { severity: 'note', needs: 'intent' },
  'mac-equals-unrelated-member': { severity: 'warning', needs: 'intent' },
  'mtu-on-member-only': { severity: 'warning', needs: 'intent' },
  'mtu-unsupported-by-member': { severity: 'error', needs: 'facts' },
  'mtu-range': { severity: 'error', needs: 'intent' },
  'mtu-differs-in-segment': { severity: 'warning', needs: 'fleet' },
  'mtu-differs-between-members': { severity: 'warning', needs: 'import' },
  'lossy-render': { severity: 'warning', needs: 'render' },
  'min-links-in-ifenslave': { severity: 'error', needs: 'render' },
  'interfaces-dialect': { severity: 'error', needs: 'render' },
  'bond-master-and-slaves': { severity: 'warning', needs: 'import' },
  'slave-stanza-options-differ': { severity: 'error', needs: 'import' },
  'legacy-slaves-keyword': { severity: 'warning', needs: 'import' },
  'bond-slaves-all': { severity: 'warning', needs: 'import' },
  'ifupdown2-miimon-range': { severity: 'error', needs: 'render' },
  'missing-auto-stanza': { severity: 'warning', needs: 'import' },
  'networkd-mode-not-changed': { severity: 'warning', needs: 'plan' },
  'change-needs-downtime': { severity: 'note', needs: 'plan' },
  'netplan-try-not-revertible': { severity: 'warning', needs: 'render' },
  'netplan-unvalidated-value': { severity: 'error', needs: 'import' },
  'netplan-apply-leaves-old-bond': { severity: 'warning', needs: 'plan' },
  'netplan-file-order': { severity: 'warning', needs: 'import' },
  'netplan-renderer-mix': { severity: 'warning', needs: 'import' },
  'cloud-init-overwrites': { severity: 'warning', needs: 'render' },
  'cloud-init-renderer-loss': { severity: 'error', needs: 'render' },
  'os-net-config-loss': { severity: 'error', needs: 'import' },
  'networkd-learnpacket-needs-arp': { severity: 'note', needs: 'render' },
  'networkd-wait-online': { severity: 'note', needs: 'render' },
  'networkd-file-mode': { severity: 'warning', needs: 'render' },
  'nm-connection-file-mode': { severity: 'error', needs: 'render' },
  'nm-port-autoconnect': { severity: 'warning', needs: 'render' },
  'proxmox-unsupported-options': { severity: 'note', needs: 'render' },
  'yaml-on-is-boolean': { severity: 'error', needs: 'render' },
  'yaml-number-or-string': { severity: 'note', needs: 'import' },
  'deprecated-spelling': { severity: 'note', needs: 'import' },
  'initscripts-limits': { severity: 'warning', needs: 'render' },
  'config-injection': { severity: 'error', needs: 'intent' },
  'shell-metacharacters-in-hook': { severity: 'error', needs: 'intent' },
  'hook-lines-in-import': { severity: 'warning', needs: 'import' },
  'switch-cli-injection': { severity: 'error', needs: 'render' },
  'terminal-escape-in-output': { severity: 'warning', needs: 'import' },
  'file-permissions': { severity: 'warning', needs: 'render' },
  'secret-in-intent': { severity: 'error', needs: 'intent' },
  'path-escape': { severity: 'error', needs: 'render' },
  'management-on-changed-bond': { severity: 'warning', needs: 'plan' },
  'duplicate-address': { severity: 'error', needs: 'fleet' },
  'duplicate-mac': { severity: 'error', needs: 'fleet' },
  'duplicate-system-id': { severity: 'error', needs: 'fleet' },
  'switch-port-used-twice': { severity: 'error', needs: 'fleet' },
  'port-channel-id-used-twice': { severity: 'error', needs: 'fleet' },
  'mlag-id-mismatch': { severity: 'error', needs: 'fleet' },
  'single-switch-all-hosts': { severity: 'note', needs: 'fleet' },
  'hash-polarization': { severity: 'warning', needs: 'fleet' },
  'fleet-capacity': { severity: 'warning', needs: 'fleet' },
  'inconsistent-fleet-options': { severity: 'note', needs: 'fleet' },
  'mixed-backends-in-role': { severity: 'note', needs: 'fleet' },
  'host-missing-switch-side': { severity: 'error', needs: 'fleet' },
  'dangling-template-variable': { severity: 'error', needs: 'intent' },
  'fleet-change-order': { severity: 'note', needs: 'plan' },
}

/** Rows that another room reports, under the same code. */
export const elsewhere: Readonly<Record<string, { readonly by: string; readonly file: string }>> = {
  'lacp-loop': { by: 'diagnose', file: 'src/diagnose/checks/lacp-loop.ts' },
  'partner-mac-zero': { by: 'diagnose', file: 'src/diagnose/checks/partner-mac-zero.ts' },
  'aggregator-split': { by: 'diagnose', file: 'src/diagnose/checks/aggregator-split.ts' },
  'half-duplex-member': { by: 'diagnose', file: 'src/diagnose/checks/half-duplex-member.ts' },
  'speed-unknown-member': { by: 'diagnose', file: 'src/diagnose/checks/speed-unknown-member.ts' },
  'unknown-option': { by: 'the reader', file: 'src/intent/complaints.ts' },
  'name-too-long': { by: 'the reader', file: 'src/intent/complaints.ts' },
  'name-invalid-chars': { by: 'the reader', file: 'src/intent/complaints.ts' },
  'arp-targets-too-many': { by: 'the reader', file: 'src/intent/complaints.ts' },
  'grat-arp-two-values': { by: 'the reader', file: 'src/intent/read.ts' },
  'option-newer-than-kernel': { by: 'the walk', file: 'src/targets/place.ts' },
  'lossy-render': { by: 'the walk', file: 'src/targets/place.ts' },
  'config-injection': { by: 'the writer', file: 'src/targets/write.ts' },
  'time-unit-trap': {
    by: 'the readers of networkd and ifupdown',
    file: 'src/targets/host/networkd-recognise.ts',
  },
  'bond-master-and-slaves': {
    by: 'the reader of ifupdown',
    file: 'src/targets/families/interfaces-check.ts',
  },
  'slave-stanza-options-differ': { by: 'the reader of ifupdown', file: 'src/targets/host/ifupdown.ts' },
  'legacy-slaves-keyword': { by: 'the reader of ifupdown', file: 'src/targets/families/interfaces-check.ts' },
  'bond-slaves-all': { by: 'the reader of ifupdown', file: 'src/targets/host/ifupdown.ts' },
  'missing-auto-stanza': { by: 'the reader of ifupdown', file: 'src/targets/families/interfaces-check.ts' },
  'hook-lines-in-import': { by: 'the reader of ifupdown', file: 'src/targets/host/ifupdown.ts' },
  'netplan-unvalidated-value': { by: 'the reader of Netplan', file: 'src/targets/host/netplan.ts' },
  'netplan-file-order': { by: 'the reader of Netplan', file: 'src/targets/families/netplan-find.ts' },
  'netplan-renderer-mix': { by: 'the reader of Netplan', file: 'src/targets/families/netplan-find.ts' },
  'networkd-mode-not-changed': { by: 'the plan', file: 'src/plan/cautions.ts' },
  'netplan-apply-leaves-old-bond': { by: 'the plan', file: 'src/plan/cautions.ts' },
  'management-on-changed-bond': { by: 'the plan', file: 'src/plan/cautions.ts' },
  'deprecated-spelling': {
    by: 'the readers of Netplan and ifupdown',
    file: 'src/targets/families/netplan-find.ts',
  },
}

/** Rows that a command answers whoever asks it, in its own output and under no code; the test has it answer. */
export const answered: Readonly<Record<string, Answer>> = {
  'change-needs-downtime': {
    by: 'plan',
    where: 'the column `needs` of what changes',
    argv: ['plan', 'slow.yaml', 'fast.yaml'],
    says: /^bond0 +lacp-rate +slow -> fast +the bond down$/m,
  },
  'fleet-change-order': {
    by: 'plan',
    where: 'the steps, each with what carries then',
    argv: ['plan', 'static.yaml', 'slow.yaml'],
    says: /^1 +.*\n(?:.+\n)*\d +change (?:s1|sw1) /m,
  },
  'documented-hash-is-kernel-dependent': {
    by: 'predict',
    where: 'How sure: the kernels and machines for which a link holds',
    argv: ['predict', '--flows', 'flow.yaml', 'slow.yaml'],
    says: /those of layer3\+4 as kernels from 5\.18 on[\s\S]*say kernel of s1[\s\S]*other end than x86 and arm64/,
  },
  'encap34-not-predictable': {
    by: 'predict',
    where: 'How sure: why no link can be told',
    argv: ['predict', '--flows', 'flow.yaml', 'encap.yaml'],
    says: /No link of s1 bond0 can be told: encap3\+4 uses a flow hash/,
  },
}

export interface Answer {
  readonly by: string
  readonly where: string
  readonly argv: readonly string[]
  readonly says: RegExp
}

const asked = (options: string): string => `
hosts:
  s1:
    ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}, eth2: {to: "sw1:3"}}
    bonds: {bond0: {members: [eth0, eth1, eth2], addresses: [192.0.2.11/24], miimon: 100, ${options}}}
  s2:
    ports: {eth0: {to: "sw1:11"}}
    bonds: {bond0: {members: [eth0], addresses: [192.0.2.12/24], mode: active-backup, miimon: 100}}
switches: {sw1: {platform: aruba-aos-s}}
`

/** What the answers are about. */
export const askedFiles: Readonly<Record<string, string>> = {
  'slow.yaml': asked('mode: 802.3ad, xmit-hash-policy: layer3+4'),
  'fast.yaml': asked('mode: 802.3ad, xmit-hash-policy: layer3+4, lacp-rate: fast'),
  'static.yaml': asked('mode: balance-xor, xmit-hash-policy: layer3+4'),
  'encap.yaml': asked('mode: 802.3ad, xmit-hash-policy: encap3+4'),
  'flow.yaml': '[{from: s1, to: s2, protocol: tcp, sport: 40000, dport: 5201}]',
}

/** Rows that are no rule, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  'mode-numeric': 'numbers and names are read alike, and names are written',
  'hash-policy-too-new': 'one case of option-newer-than-kernel',
  'member-undefined': 'a port that is named only as a member needs no entry',
  'bridge-with-arp-monitor':
    'not so: the driver looks for the sender on what stands on the bond; a 6.1 kernel sees the answers',
  'ovs-bond-confusion': 'the modes of Open vSwitch are mode-unknown',
  'member-mac-differs-after-join': "a port's mac is a fact that is not set",
  'mtu-unsupported-by-member': 'the intent knows no largest mtu of a port',
  'yaml-on-is-boolean': 'on and true are read alike, and what is written is quoted by the dialect',
  'yaml-number-or-string': 'YAML 1.2 is read, which has no such numbers',
  'shell-metacharacters-in-hook':
    'no text of an intent becomes a hook line, and no kind takes such characters',
  'switch-cli-injection': 'no kind takes such characters: value-not-allowed',
  'terminal-escape-in-output': 'reports escape what they print',
  'secret-in-intent': 'no option holds a secret; a key such as password is an unknown-option',
  'dangling-template-variable': 'an empty value is value-not-allowed',
  'speed-autoneg-mismatch': 'the intent knows no negotiation; ethtool of a host that runs says it',
  'inconsistent-fleet-options': 'the intent knows no roles; profiles keep alike what is meant to be',
  'mixed-backends-in-role':
    'the intent knows no roles, and what a target or a kernel cannot do is reported for each host',
  'name-target-pattern': 'a name that a target cannot write is refused by its dialect',
  'name-bond0-precreated': 'systemd and ifupdown load the module with max_bonds=0; bond0 is the usual name',
  'match-by-mac-also-matches-bond': 'targets match members by name',
  'mac-policy-persistent-vs-inherited':
    'the table of networkd keeps it from inventing an address; other link files are outside the intent',
  'min-links-in-ifenslave': 'the table of ifupdown writes it to sysfs, as ifenslave does not',
  'interfaces-dialect': 'each dialect is a target of its own and writes only its own words',
  'ifupdown2-miimon-range': 'one case of lossy-render: a value that the target refuses',
  'cloud-init-renderer-loss': 'one case of lossy-render',
  'networkd-learnpacket-needs-arp': 'one case of lossy-render',
  'networkd-wait-online': 'optional says it, and the target writes RequiredForOnline',
  'networkd-file-mode': 'the target names the mode of each file',
  'nm-connection-file-mode': 'the target names the mode of each file',
  'nm-port-autoconnect': 'the target writes autoconnect for bond and ports',
  'proxmox-unsupported-options': 'one case of lossy-render',
  'initscripts-limits': 'one case of lossy-render',
  'file-permissions': 'the target names the mode of each file',
  'path-escape':
    'names of hosts and devices hold no slash and no dots alone, and files are made below the chosen folder',
  'os-net-config-loss':
    'os-net-config is no target: its bonding_options string stands in no file that is read',
}

/** Ids that are not rows of the catalogue, and why there is one. */
export const ownIds: Readonly<Record<string, string>> = {
  'option-does-nothing': 'the walk over the column `modes`, and a port option where there is no bond',
  'actor-port-prio-mode': 'a column of its own; the catalogue has it under ad-actor-mode',
  'active-slave-mode': 'refused as primary is',
  'primary-reselect-mode': 'ignored where there is no active member',
  'peer-notif-delay-mode': 'ignored as num-grat-arp is',
  'active-slave-not-lasting': 'refused when the bond is made, and forgotten at the next failover',
  'arp-all-targets-without-validate':
    'the catalogue has it as idle; a 6.1 kernel declares members dead that arp-validate skips',
  'arp-target-refused': 'addresses that the driver refuses although they are IPv4 or IPv6',
  'lacp-strict-without-min-links': 'accepted, and the carrier stays on',
  'edge-port-sees-bpdus': 'spanning tree at both ends, which the catalogue leaves to the operator',
  'fallback-with-bridge': 'what LACP fallback does to a host that bridges',
  'lacp-key-used-twice': 'the catalogue knows numbers of LAGs, and no keys',
}

/** Rules that count otherwise than the catalogue has it, and why. */
export const toned: Readonly<Record<string, string>> = {
  'static-lag-blackhole':
    'here a note, and only where a rate is expected: nobody has said that LACP is possible',
  'hash-polarization': 'here a note: the intent does not know the seeds',
  'tlb-receive-one-link': 'here a warning, as it speaks only where more is expected',
  'alb-receive-limits': 'here a warning, as it speaks only where more is expected',
  'bridge-over-rr': 'here a warning in balance-rr, which works with the ports grouped on the switch',
  'bridge-over-tlb-alb':
    'here a warning: on a 6.1 kernel guests are reached, some of their frames under the address of a member',
  'arp-monitor-mode': 'here a warning for targets alone, which the driver stores and ignores',
  'slow-lacp-detection': 'here a note: nobody has said that 90 s are too long, only that nothing was said',
  'use-carrier-obsolete':
    'here a warning, of off alone: kernels from 6.18 refuse it and the bond; on is harmless',
}
