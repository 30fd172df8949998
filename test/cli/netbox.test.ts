// Exports of NetBox's REST interface, small and made by hand after its serializers, and the intents that they mean.

import { describe, expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'

const ref = (name: string, more: object = {}) => ({ id: 1, url: '/api/', display: name, name, ...more })
const page = (...results: readonly object[]): string =>
  JSON.stringify({ count: results.length, next: null, previous: null, results }, undefined, 1)

const device = (name: string, role: string, platform: string | null) => ({
  ...ref(name),
  device_type: ref('any'),
  role: { ...ref(role), slug: role },
  platform: platform === null ? null : { ...ref(platform), slug: platform },
})

const face = (owner: string, name: string, type: string, more: object = {}) => ({
  ...ref(name),
  device: ref(owner),
  type: { value: type, label: type },
  enabled: true,
  parent: null,
  bridge: null,
  lag: null,
  mtu: null,
  mac_address: null,
  speed: null,
  mode: null,
  untagged_vlan: null,
  tagged_vlans: [],
  cable: null,
  link_peers: [],
  connected_endpoints: null,
  tags: [],
  ...more,
})

const cable = (owner: string, name: string) => ({
  cable: { id: 7 },
  link_peers: [ref(name, { device: ref(owner) })],
  link_peers_type: 'dcim.interface',
  connected_endpoints: [ref(name, { device: ref(owner) })],
  connected_endpoints_type: 'dcim.interface',
})

const vlan = (vid: number) => ref(`v${vid}`, { vid })
const devices = page(device('web1', 'server', null), device('sw1', 'leaf', 'arista-eos'))
const hostFaces = [
  face('web1', 'bond0', 'lag', { mtu: 9000 }),
  face('web1', 'eth0', '10gbase-x-sfpp', {
    lag: ref('bond0'),
    mac_address: '52:54:00:AA:00:01',
    ...cable('sw1', 'Ethernet1'),
  }),
  face('web1', 'eth1', '10gbase-x-sfpp', { lag: ref('bond0'), speed: 1000000, ...cable('sw1', 'Ethernet2') }),
  face('web1', 'bond0.10', 'virtual', {
    parent: ref('bond0'),
    mode: { value: 'access' },
    untagged_vlan: vlan(10),
  }),
]
const switchFaces = [
  face('sw1', 'Port-Channel7', 'lag', {
    mode: { value: 'tagged' },
    tagged_vlans: [vlan(10)],
    untagged_vlan: vlan(2),
  }),
  face('sw1', 'Ethernet1', '10gbase-x-sfpp', { lag: ref('Port-Channel7'), ...cable('web1', 'eth0') }),
  face('sw1', 'Ethernet2', '10gbase-x-sfpp', { lag: ref('Port-Channel7'), ...cable('web1', 'eth1') }),
]

const imported = (faces: readonly object[], boxes = devices, ...argv: readonly string[]) =>
  run(['import', '--from', 'netbox', 'd.json', 'i.json', ...argv], {
    files: { 'd.json': boxes, 'i.json': page(...faces) },
  })

test('hosts with bonds, ports and cables, switches with LAGs and platform', async () => {
  const { out, err, status } = await imported([...hostFaces, ...switchFaces], devices, '--format', 'json')
  expect({ err, status }).toEqual({ err: '', status: 0 })
  expect(JSON.parse(out)).toEqual({
    hosts: {
      web1: {
        ports: {
          eth0: { mac: '52:54:00:aa:00:01', speed: '10G', to: 'sw1:Ethernet1' },
          eth1: { speed: '1G', to: 'sw1:Ethernet2' },
        },
        bonds: { bond0: { members: ['eth0', 'eth1'], mtu: 9000 } },
        vlans: { 'bond0.10': { id: 10, link: 'bond0' } },
        bridges: {},
      },
    },
    switches: {
      sw1: {
        platform: 'arista-eos',
        lags: { 7: { ports: ['Ethernet1', 'Ethernet2'], vlans: [10], native: 2, untagged: true } },
      },
    },
  })
})

test('what is printed is an intent, whose only gap is the mode that NetBox does not know', async () => {
  const { out } = await imported([...hostFaces, ...switchFaces])
  const { out: linted } = await run(['lint', 'i.yaml', '--format', 'json'], { files: { 'i.yaml': out } })
  const codes = (JSON.parse(linted).diagnostics as { code: string; severity: string }[])
    .filter(({ severity }) => severity !== 'note')
    .map(({ code }) => code)
  expect(codes).toContain('mode-missing')
  expect(codes).not.toContain('unknown-option')
  expect(codes).not.toContain('port-name')
})

describe('what cannot be understood is said at its place', () => {
  const odd = (name: string, type: string, more: object) => imported([face('web1', name, type, more)])

  test.each([
    ['eth0', '10gbase-t', { lag: ref('bond9') }, '"lag"', 'which is no lag of the export'],
    ['eth0', '10gbase-t', { mtu: 'big' }, '"mtu"', 'mtu is "big"'],
    ['eth0', '10gbase-t', { enabled: false }, '"enabled"', 'enabled of web1 eth0'],
    ['eth0', '10gbase-t', { vrf: ref('red') }, '"vrf"', 'vrf of web1 eth0'],
    ['eth0', '10gbase-t', { tagged_vlans: [vlan(3)] }, '"tagged_vlans"', 'tagged_vlans of web1 eth0'],
    ['eth0', 'other', {}, '"type"', 'does not tell how fast'],
    ['eth0', '10gbase-t', { cable: { id: 3 } }, '"cable"', 'is not in the export'],
    [
      'eth0',
      '10gbase-t',
      {
        cable: { id: 3 },
        link_peers: [ref('1', { device: ref('panel') })],
        link_peers_type: 'dcim.frontport',
      },
      '"link_peers"',
      'does not end at one port',
    ],
    ['a name that is too long', '10gbase-t', {}, '"name"', 'is left out'],
    ['tun0', 'virtual', {}, '"type"', 'names no parent'],
  ])('%s %s %j', async (name, type, more, key, words) => {
    const { err } = await odd(name, type, more)
    expect(err.replace(/\n\s+/g, ' ')).toContain(words)
    const [, line = '0'] = /i\.json:(\d+)/.exec(err) ?? []
    const lines = page(face('web1', name, type, more)).split('\n')
    expect(lines.slice(Math.max(Number(line) - 2, 0), Number(line)).join('\n')).toContain(key)
  })

  test('one page of several, and what is no export', async () => {
    const files = { 'p.json': '{"next": "https://netbox/?offset=50", "results": []}', 'n.json': '{"a": 1}' }
    const { err, status } = await run(['import', '--from', 'netbox', 'p.json', 'n.json'], { files })
    expect(status).toBe(1)
    expect(err).toContain('one page of several')
    expect(err).toContain('this is no list')
  })

  test('a device of which nothing tells what it is; a switch of a platform that nobody knows', async () => {
    expect((await imported(switchFaces, page())).err).toContain('nothing tells what sw1 is')
    const { err, out } = await imported(switchFaces, page(device('sw1', 'leaf', 'other-os')))
    expect(err).toContain('none of bondplan')
    expect(out).toContain('switches:')
  })
})

test('what NetBox says of things that a bond does not have is counted, one note for each kind', async () => {
  const beside = {
    duplex: { value: 'full' },
    custom_fields: { owner: 'net' },
    mgmt_only: false,
    description: '',
  }
  const faces = [
    face('web1', 'bond0', 'lag', { description: 'uplink', custom_fields: { owner: null } }),
    face('web1', 'eth0', '10gbase-x-sfpp', { lag: ref('bond0'), ...beside, ...cable('sw1', 'Ethernet1') }),
    face('web1', 'eth1', '10gbase-x-sfpp', { lag: ref('bond0'), ...beside, ...cable('sw1', 'Ethernet2') }),
  ]
  const boxes = page(
    { ...device('web1', 'server', null), site: ref('ams'), interface_count: 3 },
    device('sw1', 'leaf', 'arista-eos'),
  )
  const { err, status } = await imported(faces, boxes)
  expect(status).toBe(0)
  const said = err.replace(/\s+/g, ' ')
  expect(said).toContain(
    'what NetBox says of interfaces is not in the intent, each with how many say it: description (1), duplex (2), custom_fields (2)',
  )
  expect(said).toContain(
    'what NetBox says of devices is not in the intent, each with how many say it: site (1)',
  )
})

test('the description of a LAG of a switch is in the intent, and not counted', async () => {
  const faces = switchFaces.map(one => ({
    ...one,
    description: one.name === 'Port-Channel7' ? 'to web1' : '',
  }))
  const { out, err } = await imported([...hostFaces, ...faces])
  expect(out).toContain('description: to web1')
  expect(err).not.toContain('each with how many say it')
})
