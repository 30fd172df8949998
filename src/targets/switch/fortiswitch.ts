// FortiSwitchOS, standalone. A LAG is an entry of three tables: the trunk with its members, the interface of the same name with
// VLANs and spanning tree; what is said of ports themselves stands at the physical ports.

import { fortios } from '../../dialects/fortios.ts'
import { fortiswitch as platform } from '../../platforms/fortiswitch.ts'
import { carriedMtu } from '../../platforms/mtu.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import type { Scanned } from '../switch-scan.ts'
import { switchTarget } from '../switch-target.ts'

const tables = /^config switch (?:trunk|interface|physical-port)$/i

/** Entries of the three tables as blocks by the name of the LAG or the port; other tables stay as they are. */
function flattened(read: Scanned): Scanned {
  return read.flatMap(line => {
    const [table, entry] = line.heads
    if (table === undefined) return tables.test(line.text) ? [] : [line]
    if (!tables.test(table)) return [line]
    return [
      entry === undefined
        ? { ...line, heads: [] }
        : {
            ...line,
            heads: [entry],
            text: line.text.replace(
              /^(set members) (.*)$/i,
              (_, set, list) => `${set} ${list.replaceAll('"', '')}`,
            ),
          },
    ]
  })
}

export const fortiswitch = switchTarget({
  platform,
  dialect: fortios,
  heads: { lag: 'edit "{lag}"', port: 'edit "{port}"' },
  portList: { between: '" "' },
  vlanLists: 'tagged',
  ignores: [
    {
      in: 'lag',
      line: /^set (?:trunk-type|auto-isl|isl-fortilink|static-isl|snmp-index|stp-state|loop-guard|qos-policy) /,
    },
    { in: 'lag', line: /^set (?:aggregator-mode|lacp-admin-key) / },
    { in: 'port', line: /^set (?:speed|status|snmp-index|lldp-profile|stp-state|storm-control-mode) / },
  ],
  spellings: {
    switch: {
      'load-balance': lines('set port-selection-criteria {}', { in: 'lag', ...hashWords(platform) }),
      mlag: within('mlag'),
    },
    lag: {
      description: lines('set description "{}"', { in: 'lag' }),
      mode: lines(
        {
          active: 'set mode lacp-active',
          passive: 'set mode lacp-passive',
          static: 'set mode static',
          plain: [],
        },
        { in: 'lag', silent: 'static' },
      ),
      'lacp-rate': lines('set lacp-speed {}', { in: 'lag', silent: 'slow' }),
      'min-links': lines(
        ['set bundle enable', 'set min_bundle {}'].map((line, at) => ({ line, echo: at === 0 })),
        {
          in: 'lag',
          silent: 1,
        },
      ),
      'max-links': lines(
        ['set bundle enable', 'set max_bundle {}'].map((line, at) => ({ line, echo: at === 0 })),
        {
          in: 'lag',
        },
      ),
      fallback: lines(
        { on: 'set fallback-port "{first}"', off: [] },
        { in: 'lag', since: '7.4', silent: 'off' },
      ),
      mlag: lines(
        [
          { line: 'set mclag enable', when: 'mlag' },
          { line: 'set mclag-icl enable', when: 'peer-link' },
        ],
        { in: 'lag', also: { true: 'set mclag enable', false: 'set mclag disable' }, silent: false },
      ),
      ports: lines([
        { line: 'set members "{ports}"', in: 'lag' },
        { line: 'set description "{behind}"', in: 'port' },
      ]),
      native: lines('set native-vlan {}', { in: 'link.switching', silent: 1 }),
      vlans: lines({ line: 'set allowed-vlans {}', when: 'trunk' }, { in: 'link.switching', silent: [] }),
      untagged: lines(
        { true: [], false: 'set discard-mode all-untagged' },
        { in: 'link.switching', also: { true: 'set discard-mode none' }, silent: true },
      ),
      edge: lines(
        { true: 'set edge-port enabled', false: 'set edge-port disabled' },
        { in: 'link.switching', silent: true },
      ),
      mtu: lines('set max-frame-size {}', {
        in: 'port',
        as: counted(platform),
        silent: carriedMtu(platform, 9216),
      }),
      key: cannot('the key of a trunk is its own'),
      'system-priority': cannot('no word for the priority of the switch is known'),
      'port-priority': cannot('no word for the priority of a port is known'),
    },
  },
  parts: { lag: ['switching'], port: ['switching'] },
  lagMade: [/^config switch trunk \/ edit "?(?<name>[^"]+?)"? \/ set members (?<ports>.+)$/i],
  arrange: flattened,
})
