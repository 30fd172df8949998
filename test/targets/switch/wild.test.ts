// Running configurations as switches print them: what they say of LAGs is read, what is none of ours is counted, and
// what stands in a LAG and is not understood is reported at its line.

import { expect, test } from 'vitest'
import { readBack, targetNamed } from './support.ts'

const back = (id: string, content: string) => {
  const { self, diagnostics, outside, origin } = readBack([{ path: 'running.cfg', content }], targetNamed(id))
  return {
    lags: Object.fromEntries(self.lags.map(({ number, options }) => [number, options])),
    self,
    diagnostics,
    outside,
    origin,
  }
}

test('IOS: a mode and a rate of members, a trunk without a list, dormant access lines, another unit', () => {
  const { lags, diagnostics, outside, self } = back(
    'cisco-ios',
    `version 17.9
hostname sw1
!
port-channel load-balance src-dst-mac
!
interface Port-channel3
 description servers: rack 4
 switchport access vlan 30
 switchport mode trunk
!
interface GigabitEthernet1/0/3
 switchport access vlan 30
 switchport mode trunk
 channel-group 3 mode on
!
interface GigabitEthernet2/0/3
 switchport mode trunk
 channel-group 3 mode on
 carrier-delay 5
!
interface GigabitEthernet1/0/9
 switchport mode access
!
end
`,
  )
  expect(lags[3]).toEqual({
    mode: 'static',
    ports: ['GigabitEthernet1/0/3', 'GigabitEthernet2/0/3'],
    description: 'servers: rack 4',
    vlans: [{ from: 2, to: 4094 }],
    native: 1,
    untagged: true,
    edge: false,
    'min-links': 1,
    mlag: false,
    mtu: 1500,
  })
  expect(self.options['load-balance']).toBe('layer2')
  expect(diagnostics).toMatchObject([{ code: 'not-understood', region: { line: 19, column: 2 } }])
  expect(outside).toBe(3)
})

test('AOS-S: lists of trunks at the VLANs', () => {
  const { lags, diagnostics } = back(
    'aruba-aos-s',
    `; J9729A Configuration Editor; Created on release #WB.16.10.0016
hostname "sw1"
trunk 1-2 trk1 lacp
trunk 3-4 trk2 trunk
trunk 23-24 trk3 lacp
interface 1
   name "server 1"
   exit
interface Trk1
   lacp static passive
   exit
vlan 1
   name "DEFAULT_VLAN"
   no untagged Trk2
   untagged 5-22,Trk1,Trk3
   ip address dhcp-bootp
   exit
vlan 10
   name "servers"
   untagged Trk2
   tagged 5,Trk1,Trk3
   exit
spanning-tree Trk1 admin-edge-port
spanning-tree Trk1 priority 4
`,
  )
  expect(diagnostics).toEqual([])
  expect(
    Object.entries(lags).map(([number, lag]) => [
      number,
      lag.mode,
      lag.ports,
      lag.vlans,
      lag.native,
      lag.edge,
    ]),
  ).toEqual([
    ['1', 'passive', ['1', '2'], [{ from: 10, to: 10 }], 1, true],
    ['2', 'static', ['3', '4'], [], 10, false],
    ['3', 'active', ['23', '24'], [{ from: 10, to: 10 }], 1, false],
  ])
})

test('Junos: curly braces, VLANs by name, lists in brackets, what is inactive', () => {
  const { lags, diagnostics, origin } = back(
    'juniper-junos',
    `## Last commit: 2024-01-01 by admin
version 21.4R3;
chassis { aggregated-devices { ethernet { device-count 12; } } }
interfaces {
    xe-0/0/0 {
        description "host1 eth0";
        ether-options {
            802.3ad ae10;
        }
    }
    xe-0/0/1 {
        gigether-options {
            802.3ad ae10;
        }
    }
    inactive: xe-0/0/2 {
        ether-options {
            802.3ad ae10;
        }
    }
    ae10 {
        description "to host1 bond0";
        mtu 9014;
        aggregated-ether-options {
            lacp {
                passive;
                periodic slow;
            }
        }
        unit 0 {
            family ethernet-switching {
                interface-mode trunk;
                vlan {
                    members [ SERVERS 20 ];
                }
            }
        }
    }
}
vlans {
    SERVERS {
        vlan-id 10;
    }
}
`,
  )
  expect(diagnostics).toEqual([])
  expect(lags[10]).toMatchObject({
    mode: 'passive',
    'lacp-rate': 'slow',
    ports: ['xe-0/0/0', 'xe-0/0/1'],
    description: 'to host1 bond0',
    mtu: 9000,
    vlans: [
      { from: 10, to: 10 },
      { from: 20, to: 20 },
    ],
    untagged: false,
    edge: false,
  })
  const place = { path: ['switches', 'sw1', 'lags', '10', 'mtu'], part: 'value' } as const
  expect(origin.regionOf(place)).toMatchObject({ file: 'running.cfg', line: 23, column: 9 })
})

