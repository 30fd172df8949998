// ArubaOS-Switch and ProCurve, the HP 2920 among them. One line makes the LAG ("trunk" here) and takes its ports out of
// every VLAN, so VLANs come after it and name the trunk. VLANs, and jumbo frames with them, are said at the VLAN.

import { aosS } from '../../dialects/aos-s.ts'
import { arubaAosS as platform } from '../../platforms/aruba-aos-s.ts'
import { largestMtu } from '../../platforms/mtu.ts'
import { counted, hashWords, lines } from '../lines.ts'
import { cannot, only } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

const noPriority = cannot('release 16.10 has no word for a priority of LACP')

export const arubaAosS = switchTarget({
  platform,
  dialect: aosS,
  heads: { lag: 'interface trk{number}', port: 'interface {port}', vlan: 'vlan {vlan}' },
  vlanLists: 'tagged',
  ignores: [
    { in: 'vlan', line: /^(?:name|ip|ipv6|no ip|no untagged|qos|voice|dhcp-snooping) ?/ },
    { in: 'port', line: /^(?:speed-duplex|flow-control|power-over-ethernet|enable|disable|unknown-vlans) ?/ },
  ],
  spellings: {
    switch: {
      'load-balance': lines('trunk-load-balance {}', {
        in: 'global',
        ...hashWords(platform),
        silent: 'layer2+3',
      }),
      mlag: cannot(
        'switches of this kind are stacked',
        'describe the stack as one switch, its ports as 1/1 and 2/1',
      ),
    },
    lag: {
      mode: lines(
        {
          active: 'trunk {ports} trk{number} lacp',
          passive: ['trunk {ports} trk{number} lacp', { line: 'lacp static passive', in: 'lag' }],
          static: 'trunk {ports} trk{number} trunk',
          plain: [],
        },
        { in: 'global' },
      ),
      'lacp-rate': only('slow', 'it has no word for the rate, and asks the host for an LACPDU every 30 s'),
      ports: lines('name "{behind}"', { in: 'port' }),
      description: cannot('a name of a trunk is not confirmed by its manuals'),
      key: lines('lacp key {}', { in: 'lag' }),
      'min-links': lines('lacp min-active-links {}', { in: 'lag' }),
      'max-links': cannot('all ports of a static trunk are used, up to eight'),
      'system-priority': noPriority,
      'port-priority': noPriority,
      fallback: cannot(
        'an LACP trunk has none: its ports wait for LACPDUs',
        'let the host boot over a port of its own',
      ),
      native: lines('untagged {links}', { in: 'vlan' }),
      vlans: lines('tagged {links}', { in: 'vlan' }),
      untagged: only(true, 'a new trunk is an untagged member of the default VLAN'),
      mtu: lines(
        { line: 'jumbo', when: 'jumbo' },
        {
          in: 'vlan',
          as: counted(platform),
          also: { [String(largestMtu(platform))]: { line: 'jumbo', in: 'vlan' } },
          silent: 1500,
        },
      ),
      edge: lines(
        { true: 'spanning-tree {links} admin-edge-port', false: [] },
        { in: 'global.late', silent: false },
      ),
      mlag: only(false, 'switches of this kind are stacked'),
    },
  },
  parts: { global: ['late'] },
})
