// Addresses as numbers, for rules that ask whether two are one or lie in one prefix. Only what a kind has
// read comes here, so nothing is checked again.

export interface Address {
  readonly family: 'inet' | 'inet6'
  readonly bits: bigint
}

const widths = { inet: 32, inet6: 128 } as const

function v4(text: string): number {
  let bits = 0
  let octet = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit >= 0) octet = octet * 10 + digit
    else {
      bits = bits * 256 + octet
      octet = 0
    }
  }
  return bits * 256 + octet
}

/** RFC 4291, section 2.2: groups of 16 bits, "::" for as many zeros as are missing, perhaps dotted at the end. */
function v6(text: string): bigint {
  const [head = '', tail] = text.split('::')
  const left = digitsOf(head)
  const right = tail === undefined ? '' : digitsOf(tail)
  return BigInt(`0x${left.padEnd(32 - right.length, '0')}${right}`)
}

/** Groups as hexadecimal digits, four each. */
const digitsOf = (groups: string): string =>
  groups === ''
    ? ''
    : groups
        .split(':')
        .map(group =>
          group.includes('.') ? v4(group).toString(16).padStart(8, '0') : group.padStart(4, '0'),
        )
        .join('')

/** An address; of a prefix, the part before the slash. */
export function addressOf(text: string): Address {
  const slash = text.indexOf('/')
  const host = slash < 0 ? text : text.slice(0, slash)
  return host.includes(':') ? { family: 'inet6', bits: v6(host) } : { family: 'inet', bits: BigInt(v4(host)) }
}

/** Whether a host can have an address; the driver probes no other (bond_is_ip_target_ok(), bond_is_ip6_target_ok()). */
export function isHostAddress(text: string): boolean {
  const { family, bits } = addressOf(text)
  if (family === 'inet') return bits !== 0n && bits !== 0xffffffffn
  return bits > 1n && bits >> 120n !== 0xffn
}

/** Whether two texts mean one address, however they are written. */
export function sameAddress(a: string, b: string): boolean {
  const [left, right] = [addressOf(a), addressOf(b)]
  return left.family === right.family && left.bits === right.bits
}

/** Whether an address lies in a prefix such as 192.0.2.10/24. */
export function within(prefix: string, address: string): boolean {
  const [net, one] = [addressOf(prefix), addressOf(address)]
  if (net.family !== one.family) return false
  const width = widths[net.family]
  const free = BigInt(width - Number(prefix.split('/')[1] ?? width))
  return net.bits >> free === one.bits >> free
}

/** The prefix length of a netmask in dotted decimal, 0 to 32; undefined where the text is none. */
export function maskLength(mask: string): number | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(mask)) return undefined
  const bits = v4(mask).toString(2).padStart(32, '0')
  return /^1*0*$/.test(bits) && bits.length === 32 ? bits.replace(/0*$/, '').length : undefined
}

/** An address as text: IPv6 by RFC 5952, section 4. Undefined where the bits are no address of the family. */
export function addressText({ family, bits }: Address): string | undefined {
  if (bits < 0n || bits >> BigInt(widths[family]) !== 0n) return undefined
  if (family === 'inet') return [24n, 16n, 8n, 0n].map(shift => (bits >> shift) & 255n).join('.')
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bits >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  )
  // The longest run of zeros, the first of equals; a single zero stays.
  const [zeros] = [
    ...groups
      .map(group => (group === '0' ? '0' : '-'))
      .join('')
      .matchAll(/00+/g),
  ].sort((a, b) => b[0].length - a[0].length)
  if (zeros === undefined) return groups.join(':')
  return `${groups.slice(0, zeros.index).join(':')}::${groups.slice(zeros.index + zeros[0].length).join(':')}`
}

/** Whether a prefix is written by its first address, with no bit set behind its length. */
export function isNetwork(prefix: string): boolean {
  const { family, bits } = addressOf(prefix)
  const free = BigInt(widths[family] - Number(prefix.split('/')[1] ?? widths[family]))
  return bits === (bits >> free) << free
}
