// What differs between kernel series in mode 802.3ad, as far as it can be seen from outside.

/** The newest series that is known here. */
export const newestKernel = '7.2'

/** Whether a kernel such as `6.1` or `6.12.107` is of the series `since` or a later one. */
export function isSince(kernel: string, since: string): boolean {
  const [major = 0, minor = 0] = kernel.split('.').map(Number)
  const [sinceMajor = 0, sinceMinor = 0] = since.split('.').map(Number)
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor)
}

/** What an older kernel does otherwise. The latest stable release of a series is meant. */
export interface KernelHabits {
  /** The state octet of a partner that was never heard. */
  readonly unheardPartnerState: number
  /** Whether a link that goes down clears the partner's Synchronization at once. */
  readonly downClearsPartnerSync: boolean
}

/**
 * Source: linux drivers/net/bonding/bond_3ad.c, ad_initialize_port(), ad_rx_machine(); seen on 5.10, 6.1, 6.12, 7.2.
 */
export const kernelHabits = (kernel: string): KernelHabits =>
  isSince(kernel, '5.15')
    ? { unheardPartnerState: 0, downClearsPartnerSync: isSince(kernel, '6.12') }
    : { unheardPartnerState: 1, downClearsPartnerSync: false }

const speedsTo618 = [1, 10, 100, 1000, 2500, 5000, 10_000, 14_000, 20_000, 25_000, 40_000, 50_000, 56_000]
const newSpeeds = [80_000]
const fastSpeeds = [100_000, 200_000, 400_000, 800_000]
const newestSpeeds = [1_600_000]

/**
 * The speed code of an actor key, from 1; 0 for a speed that the driver does not know.
 * Source: linux drivers/net/bonding/bond_3ad.c, enum ad_link_speed_type; 80G and 1.6T came with 7.1 and moved the
 * codes of the faster ones.
 */
export function speedCode(speedMbps: number | 'unknown', kernel: string): number {
  if (speedMbps === 'unknown') return 0
  const codes = isSince(kernel, '7.1')
    ? [...speedsTo618, ...newSpeeds, ...fastSpeeds, ...newestSpeeds]
    : [...speedsTo618, ...fastSpeeds]
  return codes.indexOf(speedMbps) + 1
}

/**
 * The key a port shows its partner: ten bits of the user's, five of speed, one of duplex. A link that is not up
 * counts as no speed and no duplex. Source: linux drivers/net/bonding/bond_3ad.c, ad_update_actor_keys().
 */
export const actorKey = (userKey: number, code: number, fullDuplex: boolean): number =>
  (userKey << 6) | (code << 1) | (fullDuplex ? 1 : 0)
