// More running configurations as switches print them: heads that say more than a name, VLAN 1 that passes by default, lists of
// LAGs and ports in one line, three tables for one LAG.

import { expect, test } from 'vitest'
import { readBack, targetNamed } from './support.ts'

const back = (id: string, content: string) => {
  const { self, diagnostics, outside } = readBack([{ path: 'running.cfg', content }], targetNamed(id))
  const lags = Object.fromEntries(self.lags.map(({ number, options }) => [number, options]))
  return { lags, self, diagnostics, outside }
}

test('AOS-CX: multi-chassis LAGs with and without LACP, a trunk for all VLANs, another spelling of the end station', () => {
  const { lags, self, diagnostics } = back(
    'aruba-aos-cx',
    `!
!Version ArubaOS-CX GL.10.06.0110
hostname sw-leaf-001
vlan 1-2,4,7
interface lag 1 multi-chassis
    no shutdown
    description ncn-w001
    no routing
    vlan trunk native 1
    vlan trunk allowed 1-2,4,7
    lacp mode active
    lacp fallback
    hash l4-src-dst
    spanning-tree port-type admin-edge
interface lag 2 multi-chassis static
    no shutdown
    no routing
    vlan access 4
interface lag 256
    no shutdown
    description ISL link
    no routing
    vlan trunk native 1 tag
    vlan trunk allowed all
    lacp mode active
interface 1/1/1
    no shutdown
    mtu 9198
    description ncn-w001:ocp:1
    lag 1
interface 1/1/7
    lag 2
interface 1/1/31
    lag 256
interface 1/1/32
    lag 256
vsx
    inter-switch-link lag 256
    role primary
`,
  )
  expect(lags[1]).toMatchObject({
    mode: 'active',
    'lacp-rate': 'slow',
    ports: ['1/1/1'],
    mlag: true,
    fallback: 'on',
    edge: true,
    native: 1,
    untagged: true,
    vlans: [
      { from: 2, to: 2 },
      { from: 4, to: 4 },
      { from: 7, to: 7 },
    ],
    mtu: 9198,
  })
  expect(lags[2]).toMatchObject({ mode: 'static', mlag: true, native: 4, vlans: [], ports: ['1/1/7'] })
  expect(lags[256]).toMatchObject({ mode: 'active', mlag: false, vlans: [{ from: 2, to: 4094 }] })
  expect(self.options['load-balance']).toBe('layer3+4')
  expect(diagnostics).toMatchObject([{ code: 'not-understood', region: { line: 23 } }])
})

test('VRP: members named by the trunk, VLAN 1 that passes until it is taken away, the newer word for the mode', () => {
  const { lags, diagnostics } = back(
    'huawei-vrp',
    `#
sysname sw1
#
vlan batch 10 20 to 22
#
interface Eth-Trunk1
 description to host1
 port link-type trunk
 port trunk allow-pass vlan 10 20 to 22
 mode lacp
 lacp timeout fast
 load-balance src-dst-mac
 trunkport GigabitEthernet 0/0/1 to 0/0/2
#
interface Eth-Trunk2
 port link-type trunk
 undo port trunk allow-pass vlan 1
 port trunk allow-pass vlan 10
#
interface GigabitEthernet0/0/3
 eth-trunk 2
#
interface GigabitEthernet0/0/4
 eth-trunk 2
 qos lr outbound cir 1000
#
return
`,
  )
  expect(lags[1]).toMatchObject({
    mode: 'active',
    'lacp-rate': 'fast',
    ports: ['GigabitEthernet0/0/1', 'GigabitEthernet0/0/2'],
    vlans: [
      { from: 10, to: 10 },
      { from: 20, to: 22 },
    ],
    native: 1,
    untagged: true,
  })
  expect(lags[2]).toMatchObject({ mode: 'static', vlans: [{ from: 10, to: 10 }], untagged: false })
  expect(diagnostics).toMatchObject([{ code: 'not-understood', region: { line: 25 } }])
})

