// Configurations that say in one place what holds in others: port profiles of NX-OS and groups of Junos are followed, and what
// brings in something that is not in the text is reported where it stands.

import { expect, test } from 'vitest'
import { readBack, targetNamed } from './support.ts'

const back = (id: string, content: string) => {
  const { self, diagnostics } = readBack([{ path: 'running.cfg', content }], targetNamed(id))
  return {
    lags: Object.fromEntries(self.lags.map(({ number, options }) => [number, options])),
    found: diagnostics.map(({ code, region }) => `${region?.line} ${code}`),
  }
}

test('NX-OS: profiles, also by way of others, and what an interface says itself', () => {
  const { lags, found } = back(
    'cisco-nxos',
    `port-profile type port-channel TRUNK
  switchport mode trunk
  switchport trunk allowed vlan 10,20
  state enabled
port-profile type port-channel HOSTS
  inherit port-profile TRUNK
  spanning-tree port type edge trunk
  state enabled
port-profile type ethernet MEMBERS
  lacp rate fast
  channel-group 10 mode active
  state enabled
port-profile type ethernet LATER
  channel-group 11 mode active
interface port-channel10
  inherit port-profile HOSTS
  switchport trunk allowed vlan 10,30
interface Ethernet1/1
  inherit port-profile MEMBERS
interface Ethernet1/2
  inherit port-profile MEMBERS
  lacp rate normal
interface Ethernet1/3
  inherit port-profile LATER
interface Ethernet1/4
  inherit port-profile GONE
`,
  )
  expect(Object.keys(lags)).toEqual(['10'])
  expect(lags[10]).toMatchObject({ mode: 'active', ports: ['Ethernet1/1', 'Ethernet1/2'], edge: true })
  expect(lags[10]?.vlans).toEqual([
    { from: 10, to: 10 },
    { from: 30, to: 30 },
  ])
  // The profile is not in the text.
  expect(found).toEqual(['26 not-understood'])
})

const junosGroups = `set groups LACP interfaces <ae*> aggregated-ether-options lacp active
set groups LACP interfaces <ae*> aggregated-ether-options lacp periodic fast
set groups JUMBO interfaces <*> mtu 9216
set groups UNUSED interfaces <ae*> aggregated-ether-options minimum-links 2
`
const junosBody = `set interfaces ae1 unit 0 family ethernet-switching interface-mode access
set interfaces ae2 aggregated-ether-options lacp periodic slow
set interfaces ae2 apply-groups JUMBO
set interfaces xe-0/0/1 ether-options 802.3ad ae1
set interfaces xe-0/0/2 ether-options 802.3ad ae2
`

test('Junos: groups for the whole and below an interface, and what is said nearer', () => {
  const { lags, found } = back('juniper-junos', `${junosGroups}set apply-groups LACP\n${junosBody}`)
  expect(lags[1]).toMatchObject({ mode: 'active', 'lacp-rate': 'fast', mtu: 1500, ports: ['xe-0/0/1'] })
  expect(lags[2]).toMatchObject({ mode: 'active', 'lacp-rate': 'slow', ports: ['xe-0/0/2'] })
  expect(lags[2]?.mtu).toBeGreaterThan(9000)
  expect(lags[1]?.['min-links']).toBeUndefined()
  expect(found).toEqual([])
})

test('Junos: in braces, with an exception, and a group that is not in the text', () => {
  const { lags, found } = back(
    'juniper-junos',
    `groups {
    LACP {
        interfaces {
            <ae*> {
                aggregated-ether-options {
                    lacp {
                        passive;
                    }
                }
            }
        }
    }
}
apply-groups [ LACP GONE ];
interfaces {
    ae1 {
        mtu 9192;
    }
    ae2 {
        apply-groups-except LACP;
    }
    xe-0/0/1 {
        ether-options {
            802.3ad ae1;
        }
    }
    xe-0/0/2 {
        ether-options {
            802.3ad ae2;
        }
    }
}
`,
  )
  expect(lags[1]).toMatchObject({ mode: 'passive' })
  expect(lags[2]).toMatchObject({ mode: 'static' })
  expect(found).toEqual(['14 not-understood'])
})

test('IOS templates and EOS profiles are not followed, which is said', () => {
  const text = (line: string): string => `interface Ethernet1\n ${line}\n`
  expect(
    back('cisco-ios', text('source template HOSTS').replace('Ethernet1', 'GigabitEthernet1/0/1')).found,
  ).toEqual(['2 not-understood'])
  expect(back('arista-eos', text('profile HOSTS')).found).toEqual(['2 not-understood'])
})
