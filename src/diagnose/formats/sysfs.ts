// The driver's files below /sys/class/net, as `grep .` prints them: those of a bond, and those of its members, which name no
// bond and so are read after what does.

import type { Format, Row } from './format.ts'

const command = 'grep . /sys/class/net/*/bonding/* /sys/class/net/*/bonding_slave/*'

/** One file of a bond with the fact in it. */
const ofBond = (file: string, fact: string): Row => ({
  line: new RegExp(`^/sys/class/net/(?<bundle>[^/]{1,15})/bonding/${file}:${fact}$`),
})

/** One file of a member. */
const ofMember = (file: string, fact: string): Row => ({
  line: new RegExp(`^/sys/class/net/(?<port>[^/]{1,15})/bonding_slave/${file}:${fact}$`),
})

const bonds: Format = {
  platform: 'linux',
  command,
  kind: 'host',
  named: true,
  begins: [/^\/sys\/class\/net\/[^/]{1,15}\/bonding\/\w+:/],
  continuous: true,
  rows: [
    // A word and the number that the kernel stores for it.
    ofBond('mode', '(?<b_mode>\\S+) \\d+'),
    ofBond('xmit_hash_policy', '(?<b_hashPolicy>\\S+) \\d+'),
    ofBond('lacp_active', '(?<b_lacpActive>\\S+) \\d+'),
    ofBond('lacp_rate', '(?<b_lacpRate>\\S+) \\d+'),
    ofBond('ad_select', '(?<b_adSelect>\\S+) \\d+'),
    ofBond('mii_status', '(?<b_up>\\S+)'),
    ofBond('miimon', '(?<b_miimonMs>\\d+)'),
    ofBond('arp_interval', '(?<b_arpIntervalMs>\\d+)'),
    ofBond('arp_ip_target', '(?<b_arpTargets>.+)'),
    ofBond('min_links', '(?<b_minLinks>\\d+)'),
    ofBond('ad_aggregator', '(?<b_aggregator>\\d+)'),
    ofBond('ad_partner_mac', '(?<b_partnerSystem>\\S+)'),
    ofBond('primary', '(?<b_primary>\\S+)'),
    ofBond('active_slave', '(?<b_activeMember>\\S+)'),
    { ...ofBond('slaves', '(?<list>.*)'), each: /(?<member>\S+)/g },
  ],
  passes: [/^\/sys\/class\/net\/[^/]{1,15}\/bonding\/\w+:/],
  source: 'linux drivers/net/bonding/bond_sysfs.c; a real 7.2',
}

const members: Format = {
  platform: 'linux',
  command,
  kind: 'host',
  named: true,
  begins: [/^\/sys\/class\/net\/[^/]{1,15}\/bonding_slave\/\w+:/],
  continuous: true,
  last: true,
  rows: [
    ofMember('state', '(?<m_role>\\S+)'),
    ofMember('mii_status', '(?<m_link>.+)'),
    ofMember('link_failure_count', '(?<m_failures>\\d+)'),
    ofMember('perm_hwaddr', '(?<m_mac>\\S+)'),
    ofMember('ad_aggregator_id', '(?<m_aggregator>\\S+)'),
    ofMember('ad_actor_oper_port_state', '(?<a_state>\\d+)'),
    ofMember('ad_partner_oper_port_state', '(?<p_state>\\d+)'),
  ],
  states: { a_state: { as: 'number' }, p_state: { as: 'number' } },
  passes: [/^\/sys\/class\/net\/[^/]{1,15}\/bonding_slave\/\w+:/],
  source: 'linux drivers/net/bonding/bond_sysfs_slave.c; a real 7.2',
}

export const sysfs: readonly Format[] = [bonds, members]
