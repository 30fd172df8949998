// Plans of changes: what differs, what it needs, and the order in which the two ends are changed.

import { describe, expect, test } from 'vitest'
import { allModes, type Mode } from '../../src/options/index.ts'
import { plan } from '../../src/plan/index.ts'
import { run } from '../support/memory-io.ts'
import { read } from '../support/read.ts'

const intentText = (bond: string, more = '', target = 'netplan'): string => `
hosts:
  web[1-3]:
    target: ${target}
    ports: {eth0: {to: "sw1:{n}"}, eth1: {to: "sw1:{n+20}"}}
    bonds: {bond0: {members: [eth0, eth1], ${bond}}}
switches: {sw1: {platform: aruba-aos-s${more}}}
`

const planned = (old: string, now: string) => plan(read(old).intent, read(now).intent)

const bonds: Readonly<Record<Mode, string>> = {
  'balance-rr': 'mode: balance-rr, miimon: 100',
  'active-backup': 'mode: active-backup, miimon: 100',
  'balance-xor': 'mode: balance-xor, miimon: 100',
  broadcast: 'mode: broadcast, miimon: 100',
  '802.3ad': 'mode: 802.3ad, miimon: 100, lacp-rate: fast',
  'balance-tlb': 'mode: balance-tlb, miimon: 100',
  'balance-alb': 'mode: balance-alb, miimon: 100',
}

test('nothing changes where nothing does', () => {
  const found = planned(intentText(bonds['802.3ad']), intentText(bonds['802.3ad']))
  expect(found).toEqual({ hosts: [], switches: [], same: { hosts: 3, switches: 1 } })
})

test('what is said and holds anyway is no change', () => {
  const old = intentText('mode: 802.3ad')
  expect(planned(old, intentText('mode: 802.3ad, miimon: 100, lacp-rate: slow')).hosts).toEqual([])
})

test('what the driver takes live leaves the bond up', () => {
  const found = planned(
    intentText(bonds['802.3ad']),
    intentText(`${bonds['802.3ad']}, xmit-hash-policy: layer3+4`),
  )
  expect(found.switches).toEqual([])
  expect(found.hosts[0]?.devices).toEqual([
    {
      subject: 'bond',
      name: 'bond0',
      kind: 'changed',
      needs: 'live',
      options: [{ id: 'xmit-hash-policy', from: 'layer2', to: 'layer3+4', needs: 'live', acts: true }],
    },
  ])
  expect(found.hosts[0]?.bonds).toMatchObject([{ needs: 'live', goes: 'live', outMs: 0 }])
})

test.each([
  ['netplan@0.106', 'kept', 'anew'],
  ['netplan@1.2', 'changed', 'live'],
  ['networkd@252', 'kept', 'anew'],
  ['networkd@257', 'changed', 'live'],
  ['ifupdown', 'anew', 'anew'],
])('what a change comes to depends on who applies it: %s', (target, bond, goes) => {
  const found = planned(
    intentText(bonds['802.3ad'], '', target),
    intentText(`${bonds['802.3ad']}, min-links: 1`, '', target),
  )
  expect(found.hosts[0]?.applying).toMatchObject([{ target, by: { bond } }])
  expect(found.hosts[0]?.bonds).toMatchObject([{ needs: 'live', goes }])
})

test('a rate needs the bond down, a mode needs it without members, a VLAN of another number is another device', () => {
  const vlan = (id: number) =>
    intentText(bonds['802.3ad']).replace(/^switches/m, `    vlans: {v: {id: ${id}, link: bond0}}\nswitches`)
  const needs = (old: string, now: string) => planned(intentText(old), intentText(now)).hosts[0]?.devices
  expect(needs('mode: 802.3ad', 'mode: 802.3ad, lacp-rate: fast')).toMatchObject([{ needs: 'down' }])
  expect(needs(bonds['active-backup'], bonds['802.3ad'])).toMatchObject([{ needs: 'empty' }])
  expect(planned(vlan(10), vlan(11)).hosts[0]?.devices).toMatchObject([{ subject: 'vlan', needs: 'anew' }])
})

test('members, cables and hosts come and go', () => {
  const old = `
hosts:
  a: {ports: {eth0: {to: "sw1:1"}}, bonds: {bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1]}}}
  b: {bonds: {bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1]}}}
switches: {sw1: {platform: aruba-aos-s}}`
  const now = `
hosts:
  a: {ports: {eth0: {to: "sw1:5"}}, bonds: {bond0: {mode: active-backup, miimon: 100, members: [eth0, eth2]}}}
  c: {bonds: {bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1]}}}
switches: {sw1: {platform: aruba-aos-s}}`
  const found = planned(old, now)
  expect(found.hosts.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'a changed',
    'b removed',
    'c added',
  ])
  expect(found.hosts[0]?.cables).toEqual([{ port: 'eth0', from: 'sw1:1', to: 'sw1:5' }])
  expect(found.hosts[0]?.devices).toMatchObject([
    {
      name: 'bond0',
      options: [{ id: 'members', from: ['eth0', 'eth1'], to: ['eth0', 'eth2'], needs: 'live' }],
    },
  ])
})

