// Cumulus Linux as /etc/network/interfaces, read by its ifupdown2: bonds, and one vlan-aware bridge over all of them. The
// hash of what it forwards is the chip's; the word for it is kept for what the switch sends itself. Of an MLAG pair the
// link between the two and its addresses are missing, which no bond tells.

import { eniBlocks } from '../../dialects/eni-blocks.ts'
import { cumulusIfupdown2 as platform } from '../../platforms/cumulus-ifupdown2.ts'
import { counted, hashWords, lines, spaces, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import type { Scanned } from '../switch-scan.ts'
import { type SwitchTarget, switchTarget } from '../switch-target.ts'

const file = 'etc/network/interfaces.d/bondplan.intf'

/** Families and methods behind a name say nothing here, and the bridge is the whole switch. */
const arrange = (lines: Scanned, called: SwitchTarget['called']): Scanned =>
  lines.map(line => {
    const heads = line.heads.map(plain)
    const [head] = heads
    const name = /^iface (\S+)$/.exec(head ?? '')?.[1] ?? ''
    const inBridge = head !== undefined && !called.has(name) && !/^(?:bond\d+|swp\d+(?:s\d)?)$/.test(name)
    return { ...line, text: plain(line.text), heads: inBridge ? [] : heads }
  })

const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/^(iface \S+) inet6? (?:manual|static)$/, '$1')
    .replace(/^bond-ports /, 'bond-slaves ')

export const cumulusIfupdown2 = switchTarget({
  platform,
  title: 'Cumulus Linux (interfaces)',
  reader: 'ifreload of ifupdown2, by the source line of /etc/network/interfaces',
  proof: 'proven',
  dialect: eniBlocks,
  files: [{ path: file, template: 'config', mode: 0o644 }],
  removal: [{ path: 'cumulus-ifupdown2.remove.sh', template: 'remove', mode: 0o755 }],
  heads: { lag: 'iface {lag}', port: 'iface {port}' },
  portList: { between: ' ' },
  vlanList: spaces,
  vlanLists: 'tagged',
  arrange,
  ignores: [
    { in: 'global', line: /^(?:auto|allow-\S+|source|iface) / },
    // What the bridge is, and the VLANs of all its ports together.
    { in: 'global', line: /^bridge-(?:vlan-aware|vids|pvid|stp|ports) / },
    { in: 'lag', line: /^(?:bond-miimon|mstpctl-bpduguard|bond-updelay|bond-downdelay) / },
    { in: 'port', line: /^link-(?:speed|duplex|autoneg|fec) / },
  ],
  lagMade: [/^iface (?<name>\S+)[^/]* \/ bond-(?:slaves|ports) (?<ports>.+)$/],
  parts: { global: ['joined'] },
  spellings: {
    switch: {
      'load-balance': lines('bond-xmit-hash-policy {}', { in: 'lag', ...hashWords(platform) }),
      mlag: within(
        'mlag',
        'the peerlink bond and its clagd- lines need addresses, which are said on the switch',
      ),
    },
    lag: {
      description: lines('alias {}', { in: 'lag' }),
      ports: lines([
        { line: 'alias {behind}', in: 'port' },
        { line: 'bond-slaves {ports}', in: 'lag' },
        { line: 'bridge-ports {link}', in: 'global.joined' },
      ]),
      mtu: lines('mtu {}', { in: ['link', 'member'], as: counted(platform), silent: 1500 }),
      mode: lines(
        {
          active: 'bond-mode 802.3ad',
          passive: 'bond-mode 802.3ad',
          static: 'bond-mode balance-xor',
          plain: [],
        },
        {
          in: 'lag',
          nearly: { passive: 'it always sends LACPDUs unasked, as active does' },
          also: { active: 'bond-mode 4', static: ['bond-mode 2', 'bond-mode balance-rr', 'bond-mode 0'] },
          silent: 'active',
        },
      ),
      'lacp-rate': lines('bond-lacp-rate {}', {
        in: 'lag',
        also: { fast: 'bond-lacp-rate 1', slow: 'bond-lacp-rate 0' },
        silent: 'fast',
      }),
      'min-links': lines('bond-min-links {}', { in: 'lag', silent: 1 }),
      'max-links': cannot('all ports of a bond are used'),
      'system-priority': lines('bond-ad-actor-sys-prio {}', { in: 'lag', also: 'bond-ad-sys-priority {}' }),
      'port-priority': cannot('ifupdown2 has no word for the priority of a port'),
      key: cannot('ifupdown2 has no word for the key'),
      fallback: lines(
        { on: 'bond-lacp-bypass-allow yes', off: [] },
        {
          in: 'lag',
          also: { on: 'bond-lacp-bypass-allow 1', off: 'bond-lacp-bypass-allow no' },
          silent: 'off',
        },
      ),
      vlans: lines({ line: 'bridge-vids {}', when: 'trunk' }, { silent: [] }),
      native: lines(
        [
          { line: 'bridge-access {}', when: 'access' },
          { line: 'bridge-pvid {}', when: 'untagged' },
        ],
        { silent: 1 },
      ),
      untagged: lines(
        { true: [], false: { line: 'bridge-allow-untagged no', when: 'tagged-only' } },
        { also: { true: 'bridge-allow-untagged yes' }, silent: true },
      ),
      edge: lines(
        { true: 'mstpctl-portadminedge yes', false: [] },
        { also: { false: 'mstpctl-portadminedge no' }, silent: false },
      ),
      mlag: lines(
        { true: { line: 'clag-id {number}', when: 'mlag' }, false: [] },
        { in: 'lag', silent: false },
      ),
    },
  },
})
