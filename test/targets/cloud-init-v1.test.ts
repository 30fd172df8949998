// cloud-init of version 1: what its table cannot show, and the laws that hold for every target.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { cloudInitV1 } from '../../src/targets/host/cloud-init-v1.ts'
import { recall } from '../../src/targets/recall.ts'
import { renderHost } from '../../src/targets/write.ts'
import { anyHost, hostOf } from '../support/intents.ts'
import { expectReturn } from '../support/return.ts'

test('a configuration as people write it', () => {
  const content = `version: 1
config:
- type: physical
  name: eth0
- type: physical
  name: eth1
  wakeonlan: true
- type: bond
  name: bond0
  bond_interfaces: [eth0, eth1]
  params:
    bond-mode: 1
    bond_miimon: 100
    bond-xmit_hash_policy: layer3+4
  subnets:
  - type: static
    address: 192.0.2.2
    netmask: 255.255.255.0
    gateway: 192.0.2.1
    dns_nameservers: 192.0.2.53 192.0.2.54
- type: nameserver
  address: 192.0.2.55
`
  const { statements } = cloudInitV1.dialect.statements(content, 'f')
  const { devices, outside } = cloudInitV1.recognise([{ path: 'f', statements }])
  const region = { file: 'f', line: 1, column: 1, endLine: 1, endColumn: 1 }
  const { host, diagnostics } = recall(devices, cloudInitV1, 'h1', () => region)
  expect(host.bonds.map(({ options }) => options)).toEqual([
    {
      members: ['eth0', 'eth1'],
      mode: 'active-backup',
      miimon: 100,
      'xmit-hash-policy': 'layer3+4',
      addresses: ['192.0.2.2/24'],
      routes: [{ to: 'default', via: '192.0.2.1' }],
      nameservers: { addresses: ['192.0.2.53', '192.0.2.54'] },
    },
  ])
  expect(outside).toBe(1)
  expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('wakeonlan')])
})

test('what would make cloud-init end is not written', () => {
  const fields = {
    bonds: {
      bond0: { 'all-slaves-active': 'on', 'resend-igmp': 3, nameservers: { search: ['example.net'] } },
    },
  }
  const text = (version: string): string =>
    renderHost(hostOf(fields), cloudInitV1, templates, version).files[0]?.content ?? ''
  expect(text('26.1')).toContain('bond-all-slaves-active')
  expect(text('25.1')).not.toContain('bond-all-slaves-active')
  expect(text('26.1')).not.toMatch(/resend|example/)
})

describe('laws', () => {
  test.each(cloudInitV1.versions)(
    'what comes back from %s is what was said, less what was reported',
    version => {
      fc.assert(
        fc.property(anyHost, host => void expectReturn(host, cloudInitV1, version)),
        { numRuns: 60 },
      )
    },
  )
})
