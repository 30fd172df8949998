// The same files for the same hosts by three ways in one run: Ansible's template module (the usual way, a task on each
// host), `netplan generate` for each host, and bondplan for all. What the first and the last write is compared byte by byte.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = join(dirname(fileURLToPath(import.meta.url)), '../bin/bondplan.js')
const path = 'etc/netplan/60-bondplan.yaml'

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1]
const spread = (values, digits = 2) =>
  `${median(values).toFixed(digits)} (min ${Math.min(...values).toFixed(digits)}, max ${Math.max(...values).toFixed(digits)}, ${values.length} runs)`

/** The template that a playbook would have, for what all hosts have in common; the rest are variables. */
const template = `# Written by bondplan. Change the intent, not this file.
network:
  version: 2
  renderer: networkd
  ethernets:
{% for port in members %}
    {{ port }}:
      optional: true
{% endfor %}
  bonds:
    bond0:
      interfaces: [{{ members | join(', ') }}]
      addresses: [{{ address }}]
      parameters:
        mode: 802.3ad
        mii-monitor-interval: 100
        lacp-rate: fast
        min-links: 1
        transmit-hash-policy: layer3+4
`

const playbook = `- hosts: all
  gather_facts: false
  tasks:
    - ansible.builtin.template:
        src: bond.yaml.j2
        dest: "{{ playbook_dir }}/templated/{{ inventory_hostname }}/${path}"
        mode: "0600"
`

function prepare(work, names) {
  const address = at => `10.0.${at >> 8}.${at & 255}/16`
  const host = (name, at) =>
    `  ${name}: {target: netplan, bonds: {bond0: {mode: 802.3ad, miimon: 100, lacp-rate: fast, min-links: 1, xmit-hash-policy: layer3+4, members: [eth0, eth1], addresses: [${address(at)}]}}}`
  writeFileSync(join(work, 'site.yaml'), `hosts:\n${names.map(host).join('\n')}\n`)
  const line = (name, at) =>
    `${name} ansible_connection=local ansible_python_interpreter=/usr/bin/python3 address=${address(at)} members='["eth0", "eth1"]'`
  writeFileSync(join(work, 'inventory'), `${names.map(line).join('\n')}\n`)
  writeFileSync(join(work, 'play.yml'), playbook)
  writeFileSync(join(work, 'bond.yaml.j2'), template)
}

/** Wall time in ms. */
function timed(command, argv, cwd) {
  const env = { ...process.env, HOME: cwd, LC_ALL: 'C.UTF-8', ANSIBLE_PIPELINING: '1' }
  const began = process.hrtime.bigint()
  const { status, stdout, stderr, error } = spawnSync(command, argv, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const ms = Number(process.hrtime.bigint() - began) / 1e6
  if (status !== 0)
    throw new Error(`${command} ${argv.join(' ')}: ${error ?? stderr + stdout}`.slice(0, 3000))
  return ms
}

function templates(work, names) {
  rmSync(join(work, 'templated'), { recursive: true, force: true })
  for (const name of names) mkdirSync(dirname(join(work, 'templated', name, path)), { recursive: true })
  return timed('ansible-playbook', ['-i', 'inventory', 'play.yml'], work)
}

function bondplan(work) {
  rmSync(join(work, 'out'), { recursive: true, force: true })
  return timed(process.execPath, [program, 'render', 'site.yaml', '--out', 'out'], work)
}

const netplan = (work, names) =>
  names
    .map(name => timed('netplan', ['generate', '--root-dir', join(work, 'out', name)], work))
    .reduce((sum, ms) => sum + ms, 0)

/** Prints the times of each way and, pair by pair, how many times bondplan's each of the others takes. */
export function ansibleBench(hosts, runs) {
  const names = Array.from({ length: hosts }, (_, at) => `h${at}`)
  const work = mkdtempSync(join(tmpdir(), 'bondplan-bench-ansible-'))
  try {
    prepare(work, names)
    const times = { templates: [], netplan: [], bondplan: [] }
    // A run takes many minutes: each figure is told as it comes.
    const measured = (way, ms) => {
      times[way].push(ms)
      const ours = times.bondplan.at(-1)
      const ratio = way === 'bondplan' ? '' : `, × ${(ms / ours).toFixed(0)}`
      console.log(`run ${times[way].length} of ${runs}, ${way}  ${(ms / 1000).toFixed(2)} s${ratio}`)
    }
    for (let at = 0; at < runs; at++) {
      measured('bondplan', bondplan(work))
      measured('templates', templates(work, names))
      for (const name of names) {
        const [ours, usual] = ['out', 'templated'].map(from =>
          readFileSync(join(work, from, name, path), 'utf8'),
        )
        if (ours !== usual) throw new Error(`${name} is not the same by both ways:\n${ours}\n${usual}`)
      }
      measured('netplan', netplan(work, names))
    }
    const seconds = list => spread(list.map(ms => ms / 1000))
    const ratio = list =>
      spread(
        list.map((ms, at) => ms / times.bondplan[at]),
        0,
      )
    console.log(`${hosts} hosts, bondplan render                 ${seconds(times.bondplan)} s`)
    console.log(
      `${hosts} hosts, ansible.builtin.template        ${seconds(times.templates)} s, × ${ratio(times.templates)}`,
    )
    console.log(
      `${hosts} hosts, netplan generate for each       ${seconds(times.netplan)} s, × ${ratio(times.netplan)}`,
    )
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