test('RouterOS: an export, with passive LACP, entries of several VLANs, a line that goes on, what is disabled', () => {
  const { lags, self, diagnostics, origin } = back(
    'mikrotik-routeros',
    `# 2024-05-01 10:00:00 by RouterOS 7.19
# model = CRS326-24G-2S+
/interface bridge
add name=bridge1 vlan-filtering=yes
/interface ethernet
set [ find default-name=ether1 ] comment="host1 eth0" mtu=9000
set [ find default-name=ether2 ] mtu=9000
/interface bonding
add comment="to host1 bond0" lacp-mode=passive lacp-rate=1sec mode=802.3ad \\
    mtu=9000 name=bond3 slaves=ether1,ether2 transmit-hash-policy=layer-2-and-3
add disabled=yes mode=802.3ad name=bond4 slaves=ether3,ether4
add arp-interval=100ms name=bond5 slaves=ether5,ether6
/interface bridge port
add bridge=bridge1 edge=yes frame-types=admit-only-vlan-tagged interface=bond3
add bridge=bridge1 interface=bond5 pvid=30
add bridge=bridge1 interface=ether7
/interface bridge vlan
add bridge=bridge1 tagged=bridge1,bond3,bond5 vlan-ids=10,20-21
add bridge=bridge1 tagged=bond3 untagged=bond5 vlan-ids=30
/ip address
add address=192.0.2.1/24 interface=bridge1
`,
  )
  expect(Object.keys(lags)).toEqual(['3', '5'])
  expect(lags[3]).toMatchObject({
    mode: 'passive',
    'lacp-rate': 'fast',
    ports: ['ether1', 'ether2'],
    description: 'to host1 bond0',
    vlans: [
      { from: 10, to: 10 },
      { from: 20, to: 21 },
      { from: 30, to: 30 },
    ],
    untagged: false,
    edge: true,
    mtu: 9000,
  })
  expect(lags[5]).toMatchObject({ mode: 'static', native: 30, untagged: true, edge: false })
  expect(self.options['load-balance']).toBe('layer2+3')
  expect(diagnostics).toMatchObject([
    { code: 'not-understood', message: expect.stringContaining('arp-interval=100ms') },
  ])
  const place = { path: ['switches', 'sw1', 'lags', '3', 'mtu'], part: 'value' } as const
  expect(origin.regionOf(place)).toMatchObject({ line: 10, column: 5 })
})

test('VyOS: config.boot in braces, and set lines with every value quoted', () => {
  const braces = back(
    'vyos',
    `interfaces {
    bonding bond1 {
        description "to host1 bond0"
        hash-policy "layer3+4"
        lacp-rate "fast"
        member {
            interface "eth1"
            interface "eth2"
        }
        mode "802.3ad"
    }
    bridge br0 {
        enable-vlan
        member {
            interface bond1 {
                allowed-vlan "10"
                allowed-vlan "20-29"
                native-vlan "5"
            }
        }
    }
    ethernet eth1 {
        hw-id "00:00:00:00:00:01"
    }
}
`,
  )
  const set = back(
    'vyos',
    `set interfaces bonding bond1 description 'to host1 bond0'
set interfaces bonding bond1 hash-policy 'layer3+4'
set interfaces bonding bond1 lacp-rate 'fast'
set interfaces bonding bond1 member interface 'eth1'
set interfaces bonding bond1 member interface 'eth2'
set interfaces bonding bond1 mode '802.3ad'
set interfaces bridge br0 enable-vlan
set interfaces bridge br0 member interface bond1 allowed-vlan '10'
set interfaces bridge br0 member interface bond1 allowed-vlan '20-29'
set interfaces bridge br0 member interface bond1 native-vlan '5'
`,
  )
  for (const { lags, diagnostics, self } of [braces, set]) {
    expect(diagnostics).toEqual([])
    expect(lags[1]).toMatchObject({
      mode: 'active',
      'lacp-rate': 'fast',
      ports: ['eth1', 'eth2'],
      description: 'to host1 bond0',
      vlans: [
        { from: 10, to: 10 },
        { from: 20, to: 29 },
      ],
      native: 5,
      untagged: true,
      mtu: 1500,
    })
    expect(self.options['load-balance']).toBe('layer3+4')
  }
})

