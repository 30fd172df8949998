// The UUID of a profile, made of the device's name (RFC 4122, version 5), so that the same intent gives the same profile
// and not a second one. NetworkManager asks for one that is unique on the machine, where names of devices are unique too.

// Itself of version 5: bondplan.networkmanager in the namespace of domain names.
const namespace = '49c3e72e-6468-531e-9aca-e13fe9e128d8'

/** A UUID of a name within a namespace that is itself a UUID (RFC 4122, section 4.3). `name` is ASCII. */
export function nameUuid(name: string, within = namespace): string {
  const hex = within.replaceAll('-', '').match(/../g) ?? []
  const bytes = [...hex.map(pair => Number.parseInt(pair, 16)), ...[...name].map(one => one.charCodeAt(0))]
  const digest = sha1(bytes).slice(0, 16)
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
  const text = digest.map(byte => byte.toString(16).padStart(2, '0')).join('')
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const rotated = (word: number, by: number): number => ((word << by) | (word >>> (32 - by))) >>> 0

/** SHA-1 (FIPS 180-4, section 6.1) of bytes, as bytes. A name for things here, no protection of anything. */
export function sha1(message: readonly number[]): number[] {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const padding = new Array<number>((119 - (message.length % 64)) % 64).fill(0)
  const bits = message.length * 8
  const length = [0, 0, 0, 0, bits >>> 24, bits >>> 16, bits >>> 8, bits].map(byte => byte & 0xff)
  const bytes = [...message, 0x80, ...padding, ...length]
  for (let block = 0; block < bytes.length; block += 64) {
    const words = scheduleOf(bytes.slice(block, block + 64))
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
    for (const [round, word] of words.entries()) {
      const sum = (rotated(a, 5) + mixed(round, b, c, d) + e + word) >>> 0
      ;[a, b, c, d, e] = [sum, a, rotated(b, 30), c, d]
    }
    for (const [at, word] of [a, b, c, d, e].entries()) state[at] = ((state[at] ?? 0) + word) >>> 0
  }
  return state.flatMap(word => [word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff])
}

/** The 80 words of a block of 64 bytes. */
function scheduleOf(block: readonly number[]): readonly number[] {
  const words: number[] = []
  const byte = (at: number): number => block[at] ?? 0
  const word = (at: number): number => words[at] ?? 0
  for (let at = 0; at < 16; at++) {
    const high = (byte(at * 4) << 24) | (byte(at * 4 + 1) << 16)
    words.push((high | (byte(at * 4 + 2) << 8) | byte(at * 4 + 3)) >>> 0)
  }
  for (let at = 16; at < 80; at++)
    words.push(rotated(word(at - 3) ^ word(at - 8) ^ word(at - 14) ^ word(at - 16), 1))
  return words
}

/** The round's function of three words, with its constant. */
function mixed(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
  return (b ^ c ^ d) + 0xca62c1d6
}
