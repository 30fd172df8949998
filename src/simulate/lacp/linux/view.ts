// What /proc/net/bonding shows of a member. Source: linux drivers/net/bonding/bond_procfs.c, bond_info_show_slave().

import type { LinuxPortView } from '../device.ts'
import type { LinkState } from './monitor.ts'
import { type LinuxPort, reported } from './port.ts'

/** The words for a link. Source: linux drivers/net/bonding/bond_main.c, bond_slave_link_status(). */
export const miiWords: Readonly<Record<LinkState, LinuxPortView['miiStatus']>> = {
  up: 'up',
  fail: 'going down',
  down: 'down',
  back: 'going back',
}

export const linuxPortView = (port: LinuxPort, carrier: boolean): LinuxPortView => ({
  role: port.sending ? 'active' : 'backup',
  miiStatus: miiWords[port.monitor.link],
  ...reported(port.member, carrier),
  linkFailureCount: port.monitor.failures,
  actorChurn: port.actorChurn.state,
  partnerChurn: port.partnerChurn.state,
  actorChurnedCount: port.actorChurn.count,
  partnerChurnedCount: port.partnerChurn.count,
})
