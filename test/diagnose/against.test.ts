// Where what runs differs from an intent, at the line that shows it and with the place that says otherwise.

import { expect, test } from 'vitest'
import { diagnose } from '../../src/diagnose/index.ts'
import { sourceText } from '../../src/intent/text.ts'
import { dedent } from '../support/examples.ts'
import { run } from '../support/memory-io.ts'
import { read } from '../support/read.ts'

const codes = [
  'bond-not-there',
  'member-missing',
  'member-unplanned',
  'state-differs',
  'cabled-otherwise',
  'not-collected',
]

/** What is said of a paste beside an intent: severity, code, message, and the texts of the places. */
function differences(pasted: string, intent: string): readonly string[] {
  const meant = read(dedent(intent))
  expect(meant.diagnostics).toEqual([])
  const source = sourceText('paste', dedent(pasted))
  const { diagnostics } = diagnose([{ path: 'paste', source }], { intent: meant.intent })
  return diagnostics.flatMap(({ code, severity, message, region, at, related = [] }) => {
    if (!codes.includes(code)) return []
    const lines = region === undefined ? [] : source.linesOf(region)
    const shown = lines[0]?.slice((region?.column ?? 1) - 1, (region?.endColumn ?? 1) - 1)
    const there = at ?? related[0]?.at
    const place = there === undefined ? {} : { at: there }
    const [placed] = meant.locate([{ code, severity, message: 'x', ...place }])
    const said = placed?.lines?.[0]?.slice(
      (placed.region?.column ?? 1) - 1,
      (placed.region?.endColumn ?? 1) - 1,
    )
    return [`${severity} ${code}: ${message} [${shown ?? ''}] [${said ?? ''}]`]
  })
}

const proc = `
  h1# cat /proc/net/bonding/bond0
  Bonding Mode: IEEE 802.3ad Dynamic link aggregation
  Transmit Hash Policy: layer2 (0)
  MII Status: up
  MII Polling Interval (ms): 100
  LACP active: on
  LACP rate: slow
  Min links: 0
  Aggregator selection policy (ad_select): stable
  System MAC address: 52:54:00:00:00:0a
  Slave Interface: eth0
  MII Status: up
  Speed: 1000 Mbps
  Permanent HW addr: 52:54:00:00:00:0a
  details actor lacp pdu:
      system mac address: 52:54:00:00:00:0a
      port number: 1
  Slave Interface: eth2
  MII Status: up
  Speed: 10000 Mbps
  Permanent HW addr: 52:54:00:00:00:0c
  details actor lacp pdu:
      system mac address: 52:54:00:00:00:0a
      port number: 2
`

test('nothing is said of what is as it was meant', () => {
  expect(differences(proc, 'hosts: {h1: {bonds: {bond0: {mode: 802.3ad, members: [eth0, eth2]}}}}')).toEqual(
    [],
  )
})

test('bonds, members, options, addresses and speeds', () => {
  const intent = `
    hosts:
      h1:
        ports: {eth0: {speed: 10G, mac: "52:54:00:00:00:0b"}}
        bonds:
          bond0: {mode: 802.3ad, members: [eth0, eth1], lacp-rate: fast, xmit-hash-policy: layer3+4}
          bond1: {members: [eth3]}
      h2: {bonds: {bond0: {members: [eth0]}}}
  `
  expect(differences(proc, intent)).toEqual([
    'error member-missing: eth1 is to be a member of h1 bond0, and is not [] [eth1]',
    'warning member-unplanned: eth2 is a member of h1 bond0, and the intent does not say so [eth2] [members]',
    'warning state-differs: lacp-rate of h1 bond0 is slow, and is to be fast [slow] [fast]',
    'warning state-differs: xmit-hash-policy of h1 bond0 is layer2, and is to be layer3+4 [layer2] [layer3+4]',
    'error state-differs: the address of eth0 of h1 bond0 is 52:54:00:00:00:0a, and is to be 52:54:00:00:00:0b [52:54:00:00:00:0a] ["52:54:00:00:00:0b"]',
    'warning state-differs: the speed of eth0 of h1 bond0 is 1000 Mbit/s, and is to be 10000 Mbit/s [1000 Mbps] [10G]',
    'error bond-not-there: h1 has no bond1: it shows bond0 [] [bond1]',
    'note not-collected: nothing was collected of h2, so nothing is said of it [] [h2]',
  ])
})

test('of another mode nothing else is compared, and what is not said is what the driver makes of it', () => {
  expect(
    differences(
      proc,
      'hosts: {h1: {bonds: {bond0: {members: [eth0, eth2], miimon: 50, mode: balance-xor}}}}',
    ),
  ).toEqual([
    'error state-differs: the mode of h1 bond0 is 802.3ad, and is to be balance-xor [IEEE 802.3ad Dynamic link aggregation] [balance-xor]',
  ])
  expect(
    differences(
      proc.replace('LACP active: on', 'LACP active: off'),
      'hosts: {h1: {bonds: {bond0: {members: [eth0, eth2], mode: 802.3ad}}}}',
    ),
  ).toEqual(['warning state-differs: lacp-active of h1 bond0 is off, and is to be on [off] [bond0]'])
})

test('one host and one of the intent are the same, whatever they are called', () => {
  const bare = proc.replace(/^.*cat .*\n/m, '')
  expect(
    differences(bare, 'hosts: {web7: {bonds: {bond0: {mode: 802.3ad, members: [eth0, eth2]}}}}'),
  ).toEqual([])
  expect(
    differences(
      bare,
      'hosts: {web7: {bonds: {bond0: {mode: 802.3ad, members: [eth0, eth2]}}}, web8: {bonds: {bond0: {members: [eth0]}}}}',
    ),
  ).toEqual([
    'note not-collected: nothing was collected of web7 and web8, so nothing is said of them [] [web7]',
  ])
})

