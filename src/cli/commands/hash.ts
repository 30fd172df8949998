// hash: which member one flow, given frames, or a capture take under a policy. The formulas are simulate/hash.ts's.

import { type HashPolicy, hashPolicyKind } from '../../options/balancing.ts'
import { ipv4, ipv6, macAddress } from '../../options/kind.ts'
import { visible } from '../../report/escape.ts'
import { bar, table } from '../../report/terminal.ts'
import { addressBytes, macBytes } from '../../simulate/frame.ts'
import type { FlowKey, Packet, Payload } from '../../simulate/frame-key.ts'
import { eraOf, type HashQuestion, predictFlow, predictFrame } from '../../simulate/hash.ts'
import { type CaptureSpread, captureSpread } from '../../simulate/hash-capture.ts'
import { captureReader } from '../../simulate/pcap.ts'
import type { Register, Status } from '../command.ts'
import { type Io, Usage } from '../io.ts'

interface Options {
  readonly policy?: string
  readonly members: string
  readonly kernel?: string
  readonly from?: string
  readonly to?: string
  readonly fromMac?: string
  readonly toMac?: string
  readonly protocol: string
  readonly sport?: string
  readonly dport?: string
  readonly vlan?: string
  readonly forwarded?: boolean
  readonly frames?: string
  readonly pcap?: string
  readonly format: string
}

export const register: Register = (program, io, done) => {
  program
    .command('hash')
    .summary('say which member a flow, frames or a capture take')
    .description(
      'Says which member of a bond a flow leaves by, counted from 0 in the order of attachment: for one flow given by its addresses and ports, for frames (--frames), or for a capture (--pcap), whose traffic is spread under every policy.',
    )
    .option('--policy <policy>', `one of ${hashPolicyKind.words?.join(', ')}; unset: all of them`)
    .option('--members <n>', 'how many members the bond has', '2')
    .option('--kernel <series>', 'the kernel of the sender, such as 5.10; unset: the newest')
    .option('--from <address>', 'IP address of the sender')
    .option('--to <address>', 'IP address of the receiver')
    .option('--protocol <protocol>', 'tcp, udp, sctp, icmp, esp or a number', 'tcp')
    .option('--sport <port>', 'source port')
    .option('--dport <port>', 'destination port')
    .option('--from-mac <mac>', 'MAC address of the bond')
    .option('--to-mac <mac>', 'MAC address of the next hop')
    .option('--vlan <id>', 'the VLAN device that it is sent on')
    .option('--forwarded', "encap3+4: the packets are forwarded and carry no hash of the host's own")
    .option(
      '--frames <file>',
      'JSON lines with policy, members, frame in hex and vlan; prints them with member',
    )
    .option('--pcap <file>', 'a pcap or pcapng file; - is standard input')
    .option('--format <format>', 'text or json', 'text')
    .action((options: Options) => done(hash(io, options)))
}

function hash(io: Io, options: Options): Status {
  if (options.format !== 'text' && options.format !== 'json')
    throw new Usage(`--format is text or json, not ${options.format}`)
  if (options.frames !== undefined) return frames(io, options.frames, options)
  if (options.pcap !== undefined) return capture(io, options.pcap, options)
  return flow(io, options)
}

const allPolicies = (hashPolicyKind.words ?? []) as readonly HashPolicy[]

function policiesOf({ policy }: Options): readonly HashPolicy[] {
  if (policy === undefined) return allPolicies
  const known = hashPolicyKind.read(policy)
  if (known === undefined) throw new Usage(`--policy is ${hashPolicyKind.expects}, not ${policy}`)
  return [known]
}

function membersOf({ members }: Options): number {
  const count = Number(members)
  if (!Number.isInteger(count) || count < 1 || count > 256)
    throw new Usage(`--members is a number from 1 to 256, not ${members}`)
  return count
}

function questionOf(policy: HashPolicy, { kernel, forwarded }: Options): HashQuestion {
  const era = kernel === undefined ? undefined : eraOf(kernel)
  if (kernel !== undefined && era === undefined)
    throw new Usage(`--kernel is a series such as 6.1, not ${kernel}`)
  return { policy, ...(era && { era }), flowHash: forwarded ? 'absent' : 'possible' }
}

