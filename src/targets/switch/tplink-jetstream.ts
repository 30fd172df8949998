// TP-Link JetStream. A LAG is there once ports name it. Each VLAN of a port is tagged or untagged, and the port's own VLAN
// for untagged frames is said once more as its PVID. A LAG has no description, so its ports carry it.

import { jetstream } from '../../dialects/jetstream.ts'
import { tplinkJetstream as platform } from '../../platforms/tplink-jetstream.ts'
import { channelGroup } from '../families/switch-cisco.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot, only } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

const balance = 'port-channel load-balance'
const { nearly = {}, except = {} } = hashWords(platform)

export const tplinkJetstream = switchTarget({
  platform,
  dialect: jetstream,
  heads: { lag: 'interface port-channel {number}', port: 'interface {port}', vlan: 'vlan {vlan}' },
  vlanLists: 'tagged',
  ignores: [
    { in: 'any', line: /^(?:no )?shutdown$/ },
    { in: 'any', line: /^(?:speed|duplex|flow-control|eee|lldp|storm-control|power|spanning-tree$) ?/ },
    // What the running configuration adds where a VLAN is taken from the port.
    { in: 'any', line: /^no switchport general allowed vlan / },
  ],
  spellings: {
    switch: {
      // One word for two policies: without ports it is read as what it is.
      'load-balance': lines(
        {
          layer2: `${balance} src-dst-mac`,
          'layer3+4': `${balance} src-dst-ip`,
          'layer2+3': `${balance} src-dst-ip`,
        },
        { in: 'global', nearly, except, silent: 'layer2' },
      ),
      mlag: cannot('two of them are never one LACP system', 'cable the bond to one switch'),
    },
    lag: {
      'system-priority': lines('lacp system-priority {}', { in: 'global' }),
      mtu: lines(
        { line: 'jumbo-size {}', when: 'jumbo' },
        {
          in: 'global',
          as: counted(platform),
          merge: 'largest',
          silent: 1500,
        },
      ),
      description: lines('description {}', { in: 'port' }),
      ports: within('mode'),
      mode: channelGroup,
      'lacp-rate': only('slow', 'it has no word for the rate, and asks the host for an LACPDU every 30 s'),
      'port-priority': lines('lacp port-priority {}', { in: 'member' }),
      key: cannot('the key is the number of the LAG', 'choose the number with lag: at the bond'),
      'min-links': cannot('a LAG is up as long as one of its ports is'),
      'max-links': cannot('all ports of a LAG are used, up to eight'),
      fallback: cannot(
        'a LAG with LACP has none: its ports wait for LACPDUs',
        'let the host boot over a port of its own',
      ),
      vlans: lines({ line: 'switchport general allowed vlan {} tagged', when: 'trunk' }, { silent: [] }),
      native: lines(
        {
          '1': ['switchport general allowed vlan 1 untagged', 'switchport pvid 1'],
          '*': [
            'no switchport general allowed vlan 1',
            'switchport general allowed vlan {} untagged',
            'switchport pvid {}',
          ],
        },
        { silent: 1 },
      ),
      untagged: lines(
        { true: [], false: 'switchport acceptable frame tagged' },
        { also: { true: 'switchport acceptable frame all' }, silent: true },
      ),
      edge: lines(
        { true: 'spanning-tree common-config portfast enable', false: [] },
        { also: { false: 'spanning-tree common-config portfast disable' }, silent: false },
      ),
      mlag: only(false, 'two of them are never one LACP system'),
    },
  },
})