test('hosts that change alike are simulated once', () => {
  const found = planned(intentText(bonds['active-backup']), intentText(bonds['802.3ad']))
  expect(found.hosts.map(({ bonds: [bond] }) => bond?.like)).toEqual([
    undefined,
    { host: 'web1', bond: 'bond0' },
    { host: 'web1', bond: 'bond0' },
  ])
})

test('a switch that changes alone is a change for the hosts behind it', () => {
  const slow = intentText(bonds['802.3ad'], ', lags: {"1": {lacp-rate: slow}}')
  const found = planned(slow, intentText(bonds['802.3ad'], ', lags: {"1": {mode: passive}}'))
  expect(found.hosts).toMatchObject([
    { name: 'web1', devices: [], bonds: [{ goes: 'live', order: { steps: [{ node: 'sw1' }] } }] },
  ])
  expect(found.switches[0]?.lags).toMatchObject([
    { number: 1, options: [{ id: 'mode', from: 'active', to: 'passive' }, { id: 'lacp-rate' }] },
  ])
})

describe('order', () => {
  const pairs = allModes.flatMap(from => allModes.flatMap(to => (from === to ? [] : [{ from, to }])))

  test.each(pairs)('$from to $to: the steps lead there, and no better order is left out', ({ from, to }) => {
    const found = planned(intentText(bonds[from]), intentText(bonds[to]))
    const order = found.hosts[0]?.bonds[0]?.order
    if (order === undefined) throw new Error('the bond changes')
    const nodes = order.steps.flatMap(step => (step.kind === 'change' ? [step.node] : []))
    expect([...nodes].sort()).toEqual(found.switches.length > 0 ? ['sw1', 'web1'] : ['web1'])
    const last = order.steps.at(-1)
    expect(last?.stop.only).toBeUndefined()
    expect(last?.stop.grade).not.toBe('cut')
    // Whatever a bond was and is to be, one cable at a time keeps a link.
    expect(['whole', 'narrow']).toContain(order.worst)
  })

  test('all of them', async () => {
    const lines = pairs.map(({ from, to }) => {
      const order = planned(intentText(bonds[from]), intentText(bonds[to])).hosts[0]?.bonds[0]?.order
      const steps = order?.steps.map(step => {
        const what = step.kind === 'change' ? (step.node === 'sw1' ? 'switch' : 'host') : step.kind
        return `${what} (${step.stop.grade})`
      })
      return `${from} to ${to}: ${steps?.join(', ')}`
    })
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/orders.txt')
  })
})

describe('plan', () => {
  const files = {
    'old.yaml': intentText(bonds['active-backup']),
    'new.yaml': intentText(bonds['802.3ad']),
    'has/web1/etc/network/interfaces': `auto bond0
iface bond0 inet static
    address 192.0.2.11/24
    bond-slaves eth0 eth1
    bond-mode active-backup
    bond-miimon 100
`,
    'web1.yaml':
      'target: ifupdown\nbonds: {bond0: {mode: active-backup, miimon: 200, members: [eth0, eth1], addresses: [192.0.2.11/24]}}\n',
  }

  test.each(['text', 'json', 'markdown'])('as %s', async format => {
    const { out, err, status } = await run(['plan', 'old.yaml', 'new.yaml', '--format', format], { files })
    expect(err).toBe('')
    expect(status).toBe(0)
    const ending = { text: 'txt', json: 'json', markdown: 'md' }[format]
    await expect(out).toMatchFileSnapshot(`golden/active-backup-to-lacp.${ending}`)
    for (const line of format === 'text' ? out.split('\n') : []) expect(line.length).toBeLessThanOrEqual(80)
  })

  test('from what a host has', async () => {
    const { out, status } = await run(['plan', 'has', 'web1.yaml', '--format', 'json'], { files })
    expect(status).toBe(0)
    expect(JSON.parse(out).hosts).toMatchObject([
      { name: 'web1', devices: [{ name: 'bond0', options: [{ id: 'miimon', from: 100, to: 200 }] }] },
    ])
  })

  test('what is wrong with the new one is said, and nothing is planned', async () => {
    const { out, err, status } = await run(['plan', 'old.yaml', 'bad.yaml'], {
      files: { ...files, 'bad.yaml': files['new.yaml'].replace('lacp-rate: fast', 'lacp-rate: fats') },
    })
    expect(out).toBe('')
    expect(err).toMatch(/did you mean fast\?[\s\S]*Nothing was planned\.\n$/)
    expect(status).toBe(1)
  })
})
