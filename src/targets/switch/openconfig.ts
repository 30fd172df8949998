// OpenConfig, as JSON after RFC 7951 for gNMI, NETCONF or RESTCONF: lists merge by their keys, so what else a switch holds
// stays. It models no hash; and the interval is defined as what this end sends, while devices map it to their own word
// for what they ask for.

import { json } from '../../dialects/json.ts'
import { openconfig as platform } from '../../platforms/openconfig.ts'
import { counted, lines, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

const upper = (...values: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(values.map(value => [value, value.toUpperCase()]))

export const openconfig = switchTarget({
  platform,
  title: 'OpenConfig',
  dialect: json,
  reader: 'gNMI, NETCONF and RESTCONF',
  files: [{ path: 'openconfig.json', template: 'config', mode: 0o644 }],
  removal: [{ path: 'openconfig.remove.json', template: 'remove', mode: 0o644 }],
  flat: true,
  heads: { lag: 'interfaces interface {lag}', port: 'interfaces interface {port}' },
  vlanLists: 'tagged',
  vlanList: { between: ', ', to: '..', items: true },
  ignores: [{ in: 'any', line: /^(?:name|type|enabled|interface|loopback-mode|tpid): / }],
  spellings: {
    switch: {
      'load-balance': cannot('its models have no hash', 'set it by the words of the vendor'),
      mlag: cannot('its models join two switches by EVPN alone (openconfig-ethernet-segments)'),
    },
    lag: {
      description: lines('"description": "{}"', { in: 'lag' }),
      mtu: lines('"mtu": {}', { in: ['link', 'port'], as: counted(platform) }),
      ports: lines(
        [
          { line: '"description": "{behind}"', in: 'port' },
          { line: '"openconfig-if-aggregate:aggregate-id": "{lag}"', in: 'member.membership' },
        ],
        { also: { line: '"aggregate-id": "{lag}"', in: 'member' } },
      ),
      mode: lines(
        {
          active: [
            { line: '"lag-type": "LACP"', in: 'lag.aggregation', when: 'lacp' },
            { line: '"lacp-mode": "ACTIVE"', in: 'lag.lacpconfig' },
          ],
          passive: [
            { line: '"lag-type": "LACP"', in: 'lag.aggregation', when: 'lacp' },
            { line: '"lacp-mode": "PASSIVE"', in: 'lag.lacpconfig' },
          ],
          static: { line: '"lag-type": "STATIC"', in: 'lag.aggregation' },
          plain: [],
        },
        { silent: 'active' },
      ),
      'lacp-rate': lines('"interval": "{}"', {
        in: 'lag.lacpconfig',
        values: upper('slow', 'fast'),
        silent: 'slow',
      }),
      'system-priority': lines('"system-priority": {}', { in: 'lag.lacpconfig' }),
      'port-priority': lines([
        { line: '"members"', in: 'lag.lacpmembers' },
        { line: '"port-priority": {}', in: 'member.lacpmember' },
      ]),
      key: cannot('its models have no key of LACP'),
      'min-links': lines('"min-links": {}', { in: 'lag.aggregation' }),
      'max-links': cannot('its models limit no links'),
      fallback: lines(
        { on: '"fallback": true', off: [] },
        { in: 'lag.lacpconfig', also: { off: '"fallback": false' }, silent: 'off' },
      ),
      native: lines(
        [
          { line: '"interface-mode": "ACCESS"', when: 'access' },
          { line: '"access-vlan": {}', when: 'access' },
          { line: '"native-vlan": {}', when: 'untagged' },
        ],
        { in: 'link.vlanconfig', silent: 1 },
      ),
      vlans: lines(
        [
          { line: '"interface-mode": "TRUNK"', when: 'trunk' },
          { line: '"trunk-vlans": {}', when: 'trunk' },
        ],
        { in: 'link.vlanconfig', silent: [] },
      ),
      untagged: lines(
        {
          true: [
            { line: '"access-vlan": {vlan}', when: 'access' },
            { line: '"native-vlan": {vlan}', when: 'untagged' },
          ],
          false: [],
        },
        { in: 'link.vlanconfig', silent: false },
      ),
      edge: cannot(
        'it is said by the models of spanning tree, under the interface',
        'openconfig-spanning-tree, edge-port',
      ),
      mlag: within('mlag'),
    },
  },
  parts: {
    lag: ['aggregation', 'lacpconfig', 'lacpmembers', 'vlanconfig'],
    port: ['membership', 'lacpmember', 'vlanconfig'],
  },
  // What a leaf is about is the interface that is the nearest on its way; modules and containers between are left out.
  arrange: scanned =>
    scanned.map(line => ({
      ...line,
      text: line.text
        .replace(/(^| )openconfig-[a-z-]+:/g, '$1')
        .replace(
          /^(?:interfaces|lacp interfaces) (?:.* )?(?:interface|member) (\S+) (?:.* )?(\S+: .*)$/,
          'interfaces interface $1 $2',
        ),
    })),
})
