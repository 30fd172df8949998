import { expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'

const intent = `
bonds:
  bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1], addresses: [192.0.2.10/24]}
target: netplan
`
const files = { 'web1.yaml': intent }
const path = 'out/web1/etc/netplan/60-bondplan.yaml'

test('prints a header line for each file', async () => {
  const { status, out, err } = await run(['render', 'web1.yaml'], { files })
  expect(err).toBe('')
  expect(out.split('\n')[0]).toBe('==> web1/etc/netplan/60-bondplan.yaml (netplan, mode 0600) <==')
  expect(status).toBe(0)
})

test('writes below --out with the mode that the target demands', async () => {
  const ran = await run(['render', 'web1.yaml', '--out', 'out'], { files })
  expect(ran.status).toBe(0)
  expect(ran.out).toBe('')
  expect(ran.err).toBe('1 of 1 files written below out\n')
  expect(ran.files.get(path)).toContain('mode: active-backup')
  expect(ran.modes.get(path)).toBe(0o600)
})

test('a second run writes nothing', async () => {
  const first = await run(['render', 'web1.yaml', '--out', 'out'], { files })
  const second = await run(['render', 'web1.yaml', '--out', 'out'], {
    files: Object.fromEntries(first.files),
  })
  expect(second.err).toBe('0 of 1 files written below out\n')
  expect(second.modes.size).toBe(0)
})

test('--check writes nothing and tells of a change', async () => {
  const ran = await run(['render', 'web1.yaml', '--out', 'out', '--check', '--diff'], { files })
  expect(ran.status).toBe(1)
  expect(ran.modes.size).toBe(0)
  expect(ran.out).toContain('+++ b/web1/etc/netplan/60-bondplan.yaml')
  expect(ran.out).toContain('+        mode: active-backup')
})

test('--diff shows what changes', async () => {
  const first = await run(['render', 'web1.yaml', '--out', 'out'], { files })
  const changed = { ...Object.fromEntries(first.files), 'web1.yaml': intent.replace('100', '50') }
  const ran = await run(['render', 'web1.yaml', '--out', 'out', '--diff', '--check'], { files: changed })
  expect(ran.out).toContain('-        mii-monitor-interval: 100\n+        mii-monitor-interval: 50')
})

test('a format without remarks cannot tell whose a file is, and the message says so', async () => {
  const sonic = `switches: { sw1: { platform: sonic, lags: { "1": { ports: [Ethernet0, Ethernet4], mode: active, native: 10 } } } }`
  const first = await run(['render', 'sw1.yaml', '--out', 'out'], { files: { 'sw1.yaml': sonic } })
  expect(first.status).toBe(0)
  const changed = { ...Object.fromEntries(first.files), 'sw1.yaml': sonic.replace('Ethernet4', 'Ethernet8') }
  const second = await run(['render', 'sw1.yaml', '--out', 'out'], { files: changed })
  expect(second.status).toBe(2)
  expect(second.err).toContain(
    'its format has no remarks by which bondplan would know its own; --check --diff shows what would change, and --force changes it',
  )
  // What the message names does what it says, and a pipeline learns that something would change.
  const shown = await run(['render', 'sw1.yaml', '--out', 'out', '--check', '--diff'], { files: changed })
  expect(shown.status).toBe(1)
  expect(shown.out).toContain('Ethernet8')
  expect(shown.err).toBe('1 of 1 files would change below out\n')
  expect((await run(['render', 'sw1.yaml', '--out', 'out', '--force'], { files: changed })).status).toBe(0)
})

test('does not overwrite what bondplan did not write', async () => {
  const foreign = { ...files, [path]: 'network: {}\n' }
  const refused = await run(['render', 'web1.yaml', '--out', 'out'], { files: foreign })
  expect(refused.status).toBe(2)
  expect(refused.err).toContain('was not written by bondplan')
  expect(refused.files.get(path)).toBe('network: {}\n')
  const forced = await run(['render', 'web1.yaml', '--out', 'out', '--force'], { files: foreign })
  expect(forced.status).toBe(0)
  expect(forced.files.get(path)).toContain('bond0')
})

test('an error leaves everything as it was, and all errors come at once', async () => {
  const broken = {
    'web1.yaml': `${intent}kernal: 6.1\n`
      .replace('active-backup', 'active-backpu')
      .replace('192.0.2.10/24', '192.0.2.300/24'),
  }
  const ran = await run(['render', 'web1.yaml', '--out', 'out'], { files: broken })
  expect(ran.status).toBe(1)
  expect(ran.modes.size).toBe(0)
  expect(ran.err).toContain('did you mean active-backup?')
  expect(ran.err).toContain('did you mean kernel?')
  expect(ran.err).toContain('"192.0.2.300/24"')
  expect(ran.err).toContain('web1.yaml:3:17')
})

test('JSON has the files, their modes and the diagnostics', async () => {
  const { out, status } = await run(['render', 'web1.yaml', '--format', 'json'], { files })
  const data = JSON.parse(out)
  expect(status).toBe(0)
  expect(data.files).toHaveLength(1)
  expect(data.files[0]).toMatchObject({
    node: 'web1',
    target: 'netplan',
    path: 'etc/netplan/60-bondplan.yaml',
    mode: '0600',
  })
  expect(data.files[0].content).toContain('bond0:')
  expect(data.diagnostics).toEqual([])
})

test('what cannot be written is said at its place', async () => {
  const lacp = {
    'web1.yaml':
      'target: netplan\nbonds:\n  bond0: {mode: 802.3ad, miimon: 100, members: [eth0, eth1], lacp-active: off}\n',
  }
  const { err, status, out } = await run(['render', 'web1.yaml'], { files: lacp })
  expect(status).toBe(0)
  expect(err).toContain('warning[lossy-render]')
  expect(err).toContain('web1.yaml:3:75')
  expect(out).not.toContain('lacp-active')
})

test('standard input, several files, folders', async () => {
  const stdin = await run(['render', '-'], { stdin: intent })
  expect(stdin.out).toContain('==> host/etc/netplan')
  const folder = {
    'site/a.yaml': intent,
    'site/deep/b.yml': intent.replace('192.0.2.10', '192.0.2.11'),
    'site/notes.txt': 'no YAML: [',
  }
  const both = await run(['render', 'site'], { files: folder })
  expect(both.err).toBe('')
  expect([...both.out.matchAll(/^==> (\w+)\//gm)].map(match => match[1])).toEqual(['a', 'b'])
})

test('a name defined twice is an error that shows both places', async () => {
  const twice = {
    'a.yaml': `hosts:\n  s1: {${' target: netplan'}}\n`,
    'b.yaml': 'hosts:\n  s1: {target: netplan}\n',
  }
  const { err, status } = await run(['render', 'a.yaml', 'b.yaml'], { files: twice })
  expect(status).toBe(1)
  expect(err).toContain('b.yaml:2:3')
  expect(err).toContain('a.yaml:2:3')
})

test.each([
  [['render', 'web1.yaml', '--check'], '--out'],
  [['render', 'missing.yaml'], 'missing.yaml cannot be read: there is no such file or folder'],
  [['render', 'web1.yaml', '--target', 'netpaln'], 'did you mean netplan?'],
  [['render', 'web1.yaml', '--host', 'web2'], 'did you mean web1?'],
  [['render', 'web1.yaml', '--format', 'xml'], 'text or json'],
  [['rendr'], 'Did you mean render'],
  [[], 'Usage'],
])('%j could not run', async (argv, text) => {
  const { status, out, err } = await run(argv, { files })
  expect(status).toBe(2)
  expect(out + err).toContain(text)
  expect(out + err).not.toMatch(/\n\s+at /)
})

test('--remove writes the tear-down of hosts that have one, and may be written again', async () => {
  const files = { 'web1.yaml': intent.replace('netplan', 'iproute2') }
  const { out } = await run(['render', 'web1.yaml', '--remove'], { files })
  expect(out.split('\n')[0]).toBe('==> web1/usr/local/sbin/bondplan-down (iproute2, mode 0755) <==')
  expect(out).toContain('! there bond0 || ip link delete dev bond0\n')
  const none = await run(['render', 'web1.yaml', '--remove', '--target', 'netplan'], { files })
  expect(none).toMatchObject({ status: 0, out: '', err: '' })
  const first = await run(['render', 'web1.yaml', '--out', 'out'], { files })
  const changed = {
    ...Object.fromEntries(first.files),
    ...{ 'web1.yaml': files['web1.yaml'].replace('100', '50') },
  }
  expect((await run(['render', 'web1.yaml', '--out', 'out'], { files: changed })).status).toBe(0)
})

test('a cable to a port that the switch does not have is an error of the intent, whatever is asked for', async () => {
  const wrong = `
hosts:
  h1:
    target: netplan
    ports: {eth0: {to: "sw1:Banana9"}, eth1: {to: "sw1:Ethernet2"}}
    bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1]}}
switches:
  sw1: {platform: arista-eos}
`
  for (const words of [[], ['--host', 'h1'], ['--switch', 'sw1'], ['--target', 'networkd']]) {
    const { status, out, err } = await run(['render', 'a.yaml', ...words], { files: { 'a.yaml': wrong } })
    expect({ status, out }, words.join(' ')).toEqual({ status: 1, out: '' })
    expect(err).toContain('error[port-name]: Banana9 is no port of sw1')
  }
})
