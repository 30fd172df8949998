// What the name of a port says of its hardware. Only names that the kernel or systemd gives are known; a port
// that was renamed tells nothing, and no rule may conclude anything from that.
// Source: systemd.net-naming-scheme(7); linux drivers' alloc_netdev() names.

/** A wireless station: `wlan0`, `wlp3s0`, `wlx001122334455`. */
export const isWireless = (name: string): boolean => /^wl(?:an\d|o\d|[ps]\d|x[0-9a-f])/.test(name)

/** IP over InfiniBand: `ib0`, `ibp5s0`. */
export const isInfiniband = (name: string): boolean => /^ib(?:\d|o\d|[ps]\d|x[0-9a-f])/.test(name)

/** An adapter on a USB port: `usb0`, `enp0s20u2`, `enp0s20f0u1u3`. */
export const isUsb = (name: string): boolean =>
  /^usb\d+$/.test(name) || /^en[ps][\w]*?\d(?:u\d+)+(?:c\d+)?(?:i\d+)?$/.test(name)

/** The port that a virtual function is a part of: `enp3s0f0` for `enp3s0f0v2`; undefined for any other port. */
export const physicalOf = (name: string): string | undefined => /^(en[ops]\w*?\d)v\d+$/.exec(name)?.[1]
