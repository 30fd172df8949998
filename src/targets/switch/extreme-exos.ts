// Extreme EXOS and Switch Engine. A LAG is called by its lowest port, and every command names it; VLANs go by name. Once ports are
// shared, only the lowest has VLANs.

import { exos } from '../../dialects/exos.ts'
import { extremeExos as platform } from '../../platforms/extreme-exos.ts'
import { largestMtu } from '../../platforms/mtu.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import { reheaded } from '../switch-scan.ts'
import { switchTarget } from '../switch-target.ts'

const sharing = 'configure sharing {lag}'

const grouped = { line: 'grouping {ports}', in: 'lag.grouping', echo: true } as const
const lacp = { line: 'lacp', in: 'lag.sharing' } as const

export const extremeExos = switchTarget({
  platform,
  dialect: exos,
  heads: { lag: 'enable sharing {lag}', vlan: 'create vlan {vlanname} tag {vlan}' },
  vlanNames: { 1: 'Default' },
  vlanIs: ['create vlan {vlanname} tag {vlan}', 'configure vlan {vlanname} tag {vlan}'],
  vlanLists: 'tagged',
  portList: { between: ',' },
  ignores: [{ in: 'global', line: /^(?:enable|disable) (?:ports?|edp|lldp) / }],
  spellings: {
    switch: {
      'load-balance': lines('algorithm {}', {
        in: 'lag.sharing',
        ...hashWords(platform),
        also: { line: `${sharing} algorithm {}`, in: 'global' },
        silent: 'layer2',
      }),
      mlag: within(
        'mlag',
        'configure mlag peer needs an address of the other switch, which is said on the switch',
      ),
    },
    lag: {
      ports: within('mode'),
      mode: lines(
        {
          active: [grouped, lacp],
          passive: [grouped, lacp, `${sharing} lacp activity-mode passive`],
          static: grouped,
          plain: [],
        },
        { in: 'global', also: { active: `${sharing} lacp activity-mode active` }, silent: 'static' },
      ),
      'lacp-rate': lines(`${sharing} lacp timeout {}`, {
        in: 'global',
        values: { slow: 'long', fast: 'short' },
        silent: 'slow',
      }),
      'system-priority': lines(`${sharing} lacp system-priority {}`, { in: 'global' }),
      'port-priority': lines('configure lacp member-port {port} priority {}', { in: 'global' }),
      'min-links': lines(`${sharing} minimum-active {}`, { in: 'global', silent: 1 }),
      fallback: lines(
        { on: `${sharing} lacp fallback enable`, off: [] },
        { in: 'global', also: { off: `${sharing} lacp fallback disable` }, since: '16.2', silent: 'off' },
      ),
      mlag: lines(
        [
          { line: 'create mlag peer "{peer}"', when: 'mlag' },
          { line: 'enable mlag port {lag} peer "{peer}" id {number}', when: 'mlag' },
        ],
        {
          in: 'global',
          also: { true: 'enable mlag port {lag} peer "{peer}" id {number}' },
          silent: false,
        },
      ),
      // A new LAG and every port are untagged in the VLAN Default until they are taken out of it.
      vlans: lines(
        [
          { line: 'configure vlan Default delete ports {links}', when: 'without-1', echo: true },
          { line: 'configure vlan {vlanname} add ports {links} tagged' },
        ],
        { in: 'global', silent: [] },
      ),
      native: lines(
        [
          { line: 'configure vlan {vlanname} add ports {links} untagged', when: 'untagged' },
          { line: 'configure vlan {vlanname} add ports {links} untagged', when: 'access' },
        ],
        { in: 'global', silent: 1 },
      ),
      untagged: lines(
        { true: [], false: [] },
        {
          in: 'global',
          also: {
            false: 'configure vlan Default delete ports {links}',
            true: 'configure vlan {vlanname} add ports {links} untagged',
          },
          silent: true,
        },
      ),
      mtu: lines(
        [
          { line: 'enable jumbo-frame ports {ports}', when: 'jumbo' },
          { line: 'configure jumbo-frame-size {}', when: 'jumbo', echo: true },
        ],
        {
          in: 'global',
          as: counted(platform),
          merge: 'largest',
          also: { [String(largestMtu(platform))]: 'enable jumbo-frame ports {ports}' },
          silent: 1500,
        },
      ),
      description: lines('configure ports {ports} description-string "{}"', { in: 'global' }),
      edge: lines(
        { true: 'configure stpd s0 ports link-type edge {links}', false: [] },
        { in: 'global', silent: false },
      ),
      key: cannot('the key follows from the lowest port of the LAG'),
      'max-links': cannot('all ports of a LAG are used, up to what the model takes'),
    },
  },
  parts: { lag: ['grouping', 'sharing'] },
  arrange: read =>
    reheaded(read, text => {
      const [, head, words] = /^(enable sharing \S+)\s+(grouping .*)$/i.exec(text) ?? []
      if (head === undefined || words === undefined) return undefined
      return { head, words: words.match(/grouping \S+|algorithm \S+ \S+|algorithm port-based|\S+/gi) ?? [] }
    }),
})
