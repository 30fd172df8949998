// What Cisco's command language and its many relatives share: VLANs on the LAG under `switchport`, a group on each member.

import { type Lines, lines } from '../lines.ts'

/** A trunk that names no VLANs carries all. `where`: the LAG alone, or the LAG and its members, as the platform wants it. */
export const switchport = (where: string | readonly string[]) => ({
  native: lines(
    [
      { line: 'switchport' },
      { line: 'switchport mode access', when: 'access' },
      { line: 'switchport access vlan {}', when: 'access' },
      { line: 'switchport mode trunk', when: 'trunk' },
      { line: 'switchport trunk native vlan {}', when: 'trunk' },
    ],
    { in: where, silent: 1 },
  ),
  vlans: lines(
    { line: 'switchport trunk allowed vlan {}', when: 'trunk' },
    {
      in: where,
      also: { line: 'switchport trunk allowed vlan add {}', when: 'trunk' },
      silent: ['1-4094'],
    },
  ),
})

/** `channel-group 10 mode active`, on each member. */
export const channelGroup: Lines = lines(
  {
    active: 'channel-group {number} mode active',
    passive: 'channel-group {number} mode passive',
    static: 'channel-group {number} mode on',
    plain: [],
  },
  { in: 'member' },
)