const protocolNumbers: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  ah: 51,
  sctp: 132,
}
const withPorts = [6, 17, 33, 132, 136]

function numberOf(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (!/^\d+$/.test(text) || number > most)
    throw new Usage(`${name} is a number from 0 to ${most}, not ${text}`)
  return number
}

function payloadOf({ protocol, sport, dport }: Options): Payload {
  const number = protocolNumbers[protocol] ?? numberOf('--protocol', protocol, 255) ?? 6
  const [source, destination] = [numberOf('--sport', sport, 65535), numberOf('--dport', dport, 65535)]
  if (!withPorts.includes(number)) return { is: 'other', protocol: number }
  if (source === undefined || destination === undefined) return { is: 'unsaid' }
  return { is: 'ports', protocol: number, source, destination }
}

function keyOf(options: Options): FlowKey {
  const { from, to, fromMac, toMac, vlan } = options
  if (from === undefined || to === undefined) throw new Usage('give --from and --to, or --frames, or --pcap')
  for (const address of [from, to]) {
    if (ipv4.read(address) === undefined && ipv6.read(address) === undefined)
      throw new Usage(`${address} is no IP address`)
  }
  for (const mac of [fromMac, toMac]) {
    if (mac !== undefined && macAddress.read(mac) === undefined) throw new Usage(`${mac} is no MAC address`)
  }
  const [source, destination] = [addressBytes(from), addressBytes(to)]
  if (source === undefined || destination === undefined || source.length !== destination.length) {
    throw new Usage(`${from} and ${to} are not of one family`)
  }
  const content: Packet = { source, destination, payload: payloadOf(options) }
  const [sourceMac, destinationMac] = [
    fromMac && macBytes(macAddress.read(fromMac) ?? ''),
    toMac && macBytes(macAddress.read(toMac) ?? ''),
  ]
  const tci = numberOf('--vlan', vlan, 4094)
  return {
    content,
    ...(sourceMac && { sourceMac }),
    ...(destinationMac && { destinationMac }),
    ...(tci !== undefined && { tci }),
  }
}

function flow(io: Io, options: Options): Status {
  const key = keyOf(options)
  const members = membersOf(options)
  const answers = policiesOf(options).map(policy => ({
    policy,
    ...predictFlow(questionOf(policy, options), members, key),
  }))
  if (options.format === 'json') {
    io.out(
      `${JSON.stringify({ members, policies: answers.map(({ known, ...answer }) => answer) }, null, 2)}\n`,
    )
    return 0
  }
  const rows = answers.map(answer => [
    answer.policy,
    answer.known ? String(answer.member) : '?',
    answer.known ? `hash ${answer.hash}` : answer.reason,
  ])
  io.out(`${table(rows, { width: io.outIsTerminal ? io.columns : 80, header: ['policy', 'member', ''] })}\n`)
  return 0
}

interface FrameLine {
  readonly policy: HashPolicy
  readonly members: number
  readonly frame: Uint8Array
  readonly vlan: number | null
}

function frameLine(text: string, where: string): FrameLine {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new Usage(`${where} is not JSON`)
  }
  const { policy, members, frame, vlan } = (
    typeof data === 'object' && data !== null ? data : {}
  ) as Readonly<Record<string, unknown>>
  const known = hashPolicyKind.read(policy)
  if (known === undefined) throw new Usage(`${where}: policy is ${hashPolicyKind.expects}`)
  if (typeof members !== 'number' || !Number.isInteger(members) || members < 1)
    throw new Usage(`${where}: members is a whole number above 0`)
  if (typeof frame !== 'string' || !/^(?:[0-9A-Fa-f]{2})+$/.test(frame))
    throw new Usage(`${where}: frame is hexadecimal, two digits a byte`)
  if (
    vlan !== null &&
    vlan !== undefined &&
    !(typeof vlan === 'number' && Number.isInteger(vlan) && vlan >= 0 && vlan < 4095)
  ) {
    throw new Usage(`${where}: vlan is a number from 0 to 4094, or null`)
  }
  const bytes = Uint8Array.from(frame.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
  return { policy: known, members, frame: bytes, vlan: vlan ?? null }
}

