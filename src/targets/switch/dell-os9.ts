// Dell OS9 and FTOS. A member joins by a block of its own where there is LACP, and is named by the LAG where there is none.
// VLANs name their ports. Everything is shut until it is told otherwise, and a LAG asks for LACPDUs every second. The LAG of a
// VLT pair's own link is static and bare: VLT makes it a trunk for all VLANs.

import { os9 } from '../../dialects/os9.ts'
import { dellOs9 as platform } from '../../platforms/dell-os9.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot, only } from '../stance.ts'
import type { Scanned } from '../switch-scan.ts'
import { switchTarget } from '../switch-target.ts'

const { nearly = {}, except = {} } = hashWords(platform)

/** `tagged Port-channel 1-3,7` as a line for each LAG; lists of ports, which are in no LAG, stay as they are. */
function oneByOne(read: Scanned): Scanned {
  return read.flatMap(line => {
    const [, verb, list] =
      /^((?:un)?tagged)\s+port-channel\s+([\d,\s-]*[,-][\d,\s-]*)$/i.exec(line.text) ?? []
    if (verb === undefined || list === undefined) return [line]
    return list.split(',').flatMap(item => {
      const [, from, to] = /^\s*(\d{1,3})(?:\s*-\s*(\d{1,3}))?\s*$/.exec(item) ?? []
      if (from === undefined) return [line]
      const count = Math.max(0, Number(to ?? from) - Number(from)) + 1
      return Array.from({ length: count }, (_, step) => ({
        ...line,
        text: `${verb} Port-channel ${Number(from) + step}`,
      }))
    })
  })
}

const joining = (mode: 'active' | 'passive') =>
  ({ line: `port-channel {number} mode ${mode}`, in: 'member.joining', when: 'outward' }) as const
// How the link of a VLT pair has its members, whatever is said (OS9 configuration guides, VLT: Configuring a VLT Interconnect).
const named = { line: 'channel-member {port}', in: 'lag', when: 'peer-link', echo: true } as const

export const dellOs9 = switchTarget({
  platform,
  dialect: os9,
  heads: { lag: 'interface Port-channel {number}', port: 'interface {port}', vlan: 'interface Vlan {vlan}' },
  vlanLists: 'tagged',
  ignores: [
    { in: 'any', line: /^(?:no )?(?:shutdown|ip address)$/ },
    { in: 'any', line: /^(?:speed|duplex|flowcontrol|rate-interval|protocol lldp|dcb-map) ?/ },
    // It opens the block in which a member joins.
    { in: 'port', line: /^port-channel-protocol lacp$/i },
  ],
  spellings: {
    switch: {
      'load-balance': lines(
        {
          layer2: 'load-balance mac source-dest-mac',
          'layer2+3': 'no load-balance tcp-udp enable',
          'layer3+4': [],
        },
        { in: 'global', nearly, except, silent: 'layer3+4' },
      ),
      mlag: within(
        'mlag',
        'back-up destination under its vlt domain needs an address of the other switch, which is said on the switch',
      ),
    },
    lag: {
      'system-priority': lines('lacp system-priority {}', { in: 'global' }),
      description: lines('description {}', { in: 'lag' }),
      ports: lines('description {behind}', { in: 'port' }),
      mtu: lines('mtu {}', { in: ['link', 'port'], as: counted(platform), silent: 1500 }),
      // Untagged frames of a hybrid port go to VLAN 1, unless another VLAN names it. A port that works alone while the host
      // is silent must be hybrid (Dell S5000 guide, VLT), so all are.
      vlans: lines(
        [{ line: 'portmode hybrid' }, { line: 'switchport' }, { line: 'tagged {link}', in: 'vlan' }],
        { when: 'outward', silent: [] },
      ),
      native: lines({ '1': [], '*': 'untagged {link}' }, { in: 'vlan', when: 'outward', silent: 1 }),
      untagged: only(true, 'a hybrid port always passes untagged frames'),
      'lacp-rate': lines(
        { slow: 'lacp long-timeout', fast: [] },
        { in: 'lag', when: 'outward', also: { fast: 'no lacp long-timeout' }, silent: 'fast' },
      ),
      'min-links': lines('minimum-links {}', { in: 'lag', silent: 1 }),
      'max-links': cannot('it limits no links', 'lacp fast-switchover keeps one of two in reserve'),
      fallback: lines(
        { on: 'lacp ungroup member-independent port-channel {number}', off: [] },
        { in: 'global.late', silent: 'off' },
      ),
      edge: lines({ true: 'spanning-tree rstp edge-port', false: [] }, { silent: false }),
      'port-priority': lines('lacp port-priority {}', { in: 'member', when: 'outward' }),
      mode: lines(
        {
          active: [joining('active'), named],
          passive: [joining('passive'), named],
          static: { line: 'channel-member {port}', in: 'lag' },
          plain: [],
        },
        { silent: 'static' },
      ),
      key: cannot('the key is the number of the LAG', 'choose the number with lag: at the bond'),
      mlag: lines(
        [
          { line: 'vlt-peer-lag port-channel {number}', in: 'lag', when: 'mlag' },
          { line: 'vlt domain {domain}', in: 'global.pairing', when: 'mlag' },
          { line: 'vlt domain {domain}', in: 'global.pairing', when: 'peer-link' },
          { line: 'peer-link port-channel {number}', in: 'global.peerlinks', when: 'peer-link' },
        ],
        { also: { true: { line: 'vlt-peer-lag port-channel {number}', in: 'lag' } }, silent: false },
      ),
    },
  },
  parts: { global: ['late', 'pairing', 'peerlinks'], port: ['joining'] },
  arrange: oneByOne,
})
