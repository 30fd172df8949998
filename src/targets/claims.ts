// What a foreign file is: recognised by where it lies, then by what it says. One row a claim, the first that fits wins;
// those that know the place stand before those that go by the content alone. A new target that reads is a row here.

export interface Claim {
  /** The id of a host or a switch target. */
  readonly target: string
  /** Where such files lie; what stands before the match is the root of the machine whose file it is. */
  readonly path?: RegExp
  /** What they say: all of it, and where there is a path, that as well. */
  readonly content?: readonly RegExp[]
  /** Says what the machine is called. */
  readonly name?: RegExp
}

const above = '(?:^|/)'
const bases = '(?:(?:etc|run|lib|usr/lib|usr/local/lib)/)?'

/** A key at the top of a document of YAML, or of one that is JSON. */
const top = (key: string, then = ''): string =>
  `(?:^${key}:|^[ \\t]*\\{[ \\t]*(?:\\r?\\n[ \\t]*)?"${key}"[ \\t]*:)${then}`

const v1 = new RegExp(
  `${top('config')}|^[ \\t]+config:|"config"[ \\t]*:|^[ \\t]*"?version"?[ \\t]*:[ \\t]*1\\b`,
  'm',
)
const netplanContent = new RegExp(top('network', '[ \\t]*(?:#.*)?[\\r\\n{]'), 'm')
const cloudPath = new RegExp(`${above}(?:etc/)?cloud/cloud\\.cfg\\.d/[^/]+\\.cfg$`)
const seedPath = new RegExp(`${above}network-config(?:\\.ya?ml|\\.json)?$`)
const networkKey = new RegExp(top('network'), 'm')

// Three programs read interfaces files, all at one path. A plain file means the same to all of them and is taken for
// ifupdown's, which is the oldest; only what ifupdown refuses or passes over tells that another one reads it.
const interfacesPath = new RegExp(`${above}(?:(?:etc/)?network/)?interfaces(?:\\.d/[^/]+)?$`)
const stanza = /^[ \t]*iface\s+\S/m
/** Executors that are asked for, and options by the names that ip has for them. */
const ngContent = /^[ \t]+(?:bond-members|bond-peer-notify-delay|requires|use)[ \t]+\S/m
/** What only addons of ifupdown2 know, patterns and ranges of names, a stanza without a family. */
const ifupdown2Content = new RegExp(
  [
    '^[ \\t]+bond-(?:min-links|ports|lacp-bypass-allow|ad-(?:actor-sys-prio|actor-system|sys-priority|sys-mac-addr))[ \\t]',
    '^[ \\t]+bridge-(?:vids|pvid|access|allow-untagged)[ \\t]',
    '^[ \\t]+(?:clag-id|clagd-[a-z-]+|es-sys-mac|mstpctl-[a-z]+|address-virtual|vrf|vxlan-id)[ \\t]',
    '^[ \\t]+(?:bond-slaves|bridge-ports)[ \\t](?:.*[ \\t])?(?:glob|regex)[ \\t]',
    '^[ \\t]*(?:auto|iface)[ \\t].*\\[\\d+-\\d+\\]',
    '^[ \\t]*iface[ \\t]+\\S+[ \\t]*$',
  ].join('|'),
  'm',
)

/** Ports of a switch chip, as Cumulus calls them and no host. */
const cumulusContent = /^[ \t]*iface[ \t]+swp\d/m

const hostClaims: readonly Claim[] = [
  {
    target: 'networkd',
    path: new RegExp(
      `${above}(?:${bases}systemd/network/)?[^/]+\\.(?:netdev|network|link)(?:\\.d/[^/]+\\.conf)?$`,
    ),
  },
  {
    target: 'networkmanager',
    path: new RegExp(
      `${above}(?:${bases}NetworkManager/)?(?:system-connections/[^/]+|[^/]+\\.nmconnection)$`,
    ),
    content: [/^\[connection\]/m],
  },
  { target: 'netplan', path: new RegExp(`${above}${bases}netplan/[^/]+\\.ya?ml$`) },
  {
    target: 'sysconfig',
    path: new RegExp(`${above}(?:(?:etc/)?sysconfig/)?network-scripts/(?:ifcfg|route6?)-[^/]+$`),
  },
  {
    target: 'wicked',
    path: new RegExp(`${above}(?:etc/)?sysconfig/network/(?:ifcfg|ifroute|ifsysctl)-[^/]+$`),
  },
  { target: 'freebsd', path: new RegExp(`${above}(?:etc/)?rc\\.conf(?:\\.local|\\.d/[^/]+)?$`) },
  { target: 'modprobe', path: new RegExp(`${above}(?:etc/)?modprobe\\.(?:d/[^/]+\\.conf|conf)$`) },
  { target: 'iproute2', path: new RegExp(`${above}(?:usr/local/sbin/)?bondplan-(?:up|down)$`) },
  { target: 'cumulus-ifupdown2', path: interfacesPath, content: [cumulusContent] },
  { target: 'ifupdown-ng', path: interfacesPath, content: [ngContent] },
  { target: 'ifupdown2', path: interfacesPath, content: [ifupdown2Content] },
  { target: 'ifupdown', path: interfacesPath },
  { target: 'cloud-init-v1', path: cloudPath, content: [networkKey, v1] },
  { target: 'cloud-init', path: cloudPath, content: [networkKey] },
  { target: 'cloud-init-v1', path: seedPath, content: [v1] },
  { target: 'cloud-init', path: seedPath },
  { target: 'nmstate', path: new RegExp(`${above}(?:etc/)?nmstate/[^/]+\\.ya?ml$`) },
]