function frames(io: Io, file: string, options: Options): Status {
  const text = new TextDecoder().decode(io.read(file))
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const { policy, members, frame, vlan } = frameLine(line, `${visible(file)}:${index + 1}`)
    // A frame that is given by its bytes alone carries no hash of the stack.
    const answer = predictFrame(questionOf(policy, { ...options, forwarded: true }), members, {
      bytes: frame,
      ...(vlan !== null && { tci: vlan }),
    })
    const said = JSON.parse(line)
    io.out(
      `${JSON.stringify(answer.known ? { ...said, member: answer.member } : { ...said, member: null, why: answer.reason })}\n`,
    )
  }
  return 0
}

function capture(io: Io, file: string, options: Options): Status {
  const { era } = questionOf('layer2', options)
  const counter = captureSpread({
    members: [membersOf(options)],
    ...(era && { era }),
    flowHash: options.forwarded ? 'absent' : 'possible',
  })
  const reader = captureReader()
  let batch = reader.end
  for (const chunk of io.chunks(file)) {
    const { frames: found, error } = reader.push(chunk)
    for (const frame of found) counter.add(frame)
    batch = () => ({ frames: [], ...(error && { error }) })
    if (error !== undefined) break
  }
  const stopped = batch().error ?? reader.end().error
  const spread = counter.result()
  if (stopped !== undefined) {
    io.err(`bondplan: ${visible(file)}, byte ${stopped.offset}: ${stopped.message}\n`)
    if (spread.counted.frames === 0) return 2
  }
  if (options.format === 'json') io.out(`${JSON.stringify(spread, null, 2)}\n`)
  else io.out(asChart(spread, options, io.outIsTerminal ? io.columns : 80))
  return stopped === undefined ? 0 : 1
}

const bytesInWords = (bytes: number): string =>
  bytes >= 1e9
    ? `${(bytes / 1e9).toFixed(1)} GB`
    : bytes >= 1e6
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : bytes >= 1e3
        ? `${(bytes / 1e3).toFixed(1)} kB`
        : `${bytes} B`

/** A bar for each member under each policy, the best policy first. */
function asChart({ counted, left, flows, rankings }: CaptureSpread, options: Options, width: number): string {
  const lines = [
    `${counted.frames} frames, ${bytesInWords(counted.bytes)}, ${flows.told} flows${flows.beyond.frames > 0 ? ' and more' : ''}`,
  ]
  for (const [what, amount] of [
    ['were received, not sent', left.received],
    ['are of the ports themselves', left.slowProtocols],
    ['could not be read', left.unreadable],
  ] as const) {
    if (amount.frames > 0) lines.push(`${amount.frames} frames ${what} and are not counted`)
  }
  const wanted = policiesOf(options)
  for (const { members, policies } of rankings) {
    for (const { policy, members: shares, unplaced, worth } of policies.filter(one =>
      wanted.includes(one.policy),
    )) {
      lines.push('', `${policy}: the traffic gets ${worth.toFixed(2)} of ${members} links`)
      for (const [member, { bytes, flows: own }] of shares.entries()) {
        const fraction = counted.bytes === 0 ? 0 : bytes / counted.bytes
        const label = `  member ${member}  `
        const figures = ` ${(fraction * 100).toFixed(0).padStart(3)} %  ${bytesInWords(bytes).padStart(9)}  ${own} flow${own === 1 ? '' : 's'}`
        lines.push(
          `${label}${bar(fraction, Math.max(10, Math.min(40, width - label.length - 30)))}${figures}`,
        )
      }
      if (unplaced.frames > 0)
        lines.push(`  ${unplaced.frames} frames cannot be placed: ${Object.keys(unplaced.why).join(', ')}`)
    }
  }
  return `${lines.join('\n')}\n`
}
