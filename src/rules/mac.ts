// Kinds of MAC addresses (IEEE 802, clause 8.2; linux include/linux/etherdevice.h).

/** The group bit: the address means several stations, and none can have it. */
export const isMulticast = (mac: string): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1

export const isZero = (mac: string): boolean => /^[0:]+$/.test(mac)
