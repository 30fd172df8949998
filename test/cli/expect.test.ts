import { expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'

const files = {
  'h.yaml': `
hosts:
  h:
    target: netplan
    bonds:
      bond0: {mode: 802.3ad, miimon: 100, lacp-rate: fast, lacp-active: off, updelay: 250, members: [eth0, eth1]}
      bond1: {mode: active-backup, arp-interval: 200, arp-ip-target: [192.0.2.1, 192.0.2.2], members: [eth2, eth3]}
    vlans: {bond0.10: {id: 10, link: bond0}}
`,
}

async function expected() {
  const { out, status } = await run(['render', '--format', 'json', '--expect', 'h.yaml'], { files })
  expect(status).toBe(0)
  return JSON.parse(out)
}

test('what a host will have: its devices, members, and what the driver holds', async () => {
  const { hosts } = await expected()
  expect(hosts).toHaveLength(1)
  const [{ bonds, ...host }] = hosts
  expect(host).toEqual({
    node: 'h',
    target: 'netplan',
    devices: [
      { name: 'bond0', subject: 'bond' },
      { name: 'bond1', subject: 'bond' },
      { name: 'bond0.10', subject: 'vlan' },
    ],
  })
  expect(bonds[0]).toMatchObject({ name: 'bond0', mode: '802.3ad', members: ['eth0', 'eth1'] })
  // The driver rounds the delay down to whole polls.
  expect(bonds[0].holds).toMatchObject({
    mode: ['802.3ad 4', '4'],
    lacp_rate: ['fast 1', '1'],
    updelay: ['200'],
  })
  // Netplan cannot say lacp-active, so nobody told the driver.
  expect(bonds[0].holds).not.toHaveProperty('lacp_active')
  expect(bonds[1].holds).toMatchObject({ arp_ip_target: ['192.0.2.1 192.0.2.2'], miimon: ['0'] })
  expect(bonds[1].holds).not.toHaveProperty('lacp_rate')
  expect(bonds[1].holds).not.toHaveProperty('active_slave')
})

test('how the files of a target are taken', async () => {
  const { targets } = await expected()
  expect(Object.keys(targets)).toEqual(['netplan'])
  expect(targets.netplan).toMatchObject({
    files: ['etc/netplan/60-bondplan.yaml'],
    mark: 'Written by bondplan',
  })
  expect(targets.netplan.deployment.enter).toEqual([['netplan', 'apply']])
})

test.each([
  [['render', '--expect', 'h.yaml']],
  [['render', '--expect', '--format', 'json', '--out', 'out', 'h.yaml']],
])('%j could not run', async argv => {
  const { status, err } = await run(argv, { files })
  expect(status).toBe(2)
  expect(err).toContain('--expect adds to what --format json prints')
})
