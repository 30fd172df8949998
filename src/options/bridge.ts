// A bridge on top of bonds, as far as the bonds and the switch must know.

import { deviceName, flag, type Kind, listOf, whole } from './kind.ts'
import { option } from './row.ts'

/** One VLAN number or an inclusive range of them. */
export interface VlanRange {
  readonly from: number
  readonly to: number
}

const rangePattern = /^([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?$/

export const vlanRange: Kind<VlanRange> = {
  schema: {
    anyOf: [
      { type: 'integer', minimum: 1, maximum: 4094 },
      { type: 'string', pattern: rangePattern.source },
    ],
  },
  expects: 'a VLAN number from 1 to 4094, or a range such as 2-4094',
  write: ({ from, to }) => (from === to ? from : `${from}-${to}`),
  read(said) {
    const [, first, last] = rangePattern.exec(String(said)) ?? []
    if (first === undefined || (typeof said !== 'number' && typeof said !== 'string')) return undefined
    const range = { from: Number(first), to: Number(last ?? first) }
    return range.to <= 4094 && range.from <= range.to ? range : undefined
  },
}

export const bridge = {
  ports: option({
    summary: 'The devices that the bridge joins.',
    kind: listOf(deviceName, { unique: true }),
    unset: [],
    ifLost: 'error',
    source: 'ip-link(8), master; linux net/bridge/br_if.c, br_add_if()',
  }),
  stp: option({
    summary: 'Whether the bridge takes part in spanning tree.',
    kind: flag,
    unset: false,
    source: 'linux net/bridge/br_stp_if.c, br_stp_set_enabled()',
  }),
  'forward-delay': option({
    summary: 'How long, in s, a port listens and learns before it forwards.',
    kind: whole({ min: 0, max: 30, unit: 's' }),
    unset: 15,
    source: 'linux net/bridge/br_stp.c, br_set_forward_delay(); IEEE 802.1D, table 17-1',
  }),
  'ageing-time': option({
    summary:
      'How long, in s, the bridge remembers behind which port an address is; after a failover it may be wrong that long.',
    kind: whole({ min: 0, max: 1000000, unit: 's' }),
    unset: 300,
    source: 'linux net/bridge/br_stp.c, br_set_ageing_time(); BR_DEFAULT_AGEING_TIME',
  }),
  'vlan-aware': option({
    summary: 'Whether one bridge keeps the VLANs of its ports apart.',
    kind: flag,
    unset: false,
    ifLost: 'error',
    source: 'ip-link(8), vlan_filtering',
  }),
  vlans: option({
    summary: 'The VLANs that a vlan-aware bridge carries on its ports, tagged.',
    kind: listOf(vlanRange),
    unset: [],
    ifLost: 'error',
    source: 'bridge(8), vlan add',
  }),
}
