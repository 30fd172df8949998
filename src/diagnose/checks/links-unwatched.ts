import type { Check } from './check.ts'
import { bundlesOf, speaksLacp } from './support.ts'

export const check: Check = {
  id: 'links-unwatched',
  severity: 'error',
  summary: 'A bond watches its links neither by carrier nor by ARP.',
  why: `With both intervals at 0 the driver never learns that a link is gone: the member stays "up" in every display, and what is
sent on it is lost until the cable is back. With LACP only missing LACPDUs are noticed, after 3 s or 90 s.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_mii_monitor() and bond_work_init_all(); Documentation/networking/bonding.rst, miimon',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: fault-tolerance (active-backup)
    MII Polling Interval (ms): 0
    #                          ^ h1 bond0 watches no links
    Slave Interface: eth0
    MII Status: up
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: fault-tolerance (active-backup)
    MII Polling Interval (ms): 0
    ARP Polling Interval (ms): 500
    Slave Interface: eth0
    MII Status: up
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      const { miimonMs, arpIntervalMs } = bundle
      if (miimonMs === undefined || miimonMs.value > 0 || (arpIntervalMs?.value ?? 0) > 0) continue
      yield {
        at: miimonMs.at,
        message: speaksLacp(bundle)
          ? `${title} watches no links: that one is gone is noticed only when LACPDUs are missing`
          : `${title} watches no links: a dead one is never given up, and its "up" below says nothing`,
        help: `set miimon: echo 100 > /sys/class/net/${bundle.name}/bonding/miimon`,
      }
    }
  },
}
