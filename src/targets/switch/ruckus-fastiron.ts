// Ruckus (Brocade) FastIron from 8.0.61. A LAG has two blocks: one makes it and names its ports and what LACP does, the other is
// its interface. VLANs name their LAGs and ports. The hash follows the packets and cannot be chosen.

import { fastiron } from '../../dialects/fastiron.ts'
import { largestMtu } from '../../platforms/mtu.ts'
import { ruckusFastiron as platform } from '../../platforms/ruckus-fastiron.ts'
import { counted, lines } from '../lines.ts'
import { cannot, only } from '../stance.ts'
import { reheaded, type Scanned } from '../switch-scan.ts'
import { switchTarget } from '../switch-target.ts'

/** `tagged ethe 1/1/3 to 1/1/4 lag 10`: a line for each run of ports and each LAG. */
const oneByOne = (read: Scanned): Scanned =>
  read.flatMap(line => {
    const [, verb, list] = /^((?:un)?tagged|ports)\s+(.+)$/i.exec(line.text) ?? []
    if (verb === undefined || list === undefined) return [line]
    const runs = [...list.matchAll(/(ethe?r?n?e?t?|lag)\s+([\d/]+)(?:\s+to\s+([\d/]+))?/gi)]
    return runs.flatMap(([, kind = '', from = '', to]) => {
      if (kind !== 'lag')
        return [{ ...line, text: `${verb} ethernet ${from}${to === undefined ? '' : ` to ${to}`}` }]
      const count = Math.max(0, Number(to ?? from) - Number(from)) + 1
      return Array.from({ length: count }, (_, step) => ({
        ...line,
        text: `${verb} lag ${Number(from) + step}`,
      }))
    })
  })

const same = 'a LAG with LACP sends LACPDUs unasked, which a host that sends them never notices'

export const ruckusFastiron = switchTarget({
  platform,
  dialect: fastiron,
  heads: { lag: 'interface lag {number}', port: 'interface {port}', vlan: 'vlan {vlan} by port' },
  vlanLists: 'tagged',
  portList: { between: ' ', to: ' to ', shortEnd: 'numbers' },
  ignores: [
    { in: 'any', line: /^(?:enable|disable)$/ },
    { in: 'any', line: /^(?:speed-duplex|inline power|stp-bpdu-guard|sflow|trust|optical-monitor) ?/ },
    { in: 'lag', line: /^(?:primary-port .*|deploy)$/ },
    { in: 'vlan', line: /^(?:router-interface|spanning-tree|multicast|no untagged) ?/ },
  ],
  spellings: {
    switch: {
      'load-balance': cannot(
        'it looks at whatever addresses and ports a packet has, and cannot be told otherwise',
        'leave load-balance out',
      ),
      mlag: cannot(
        'stacking makes one switch of several',
        'describe the stack as one switch, its ports as 1/1/1 and 2/1/1',
      ),
    },
    lag: {
      mode: lines(
        { active: 'dynamic', passive: 'dynamic', static: 'static', plain: [] },
        { in: 'lag.kind', nearly: { passive: same } },
      ),
      ports: lines([
        { line: 'ports {ports}', in: 'lag.making' },
        { line: 'port-name {behind}', in: 'port', when: 'plain' },
      ]),
      'lacp-rate': lines('lacp-timeout {}', {
        in: 'lag.making',
        values: { slow: 'long', fast: 'short' },
        silent: 'slow',
      }),
      'min-links': lines('trunk-threshold {}', { in: 'lag.making', silent: 1 }),
      fallback: lines({ on: 'force-up {first}', off: [] }, { in: 'lag.making', silent: 'off' }),
      'port-priority': lines('lacp-port-priority {}', { in: 'lag.making' }),
      description: lines('port-name {}', { in: 'lag' }),
      edge: lines({ true: 'spanning-tree 802-1w admin-edge-port', false: [] }, { silent: false }),
      vlans: lines('tagged {link}', { in: 'vlan', silent: [] }),
      // Every port is in VLAN 1 until it is put elsewhere, so that an access port of it needs no word.
      native: lines(
        {
          '1': { line: 'untagged {link}', when: 'untagged', echo: true },
          '*': [
            { line: 'untagged {link}', when: 'untagged' },
            { line: 'untagged {link}', when: 'access' },
          ],
        },
        { in: 'vlan', silent: 1 },
      ),
      untagged: lines(
        { true: [], false: [] },
        { in: 'vlan', also: { true: 'untagged {link}' }, silent: false },
      ),
      mtu: lines(
        { line: 'jumbo', when: 'jumbo' },
        {
          in: 'global.late',
          as: counted(platform),
          also: { [String(largestMtu(platform))]: { line: 'jumbo', in: 'global' } },
          silent: 1500,
        },
      ),
      'system-priority': cannot('no word for the priority of the switch is known'),
      key: cannot('the key follows from the LAG'),
      'max-links': cannot('all ports of a LAG are used'),
      mlag: only(false, 'stacking makes one switch of several'),
    },
  },
  parts: { global: ['late'], lag: ['kind', 'making'] },
  arrange: read =>
    oneByOne(
      reheaded(read, text => {
        const [, kind = '', id] = /^lag (?:"[^"]*"|\S+) (dynamic|static) id (\d+)$/i.exec(text) ?? []
        if (id !== undefined) return { head: `interface lag ${id}`, words: [kind] }
        const [, vlan] = /^vlan (\d+)(?: name .*)? by port$/i.exec(text) ?? []
        return vlan === undefined ? undefined : { head: `vlan ${vlan} by port`, words: [] }
      }),
    ),
})
