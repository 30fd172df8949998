// Switch configurations that stand for more than any switch has: they are read in the time that a text of their length may
// take, and what is not followed is reported. Without bounds each of these takes minutes, or all the memory.

import { expect, test } from 'vitest'
import { readBack, targetNamed } from './support.ts'

const repeated = (times: number, line: (at: number) => string): string =>
  Array.from({ length: times }, (_, at) => line(at)).join('')

const back = (id: string, content: string) => {
  const { self, diagnostics } = readBack([{ path: 'running.cfg', content }], targetNamed(id))
  return { lags: self.lags.length, found: diagnostics.map(({ code, region }) => `${region?.line} ${code}`) }
}

test('NX-OS: profiles that inherit twice each, or ever deeper', () => {
  const profile = (at: number, times: number): string =>
    `port-profile type ethernet P${at}\n${repeated(times, () => `  inherit port-profile P${at + 1}\n`)}  state enabled\n`
  const heir = 'interface Ethernet1/1\n  inherit port-profile P0\n'
  expect(back('cisco-nxos', repeated(40, at => profile(at, 2)) + heir)).toEqual({
    lags: 0,
    found: ['162 not-understood'],
  })
  expect(back('cisco-nxos', repeated(9_000, at => profile(at, 1)) + heir)).toEqual({
    lags: 0,
    found: ['27002 not-understood'],
  })
})

test('NX-OS: a long profile on many interfaces', () => {
  const profile = `port-profile type ethernet LONG\n${repeated(2_000, () => '  lacp rate fast\n')}  state enabled\n`
  const heirs = repeated(200, at => `interface Ethernet1/${at + 1}\n  inherit port-profile LONG\n`)
  const { found } = back('cisco-nxos', profile + heirs)
  // The first ones have their lines, the others are reported.
  expect(found.length).toBeGreaterThan(100)
  expect(found.length).toBeLessThan(200)
  expect(new Set(found.map(one => one.split(' ')[1]))).toEqual(new Set(['not-understood']))
})

test('Junos: a group of many lines for many names', () => {
  const lines = repeated(3_000, at => `set groups G interfaces <ae*> unit ${at} mtu 9000\n`)
  const lags = repeated(3_000, at => `set interfaces ae${at} aggregated-ether-options lacp active\n`)
  const { found } = back('juniper-junos', `${lines}${lags}set apply-groups G\n`)
  expect(found).toContain('6001 not-understood')
})

test.each([
  // An open bracket is a character like others.
  ['<[>', 'ae0', 1500],
  ['<ae[0-3]>', 'ae0', 9000],
  ['<ae[!0-3]>', 'ae0', 1500],
  ['<a?0>', 'ae0', 9000],
  ['<*e*0*>', 'ae0', 9000],
  [`<${'*a'.repeat(60)}b>`, 'ae0', 1500],
])('Junos: %s', (wild, name, mtu) => {
  const { self } = readBack(
    [
      {
        path: 'running.cfg',
        content: `set groups G interfaces ${wild} mtu ${9000 + 14}
set interfaces ${name} aggregated-ether-options lacp active
set interfaces ${'a'.repeat(300)} description long
set apply-groups G
`,
      },
    ],
    targetNamed('juniper-junos'),
  )
  expect(self.lags.map(({ options }) => options.mtu)).toEqual([mtu])
})

test('Open vSwitch: thousands of LAGs with names of their own', () => {
  const script = repeated(
    3_000,
    at => `ovs-vsctl add-bond br0 lag-${at}x p${2 * at} p${2 * at + 1} lacp=active\n`,
  )
  const { lags, found } = back('openvswitch', script)
  expect(lags).toBe(3_000)
  expect(new Set(found.map(one => one.split(' ')[1]))).toEqual(new Set(['lag-renamed']))
})
