import { type Platform, plainVlans, portNames } from './platform.ts'

export const openconfig: Platform = {
  id: 'openconfig',
  vendor: 'OpenConfig',
  product: 'OpenConfig JSON (if-aggregate, lacp, vlan)',
  lag: { name: 'Port-Channel{number}', ids: undefined },
  members: { active: undefined, standby: 0 },
  ports: portNames({
    types: { '': [] },
    numbers: /^\S(?:.*\S)?$/,
    examples: ['Ethernet1', 'xe-0/0/0', 'ethernet-1/1'],
    exactCase: true,
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'lag', unset: 'slow', means: 'own' },
  minLinks: { min: 0, max: 65535 },
  maxLinks: undefined,
  hash: { scope: 'none', policies: {}, unset: { words: 'not modelled', sees: [] } },
  multichassis: undefined,
  fallback: true,
  mtu: { scope: 'lag', counts: 'payload', max: 65535 },
  vlans: plainVlans,
  confidence: 'parser',
  unverified: { mtu: 'the model leaves the count to the vendor; the payload is written' },
  source:
    'openconfig/public release/models: lacp/openconfig-lacp.yang, interfaces/openconfig-if-aggregate.yang, vlan/openconfig-vlan.yang',
}