const ios = `
  sw1#show etherchannel summary
  Group  Port-channel  Protocol    Ports
  1      Po1(SU)         LACP      Gi1/0/1(P)     Gi1/0/3(P)
  sw1#show lacp neighbor
  Channel group 1 neighbors
  Gi1/0/1   FA      255       5254.0000.000a   5s    0x0    0x9    0x1     0x3F
  Gi1/0/3   FA      255       5254.0000.000a   5s    0x0    0x9    0x2     0x3F
`

const cabled = (eth0: string, eth2: string, more = '') => `
  hosts:
    h1:
      ports: {eth0: {to: "${eth0}"}, eth2: {to: "${eth2}"}}
      bonds: {bond0: {mode: 802.3ad, members: [eth0, eth2], lag: 1}}
  switches: {sw1: {platform: cisco-ios}${more}}
`

test('cables as LACP shows them, and the LAG of the switch', () => {
  expect(differences(proc + ios, cabled('sw1:Gi1/0/1', 'sw1:Gi1/0/3'))).toEqual([])
  expect(differences(proc + ios, cabled('sw1:Gi1/0/3', 'sw1:Gi1/0/1'))).toEqual(
    [
      'warning cabled-otherwise: eth0 of h1 bond0 is cabled to sw1 Gi1/0/1, and is to be at sw1 GigabitEthernet1/0/3, which is in the same LAG [eth0] ["sw1:Gi1/0/3"]',
      'warning cabled-otherwise: eth2 of h1 bond0 is cabled to sw1 Gi1/0/3, and is to be at sw1 GigabitEthernet1/0/1, which is in the same LAG [eth2] ["sw1:Gi1/0/1"]',
    ].map(line => line.replaceAll('GigabitEthernet', 'Gi')),
  )
  expect(differences(proc + ios, cabled('sw1:Gi1/0/1', 'sw1:Gi1/0/2'))).toEqual([
    'error cabled-otherwise: eth2 of h1 bond0 is cabled to sw1 Gi1/0/3, and is to be at sw1 Gi1/0/2 [eth2] ["sw1:Gi1/0/2"]',
    'error member-missing: GigabitEthernet1/0/2 is to be a member of sw1 Po1, and is not [] ["sw1:Gi1/0/2"]',
    'warning member-unplanned: Gi1/0/3 is a member of sw1 Po1, and the intent does not say so [Gi1/0/3] ["sw1:Gi1/0/1"]',
  ])
})

test('cables as LLDP tells them', () => {
  const lldp = `
  h1# lldpctl -f keyvalue
  lldp.eth0.via=LLDP
  lldp.eth0.chassis.name=sw1.example.net
  lldp.eth0.port.ifname=GigabitEthernet1/0/1
  lldp.eth2.via=LLDP
  lldp.eth2.chassis.name=sw2
  lldp.eth2.port.ifname=Gi1/0/1
  lldp.eth9.chassis.name=sw3
`
  expect(differences(proc + lldp, cabled('sw1:Gi1/0/1', 'sw1:Gi1/0/3'))).toEqual([
    'error cabled-otherwise: eth2 of h1 bond0 is cabled to sw2 Gi1/0/1, and is to be at sw1 Gi1/0/3 [Gi1/0/1] ["sw1:Gi1/0/3"]',
    'note not-collected: nothing was collected of sw1, so nothing is said of it [] [sw1]',
  ])
})

test('a LAG that is static, and one that is not there', () => {
  const pasted = `
  sw1#show etherchannel summary
  Group  Port-channel  Protocol    Ports
  1      Po1(SU)          -        Gi1/0/1(P)     Gi1/0/3(P)
  `
  const intent = cabled('sw1:Gi1/0/1', 'sw1:Gi1/0/3', ', sw2: {platform: cisco-ios}')
  expect(differences(pasted, intent)).toEqual([
    'error state-differs: the protocol of sw1 Po1 is static, and is to be lacp [-] ["sw1:Gi1/0/1"]',
    'note not-collected: nothing was collected of h1, so nothing is said of it [] [h1]',
  ])
  expect(differences(pasted.replaceAll(/\b(Po)?1(?= |\()/g, '$17'), intent)[0]).toBe(
    'error bond-not-there: sw1 has no LAG 1: it shows Po7 [] ["sw1:Gi1/0/1"]',
  )
})

test('as a command', async () => {
  const files = {
    state: dedent(proc),
    'net.yaml':
      'hosts:\n  h1:\n    bonds:\n      bond0: {mode: 802.3ad, members: [eth0, eth2], lacp-rate: fast}\n',
  }
  const { out, status } = await run(['diagnose', 'state', '--intent', 'net.yaml'], { files })
  expect(status).toBe(0)
  expect(out).toContain(`warning[state-differs]: lacp-rate of h1 bond0 is slow, and is to be fast
 --> state:7:12
  |
7 | LACP rate: slow
  |            ^^^^
note: what is said
 --> net.yaml:4:64
  |
4 |       bond0: {mode: 802.3ad, members: [eth0, eth2], lacp-rate: fast}
  |                                                                ----`)
  expect((await run(['diagnose', 'state', '--cabling', 'x'], { files })).status).toBe(2)
  const bare = { state: files.state.replace(/^.*\n/, '') }
  expect((await run(['diagnose', 'state', '--name', 'web1'], { files: bare })).out).toMatch(/^web1 bond: /)
})