test('Comware: what a LAG hands on to its members is read once, members that only answer', () => {
  const { lags, diagnostics } = back(
    'h3c-comware',
    `#
 version 7.1.070, Release 6607
#
interface Bridge-Aggregation3
 port link-type trunk
 undo port trunk permit vlan 1
 port trunk permit vlan 10 20
 port trunk pvid vlan 10
 link-aggregation mode dynamic
#
interface Ten-GigabitEthernet1/0/1
 port link-mode bridge
 port link-type trunk
 undo port trunk permit vlan 1
 port trunk permit vlan 10 20
 port trunk pvid vlan 10
 lacp mode passive
 lacp period short
 port link-aggregation group 3
#
return
`,
  )
  expect(lags[3]).toMatchObject({
    mode: 'passive',
    'lacp-rate': 'fast',
    ports: ['Ten-GigabitEthernet1/0/1'],
    vlans: [{ from: 20, to: 20 }],
    native: 10,
    untagged: true,
  })
  expect(diagnostics).toEqual([])
})

test('FASTPATH: participation and tagging, a LAG that is static as it came', () => {
  const { lags, diagnostics } = back(
    'netgear-managed',
    `!Current Configuration:
vlan database
vlan 10,20
exit
configure
interface lag 1
description "host1"
no port-channel static
port-channel load-balance 6
vlan pvid 10
vlan participation exclude 1
vlan participation include 10,20
vlan tagging 20
exit
interface 1/0/1
addport lag 1
exit
interface 1/0/2
addport lag 2
exit
exit
`,
  )
  expect(lags[1]).toMatchObject({
    mode: 'active',
    'lacp-rate': 'slow',
    description: 'host1',
    native: 10,
    vlans: [{ from: 20, to: 20 }],
    untagged: true,
  })
  expect(lags[2]).toMatchObject({ mode: 'static', ports: ['1/0/2'] })
  expect(diagnostics).toEqual([])
})

test('EXOS: a LAG by its lowest port, VLANs by name, lists of ports', () => {
  const { lags, diagnostics } = back(
    'extreme-exos',
    `# Module vlan configuration.
create vlan "servers"
configure vlan servers tag 10
enable sharing 5 grouping 5-6 algorithm address-based L3_L4 lacp
enable sharing 7 grouping 7,8 algorithm address-based L3_L4
configure vlan default delete ports 5
configure vlan servers add ports 5,7 tagged
configure sharing 5 lacp timeout short
`,
  )
  expect(lags[5]).toMatchObject({
    mode: 'active',
    'lacp-rate': 'fast',
    ports: ['5', '6'],
    vlans: [{ from: 10, to: 10 }],
    untagged: false,
  })
  expect(lags[7]).toMatchObject({ mode: 'static', ports: ['7', '8'], untagged: true })
  expect(diagnostics).toEqual([])
})

test('FastIron: two blocks for a LAG, runs of ports and LAGs in one line, VLANs with names', () => {
  const { lags, diagnostics } = back(
    'ruckus-fastiron',
    `ver 08.0.80
!
lag "to host1" dynamic id 3
 ports ethe 1/1/1 to 1/1/2 ethe 2/1/1
 lacp-timeout short
!
lag h2 static id 4
 ports ethe 1/1/5
!
vlan 1 name DEFAULT-VLAN by port
!
vlan 10 name servers by port
 tagged ethe 1/1/9 lag 3 to 4
 untagged ethe 1/1/10
!
interface lag 3
 port-name host1
!
`,
  )
  expect(lags[3]).toMatchObject({
    mode: 'active',
    'lacp-rate': 'fast',
    ports: ['ethernet 1/1/1', 'ethernet 1/1/2', 'ethernet 2/1/1'],
    description: 'host1',
    vlans: [{ from: 10, to: 10 }],
    untagged: false,
  })
  expect(lags[4]).toMatchObject({ mode: 'static', ports: ['ethernet 1/1/5'], vlans: [{ from: 10, to: 10 }] })
  expect(diagnostics).toEqual([])
})

test('FortiSwitch: a trunk of another name takes the number of its lowest port', () => {
  const { lags, diagnostics } = back(
    'fortiswitch',
    `config switch trunk
    edit "uplink-a"
        set mode lacp-active
        set members "port3" "port4"
    next
end
config switch interface
    edit "port3"
        set snmp-index 3
    next
    edit "uplink-a"
        set native-vlan 10
        set allowed-vlans 20-22
        set snmp-index 40
    next
end
`,
  )
  expect(lags[3]).toMatchObject({
    mode: 'active',
    ports: ['port3', 'port4'],
    native: 10,
    vlans: [{ from: 20, to: 22 }],
    untagged: true,
    edge: true,
  })
  expect(diagnostics).toMatchObject([{ code: 'lag-renamed', severity: 'note', region: { line: 4 } }])
})

