// What is said of hosts, switches, LAGs and hopes: everything in an intent that is not a device of a host.

import { vlanRange } from './bridge.ts'
import {
  flag,
  type Kind,
  listOf,
  nodeName,
  portRef,
  record,
  speed,
  text,
  toggle,
  whole,
  word,
} from './kind.ts'
import { option } from './row.ts'

/** A target by its id, and perhaps the version that the host runs: `networkd@252`. */
const targetRef = text(/^[a-z][a-z0-9-]*(?:@\d+(?:\.\d+){0,2})?$/, 'a target such as netplan or networkd@252')

/** One or several; a single one need not be put in a list. */
function oneOrMore<V>(item: Kind<V>): Kind<readonly V[]> {
  const several = listOf(item, { unique: true })
  return {
    ...several,
    schema: { anyOf: [item.schema, several.schema] },
    expects: `${item.expects}, or a list`,
    read: said => several.read(Array.isArray(said) ? said : [said]),
  }
}

const seriesPattern = /^\d{1,2}(?:\.\d{1,17}){0,2}$/

const kernelSeries: Kind<string> = {
  // An editor's YAML reads 6.1 as a number; the reader of intents keeps the digits, so that 6.10 is not 6.1.
  schema: {
    anyOf: [
      { type: 'number', minimum: 2, maximum: 99 },
      { type: 'string', pattern: seriesPattern.source },
    ],
  },
  expects: 'a kernel series such as 6.1',
  write: value => value,
  read(said) {
    const digits = typeof said === 'number' ? String(said) : said
    return typeof digits === 'string' && seriesPattern.test(digits) ? digits : undefined
  },
}

export const host = {
  target: option({
    summary: 'What this host reads: a target, or several; with @ and a version where it is not the newest.',
    kind: oneOrMore(targetRef),
    fact: true,
    source: 'bondplan targets',
  }),
  groups: option({
    summary: 'The groups that the host belongs to, for choosing hosts and for an inventory.',
    kind: listOf(text(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'a name of letters, digits and underscores'), {
      unique: true,
    }),
    fact: true,
    source: 'bondplan render --group',
  }),
  kernel: option({
    summary: 'The kernel series that the host runs; options newer than it are reported.',
    kind: kernelSeries,
    fact: true,
    source: 'uname(1), -r',
  }),
}

export const switchBox = {
  platform: option({
    summary: 'What the switch runs.',
    kind: text(/^[a-z][a-z0-9-]*(?:@\d+(?:\.\d+){0,2})?$/, 'a switch platform such as arista-eos'),
    fact: true,
    side: 'switch',
    source: 'bondplan targets',
  }),
  'load-balance': option({
    summary:
      'Which header fields choose the port of a LAG for what the switch sends; unset is the default of the platform.',
    kind: word('layer2', 'layer2+3', 'layer3+4', 'encap2+3', 'encap3+4', 'vlan+srcmac'),
    side: 'switch',
    source: 'IEEE 802.1AX, clause 6.2.4: the distribution is a choice of the sender',
  }),
  mlag: option({
    summary: 'The switch with which this one stands as one LACP system, and the link between them.',
    kind: record(
      {
        peer: { kind: nodeName, summary: 'The other switch.', required: true },
        domain: { kind: whole({ min: 1, max: 65535 }), summary: 'The number of the pair.' },
        'peer-link': {
          kind: listOf(text(/^[!-~]+(?: [!-~]+)*$/, 'a port')),
          summary: 'The ports of this switch that lead to the other.',
        },
      },
      'a pair such as {peer: sw2, domain: 10, peer-link: [Ethernet1/49]}',
    ),
    side: 'switch',
    source: "IEEE 802.1AX-2014, clause 9, and the vendors' own: vPC, MLAG, VSX, VLT",
  }),
}

const portName = text(
  /^[A-Za-z0-9](?:[A-Za-z0-9_./: ,-]{0,62}[A-Za-z0-9])?$/,
  "a port by the switch's own name",
)

