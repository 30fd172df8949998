// Cisco NX-OS. Nothing of LACP is known to it before `feature lacp`. Members carry the lines of the LAG, or they are refused.
// A pair is a vPC: its keepalive goes over addresses that no bond tells, so whoever configures the pair says it.

import { ios } from '../../dialects/ios.ts'
import { ciscoNxos as platform } from '../../platforms/cisco-nxos.ts'
import { withoutProfiles } from '../families/nxos-profiles.ts'
import { switchport } from '../families/switch-cisco.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

const pair = (when: 'mlag' | 'peer-link') =>
  [
    { line: 'feature vpc', in: 'global.features', when },
    { line: 'vpc domain {domain}', in: 'global', when },
  ] as const

export const ciscoNxos = switchTarget({
  platform,
  dialect: ios,
  heads: { lag: 'interface port-channel{number}', port: 'interface {port}', vlan: 'vlan {vlan}' },
  ignores: [
    { in: 'any', line: /^(?:no )?(?:shutdown|ip address|negotiate auto|snmp trap link-status)$/ },
    { in: 'any', line: /^(?:speed|duplex|load-interval) / },
    { in: 'lag', line: /^(?:no )?lacp graceful-convergence$/ },
  ],
  spellings: {
    switch: {
      'load-balance': lines('port-channel load-balance {}', { in: 'global', ...hashWords(platform) }),
      mlag: within(
        'mlag',
        'peer-keepalive under its vpc domain needs an address of each switch, which is said on the switch',
      ),
    },
    lag: {
      'system-priority': lines('lacp system-priority {}', { in: 'global' }),
      description: lines('description {}', { in: 'lag' }),
      ports: lines([
        { line: 'feature lacp', in: 'global.features', when: 'lacp' },
        { line: 'description {behind}', in: 'port' },
      ]),
      ...switchport(['link', 'port']),
      untagged: within('vlans'),
      mtu: lines('mtu {}', { in: ['link', 'port'], as: counted(platform), silent: 1500 }),
      'min-links': lines('lacp min-links {}', { in: 'lag', when: 'lacp', silent: 1 }),
      'max-links': lines('lacp max-bundle {}', { in: 'lag', when: 'lacp' }),
      fallback: lines(
        { on: 'no lacp suspend-individual', off: [] },
        { in: 'lag', also: { off: 'lacp suspend-individual' }, silent: 'off' },
      ),
      edge: lines(
        {
          true: [
            { line: 'spanning-tree port type edge trunk', when: 'trunk' },
            { line: 'spanning-tree port type edge', when: 'access' },
          ],
          false: [],
        },
        { silent: false },
      ),
      // The running configuration has no mode word for a LAG without LACP.
      mode: lines(
        {
          active: 'channel-group {number} mode active',
          passive: 'channel-group {number} mode passive',
          static: 'channel-group {number} mode on',
          plain: [],
        },
        {
          in: 'member',
          also: {
            active: 'channel-group {number} force mode active',
            passive: 'channel-group {number} force mode passive',
            static: [
              'channel-group {number}',
              'channel-group {number} force',
              'channel-group {number} force mode on',
            ],
          },
        },
      ),
      'lacp-rate': lines('lacp rate {}', { in: 'member', values: { slow: 'normal' }, silent: 'slow' }),
      'port-priority': lines('lacp port-priority {}', { in: 'member' }),
      key: cannot('the key is the number of the LAG', 'choose the number with lag: at the bond'),
      mlag: lines(
        [
          ...pair('mlag'),
          ...pair('peer-link'),
          { line: 'vpc {number}', in: 'lag', when: 'mlag' },
          { line: 'vpc peer-link', in: 'lag', when: 'peer-link' },
        ],
        { also: { true: { line: 'vpc {number}', in: 'lag' } }, silent: false },
      ),
    },
  },
  parts: { global: ['features'] },
  arrange: withoutProfiles,
  brings: /^inherit port-profile /,
})
