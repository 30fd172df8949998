// What headers take of a line: of the bits that a port sends, how many are the payload that iperf3 and a copy count.

/** What a full packet of a bulk transfer is made of, in bytes. */
export interface Framing {
  /** The largest IP packet. */
  readonly mtuBytes: number
  readonly family: 'inet' | 'inet6'
  readonly protocol: 'tcp' | 'udp' | 'sctp' | 'icmp' | 'esp' | 'gre' | 'ip'
  /** TCP timestamps, which Linux sends unless told otherwise (net.ipv4.tcp_timestamps). */
  readonly timestamps: boolean
  /** A VLAN tag on the wire. */
  readonly tagged: boolean
}

/** IEEE 802.3, clause 3 and 4.4.2: header, frame check sequence, preamble with delimiter, the gap between frames. */
const ethernetBytes = 14 + 4 + 8 + 12

/** IEEE 802.1Q, clause 9.5. */
const tagBytes = 4

/** RFC 791 and RFC 8200, without options. */
const ipBytes = { inet: 20, inet6: 40 } as const

/** RFC 7323, section 3.2, with its padding. */
const timestampBytes = 12

/**
 * RFC 9293, 768, 9260 (common header and one data chunk), 792. Of ESP, GRE and bare IP all that follows the IP header
 * counts as payload, since what is inside is not said.
 */
const transportBytes = { tcp: 20, udp: 8, sctp: 28, icmp: 8, esp: 0, gre: 0, ip: 0 } as const

/** Payload of one full packet, and what it takes on the line, in bytes. */
export function packetBytes(framing: Framing): { readonly payload: number; readonly line: number } {
  const { mtuBytes, family, protocol, timestamps, tagged } = framing
  const options = protocol === 'tcp' && timestamps ? timestampBytes : 0
  return {
    payload: Math.max(0, mtuBytes - ipBytes[family] - transportBytes[protocol] - options),
    line: mtuBytes + ethernetBytes + (tagged ? tagBytes : 0),
  }
}

/** The payload's part of the line rate, 0 to 1: 0.9415 for TCP over IPv4 with MTU 1500 and timestamps. */
export function payloadShare(framing: Framing): number {
  const { payload, line } = packetBytes(framing)
  return payload / line
}

/** The same in words: what was counted. */
export function overheadInWords(framing: Framing): string {
  const { payload, line } = packetBytes(framing)
  const parts = [
    framing.protocol === 'ip' ? undefined : framing.protocol.toUpperCase(),
    framing.family === 'inet' ? 'IPv4' : 'IPv6',
    `MTU ${framing.mtuBytes}`,
    framing.protocol === 'tcp' ? (framing.timestamps ? 'timestamps' : 'no timestamps') : undefined,
    framing.tagged ? 'VLAN tag' : undefined,
  ].filter(part => part !== undefined)
  return `${parts.join(', ')}: ${payload} of ${line} bytes on the line are payload, ${((payload / line) * 100).toFixed(2)} %`
}
