// Linux as a switch: a bond for each LAG, and one vlan-aware bridge, by ip and bridge. What a bond takes only while it is
// down and empty is said before its members join. VLAN 1 is on every port of a new bridge and is taken off where it should
// not pass.

import { ipLines } from '../../dialects/ip-lines.ts'
import { linuxBridge as platform } from '../../platforms/linux-bridge.ts'
import { counted, hashWords, lines } from '../lines.ts'
import { cannot } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

const made = 'ip link add {lag} type bond mode'
const native = 'bridge vlan add vid {} dev {link} pvid untagged'

export const linuxBridge = switchTarget({
  platform,
  title: 'Linux (bridge)',
  reader: 'a shell, with ip and bridge of iproute2',
  proof: 'proven',
  dialect: ipLines,
  files: [{ path: 'linux-bridge.sh', template: 'config', mode: 0o755 }],
  removal: [{ path: 'linux-bridge.remove.sh', template: 'remove', mode: 0o755 }],
  flat: true,
  heads: { lag: 'ip link set dev {lag}', port: 'ip link set dev {port}' },
  vlanLists: 'tagged',
  ignores: [
    { in: 'any', line: /^(?:up|down|type bond miimon|type bridge|type bridge_slave) ?/ },
    { in: 'lag', line: /^type bond (?:updelay|downdelay|use_carrier|ad_select|ad_actor_system) / },
  ],
  lagMade: [/^ip link add (?<name>\S+) type bond /, /^ip link set dev (?<ports>\S+) master (?<name>\S+)$/],
  parts: { lag: ['made', 'late', 'vlan'], port: ['late', 'vlan'] },
  spellings: {
    switch: {
      'load-balance': lines('type bond xmit_hash_policy {}', {
        in: 'lag',
        ...hashWords(platform),
        silent: 'layer2',
      }),
      mlag: cannot('two hosts of this kind are no one LACP system'),
    },
    lag: {
      mode: lines(
        {
          active: `${made} 802.3ad`,
          passive: [`${made} 802.3ad`, { line: 'type bond lacp_active off', in: 'lag' }],
          static: `${made} balance-xor`,
          plain: [],
        },
        {
          in: 'lag.made',
          also: {
            active: [`${made} 4`],
            static: [`${made} balance-rr`, `${made} broadcast`, `${made} 0`, `${made} 2`, `${made} 3`],
          },
        },
      ),
      'lacp-rate': lines('type bond lacp_rate {}', { in: 'lag', silent: 'slow' }),
      'min-links': lines('type bond min_links {}', { in: 'lag' }),
      'max-links': cannot('all links are used'),
      'system-priority': lines('type bond ad_actor_sys_prio {}', { in: 'lag' }),
      'port-priority': cannot('before 6.18 the driver has no priority of a port'),
      key: cannot('the driver makes the key of the speed, and of no more than ten bits of another number'),
      fallback: cannot('a bond without LACPDUs stays on one port by itself, and its bridge has no other way'),
      mtu: lines('mtu {}', { as: counted(platform), silent: 1500 }),
      description: lines('alias "{}"', { in: 'lag' }),
      ports: lines([
        { line: 'alias "{behind}"', in: 'port' },
        { line: 'master {lag}', in: 'member' },
        { line: 'master br0', in: 'link.late', echo: true },
      ]),
      native: lines(
        [
          { line: native, when: 'access' },
          { line: native, when: 'untagged' },
        ],
        { in: 'link.vlan', silent: 1 },
      ),
      vlans: lines(
        [
          { line: 'bridge vlan del vid 1 dev {link}', when: 'without-1', echo: true },
          { line: 'bridge vlan add dev {link} vid {range}', when: 'trunk' },
        ],
        { in: 'link.vlan', silent: [] },
      ),
      untagged: lines(
        { true: 'bridge vlan add vid {vlan} dev {link} pvid untagged', false: [] },
        { in: 'link.vlan', silent: false },
      ),
      edge: cannot('its bridge runs no spanning tree unless told, and then without edge ports'),
      mlag: cannot('two hosts of this kind are no one LACP system'),
    },
  },
})