const freely = [
  [
    'mikrotik-routeros',
    `/interface bonding add mode=802.3ad name=core-lag slaves=ether3,ether4
/interface bridge port add bridge=bridge1 interface=core-lag pvid=7`,
  ],
  [
    'cumulus-nvue',
    `nv set interface core-lag type bond
nv set interface core-lag bond member swp3-4
nv set interface core-lag bridge domain br_default access 7`,
  ],
  [
    'cumulus-ifupdown2',
    `auto core-lag
iface core-lag inet manual
    bond-ports swp3 swp4
    bridge-access 7

auto bridge
iface bridge
    bridge-vlan-aware yes
    bridge-ports core-lag`,
  ],
  ['openvswitch', 'ovs-vsctl add-bond br0 core-lag eth2 eth3 lacp=active vlan_mode=access tag=7'],
  [
    'linux-bridge',
    `ip link add core-lag type bond mode 802.3ad
ip link set lan3 master core-lag
ip link set lan4 master core-lag
ip link set core-lag master br0
bridge vlan add vid 7 dev core-lag pvid untagged`,
  ],
  [
    'fortiswitch',
    `config switch trunk
    edit "core-lag"
        set mode lacp-active
        set members "port3" "port4"
    next
end
config switch interface
    edit "core-lag"
        set native-vlan 7
    next
end`,
  ],
] as const

test.each(freely)('%s: a LAG of any name has a number, which is said', (id, text) => {
  const { lags, diagnostics } = back(id, text)
  expect(diagnostics).toMatchObject([{ code: 'lag-renamed', message: expect.stringContaining('core-lag') }])
  const [[, lag] = []] = Object.entries(lags)
  expect(Object.keys(lags)).toHaveLength(1)
  expect(lag).toMatchObject({ mode: 'active', native: 7, vlans: [] })
  expect(lag?.ports).toHaveLength(2)
})

test('a LAG of any name leaves the numbers of others alone', () => {
  const { lags } = back(
    'mikrotik-routeros',
    `/interface bonding add mode=802.3ad name=lag9 slaves=ether1,ether2
/interface bonding add mode=802.3ad name=bond1 slaves=ether3,ether4
/interface bonding set lag9 comment="lag9 to bond1"`,
  )
  expect(lags[1]).toMatchObject({ ports: ['ether3', 'ether4'] })
  expect(lags[2]).toMatchObject({ ports: ['ether1', 'ether2'], description: 'lag9 to bond1' })
})

test('linux-bridge: options by modprobe and /sys, modes by number, and what makes a bond that is no LAG', () => {
  const { lags, diagnostics, outside } = back(
    'linux-bridge',
    `#!/bin/sh
modprobe bonding mode=4 lacp_rate=fast
echo +lan1 > /sys/class/net/bond0/bonding/slaves
echo layer3+4 > /sys/class/net/bond0/bonding/xmit_hash_policy
echo 1 > /sys/class/net/bond0/statistics
echo done >&2
ip link add bond1 type bond mode 2
ip link set lan2 master bond1
ip link add bond2 type bond mode active-backup
`,
  )
  expect(lags[0]).toMatchObject({ mode: 'active', 'lacp-rate': 'fast', ports: ['lan1'] })
  expect(lags[1]).toMatchObject({ mode: 'static', ports: ['lan2'] })
  expect(diagnostics).toMatchObject([
    { code: 'not-understood', message: expect.stringContaining('active-backup'), region: { line: 9 } },
  ])
  // A file that is none of a bond's.
  expect(outside).toBe(1)
})

test.each([
  [
    'modprobe -q bonding mode=802.3ad max_bonds=2\nip link set a master bond0\nip link set b master bond1',
    ['active', 'active'],
  ],
  // What is loaded with no bond gives its options to bonds that are made by other means.
  ['modprobe bonding mode=802.3ad max_bonds=0\nip link set a master bond0', [undefined]],
  ['modprobe bonding', []],
])('linux-bridge: %s', (command, modes) => {
  const { lags, outside } = back('linux-bridge', `${command}\nmodprobe 8021q\n`)
  expect(Object.values(lags).map(({ mode }) => mode)).toEqual(modes)
  expect(outside).toBe(1)
})
