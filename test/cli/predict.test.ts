// The predict command as a user sees it: exit status, formats, flows files, failures, advice.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'

const example = readFileSync(new URL('../../examples/two-servers.yaml', import.meta.url), 'utf8')
const files = { 'net.yaml': example }

describe('text', () => {
  test('begins with the answer, says why and what to change, and fits 80 columns', async () => {
    const { out, status, err } = await run(['predict', 'net.yaml'], { files })
    expect(err).toBe('')
    expect(status).toBe(1)
    expect(out.split('\n')[0]).toBe('s1 to s2, tcp, 1 stream: about 941 Mbit/s of the hoped 2000.')
    expect(out).toContain('The other way, s2 to s1: about 941 Mbit/s.')
    expect(out).toMatch(/What to change/)
    expect(out).toContain('switches.sw1.load-balance: layer3+4')
    expect(out).toMatch(/What cannot be changed/)
    for (const one of out.split('\n')) expect([...one].length, one).toBeLessThanOrEqual(80)
  })

  test('a hope that is met, or may be, is no failure', async () => {
    const met = await run(['predict', 'net.yaml'], { files: { 'net.yaml': example.replace('2G', '900M') } })
    expect(met.status).toBe(0)
    const open = example
      .replace('streams: 1', 'streams: 4')
      .replace('aruba-aos-s', 'aruba-aos-s, load-balance: layer3+4')
    const maybe = await run(['predict', 'net.yaml'], { files: { 'net.yaml': open.replace('2G', '1500M') } })
    expect(maybe.out).toMatch(/may be reached or not/)
    expect(maybe.status).toBe(0)
  })

  test('failures come worst first', async () => {
    const { out } = await run(['predict', 'net.yaml', '--each-failure'], { files })
    const rows = out.split('\n').filter(line => /^(?:sw1|s\d:eth\d) /.test(line))
    expect(rows[0]).toMatch(/^sw1 .*1 stop/)
    expect(rows.length).toBeGreaterThanOrEqual(7)
  })

  test('without traffic the LAGs are told, and a note says what is missing', async () => {
    const { out, err, status } = await run(['predict', 'net.yaml'], {
      files: { 'net.yaml': example.replace(/\ntraffic:[\s\S]*/, '\n') },
    })
    expect(status).toBe(0)
    expect(err).toContain('no-traffic')
    expect(out).toContain('s1 bond0')
  })
})

describe('json', () => {
  test('has the promised keys', async () => {
    const { out, status } = await run(['predict', 'net.yaml', '--format', 'json'], { files })
    expect(status).toBe(1)
    const { lags, flows, links, expectations } = JSON.parse(out)
    expect(Object.keys(lags[0])).toEqual([
      'node',
      'lag',
      'forms',
      'carrying',
      'standby',
      'upAfterMs',
      'detection',
      'why',
    ])
    expect(Object.keys(lags[0].detection)).toEqual(['linkDownMs', 'silentPartnerMs'])
    expect(Object.keys(flows[0])).toEqual(['name', 'from', 'to', 'stream', 'hops', 'mbps'])
    expect(Object.keys(flows[0].hops[0])).toEqual(['node', 'lag', 'port', 'exact'])
    expect(Object.keys(flows[0].mbps)).toEqual(['least', 'expected', 'most'])
    expect(Object.keys(links[0])).toEqual(['node', 'port', 'outMbps', 'inMbps'])
    expect(Object.keys(expectations[0])).toEqual(['from', 'to', 'wantMbps', 'getMbps', 'met', 'why'])
    expect(expectations[0]).toMatchObject({
      wantMbps: 2000,
      met: 'no',
      getMbps: { least: 941.5, most: 941.5 },
    })
    expect(flows.map((flow: { from: string }) => flow.from)).toEqual(['s1', 's2'])
  })

  test('has failures and advice where they are asked for', async () => {
    const argv = ['predict', 'net.yaml', '--format', 'json', '--fail', 's2:eth1', '--advise']
    const { failures, advice } = JSON.parse((await run(argv, { files })).out)
    expect(failures).toMatchObject([{ failed: 's2:eth1', flows: [{ stream: 1, fate: 'may-move' }] }])
    expect(advice[0].lines[0].path[0]).toBe('hosts')
  })
})

describe('a flows file', () => {
  const linux = example.replace('aruba-aos-s', 'linux-bridge').replace(/"sw1:(\d)"/g, '"sw1:p$1"')
  const flows = '- {from: s1, to: s2, sport: [40000, 40001], dport: 5201, expect: 1G}\n'

  test('with ports makes each hop exact', async () => {
    const { out, status, err } = await run(
      ['predict', 'net.yaml', '--flows', 'flows.yaml', '--format', 'json'],
      {
        files: { 'net.yaml': linux, 'flows.yaml': flows },
      },
    )
    expect(err).toBe('')
    const found = JSON.parse(out)
    expect(found.flows.length).toBe(4)
    expect(found.flows[0].hops[0].exact).toBe(true)
    expect([0, 1]).toContain(status)
  })

  test.each([
    ['- {from: s1}', [/the flow lacks to\s.*flows\.yaml:1:3/s]],
    ['- {from: s1, to: s2, port: 3}', [/no option "port".*flows\.yaml:1:22/s]],
    [
      '- {from: s1, to: s2, sport: 70000, vlan: x}\n- {from: s1, to: s2, protocl: tcp}',
      [
        /sport is 70000, expected.*flows\.yaml:1:29/s,
        /vlan is "x", expected.*flows\.yaml:1:42/s,
        /\[unknown-option\].*flows\.yaml:2:22.*did you mean protocol\?/s,
      ],
    ],
    ['just text', [/expected a list of flows.*flows\.yaml:1:1/s]],
    ['- s1', [/the flow is "s1".*flows\.yaml:1:3/s]],
  ])('%s is refused at its place', async (text, messages) => {
    const { err, status } = await run(['predict', 'net.yaml', '--flows', 'flows.yaml'], {
      files: { ...files, 'flows.yaml': text },
    })
    expect(status).toBe(1)
    for (const message of messages) expect(err).toMatch(message)
    expect(err).not.toContain('no-traffic')
  })

  test('from standard input shows its lines as well', async () => {
    const { err } = await run(['predict', 'net.yaml', '--flows', '-'], { files, stdin: '- {from: s1}\n' })
    expect(err).toContain('1 | - {from: s1}')
  })
})

describe('pages', () => {
  test('html is one file that asks for nothing', async () => {
    const { out, status } = await run(['predict', 'net.yaml', '--format', 'html'], { files })
    expect(status).toBe(1)
    expect(out.startsWith('<!doctype html>')).toBe(true)
    expect(out).not.toMatch(/(?:src|href)=|url\(|@import|https?:/)
    expect(out).toContain('s1:eth0 fails')
  })

  test('svg stands alone', async () => {
    const { out } = await run(['predict', 'net.yaml', '--format', 'svg'], { files })
    expect(out.startsWith('<?xml')).toBe(true)
    expect(out.match(/data-link=/g)?.length).toBe(12)
    expect(out).not.toMatch(/href=|url\(/)
  })

  test('equal input gives equal bytes', async () => {
    const argv = ['predict', 'net.yaml', '--format', 'html']
    expect((await run(argv, { files })).out).toBe((await run(argv, { files })).out)
  })
})

test('what cannot fail or be printed is refused', async () => {
  expect((await run(['predict', 'net.yaml', '--fail', 's9:eth0'], { files })).err).toMatch(
    /there is no such port/,
  )
  expect((await run(['predict', 'net.yaml', '--format', 'pdf'], { files })).status).toBe(2)
})
