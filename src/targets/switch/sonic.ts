// SONiC, as a part of config_db.json: `config load` merges its rows into what is there. All values are texts. teamd always
// speaks LACP and always begins; VLAN 1 does not exist, so frames without a tag need another native VLAN.

import { json } from '../../dialects/json.ts'
import { sonic as platform } from '../../platforms/sonic.ts'
import { counted, hashWords, lines } from '../lines.ts'
import { cannot, inTurn, parted, respelled } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

const { values, ...hash } = hashWords(platform)

const untaggedMember = '"Vlan{vlan}|{link}": {"tagging_mode": "untagged"}'
const noPriority = cannot('teamd takes its priorities from the kernel, and the tables have no word for them')

export const sonic = switchTarget({
  platform,
  title: 'SONiC',
  dialect: json,
  reader: 'config load',
  files: [{ path: 'sonic.json', template: 'config', mode: 0o644 }],
  removal: [{ path: 'sonic.remove.sh', template: 'remove', mode: 0o755 }],
  flat: true,
  heads: { lag: 'PORTCHANNEL {lag}', port: 'PORT {port}', vlan: 'VLAN Vlan{vlan}' },
  vlanLists: 'tagged',
  ignores: [
    { in: 'any', line: /^(?:admin_status|tpid|system_mac): / },
    { in: 'port', line: /^(?:lanes|alias|index|speed|fec|autoneg|pfc_asym|mode|subport|dhcp_rate_limit): / },
    { in: 'lag', line: /^mode: routed$/ },
    { in: 'vlan', line: /^(?:vlanid|alias|description|dhcp_servers|dhcpv6_servers|mac|mtu): / },
  ],
  spellings: {
    switch: {
      'load-balance': lines('"lag_hash": {}', {
        in: 'global.hash',
        ...hash,
        as: inTurn(respelled(values), parted),
      }),
      mlag: cannot(
        'MC-LAG is an optional part of its images (iccpd), between addresses that no bond tells',
        'join the two by EVPN multihoming, where the image has it',
      ),
    },
    lag: {
      description: lines('"description": "{}"', { in: 'lag' }),
      ports: lines([
        { line: '"description": "{behind}"', in: 'port' },
        { line: '"{lag}|{port}": { }', in: 'global.members', when: 'lag' },
      ]),
      mode: lines(
        { active: [], passive: [], plain: [] },
        {
          nearly: { passive: 'teamd sends LACPDUs unasked, as active does' },
          except: {
            static: 'teamd always speaks LACP; the nearest is active, with mode 802.3ad at the other end',
          },
          silent: 'active',
        },
      ),
      'lacp-rate': lines('"fast_rate": "{}"', {
        in: 'lag',
        values: { fast: 'true', slow: 'false' },
        silent: 'slow',
      }),
      key: lines('"lacp_key": "{}"', { in: 'lag' }),
      'min-links': lines('"min_links": "{}"', { in: 'lag' }),
      'max-links': cannot('all links are used'),
      'system-priority': noPriority,
      'port-priority': noPriority,
      fallback: lines('"fallback": "{}"', {
        in: 'lag',
        values: { on: 'true', off: 'false' },
        silent: 'off',
      }),
      mtu: lines('"mtu": "{}"', { in: ['link', 'port'], as: counted(platform), silent: platform.mtu.unset }),
      native: lines(
        [
          { line: '"mode": "access"', when: 'access' },
          { line: untaggedMember, in: 'global.vlanmembers', when: 'access' },
          { line: untaggedMember, in: 'global.vlanmembers', when: 'untagged' },
        ],
        { silent: 1 },
      ),
      vlans: lines(
        [
          { line: '"mode": "trunk"', when: 'trunk' },
          {
            line: '"Vlan{vlan}|{link}": {"tagging_mode": "tagged"}',
            in: 'global.vlanmembers',
            when: 'trunk',
          },
        ],
        { silent: [] },
      ),
      untagged: lines({ true: untaggedMember, false: [] }, { in: 'global.vlanmembers', silent: false }),
      edge: cannot('its spanning tree is an option of the image'),
      mlag: cannot('MC-LAG is an optional part of its images'),
    },
  },
  parts: { global: ['hash', 'members', 'vlanmembers'] },
  // Rows of memberships are read as they are written: the key, then what it holds.
  arrange: scanned =>
    // `auto` is what holds without a word.
    scanned
      .filter(({ text }) => !/ lacp_key: auto$/.test(text))
      .map(line => ({
        ...line,
        text: line.text
          .replace(/^PORTCHANNEL_MEMBER /, '')
          .replace(/^SWITCH_HASH GLOBAL /, '')
          .replace(/^VLAN_MEMBER (\S+) (tagging_mode: \S+)$/, '$1: {$2}'),
      })),
})
