// What Open vSwitch shows of its bonds: `ovs-appctl bond/show` and `ovs-appctl lacp/show`. Releases before 2.16 say slave
// where later ones say member.

import type { Format } from './format.ts'

const states = {
  as: 'words',
  words: {
    activity: 'activity',
    timeout: 'timeout',
    aggregation: 'aggregation',
    synchronized: 'synchronization',
    collecting: 'collecting',
    distributing: 'distributing',
    defaulted: 'defaulted',
    expired: 'expired',
  },
} as const

/** The name stands above everything that tells the two outputs apart. */
const preface = /^---- \S+ ----$/

const bondShow: Format = {
  platform: 'openvswitch',
  command: 'ovs-appctl bond/show',
  kind: 'switch',
  named: true,
  begins: [/^bond_mode: /],
  preface,
  rows: [
    { line: /^---- (?<bundle>\S+) ----$/ },
    { line: /^lacp_status: (?<b_protocol>\S+)$/ },
    { line: /^(?:member|slave) (?<member>\S+): (?<m_link>enabled|disabled)$/ },
    { line: /^\s+(?<m_role>active) (?:member|slave)$/ },
  ],
  words: {
    b_protocol: { negotiated: 'lacp', configured: 'lacp', off: 'static' },
    m_link: { enabled: 'up', disabled: 'down' },
  },
  passes: [
    /^bond_mode: |^bond may use recirculation|^bond-hash-basis|^lb_output action|^(?:up|down)delay|^next rebalance/,
    /^lacp_fallback_ab|^active-backup primary|^active (?:member|slave) mac|^primary|^\s+may_enable|^\s+hash \d+|^\s+\S+ kB load/,
  ],
  source: 'openvswitch/ovs ofproto/bond.c, bond_print_details(); a real 3.1 daemon',
}

const lacpShow: Format = {
  platform: 'openvswitch',
  command: 'ovs-appctl lacp/show',
  kind: 'switch',
  named: true,
  begins: [/^\s+status: (?:active|passive)/],
  preface,
  rows: [
    { line: /^---- (?<bundle>\S+) ----$/, gives: { b_protocol: 'lacp' } },
    { line: /^\s+status: (?<b_lacpActive>active|passive)\b.*$/ },
    { line: /^\s+sys_id: (?<b_system>\S+)$/ },
    { line: /^\s+lacp_time: (?<b_lacpRate>slow|fast)$/ },
    {
      line: /^(?:member|slave): (?<member>\S+): (?<m_standing>current|expired|defaulted) (?:attached|detached)$/,
    },
    { line: /^ {2}actor sys_id: (?<a_system>\S+)$/ },
    { line: /^ {2}actor sys_priority: (?<a_systemPriority>\d+)$/ },
    { line: /^ {2}actor port_id: (?<a_portNumber>\d+)$/ },
    { line: /^ {2}actor key: (?<a_key>\d+)$/ },
    { line: /^ {2}actor state: ?(?<a_state>.*)$/ },
    { line: /^ {2}partner sys_id: (?<p_system>\S+)$/ },
    { line: /^ {2}partner sys_priority: (?<p_systemPriority>\d+)$/ },
    { line: /^ {2}partner port_id: (?<p_portNumber>\d+)$/ },
    { line: /^ {2}partner key: (?<p_key>\d+)$/ },
    { line: /^ {2}partner state: ?(?<p_state>.*)$/ },
  ],
  words: {
    b_lacpActive: { active: 'on', passive: 'off' },
    m_standing: { current: '', expired: '', defaulted: '' },
  },
  states: { a_state: states, p_state: states },
  passes: [
    /^\s+(?:sys_priority|aggregation key|port_id|port_priority|may_enable|pending|lacp_time): /,
    /^ {2}(?:actor|partner) port_priority: /,
  ],
  source: 'openvswitch/ovs lib/lacp.c, lacp_print_details(); a real 3.1 daemon',
}

export const openvswitch: readonly Format[] = [bondShow, lacpShow]
