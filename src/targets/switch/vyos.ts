// VyOS 1.4 and 1.5: a bond, and a VLAN-aware bridge that it is a member of. Every bond has its own hash. A member must have
// nothing of its own but a description.

import { vyos as dialect } from '../../dialects/set-lines.ts'
import { vyos as platform } from '../../platforms/vyos.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

const member = 'set interfaces bridge br0 member interface {link}'
const noPriority = cannot('it has no word for priorities of LACP')

export const vyos = switchTarget({
  platform,
  title: 'VyOS',
  dialect,
  reader: 'configure, or a remote session of the API',
  flat: true,
  heads: { lag: 'set interfaces bonding {lag}', port: 'set interfaces ethernet {port}' },
  vlanLists: 'tagged',
  ignores: [
    { in: 'port', line: /^(?:hw-id|duplex|speed|offload|ring-buffer|disable-flow-control) ?/ },
    { in: 'lag', line: /^(?:mii-mon-interval|mac|disable-link-detect|ip|ipv6) ?/ },
  ],
  spellings: {
    switch: {
      'load-balance': lines('hash-policy {}', { in: 'lag', ...hashWords(platform), silent: 'layer2' }),
      mlag: within(
        'mlag',
        'its LAGs carry an Ethernet segment; the EVPN fabric that joins the two switches is not part of it',
      ),
    },
    lag: {
      description: lines("description '{}'", { in: 'lag' }),
      mode: lines(
        { active: 'mode 802.3ad', passive: 'mode 802.3ad', static: 'mode xor-hash', plain: [] },
        {
          in: 'lag',
          nearly: { passive: 'it always sends LACPDUs unasked, as active does' },
          also: { static: ['mode round-robin', 'mode broadcast'] },
          silent: 'active',
        },
      ),
      'lacp-rate': lines('lacp-rate {}', { in: 'lag', silent: 'slow' }),
      'min-links': lines('min-links {}', { in: 'lag' }),
      'max-links': cannot('all links are used'),
      'system-priority': noPriority,
      'port-priority': noPriority,
      key: cannot('it has no word for the key'),
      fallback: cannot('a bond without LACPDUs stays on one port by itself, and its bridge has no other way'),
      mtu: lines('mtu {}', { as: counted(platform), silent: 1500 }),
      ports: lines([
        { line: "description '{behind}'", in: 'port' },
        { line: 'member interface {port}', in: 'lag' },
      ]),
      native: lines(
        [
          { line: `${member} native-vlan {}`, when: 'access' },
          { line: `${member} native-vlan {}`, when: 'untagged' },
        ],
        { in: 'global', silent: 1 },
      ),
      vlans: lines({ line: `${member} allowed-vlan {range}`, when: 'trunk' }, { in: 'global', silent: [] }),
      untagged: lines({ true: `${member} native-vlan {vlan}`, false: [] }, { in: 'global', silent: false }),
      edge: cannot('its bridge runs no spanning tree unless told, and then without edge ports'),
      mlag: lines(
        { true: ['evpn es-id {number}', 'evpn es-sys-mac {system}', 'system-mac {system}'], false: [] },
        { in: 'lag', silent: false },
      ),
    },
  },
})
