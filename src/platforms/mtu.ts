// An MTU as each platform counts it, and back. The intent says the largest packet, without the Ethernet header.

import type { Platform } from './platform.ts'

/** Destination, source and type: the Ethernet header without tag. */
const headerBytes = 14
const fcsBytes = 4
/** Header, one VLAN tag and FCS: the largest frame that carries such a packet tagged once. */
const frameOverheadBytes = headerBytes + fcsBytes + 4

const overheadBytes: Readonly<Record<Platform['mtu']['counts'], number>> = {
  payload: 0,
  'frame-without-fcs': headerBytes,
  frame: frameOverheadBytes,
}

/**
 * The MTU to configure so that packets of `mtuBytes` pass, tagged or not; undefined where it is more than the platform
 * can be told. Where only one jumbo size can be told, anything larger than a usual frame is that size.
 */
export function countedMtu({ mtu }: Platform, mtuBytes: number): number | undefined {
  const counted = mtuBytes + overheadBytes[mtu.counts]
  if (mtu.fixed !== undefined && mtuBytes > 1500) return counted <= mtu.fixed ? mtu.fixed : undefined
  return mtu.max !== undefined && counted > mtu.max ? undefined : counted
}

/** The largest packet that passes with an MTU as the platform counts it. */
export const carriedMtu = ({ mtu }: Platform, counted: number): number => counted - overheadBytes[mtu.counts]

/** The largest packet that the platform can be told to pass; undefined where the sources name no limit. */
export const largestMtu = (platform: Platform): number | undefined => {
  const max = platform.mtu.fixed ?? platform.mtu.max
  return max === undefined ? undefined : carriedMtu(platform, max)
}
