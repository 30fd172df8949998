import { expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'

const intent = `
profiles: {lacp: {mode: 4, miimon: 100}}
hosts:
  web-1:
    target: netplan@0.106
    ports: {eth0: {speed: 1G, to: "sw-a:1"}, eth1: {to: "sw-a:2"}}
    bonds: {bond0: {use: lacp, members: [eth0, eth1], addresses: [192.0.2.1/24]}}
  db1: {target: [ifupdown, networkd], bonds: {bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1]}}}
switches:
  sw-a: {platform: aruba-aos-s, lags: {"24": {ports: ["23", "24"], to: "sw-b:24", mode: active}}}
`
const files = { 'site.yaml': intent }

test('hosts and switches with groups by target, switch and platform', async () => {
  const { status, out, err } = await run(['inventory', '--list', 'site.yaml'], { files })
  expect(err).not.toContain('error')
  expect(status).toBe(0)
  const { _meta, ...groups } = JSON.parse(out)
  expect(groups).toEqual({
    all: {
      children: [
        'bondplan_hosts',
        'target_netplan',
        'switch_sw_a',
        'target_ifupdown',
        'target_networkd',
        'bondplan_switches',
        'platform_aruba_aos_s',
      ],
    },
    bondplan_hosts: { hosts: ['web-1', 'db1'] },
    target_netplan: { hosts: ['web-1'] },
    switch_sw_a: { hosts: ['web-1'] },
    target_ifupdown: { hosts: ['db1'] },
    target_networkd: { hosts: ['db1'] },
    bondplan_switches: { hosts: ['sw-a'] },
    platform_aruba_aos_s: { hosts: ['sw-a'] },
  })
  expect(Object.keys(_meta.hostvars)).toEqual(['web-1', 'db1', 'sw-a'])
})

test('variables are what the intent says, with profiles resolved and in the neutral spelling', async () => {
  const { out } = await run(['inventory', '--host', 'web-1', 'site.yaml'], { files })
  expect(JSON.parse(out)).toEqual({
    bondplan: {
      target: ['netplan@0.106'],
      ports: { eth0: { speed: '1G', to: 'sw-a:1' }, eth1: { to: 'sw-a:2' } },
      bonds: {
        bond0: { members: ['eth0', 'eth1'], mode: '802.3ad', miimon: 100, addresses: ['192.0.2.1/24'] },
      },
      vlans: {},
      bridges: {},
    },
  })
})

test('the variables of a host are an intent again, which renders the same files', async () => {
  const one = await run(['inventory', '--host', 'web-1', 'site.yaml'], { files })
  const again = { 'web-1.json': JSON.stringify(JSON.parse(one.out).bondplan) }
  const [first, second] = [
    await run(['render', '--host', 'web-1', 'site.yaml'], { files }),
    await run(['render', 'web-1.json'], { files: again }),
  ]
  expect(second.err).toBe('')
  expect(second.out).toBe(first.out)
})

test('--target regroups', async () => {
  const { out } = await run(['inventory', '--target', 'nmstate', 'site.yaml'], { files })
  expect(JSON.parse(out).target_nmstate).toEqual({ hosts: ['web-1', 'db1'] })
  expect(JSON.parse(out).target_netplan).toBeUndefined()
})

test('names that Ansible cannot tell apart', async () => {
  const twin = {
    'a.yaml':
      'hosts: {x: {target: netplan}}\nswitches: {x: {platform: arista-eos}, s-1: {platform: arista-eos}}\n',
  }
  const { status, err, out } = await run(['inventory', 'a.yaml'], { files: twin })
  expect(status).toBe(1)
  expect(out).toBe('')
  expect(err).toContain('error[inventory-name-clash]')
  const groups = {
    'a.yaml': `
hosts:
  h: {target: netplan, ports: {e0: {to: "s-1:Ethernet1"}, e1: {to: "s.1:Ethernet1"}}}
switches: {s-1: {platform: arista-eos}, s.1: {platform: arista-eos}}
`,
  }
  const merged = await run(['inventory', 'a.yaml'], { files: groups })
  expect(merged.status).toBe(0)
  expect(merged.err.replaceAll(/\s+/g, ' ')).toContain(
    'switch_s-1 and switch_s.1 are one group to Ansible, switch_s_1',
  )
})

test.each([
  [['inventory', '--host', 'web-2', 'site.yaml'], 'did you mean web-1?'],
  [['inventory', '--list', '--host', 'web-1', 'site.yaml'], 'exclude each other'],
])('%j could not run', async (argv, text) => {
  const { status, err } = await run(argv, { files })
  expect(status).toBe(2)
  expect(err).toContain(text)
})