export const lag = {
  mode: option({
    summary: 'Whether the ports send LACPDUs unasked, only answer, form a LAG without LACP, or none.',
    kind: word('active', 'passive', 'static', 'plain'),
    side: 'switch',
    ifLost: 'error',
    source: 'IEEE 802.1AX, clause 6.4.1, LACP_Activity',
  }),
  'lacp-rate': option({
    summary: 'How often the switch asks the host to send LACPDUs: every 30 s or every second.',
    kind: word('slow', 'fast'),
    side: 'switch',
    source: 'IEEE 802.1AX, clause 6.4.2.3, LACP_Timeout',
  }),
  ports: option({
    summary: 'The ports that stand in this LAG on the switch, whatever the cables say.',
    kind: listOf(portName, { unique: true }),
    side: 'switch',
    ifLost: 'error',
    source: 'bondplan: compared with the cables by the rules',
  }),
  to: option({
    summary: 'The LAG at the other end where that is a switch: its name, a colon, the number.',
    kind: portRef,
    fact: true,
    side: 'switch',
    source: 'bondplan: a LAG between switches',
  }),
  key: option({
    summary: 'The LACP key of the ports, where the platform lets it be chosen.',
    kind: whole({ min: 1, max: 65535 }),
    side: 'switch',
    source: 'IEEE 802.1AX, clause 6.3.5',
  }),
  'system-priority': option({
    summary: 'The LACP priority of the switch; the lower end decides which ports stand by.',
    kind: whole({ min: 0, max: 65535 }),
    side: 'switch',
    source: 'IEEE 802.1AX, clause 6.3.2',
  }),
  'port-priority': option({
    summary: 'The LACP priority of the ports in this LAG.',
    kind: whole({ min: 0, max: 65535 }),
    side: 'switch',
    source: 'IEEE 802.1AX, clause 6.3.4',
  }),
  'min-links': option({
    summary: 'How many ports must be in use for the LAG to be up.',
    kind: whole({ min: 1, max: 1024 }),
    side: 'switch',
    source: 'vendors: min-links, minimum-links, least active-linknumber',
  }),
  'max-links': option({
    summary: 'How many ports are used at most; the others stand by.',
    kind: whole({ min: 1, max: 1024 }),
    side: 'switch',
    source: 'vendors: max-bundle, max active-linknumber',
  }),
  fallback: option({
    summary:
      'Whether a port works alone while the host sends no LACPDUs, as it must to boot over the network.',
    kind: toggle,
    side: 'switch',
    source: 'vendors: lacp fallback, no suspend-individual, force-up, edge-port',
  }),
  vlans: option({
    summary: 'The tagged VLANs, where they differ from what stands on the bond.',
    kind: listOf(vlanRange),
    side: 'switch',
    ifLost: 'error',
    source: 'IEEE 802.1Q, clause 8.8',
  }),
  native: option({
    summary: 'The VLAN of untagged frames.',
    kind: whole({ min: 1, max: 4094 }),
    side: 'switch',
    ifLost: 'error',
    source: 'IEEE 802.1Q, clause 6.9, PVID',
  }),
  untagged: option({
    summary:
      'Whether untagged frames pass, in the native VLAN; unset follows from whether the host sends them.',
    kind: flag,
    side: 'switch',
    ifLost: 'warning',
    source: 'IEEE 802.1Q, clause 6.9, acceptable frame types',
  }),
  mtu: option({
    summary:
      'The largest packet, in bytes without the Ethernet header; each platform counts it in its own way.',
    kind: whole({ min: 68, max: 65535, unit: 'bytes' }),
    side: 'switch',
    source: 'vendors: mtu, system mtu, jumbo',
  }),
  edge: option({
    summary: 'Whether spanning tree takes the LAG for an end station.',
    kind: flag,
    unset: true,
    side: 'switch',
    source: 'IEEE 802.1Q, clause 13.27, AdminEdge',
  }),
  mlag: option({
    summary: 'Whether the LAG stands on both switches of a pair; unset follows from its cables.',
    kind: flag,
    unset: false,
    side: 'switch',
    ifLost: 'error',
    source: 'vendors: vpc, mlag, vlt-peer-lag, multi-chassis, esi',
  }),
  description: option({
    summary: 'What the LAG is called in the configuration; unset names the host and its bond.',
    kind: text(
      /^[A-Za-z0-9](?:[A-Za-z0-9 _.:/@+-]{0,62}[A-Za-z0-9])?$/,
      'a description of at most 64 plain characters',
    ),
    side: 'switch',
    ifLost: 'note',
    source: 'vendors: description, name, alias',
  }),
}

/** Options of a LAG that do nothing on a LAG without LACP, or on plain ports. */
export const lacpOptions = ['lacp-rate', 'key', 'system-priority', 'port-priority', 'fallback'] as const

/** Options of a LAG that do nothing on plain ports. */
export const groupOptions = [...lacpOptions, 'min-links', 'max-links', 'mlag'] as const

const endpoint = text(
  /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,79}$/,
  'a host, or a host and its bond such as s1:bond0',
)

export const traffic = {
  from: option({ summary: 'The sender.', kind: endpoint, fact: true, source: 'bondplan predict' }),
  to: option({ summary: 'The receiver.', kind: endpoint, fact: true, source: 'bondplan predict' }),
  protocol: option({
    summary: 'What carries it; it decides which header fields the hashes see.',
    kind: word('tcp', 'udp', 'sctp', 'icmp', 'esp', 'gre', 'ip'),
    unset: 'tcp',
    fact: true,
    source: 'IANA protocol numbers',
  }),
  streams: option({
    summary: 'How many connections at once.',
    kind: whole({ min: 1, max: 1000000 }),
    unset: 1,
    fact: true,
    source: 'bondplan predict',
  }),
  expect: option({
    summary: 'What somebody hopes to get in sum.',
    kind: speed,
    fact: true,
    source: 'bondplan predict',
  }),
}