const hostContents: readonly Claim[] = [
  { target: 'networkd', content: [/^\[(?:NetDev|Match)\][ \t]*\r?$/m] },
  { target: 'networkmanager', content: [/^\[connection\][ \t]*\r?$/m] },
  {
    target: 'cloud-init-v1',
    content: [new RegExp(`${top('network')}|^config:`, 'm'), v1],
  },
  { target: 'netplan', content: [netplanContent] },
  { target: 'cloud-init', content: [/^version:[ \t]*2[ \t]*(?:\r?\n)+(?:ethernets|bonds|vlans|bridges):/m] },
  {
    target: 'nmstate',
    content: [new RegExp(top('interfaces', '[ \\t]*(?:#.*)?(?:\\r?\\n[ \\t]*)?(?:-|\\[)'), 'm')],
  },
  { target: 'wicked', content: [/^[ \t]*(?:BONDING_MODULE_OPTS|STARTMODE)=/m] },
  { target: 'sysconfig', content: [/^[ \t]*(?:BONDING_OPTS|ONBOOT|SLAVE)=/m] },
  { target: 'freebsd', content: [/^[ \t]*cloned_interfaces=/m] },
  { target: 'modprobe', content: [/^[ \t]*options\s+bonding\s/m] },
  { target: 'cumulus-ifupdown2', content: [cumulusContent] },
  { target: 'ifupdown-ng', content: [ngContent, stanza] },
  { target: 'ifupdown2', content: [ifupdown2Content, stanza] },
  { target: 'ifupdown', content: [/^[ \t]*(?:iface\s+\S+\s+inet6?\s|allow-hotplug\s)/m] },
  {
    target: 'iproute2',
    content: [/^(?:[^\n]{0,80}\|\|)?[ \t]*(?:\/(?:usr\/)?s?bin\/)?ip (?:-\S+ )?link (?:add|set) /m],
  },
]

const hostname = /^[ \t]*(?:hostname|switchname|sysname)\s+"?([^\s"]+)"?[ \t]*;?[ \t]*\r?$/m

