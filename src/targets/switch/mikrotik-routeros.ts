// RouterOS 7: a bonding interface that is a port of the bridge `bridge1`, which filters VLANs. The mode is always written, as
// the default is balance-rr. VLANs are entries that list their ports; each VLAN can have one entry only.

import { routeros } from '../../dialects/routeros.ts'
import { mikrotikRouteros as platform } from '../../platforms/mikrotik-routeros.ts'
import { readPorts } from '../../platforms/ports.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import type { Scanned, ScannedLine } from '../switch-scan.ts'
import { switchTarget } from '../switch-target.ts'

export const mikrotikRouteros = switchTarget({
  platform,
  dialect: routeros,
  reader: 'a terminal, or /import',
  versions: ['7.21'],
  files: [{ path: 'mikrotik-routeros.rsc', template: 'config', mode: 0o644 }],
  removal: [{ path: 'mikrotik-routeros.remove.rsc', template: 'remove', mode: 0o644 }],
  flat: true,
  heads: {
    lag: '/interface bonding {lag}',
    port: '/interface ethernet {port}',
    vlan: '/interface bridge vlan {vlan}',
  },
  portList: { between: ',' },
  vlanLists: 'tagged',
  ignores: [
    { in: 'any', line: /^(?:name|interface|bridge|vlan-ids|disabled|arp|l2mtu|hw|ingress-filtering)=/ },
    { in: 'any', line: /^(?:auto-negotiation|speed|advertise|mac-address|forced-mac-address|loop-protect)=/ },
    { in: 'lag', line: /^(?:link-monitoring|mii-interval|down-delay|up-delay|primary)=/ },
    {
      in: 'lag',
      line: /^(?:priority|path-cost|internal-path-cost|trusted|horizon|bpdu-guard|point-to-point)=/,
    },
    { in: 'vlan', line: /^(?:untagged|comment)=/ },
  ],
  spellings: {
    switch: {
      'load-balance': lines('transmit-hash-policy={}', {
        in: 'lag',
        ...hashWords(platform),
        silent: 'layer2',
      }),
      mlag: within(
        'mlag',
        'the peer port wants an untagged VLAN of its own for ICCP, which is chosen on the switch',
      ),
    },
    lag: {
      mode: lines(
        {
          active: 'mode=802.3ad',
          passive: ['mode=802.3ad', 'lacp-mode=passive'],
          static: 'mode=balance-xor',
          plain: [],
        },
        {
          in: 'lag',
          also: { active: 'lacp-mode=active', static: ['mode=balance-rr', 'mode=broadcast'] },
          since: { passive: '7.19' },
          silent: 'static',
        },
      ),
      ports: lines([
        { line: 'comment="{behind}"', in: 'port' },
        { line: 'slaves={ports}', in: 'lag' },
      ]),
      'lacp-rate': lines('lacp-rate={}', {
        in: 'lag',
        values: { fast: '1sec', slow: '30secs' },
        silent: 'slow',
      }),
      'min-links': lines('min-links={}', { in: 'lag' }),
      'max-links': cannot('all links are used'),
      key: lines('lacp-user-key={}', { in: 'lag' }),
      'system-priority': lines('lacp-system-priority={}', { in: 'lag', since: '7.21' }),
      'port-priority': cannot('it has no word for the priority of a port'),
      fallback: cannot('it has none: ports wait for LACPDUs', 'let the host boot over a port of its own'),
      mtu: lines(
        [
          { line: 'mtu={}', in: 'lag' },
          { line: 'mtu={}', in: 'port' },
          { line: 'l2mtu={frame}', in: 'port', when: 'jumbo' },
        ],
        { as: counted(platform), silent: 1500 },
      ),
      description: lines('comment="{}"', { in: 'lag' }),
      native: lines('pvid={}', { in: 'link.bridge', silent: 1 }),
      vlans: lines(
        { line: '{link}', when: 'trunk' },
        { in: 'vlan.tagged', also: 'tagged={links}', silent: [] },
      ),
      untagged: lines(
        {
          true: { line: 'frame-types=admit-only-untagged-and-priority-tagged', when: 'access' },
          false: { line: 'frame-types=admit-only-vlan-tagged', when: 'tagged-only' },
        },
        { in: 'link.bridge', also: { true: 'frame-types=admit-all' }, silent: true },
      ),
      edge: lines(
        { true: 'edge=yes', false: [] },
        {
          in: 'link.bridge',
          also: { true: 'edge=yes-discover', false: ['edge=no', 'edge=auto'] },
          silent: false,
        },
      ),
      mlag: lines(
        {
          true: { line: 'mlag-id={number}', in: 'lag', when: 'mlag' },
          false: {
            line: '/interface bridge mlag set bridge=bridge1 peer-port={lag}',
            in: 'global.twins',
            when: 'peer-link',
          },
        },
        { also: { true: { line: 'mlag-id={number}', in: 'lag' } }, silent: false },
      ),
    },
  },
  parts: { lag: ['bridge'], port: ['bridge'], vlan: ['tagged'], global: ['twins'] },
  lagMade: [/^\/interface bonding (?<name>\S+) slaves=(?<ports>\S+)/],
  arrange: scanned => lacpModeLast(scanned.flatMap(atVlans).map(atLink)),
})

/** What a bridge port says is about the bonding interface or the port that it is. */
function atLink(line: ScannedLine): ScannedLine {
  const [, name = '', rest] =
    /^\/interface bridge port (\S+) ((?!comment=|disabled=|bridge=|interface=).*)$/.exec(line.text) ?? []
  if (rest === undefined) return line
  const isPort = readPorts(platform, name).every(({ port }) => port !== undefined)
  return { ...line, text: `/interface ${isPort ? 'ethernet' : 'bonding'} ${name} ${rest}` }
}

/** An entry of several VLANs is one entry for each. */
function atVlans(line: ScannedLine): Scanned {
  const [, list, rest] = /^\/interface bridge vlan (\d[\d,-]*) (.*)$/.exec(line.text) ?? []
  if (list === undefined) return [line]
  return list.split(',').flatMap(item => {
    const [from, to = from] = item.split('-').map(Number)
    if (from === undefined || to === undefined || to > 4094) return [line]
    return Array.from({ length: Math.max(1, to - from + 1) }, (_, step) => ({
      ...line,
      text: `/interface bridge vlan ${from + step} ${rest}`,
    }))
  })
}

/** An export is in the order of the alphabet, and says whether LACP is passive before it says that there is LACP. */
const lacpModeLast = (scanned: Scanned): Scanned => {
  const late = (line: ScannedLine): boolean => / lacp-mode=/.test(line.text)
  return [...scanned.filter(line => !late(line)), ...scanned.filter(late)]
}
