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
