// Measures lint: 10,000 intents of about 50 lines each, in one process, each for itself and all as one; then 10,000 hosts'
// own files of as many lines, of ifupdown and Netplan in turn. Prints files a second and the peak of memory; the aim is
// 1,000 files a second on two cores.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle, generate } from '../build.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const program = join(root, 'bin/bondplan.js')
const quick = process.argv.includes('--quick')
const count = quick ? 1000 : 10_000
const runs = quick ? 1 : 3

const modes = ['802.3ad', 'active-backup', 'balance-xor', '802.3ad']
const targets = ['netplan', 'networkd', '[netplan, networkd]']

/** What every twentieth file has wrong with it: as in life, most are right. */
const faults = [
  '        lacp_rate: fast',
  '        updelay: 250',
  '        primary: eth9',
  '        use-carrier: 1',
]

/** One site: two hosts with a bond each, VLANs, a bridge, a switch. Names, numbers and style differ from file to file. */
function site(at) {
  const mode = modes[at % modes.length]
  const lacp = mode === '802.3ad'
  const host = name => [
    `  ${name}:`,
    `    target: ${targets[at % targets.length]}`,
    '    ports:',
    `      eth0: {speed: 10G, to: "sw${at}:Ethernet${name.endsWith('a') ? 1 : 3}"}`,
    `      eth1: {speed: 10G, to: "sw${at}:Ethernet${name.endsWith('a') ? 2 : 4}"}`,
    '    bonds:',
    '      bond0:',
    '        # set up with the network team',
    `        mode: ${mode}`,
    '        members: [eth0, eth1]',
    '        miimon: 100',
    '        updelay: 200',
    ...(lacp
      ? ['        lacp-rate: fast', '        min-links: 1', '        xmit-hash-policy: layer3+4']
      : mode === 'balance-xor'
        ? ['        xmit-hash-policy: layer3+4']
        : []),
    '        mtu: 9000',
    '        addresses:',
    `          - 10.${(at >> 8) & 255}.${at & 255}.${name.endsWith('a') ? 1 : 2}/16`,
    `          - "2001:db8:${at.toString(16)}::${name.endsWith('a') ? 1 : 2}/64"`,
    `        routes: [{to: default, via: 10.${(at >> 8) & 255}.${at & 255}.254}]`,
    ...(at % 20 === 0 ? [faults[(at / 20) % faults.length]].filter(line => !/updelay/.test(line)) : []),
    '    vlans:',
    '      bond0.10: {id: 10, link: bond0, dhcp4: true}',
    '      bond0.20:',
    '        id: 20',
    '        link: bond0',
    `        addresses: [172.16.${(at >> 7) & 255}.${(at & 127) * 2 + (name.endsWith('a') ? 0 : 1)}/12]`,
  ]
  return [
    `# Site ${at}`,
    'hosts:',
    ...host(`h${at}a`),
    ...host(`h${at}b`),
    'switches:',
    `  sw${at}: {platform: arista-eos}`,
    '',
  ].join('\n')
}

const octets = at => `${(at >> 8) & 255}.${at & 255}`

/** What a host has as /etc/network/interfaces: two bonds, VLANs and a bridge. Some have what lint finds. */
function interfaces(at) {
  const bond = (name, first, mode, more) => [
    `auto ${name}`,
    `iface ${name} inet manual`,
    `    bond-slaves eth${first} eth${first + 1}`,
    `    bond-mode ${mode}`,
    '    bond-miimon 100',
    '    bond-updelay 200',
    ...more,
    '    mtu 9000',
    '',
  ]
  const vlan = (id, last) => [
    `auto bond1.${id}`,
    `iface bond1.${id} inet static`,
    `    address 172.${16 + (id % 16)}.${octets(at)}/12`,
    '    vlan-raw-device bond1',
    '    mtu 1500',
    ...(last ? [] : ['']),
  ]
  return [
    `# Host ${at}, set up with the network team`,
    'auto lo',
    'iface lo inet loopback',
    '',
    ...bond('bond0', 0, '802.3ad', [
      `    bond-lacp-rate ${at % 20 === 0 ? 'fast' : '1'}`,
      '    bond-xmit-hash-policy layer3+4',
    ]),
    ...bond('bond1', 2, 'active-backup', [
      '    bond-primary eth2',
      ...(at % 20 === 0 ? ['    bond-downdelay 250'] : []),
    ]),
    'auto br0',
    'iface br0 inet static',
    '    bridge_ports bond0',
    '    bridge_stp off',
    `    address 10.${octets(at)}.1/8`,
    '    gateway 10.255.255.254',
    '    dns-nameservers 10.255.255.53',
    '    dns-search example.net',
    '',
    ...vlan(10),
    ...vlan(20),
    ...vlan(30, true),
    '',
  ].join('\n')
}

