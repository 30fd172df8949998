// Open vSwitch by ovs-vsctl, in one transaction. A bond without LACP is no static LAG: it takes each address of the other
// end on one link, and drops broadcasts from all links but one. Columns are checked by the database, keys of other_config
// are not: a misspelt one is stored without a word.

import { ovsVsctl } from '../../dialects/ovs-vsctl.ts'
import { openvswitch as platform } from '../../platforms/openvswitch.ts'
import { counted, hashWords, lines } from '../lines.ts'
import { cannot } from '../stance.ts'
import type { Scanned } from '../switch-scan.ts'
import { switchTarget } from '../switch-target.ts'

export const openvswitch = switchTarget({
  platform,
  title: 'Open vSwitch',
  dialect: ovsVsctl,
  reader: 'ovs-vsctl',
  proof: 'proven',
  files: [{ path: 'openvswitch.sh', template: 'config', mode: 0o755 }],
  removal: [{ path: 'openvswitch.remove.sh', template: 'remove', mode: 0o755 }],
  flat: true,
  heads: { lag: 'port {lag}', port: 'interface {port}' },
  vlanLists: 'tagged',
  vlanList: { between: ',' },
  ignores: [
    { in: 'any', line: /^(?:external_ids:|type=|options:)/ },
    { in: 'lag', line: /^(?:bond_updelay|bond_downdelay|bond_fake_iface|other_config:bond-)/ },
  ],
  spellings: {
    switch: {
      'load-balance': lines('bond_mode={}', { in: 'lag', ...hashWords(platform) }),
      mlag: cannot('its bonds end at one switch'),
    },
    lag: {
      ports: lines(
        { line: 'external_ids:description={behind}', in: 'port.interface' },
        { also: { line: 'interface {port}', in: 'lag' } },
      ),
      mode: lines(
        { active: 'lacp=active', passive: 'lacp=passive', plain: [] },
        {
          in: 'lag',
          except: {
            static:
              'a bond without LACP is none: it drops broadcasts from all links but one; the nearest is LACP, with mode 802.3ad at the other end',
          },
          also: { plain: 'lacp=off' },
          silent: 'plain',
        },
      ),
      'lacp-rate': lines('other_config:lacp-time={}', { in: 'lag', silent: 'slow' }),
      'system-priority': lines('other_config:lacp-system-priority={}', { in: 'lag' }),
      'port-priority': lines('other_config:lacp-port-priority={}', { in: 'member.interface' }),
      key: lines('other_config:lacp-aggregation-key={}', { in: 'member.interface' }),
      'min-links': cannot('one link is enough for it'),
      'max-links': cannot('all links are used'),
      fallback: lines(
        { on: 'other_config:lacp-fallback-ab=true', off: [] },
        { in: 'lag', also: { off: 'other_config:lacp-fallback-ab=false' }, silent: 'off' },
      ),
      native: lines(
        [
          { line: 'vlan_mode=access', when: 'access' },
          { line: 'vlan_mode=native-untagged', when: 'untagged' },
          { line: 'tag={}', when: 'access' },
          { line: 'tag={}', when: 'untagged' },
        ],
        { silent: 1 },
      ),
      vlans: lines(
        [
          { line: 'vlan_mode=trunk', when: 'tagged-only' },
          { line: 'trunks={}', when: 'trunk' },
        ],
        { silent: [] },
      ),
      untagged: lines({ true: 'tag={vlan}', false: [] }, { silent: false }),
      description: lines('external_ids:description={}', { in: 'lag' }),
      mtu: lines('mtu_request={}', { in: 'port.interface', as: counted(platform), silent: 1500 }),
      edge: lines(
        { true: { line: 'other_config:rstp-port-admin-edge=true', in: 'port', when: 'plain' }, false: [] },
        { silent: false },
      ),
      mlag: cannot('its bonds end at one switch'),
    },
  },
  lagMade: [/^port (?<name>\S+) interface (?<ports>\S+)/],
  parts: { port: ['interface'] },
  arrange: scanned => [...scanned, ...carriesAll(scanned)],
})

/** A port of which no VLAN is said is a trunk of all, and untagged frames pass. */
function carriesAll(scanned: Scanned): Scanned {
  const ports = new Map<string, Scanned[number]>()
  const told = new Set<string>()
  for (const line of scanned) {
    const [, name, what = ''] = /^port (\S+) (.*)$/.exec(line.text) ?? []
    if (name === undefined) continue
    if (/^(?:vlan_mode|tag|trunks)=/.test(what)) told.add(name)
    else if (!ports.has(name)) ports.set(name, line)
  }
  return [...ports]
    .filter(([name]) => !told.has(name))
    .flatMap(([name, line]) =>
      ['vlan_mode=native-untagged', 'tag=1', 'trunks=2-4094'].map(text => ({
        ...line,
        text: `port ${name} ${text}`,
      })),
    )
}