/** Running configurations, by words that no other platform prints. A word that two of them share is asked for later. */
const switchClaims: readonly Claim[] = [
  { target: 'sonic', content: [/"(?:PORT|VLAN|VLAN_MEMBER|PORTCHANNEL(?:_MEMBER)?)"[ \t]*:[ \t]*\{/] },
  { target: 'openconfig', content: [/"openconfig-[a-z-]+:/] },
  { target: 'openvswitch', content: [/\bovs-vsctl\b/] },
  {
    target: 'mikrotik-routeros',
    content: [/^\/interface[ /](?:bonding|bridge|ethernet|vlan)\b/m],
    name: /^\/?(?:system identity )?set name="?([\w.-]+)"?[ \t]*\r?$/m,
  },
  { target: 'cumulus-nvue', content: [/^nv set /m], name: /^nv set system hostname (\S+)/m },
  {
    target: 'fortiswitch',
    content: [/^config switch /m],
    name: /^[ \t]*set hostname "?([\w.-]+)"?[ \t]*\r?$/m,
  },
  {
    target: 'vyos',
    content: [/^set interfaces (?:bonding|ethernet eth)|^[ \t]+bonding bond\d+ \{/m],
    name: /^set system host-name '?([\w.-]+)'?|^[ \t]+host-name "?([\w.-]+)"?;?$/m,
  },
  {
    target: 'juniper-junos',
    content: [
      /^set (?:interfaces|chassis|vlans|system|protocols|version) |^(?:interfaces|chassis|system|vlans|groups) \{|^version [^;\n]+;/m,
    ],
    name: /^set system host-name (\S+)|^[ \t]+host-name ([^\s;]+);/m,
  },
  {
    target: 'huawei-vrp',
    content: [/^interface Eth-Trunk ?\d|^ *port (?:default vlan|trunk allow-pass)/m],
    name: hostname,
  },
  {
    target: 'h3c-comware',
    content: [/^interface Bridge-Aggregation ?\d|^ *port (?:access vlan|trunk permit vlan)/m],
    name: hostname,
  },
  {
    target: 'extreme-exos',
    content: [/^(?:enable|configure) sharing \S|^configure (?:vlan|ports|stpd) \S/m],
    name: /^configure snmp sysName "?([\w.-]+)"?/m,
  },
  {
    target: 'ruckus-fastiron',
    content: [
      /^lag \S+ (?:dynamic|static|keep-alive) id \d|^[ \t]*(?:interface|tagged|untagged) ethe(?:rnet)? \d/m,
    ],
    name: hostname,
  },
  {
    target: 'aruba-aos-s',
    content: [/^; .*Configuration Editor|^trunk \S+ trk\d+|^; Written by bondplan/im],
    name: hostname,
  },
  { target: 'dell-os10', content: [/^interface ethernet\d+\/\d+\/\d+/m], name: hostname },
  {
    target: 'dell-os9',
    content: [
      /^interface (?:Port-channel|(?:Te|GigabitE|tenGigabitE|TenGigabitE|fortyGigE|twentyFiveGigE|hundredGigE)\w*) \d/m,
    ],
    name: hostname,
  },
  {
    target: 'tplink-jetstream',
    content: [/^interface (?:(?:two-|ten-)?gigabitEthernet|port-channel) \d/m],
    name: hostname,
  },
  {
    target: 'arista-eos',
    content: [/^! .*\bEOS\b|^interface Port-Channel\d|^interface Ethernet\d+[ \t]*\r?$/m],
    name: hostname,
  },
  {
    target: 'cisco-nxos',
    content: [/^feature [a-z]|^interface port-channel\d|^interface Ethernet\d+\/\d/m],
    name: hostname,
  },
  {
    target: 'cisco-ios',
    content: [
      /^interface (?:Port-channel\d|(?:Fast|Gigabit|TenGigabit|TwoGigabit|FiveGigabit|TwentyFiveGig|FortyGigabit|HundredGig)E)/m,
    ],
    name: hostname,
  },
  {
    target: 'aruba-aos-cx',
    content: [
      /^!.*ArubaOS-CX|^interface (?:lag \d|\d+\/\d+\/\d+)/m,
      /^!.*ArubaOS-CX|^[ \t]+(?:lag \d|lacp mode|lacp rate|vlan (?:trunk|access)|no routing)/m,
    ],
    name: hostname,
  },
  { target: 'netgear-managed', content: [/^interface \d+\/\d+\/\d+[ \t]*\r?$/m], name: hostname },
  { target: 'ubiquiti-edgeswitch', content: [/^interface \d+\/\d+[ \t]*\r?$/m], name: hostname },
]

export const claims: readonly Claim[] = [...hostClaims, ...hostContents, ...switchClaims]

/**
 * Reports that a file lies where the files of a machine lie, and which machine that is: what stands above. `.` is the
 * folder that one stands in, `/` the machine itself.
 */
export function rootOf(path: string): string | undefined {
  for (const { path: pattern } of claims) {
    const match = pattern?.exec(path)
    if (match) return path.slice(0, match.index) || (path.startsWith('/') ? '/' : '.')
  }
  return undefined
}

/** So much of a text tells what it is. */
const enough = 256 * 1024

/**
 * What only an intent says, at the top of its document. However much it quotes of other languages, in remarks or
 * descriptions, no row that goes by the content alone takes it; nor need it be held against forty of them.
 */
export const intentKeys = ['hosts', 'switches', 'profiles']
const intentContent = new RegExp(`^(?:${intentKeys.join('|')}):[ \\t]*(?:#.*)?\\r?$`, 'm')

const byPlace = claims.filter(({ path }) => path !== undefined)
const byContent = claims.filter(({ path }) => path === undefined)

/** The claim that fits a file; undefined where it is an intent, or nothing that is known. */
export function claimOf(path: string, text: string): Claim | undefined {
  const beginning = text.slice(0, enough)
  const says = ({ content = [] }: Claim): boolean => content.every(words => words.test(beginning))
  const there = byPlace.find(claim => claim.path?.test(path) && says(claim))
  if (there !== undefined || intentContent.test(beginning)) return there
  return byContent.find(says)
}

/** What a machine's text calls it. */
export function nameIn(claim: Claim, text: string): string | undefined {
  const [, ...names] = claim.name?.exec(text.slice(0, enough)) ?? []
  return names.find(name => name !== undefined)
}