/** The same as Netplan has it. */
function netplan(at) {
  const bond = (name, first, mode, more) => [
    `    ${name}:`,
    `      interfaces: [eth${first}, eth${first + 1}]`,
    '      mtu: 9000',
    '      parameters:',
    `        mode: ${mode}`,
    '        mii-monitor-interval: 100',
    '        up-delay: 200',
    ...more,
  ]
  const vlan = id => [
    `    bond1.${id}:`,
    `      id: ${id}`,
    '      link: bond1',
    '      mtu: 1500',
    `      addresses: [172.${16 + (id % 16)}.${octets(at)}/12]`,
  ]
  return [
    `# Host ${at}, set up with the network team`,
    'network:',
    '  version: 2',
    '  renderer: networkd',
    '  ethernets:',
    '    eth0: {}',
    '    eth1: {}',
    '    eth2: {}',
    '    eth3: {}',
    '  bonds:',
    ...bond('bond0', 0, '802.3ad', ['        lacp-rate: fast', '        transmit-hash-policy: layer3+4']),
    ...bond('bond1', 2, 'active-backup', [
      '        primary: eth2',
      ...(at % 20 === 1 ? ['        down-delay: 250'] : []),
    ]),
    '  bridges:',
    '    br0:',
    '      interfaces: [bond0]',
    `      addresses: [10.${octets(at)}.1/8]`,
    '      routes:',
    '        - {to: default, via: 10.255.255.254}',
    '      nameservers: {addresses: [10.255.255.53], search: [example.net]}',
    '  vlans:',
    ...vlan(10),
    ...vlan(20),
    ...vlan(30),
    '',
  ].join('\n')
}

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1]
const spread = (values, digits = 0) =>
  `${median(values).toFixed(digits)} (min ${Math.min(...values).toFixed(digits)}, max ${Math.max(...values).toFixed(digits)}, ${values.length} runs)`

/** Wall time and processor time in ms, and peak memory in MB, as the kernel counts them for the process. */
function run(argv) {
  const began = process.hrtime.bigint()
  const { status, stdout, stderr } = spawnSync(
    '/usr/bin/env',
    ['time', '-f', '%U %S %M', process.execPath, program, ...argv],
    { encoding: 'utf8', maxBuffer: 1 << 30 },
  )
  const ms = Number(process.hrtime.bigint() - began) / 1e6
  if (status !== 0 && status !== 1) throw new Error(`${argv.join(' ')} failed: ${stderr.slice(0, 2000)}`)
  const [userS, systemS, kB] = stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return {
    ms,
    cpuMs: (userS + systemS) * 1000,
    mb: kB / 1024,
    closing: stdout.trim().split('\n').at(-2),
  }
}

/** How long one processor takes for a loop of 300 million steps, in ms: what else the machine does makes it longer. */
function yardstick() {
  const began = process.cpuUsage()
  let state = 0
  for (let step = 0; step < 300_000_000; step++) state = (state * 31 + step) | 0
  return process.cpuUsage(began).user / 1000 + (state & 0)
}

if (!existsSync('/usr/bin/time'))
  throw new Error('the bench measures memory with GNU time: install the package time')
await generate()
await bundle()
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`)
console.log(`300 million steps of a loop  ${yardstick().toFixed(0)} ms of one processor`)

/** Writes files, lints them in several runs, and prints what came of it. */
function measure(what, fileOf, ways) {
  const folder = mkdtempSync(join(tmpdir(), 'bondplan-lint-'))
  try {
    let lines = 0
    for (let at = 0; at < count; at++) {
      const { path, text } = fileOf(at)
      lines += text.split('\n').length - 1
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    console.log(`${count} ${what} of ${(lines / count).toFixed(1)} lines`)
    for (const [name, ...options] of ways) {
      const all = Array.from({ length: runs }, () => run(['lint', ...options, folder]))
      const rates = all.map(({ ms }) => (count / ms) * 1000)
      console.log(`${name.padEnd(18)} ${spread(rates)} files/s, ${spread(all.map(({ mb }) => mb))} MB`)
      const cpu = all.map(({ cpuMs }) => cpuMs / count)
      console.log(`${''.padEnd(18)} ${spread(cpu, 2)} ms of one processor a file`)
      console.log(`${''.padEnd(18)} ${all[0].closing}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const number = at => String(at).padStart(5, '0')
const each = ['each for itself', '--each']
measure('intents', at => ({ path: `site${number(at)}.yaml`, text: site(at) }), [each, ['all as one intent']])
measure(
  'files of hosts',
  at =>
    at % 2 === 0
      ? { path: `h${number(at)}/etc/network/interfaces`, text: interfaces(at) }
      : { path: `h${number(at)}/etc/netplan/01-netcfg.yaml`, text: netplan(at) },
  [each],
)
