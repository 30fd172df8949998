// Measures what is promised: start-up against an empty Node, files a second, memory and its growth with the fleet.
// Every figure is a median with its spread; the two sides of a ratio run in turn, in one run of this program.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle, generate } from '../build.js'
import { ansibleBench } from './ansible.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const program = join(root, 'bin/bondplan.js')
const example = join(root, 'examples/two-servers.yaml')

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1]
const spread = (values, digits = 2) =>
  `${median(values).toFixed(digits)} (min ${Math.min(...values).toFixed(digits)}, max ${Math.max(...values).toFixed(digits)}, ${values.length} runs)`

/**
 * Runs a Node program; wall time in ms, time of all processors in s, and peak memory in MB, the latter two as the kernel
 * counts them for the process.
 */
function run(argv) {
  const began = process.hrtime.bigint()
  const { status, stderr } = spawnSync(
    '/usr/bin/env',
    ['time', '-f', '%M %U %S', process.execPath, ...argv],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: 1 << 28,
    },
  )
  const ms = Number(process.hrtime.bigint() - began) / 1e6
  if (status !== 0) throw new Error(`${argv.join(' ')} failed: ${stderr.slice(0, 2000)}`)
  const [kb, userS, systemS] = stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return { ms, cpuS: userS + systemS, mb: kb / 1024 }
}

function startUp(runs) {
  const ours = []
  const empty = []
  const ratios = []
  run([program, 'render', example])
  for (let at = 0; at < runs; at++) {
    empty.push(run(['-e', '0']).ms)
    ours.push(run([program, 'render', example]).ms)
    ratios.push(ours[at] / empty[at])
  }
  console.log(`start-up, render of the example          ${spread(ours, 0)} ms`)
  console.log(`start-up, node -e 0                      ${spread(empty, 0)} ms`)
  console.log(`start-up, ratio pair by pair             ${spread(ratios)}`)
}

/** Hosts at one switch, two ports each. */
const hostsPerSwitch = 23

/**
 * A fleet: each file has `perFile` hosts with one bond of two members, an address, and a VLAN. With `ends`, ports say where
 * their cables lead, and the switches there are of the intent too.
 */
function makeFleet(folder, hosts, perFile, ends = false) {
  mkdirSync(folder, { recursive: true })
  for (let first = 0; first < hosts; first += perFile) {
    const lines = ['hosts:']
    for (let host = first; host < Math.min(hosts, first + perFile); host++) {
      const address = `10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}`
      const target = ['netplan', 'ifupdown', 'networkd'][host % 3]
      lines.push(
        `  h${host}:`,
        `    target: ${target}`,
        '    bonds:',
        '      bond0:',
        '        members: [eth0, eth1]',
        '        mode: 802.3ad',
        '        miimon: 100',
        '        lacp-rate: fast',
        '        min-links: 1',
        '        xmit-hash-policy: layer3+4',
        `        addresses: [${address}/8]`,
        '    vlans:',
        `      bond0.10: {id: 10, link: bond0, dhcp4: true}`,
      )
      if (!ends) continue
      const at = port => `sw${Math.floor(host / hostsPerSwitch)}:Gi1/0/${2 * (host % hostsPerSwitch) + port}`
      lines.push('    ports:', `      eth0: {to: '${at(1)}'}`, `      eth1: {to: '${at(2)}'}`)
    }
    writeFileSync(join(folder, `part${first}.yaml`), `${lines.join('\n')}\n`)
  }
  if (!ends) return
  const switches = Array.from(
    { length: Math.ceil(hosts / hostsPerSwitch) },
    (_, at) => `  sw${at}: {platform: cisco-ios}`,
  )
  writeFileSync(join(folder, 'switches.yaml'), ['switches:', ...switches, ''].join('\n'))
}

/**
 * A folder of its own for what a run writes; all of them go when everything is measured. Where files were deleted, ext4
 * searches for inodes that were not (recently_deleted() in fs/ext4/ialloc.c): to make one then takes up to eight times as long.
 */
const outOf = (work, hosts, at) => join(work, `out-${hosts}-${at}`)

/**
 * Both ends of every cable. `render` holds an intent against every rule before it writes a file, so it renders and lints in
 * one process; the aim is 10,000 hosts within 20 s and 500 MB on two cores. `lint` says warnings besides.
 */
function bothEnds(work, hosts, runs) {
  const folder = join(work, 'ends')
  makeFleet(folder, hosts, 100, true)
  const commands = {
    'rendered and linted': at => ['render', folder, '--out', outOf(work, hosts, at)],
    'linted alone': () => ['lint', folder],
  }
  for (const [what, argvOf] of Object.entries(commands)) {
    const results = Array.from({ length: runs }, (_, at) => run([program, ...argvOf(at)]))
    const name = `${hosts} hosts with their switches ${what}`
    console.log(`${name}  ${spread(results.map(({ ms }) => ms / 1000))} s`)
    console.log(`${name}  ${spread(results.map(({ cpuS }) => cpuS))} s of processor`)
    console.log(
      `${name}, peak  ${spread(
        results.map(({ mb }) => mb),
        0,
      )} MB`,
    )
  }
}

function fleet(work, hosts, runs) {
  const folder = join(work, `fleet${hosts}`)
  makeFleet(folder, hosts, 100)
  const times = []
  const memory = []
  for (let at = 0; at < runs; at++) {
    const { ms, mb } = run([program, 'render', folder, '--out', outOf(work, hosts, at)])
    times.push(ms)
    memory.push(mb)
  }
  // Two files in three targets: networkd has several a host.
  const files = countFiles(outOf(work, hosts, 0))
  const rates = times.map(ms => (files / ms) * 1000)
  console.log(
    `${hosts} hosts, ${files} files written       ${spread(times.map(ms => ms / 1000))} s, ${spread(rates, 0)} files/s`,
  )
  console.log(`${hosts} hosts, peak memory              ${spread(memory, 0)} MB`)
  return { ms: median(times), mb: median(memory) }
}

function countFiles(folder) {
  const { stdout } = spawnSync('find', [folder, '-type', 'f', '-printf', 'x'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return stdout.length
}

const quick = process.argv.includes('--quick')

/** Runs a part in a folder of its own. */
function inFolder(part) {
  const work = mkdtempSync(join(tmpdir(), 'bondplan-bench-'))
  try {
    part(work)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** By name, for `npm run bench -- NAME...`; without a name all run, in this order, the longest last. */
const parts = {
  start: () => startUp(quick ? 5 : 21),
  fleet: () =>
    inFolder(work => {
      const small = fleet(work, quick ? 1000 : 10_000, quick ? 1 : 3)
      const large = fleet(work, quick ? 10_000 : 100_000, 1)
      console.log(
        `ten times the hosts: time × ${(large.ms / small.ms).toFixed(1)}, memory × ${(large.mb / small.mb).toFixed(1)}`,
      )
    }),
  ends: () => inFolder(work => bothEnds(work, quick ? 1000 : 10_000, quick ? 1 : 3)),
  lint: () => import('./lint.js'),
  hash: () => import('./hash.js'),
  capture: () => import('./capture.js'),
  ansible: () => ansibleBench(200, quick ? 1 : 3),
}

const asked = process.argv.slice(2).filter(word => !/^(?:-|\d+$)/.test(word))
const unknown = asked.filter(name => !Object.hasOwn(parts, name))
if (unknown.length > 0)
  throw new Error(`there is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
await generate()
await bundle()
if (!existsSync('/usr/bin/time'))
  throw new Error('the bench measures memory with GNU time: install the package time')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
console.log(`bondplan ${version} on Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`)
for (const [name, part] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await part()
