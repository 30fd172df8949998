// cloud-init: what its table cannot show, and the laws that hold for every target.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { cloudInit } from '../../src/targets/host/cloud-init.ts'
import { recall } from '../../src/targets/recall.ts'
import { renderHost } from '../../src/targets/write.ts'
import { anyHost, hostOf } from '../support/intents.ts'
import { expectReturn } from '../support/return.ts'

test('a configuration as people write it', () => {
  const content = `network:
  version: 2
  ethernets:
    eth0: {}
    eth1: {wakeonlan: true}
  bonds:
    bond0:
      interfaces: [eth0, eth1]
      addresses: [192.0.2.2/24]
      routes:
      - {to: 0.0.0.0/0, via: 192.0.2.1}
      parameters:
        mode: active-backup
        mii-monitor-interval: 100
        gratuitious-arp: 3
        primary: eth0
  wifis: {wlan0: {}}
`
  const { statements } = cloudInit.dialect.statements(content, 'f')
  const { devices, outside } = cloudInit.recognise([{ path: 'f', statements }])
  const region = { file: 'f', line: 1, column: 1, endLine: 1, endColumn: 1 }
  const { host, diagnostics } = recall(devices, cloudInit, 'h1', () => region)
  expect(host.bonds.map(({ options }) => options)).toEqual([
    {
      members: ['eth0', 'eth1'],
      mode: 'active-backup',
      miimon: 100,
      primary: 'eth0',
      'num-grat-arp': 3,
      addresses: ['192.0.2.2/24'],
      routes: [{ to: 'default', via: '192.0.2.1' }],
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
    renderHost(hostOf(fields), cloudInit, templates, version).files[0]?.content ?? ''
  expect(text('26.1')).toContain('all-slaves-active')
  expect(text('25.1')).not.toContain('all-slaves-active')
  expect(text('26.1')).not.toMatch(/resend|example/)
})

describe('laws', () => {
  test.each(cloudInit.versions)(
    'what comes back from %s is what was said, less what was reported',
    version => {
      fc.assert(
        fc.property(anyHost, host => void expectReturn(host, cloudInit, version)),
        { numRuns: 60 },
      )
    },
  )
})
