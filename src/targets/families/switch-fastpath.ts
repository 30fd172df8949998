// What the FASTPATH family shares (NETGEAR, Ubiquiti and others with Broadcom's software): LAGs are always there, static until
// they are told otherwise. A port participates in VLANs, and which of them it tags is said once more. `quote`: around texts.

import type { Platform } from '../../platforms/index.ts'
import { counted, hashWords, type Lines, lines, type SwitchStance, within } from '../lines.ts'
import { type Cannot, cannot, only } from '../stance.ts'
import type { IgnoredLine, SwitchTarget } from '../switch-target.ts'

const actor = 'lacp actor admin state'

export const fastpathSpellings = (
  platform: Platform,
  quote: '"' | "'",
  mlag: Cannot,
): SwitchTarget['spellings'] => ({
  switch: {
    'load-balance': lines('port-channel load-balance {}', {
      in: 'lag',
      ...hashWords(platform),
      silent: 'layer2',
    }),
    mlag,
  },
  lag: {
    'system-priority': lines('port-channel system priority {}', { in: 'global' }),
    description: lines(`description ${quote}{}${quote}`, { in: 'lag' }),
    mode,
    'min-links': lines('port-channel min-links {}', { in: 'lag', silent: 1 }),
    // VLAN 1 is participated in until a port is excluded from it; tagging says which of the others it tags.
    vlans: lines(
      [
        { line: 'vlan participation include {}' },
        { line: 'vlan tagging {tagged}', when: 'trunk', echo: true },
        { line: 'vlan participation exclude 1', when: 'without-1', echo: true },
        { line: 'vlan acceptframe vlanonly', when: 'tagged-only', echo: true },
      ],
      { silent: [] },
    ),
    untagged: within('vlans'),
    native: lines('vlan pvid {}', { silent: 1 }),
    mtu: lines('mtu {}', { as: counted(platform), silent: 1500 }),
    edge: lines(
      { true: 'spanning-tree edgeport', false: [] },
      { also: { false: 'no spanning-tree edgeport' }, silent: false },
    ),
    ports: within('mode'),
    'lacp-rate': lines(
      { fast: `no ${actor} longtimeout`, slow: `${actor} longtimeout` },
      { in: 'member', silent: 'slow' },
    ),
    'port-priority': cannot('no word for the priority of a port is confirmed by its manuals'),
    key: cannot('no word for the key is confirmed by its manuals'),
    'max-links': cannot('all ports of a LAG are used, up to eight'),
    fallback: cannot(
      'a LAG with LACP has none: its ports wait for LACPDUs',
      'let the host boot over a port of its own',
    ),
    mlag: only(false, mlag.because),
  } satisfies Record<string, SwitchStance>,
})

const joins = { line: 'addport {lag}', in: 'member', echo: true } as const

const mode: Lines = lines(
  {
    active: ['no port-channel static', joins],
    passive: ['no port-channel static', joins, { line: `${actor} passive`, in: 'member' }],
    static: ['port-channel static', joins],
    plain: [],
  },
  { in: 'lag', silent: 'static' },
)

export const fastpathIgnores: readonly IgnoredLine[] = [
  { in: 'any', line: /^(?:no )?shutdown$/ },
  { in: 'any', line: /^(?:speed|storm-control|lldp|snmp trap|auto-negotiate|green-mode) ?/ },
  { in: 'port', line: /^description / },
  { in: 'lag', line: /^port-channel (?:name|linktrap) / },
]
