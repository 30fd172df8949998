// init: a first intent, from this machine's interfaces where there are some, or as a commented example.

import type { Register } from '../command.ts'
import { type Io, Unreadable } from '../io.ts'

export const register: Register = (program, io, done) => {
  program
    .command('init')
    .summary('print a first intent')
    .description("Prints a first intent: with this machine's network ports, or as a commented example.")
    .option('--example', 'the example, whatever this machine has')
    .action(({ example }: { example?: boolean }) => {
      const ports = example ? [] : physicalPorts(io)
      io.out(ports.length < 2 ? intentOf(examplePorts, false) : intentOf(ports, true))
      done(0)
    })
}

interface Port {
  readonly name: string
  readonly mac: string | undefined
  readonly speedMbps: number | undefined
}

const net = '/sys/class/net'

const examplePorts: readonly Port[] = ['eth0', 'eth1'].map(name => ({
  name,
  mac: undefined,
  speedMbps: 1000,
}))

/** Devices with hardware behind them: linux Documentation/ABI/testing/sysfs-class-net, `device`. */
function physicalPorts(io: Io): readonly Port[] {
  if (io.kind(net) !== 'folder') return []
  return io
    .list(net)
    .map(({ name }) => name)
    .filter(
      name =>
        io.kind(`${net}/${name}/device`) !== undefined && /^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,14}$/.test(name),
    )
    .map(name => {
      const speed = Number(word(io, `${net}/${name}/speed`))
      const mac = word(io, `${net}/${name}/address`)
      return { name, mac: mac === '' ? undefined : mac, speedMbps: speed > 0 ? speed : undefined }
    })
}

/** The first word of a small file; nothing where the kernel has none to give (a port that is down has no speed). */
function word(io: Io, path: string): string {
  try {
    return new TextDecoder().decode(io.read(path)).trim()
  } catch (error) {
    if (error instanceof Unreadable) return ''
    throw error
  }
}

function intentOf(ports: readonly Port[], real: boolean): string {
  const names = ports.map(port => port.name)
  const facts = ports.map(({ name, mac, speedMbps }) => {
    const parts = [
      ...(speedMbps === undefined
        ? []
        : [`speed: ${speedMbps >= 1000 ? `${speedMbps / 1000}G` : `${speedMbps}M`}`]),
      ...(mac === undefined ? [] : [`mac: "${mac}"`]),
    ]
    return `  ${name}: {${parts.join(', ')}}`
  })
  return [
    real
      ? '# A first intent with the ports of this machine. Remove those that do not belong in the bond.'
      : '# A first intent. Put in the ports of the host.',
    'target: netplan # what the host reads; bondplan targets lists them',
    '',
    'ports: # to: "sw1:1" tells the other end of a cable',
    ...facts,
    '',
    'bonds:',
    '  bond0:',
    `    members: [${names.join(', ')}]`,
    '    mode: 802.3ad # needs LACP on the switch; without it use active-backup',
    '    miimon: 100 # look at the carrier every 100 ms',
    '    lacp-rate: fast # a silent partner is noticed after 3 s, not 90',
    '    xmit-hash-policy: layer3+4 # connections to one host can use several links',
    '    min-links: 1 # no carrier when no port has link',
    '    dhcp4: true',
    '',
  ].join('\n')
}
