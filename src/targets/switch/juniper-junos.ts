// Junos on EX and QFX with ELS. Everything but the membership stands on the aggregated interface; a member with an MTU or a
// unit of its own fails the commit. The mode is always written: LACP with a rate alone stays passive.

import { junos } from '../../dialects/junos.ts'
import { juniperJunos as platform } from '../../platforms/juniper-junos.ts'
import { withoutGroups } from '../families/junos-groups.ts'
import { withoutRanges } from '../families/junos-ranges.ts'
import { counted, lines, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

const switching = 'unit 0 family ethernet-switching'
const hashKey = 'set forwarding-options enhanced-hash-key'
const lacp = 'aggregated-ether-options lacp'

export const juniperJunos = switchTarget({
  platform,
  dialect: junos,
  flat: true,
  arrange: scanned => withoutRanges(withoutGroups(scanned)),
  brings: /^set (?:.+ )?apply-groups(?:-except)? /,
  heads: { lag: 'set interfaces {lag}', port: 'set interfaces {port}', vlan: 'set vlans {vlanname}' },
  vlanNames: { 1: 'default' },
  vlanIs: ['set vlans {vlanname} vlan-id {vlan}'],
  portList: { between: ' ' },
  ignores: [
    { in: 'vlan', line: /^(?:description|l3-interface|vlan-id) / },
    {
      in: 'port',
      line: /^(?:ether-options|gigether-options) (?:speed|auto-negotiation|no-auto-negotiation)/,
    },
    { in: 'lag', line: /^aggregated-ether-options link-speed / },
  ],
  spellings: {
    switch: {
      'load-balance': lines(
        {
          layer2: `${hashKey} hash-mode layer2-header`,
          'layer2+3': [
            `${hashKey} hash-mode layer2-payload`,
            `${hashKey} inet no-l4-source-port`,
            `${hashKey} inet no-l4-destination-port`,
            `${hashKey} inet6 no-l4-source-port`,
            `${hashKey} inet6 no-l4-destination-port`,
          ],
          'layer3+4': `${hashKey} hash-mode layer2-payload`,
        },
        {
          in: 'global',
          nearly: { 'layer2+3': 'IP addresses and the protocol, not the MAC addresses' },
          silent: 'layer3+4',
        },
      ),
      mlag: within(
        'mlag',
        'its LAGs carry an ESI; the EVPN fabric that joins the two switches is not part of it',
      ),
    },
    lag: {
      ports: lines(
        [
          { line: 'description "{behind}"', in: 'port' },
          { line: 'ether-options 802.3ad {lag}', in: 'member' },
        ],
        { also: { line: 'gigether-options 802.3ad {lag}', in: 'member' } },
      ),
      description: lines('description "{}"', { in: 'lag' }),
      mtu: lines('mtu {}', { as: counted(platform), silent: 1500 }),
      mode: lines(
        { active: `${lacp} active`, passive: `${lacp} passive`, static: [], plain: [] },
        { in: 'lag', silent: 'static' },
      ),
      'lacp-rate': lines(`${lacp} periodic {}`, { in: 'lag', silent: 'fast' }),
      'system-priority': lines(`${lacp} system-priority {}`, { in: 'lag' }),
      key: lines(`${lacp} admin-key {}`, { in: 'lag' }),
      'port-priority': lines('ether-options 802.3ad lacp port-priority {}', { in: 'member' }),
      'min-links': lines('aggregated-ether-options minimum-links {}', { in: 'lag' }),
      'max-links': cannot('it limits no links', 'link-protection keeps one of two in reserve'),
      fallback: lines(
        { on: `${lacp} force-up`, off: [] },
        {
          in: 'lag',
          also: { on: { line: 'ether-options 802.3ad lacp force-up', in: 'member' } },
          silent: 'off',
        },
      ),
      native: lines(
        [
          { line: 'native-vlan-id {}', when: 'trunk' },
          { line: `${switching} interface-mode access`, when: 'access' },
          { line: `${switching} vlan members {vlanname}`, when: 'access' },
        ],
        { silent: 1 },
      ),
      vlans: lines(
        [
          { line: `${switching} interface-mode trunk`, when: 'trunk' },
          { line: `${switching} vlan members {vlanname}`, when: 'trunk' },
        ],
        { silent: [] },
      ),
      untagged: within('vlans'),
      edge: lines(
        { true: 'set protocols rstp interface {link} edge', false: [] },
        { in: 'global.late', silent: false },
      ),
      mlag: lines(
        { true: ['esi {esi}', 'esi all-active', `${lacp} system-id {system}`], false: [] },
        { in: 'lag', silent: false },
      ),
    },
  },
  parts: { global: ['late'] },
})
