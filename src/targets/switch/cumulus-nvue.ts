// Cumulus Linux 5 by NVUE. Nothing happens before `nv config apply`. A bond is one by its name; its rate is fast unless told
// otherwise. Switches on and off are `enabled` and `disabled` from 5.15, `on` and `off` before.

import { nvue } from '../../dialects/set-lines.ts'
import { cumulusNvue as platform } from '../../platforms/cumulus-nvue.ts'
import { counted, lines, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

const domain = 'bridge domain br_default'
const noPriority = cannot('it has no word for priorities of LACP')

/** The word changed in 5.15. */
const turnedOn = (what: string) =>
  [
    { line: `${what} enabled`, since: '5.15' },
    { line: `${what} on`, before: '5.15' },
  ] as const

export const cumulusNvue = switchTarget({
  platform,
  title: 'Cumulus Linux, NVUE',
  dialect: nvue,
  reader: 'nv',
  versions: ['5.15'],
  files: [{ path: 'cumulus-nvue.sh', template: 'config', mode: 0o755 }],
  removal: [{ path: 'cumulus-nvue.remove.sh', template: 'remove', mode: 0o755 }],
  flat: true,
  heads: { lag: 'nv set interface {lag}', port: 'nv set interface {port}' },
  vlanLists: 'tagged',
  ignores: [
    { in: 'any', line: /^(?:link (?:state|speed|duplex|auto-negotiate|fec|breakout) |type )/ },
    { in: 'lag', line: /^bond (?:up-delay|down-delay|mii-monitor-interval) / },
    { in: 'lag', line: /^bond mlag (?:enable|state) / },
  ],
  spellings: {
    switch: {
      'load-balance': cannot(
        'the chip balances by addresses and ports',
        'its fields are chosen for the whole switch, by the custom hashing of the release',
      ),
      mlag: within(
        'mlag',
        'mlag backup needs an address of the other switch outside the peer link, which is said on the switch',
      ),
    },
    lag: {
      ports: lines([
        { line: 'description "{behind}"', in: 'port' },
        { line: 'bond member {ports}', in: 'lag' },
      ]),
      mode: lines(
        { active: 'bond mode lacp', passive: 'bond mode lacp', static: 'bond mode static', plain: [] },
        {
          in: 'lag',
          nearly: { passive: 'it always sends LACPDUs unasked, as active does' },
          silent: 'active',
        },
      ),
      'lacp-rate': lines('bond lacp-rate {}', { in: 'lag', silent: 'fast' }),
      'min-links': cannot('NVUE has no word for it'),
      'max-links': cannot('all links are used'),
      'system-priority': noPriority,
      'port-priority': noPriority,
      key: cannot('it has no word for the key'),
      fallback: lines({ on: turnedOn('bond lacp-bypass'), off: [] }, { in: 'lag', silent: 'off' }),
      mtu: lines('link mtu {}', { as: counted(platform), silent: platform.mtu.unset }),
      description: lines('description "{}"', { in: 'lag' }),
      vlans: lines({ line: `${domain} vlan {}`, when: 'trunk' }, { silent: [] }),
      native: lines(
        [
          { line: `${domain} access {}`, when: 'access' },
          { line: `${domain} untagged {}`, when: 'untagged' },
        ],
        { silent: 1 },
      ),
      untagged: lines(
        { true: [], false: { line: `${domain} untagged none`, when: 'tagged-only' } },
        { silent: true },
      ),
      edge: lines({ true: turnedOn(`${domain} stp admin-edge`), false: [] }, { silent: false }),
      mlag: lines(
        {
          true: [
            { line: 'bond mlag id {number}', in: 'lag', when: 'mlag' },
            { line: 'type peerlink', in: 'lag', when: 'peer-link' },
            { line: 'nv set mlag mac-address {system}', in: 'global.twins', when: 'mlag' },
            { line: 'nv set mlag peer-ip linklocal', in: 'global.twins', when: 'mlag' },
          ],
          false: { line: 'type peerlink', in: 'lag', when: 'peer-link' },
        },
        { also: { true: { line: 'bond mlag id {number}', in: 'lag' } }, silent: false },
      ),
    },
  },
  lagMade: [/^nv set interface (?<name>\S+) bond member (?<ports>\S+)/],
  parts: { global: ['twins'] },
})