test('SONiC: a config_db with what no LAG needs, escapes, and a hash in no order that is known', () => {
  const { lags, self, diagnostics } = back(
    'sonic',
    `{
  "DEVICE_METADATA": {"localhost": {"hostname": "sw1"}},
  "PORT": {
    "Ethernet0": {"lanes": "1,2,3,4", "alias": "Eth1", "index": "1", "speed": "100000", "mtu": "9100", "admin_status": "up"},
    "Ethernet4": {"lanes": "5,6,7,8", "speed": "100000", "fec": "rs"}
  },
  "PORTCHANNEL": {
    "PortChannel0007": {"admin_status": "up", "description": "to \\u0068ost1", "fast_rate": "true", "lacp_key": "auto", "mtu": "9100", "color": "red"}
  },
  "PORTCHANNEL_MEMBER": {"PortChannel0007|Ethernet0": {}, "PortChannel0007|Ethernet4": {}},
  "VLAN": {"Vlan10": {"vlanid": "10"}, "Vlan30": {"vlanid": "30"}},
  "VLAN_MEMBER": {
    "Vlan10|PortChannel0007": {"tagging_mode": "tagged"},
    "Vlan30|PortChannel0007": {"tagging_mode": "untagged"}
  },
  "SWITCH_HASH": {"GLOBAL": {"lag_hash": ["SRC_IP", "DST_IP", "IP_PROTOCOL", "L4_SRC_PORT", "L4_DST_PORT"]}}
}
`,
  )
  expect(lags[7]).toMatchObject({
    mode: 'active',
    'lacp-rate': 'fast',
    ports: ['Ethernet0', 'Ethernet4'],
    description: 'to host1',
    vlans: [{ from: 10, to: 10 }],
    native: 30,
    untagged: true,
    mtu: 9100,
  })
  expect(self.options['load-balance']).toBe('layer3+4')
  expect(diagnostics).toMatchObject([{ message: expect.stringContaining('color: red'), region: { line: 8 } }])
})

test('Open vSwitch: a script as people write it', () => {
  const { lags, self, diagnostics } = back(
    'openvswitch',
    `#!/bin/sh
ovs-vsctl --may-exist add-br br0 # the bridge
ovs-vsctl add-bond br0 bond1 eth0 eth1 lacp=active bond_mode=balance-tcp 'other_config:lacp-time=fast'
ovs-vsctl set Port bond1 tag=5 vlan_mode=native-untagged trunks=10,20 \\
  -- set int eth0 mtu_request=9000 -- set int eth1 mtu_request=9000
/usr/bin/ovs-vsctl add-bond br0 bond2 eth2 eth3 -- set port bond2 lacp=passive
ovs-vsctl add-port br0 tap0 tag=7
`,
  )
  expect(lags[1]).toMatchObject({
    mode: 'active',
    'lacp-rate': 'fast',
    ports: ['eth0', 'eth1'],
    vlans: [
      { from: 10, to: 10 },
      { from: 20, to: 20 },
    ],
    native: 5,
    untagged: true,
    mtu: 9000,
  })
  // A port of which no VLAN is said is a trunk of all.
  expect(lags[2]).toMatchObject({
    mode: 'passive',
    'lacp-rate': 'slow',
    vlans: [{ from: 2, to: 4094 }],
    untagged: true,
  })
  expect(self.options['load-balance']).toBe('layer3+4')
  expect(diagnostics).toEqual([])
})

test('NVUE: lists of interfaces in one line, both spellings of on, and the rate that holds when none is said', () => {
  const { lags, diagnostics } = back(
    'cumulus-nvue',
    `nv set bridge domain br_default vlan 10,20-29
nv set interface bond1-2 type bond
nv set interface bond1 bond member swp1-2
nv set interface bond2 bond member swp3,swp5
nv set interface bond1,bond2 bridge domain br_default vlan 10,20-29
nv set interface bond1 bond lacp-bypass on
nv set interface bond2 bond lacp-bypass enabled
nv set interface bond2 bond mode static
nv set interface swp1-3,swp5 link state up
nv set system hostname sw1
`,
  )
  expect(diagnostics).toEqual([])
  expect(lags[1]).toMatchObject({
    mode: 'active',
    'lacp-rate': 'fast',
    fallback: 'on',
    ports: ['swp1', 'swp2'],
    native: 1,
    untagged: true,
  })
  expect(lags[2]).toMatchObject({
    mode: 'static',
    ports: ['swp3', 'swp5'],
    vlans: [
      { from: 10, to: 10 },
      { from: 20, to: 29 },
    ],
  })
})
