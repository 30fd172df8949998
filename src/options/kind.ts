// The types of values, each with its two directions. A kind knows its JSON schema, how a value is written in
// the neutral spelling (the kernel's own), and how it is read from YAML or from another system's text.
// It knows nothing of targets: their spellings are stances.

export type Scalar = string | number | boolean

/** What a value looks like when written: plain data, no objects of ours. */
export type Value = Scalar | readonly Value[] | { readonly [key: string]: Value }

export type JsonSchema = { readonly [keyword: string]: unknown }

export interface Kind<V> {
  readonly schema: JsonSchema
  /** What would be right, to follow "expected": `slow or fast`, `a whole number from 0 to 255`. */
  readonly expects: string
  /** Values as people may write them, the right ones first, for "did you mean" and completion. */
  readonly words?: readonly string[]
  /** Neutral spelling; a number stays a number. */
  write(value: V): Value
  /** From YAML, JSON or a word of text. Undefined: not one of ours; the caller reports. */
  read(said: unknown): V | undefined
}

/** Any kind, where its value type does not matter. */
// biome-ignore lint/suspicious/noExplicitAny: fields of different value types stand in one record
export type AnyKind = Kind<any>

/** The value type of a kind. */
export type ValueOf<K> = K extends Kind<infer V> ? V : never

const list = (words: readonly string[], last = 'or'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

/**
 * One of several words, each with the number that the kernel stores for it. Names and numbers are read, names
 * are written.
 */
export function choice<const T extends Readonly<Record<string, number>>>(
  names: T,
): Kind<keyof T & string> & { readonly numbers: T } {
  const words = Object.keys(names)
  const byNumber = new Map(words.map(word => [String(names[word]), word]))
  return {
    numbers: names,
    schema: { enum: [...words, ...words.map(word => names[word])] },
    expects: list(words),
    words,
    write: value => value,
    read(said) {
      if (typeof said !== 'string' && typeof said !== 'number') return undefined
      const word = String(said)
      return Object.hasOwn(names, word) ? word : byNumber.get(word)
    },
  }
}

/** One of several words that have no numbers. */
export function word<const T extends readonly string[]>(...words: T): Kind<T[number]> {
  return {
    schema: { enum: [...words] },
    expects: list(words),
    words,
    write: value => value,
    read: said => words.find(one => one === said),
  }
}

/** on or off, as the kernel's own tools say it; true, yes, 1 and their opposites are read too. */
export const toggle: Kind<'on' | 'off'> = {
  schema: { enum: ['on', 'off', true, false, 1, 0, 'yes', 'no'] },
  expects: 'on or off',
  words: ['on', 'off'],
  write: value => value,
  read(said) {
    const truth = readTruth(said)
    return truth === undefined ? undefined : truth ? 'on' : 'off'
  },
}

/** true or false, for what is not a kernel option. */
export const flag: Kind<boolean> = {
  schema: { enum: [true, false, 'yes', 'no', 'on', 'off'] },
  expects: 'true or false',
  words: ['true', 'false'],
  write: value => value,
  read: said => (typeof said === 'number' ? undefined : readTruth(said)),
}

/** YAML 1.2 keeps yes and on as text, so they are told apart from other text here. */
function readTruth(said: unknown): boolean | undefined {
  switch (said) {
    case true:
    case 1:
    case '1':
    case 'on':
    case 'yes':
    case 'true':
      return true
    case false:
    case 0:
    case '0':
    case 'off':
    case 'no':
    case 'false':
      return false
    default:
      return undefined
  }
}

/** A whole number within inclusive bounds; `unit` is for messages only. */
export function whole(bounds: { min: number; max: number; unit?: string }): Kind<number> {
  const { min, max, unit } = bounds
  return {
    schema: { type: 'integer', minimum: min, maximum: max },
    expects: `a whole number from ${min} to ${max}${unit ? ` (${unit})` : ''}`,
    write: value => value,
    read(said) {
      const number = typeof said === 'string' && /^-?\d{1,15}$/.test(said) ? Number(said) : said
      return typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max
        ? number
        : undefined
    },
  }
}

/** A delay or an interval in ms. The kernel keeps these as int (bond_opt_value, range 0 to INT_MAX). */
export const milliseconds = (max = 2147483647): Kind<number> => whole({ min: 0, max, unit: 'ms' })

/** Text that fits a pattern of visible characters. The pattern is anchored by the caller. */
export function text(
  pattern: RegExp,
  expects: string,
  normal: (said: string) => string = said => said,
): Kind<string> {
  return {
    schema: { type: 'string', pattern: pattern.source },
    expects,
    write: value => value,
    read: said => (typeof said === 'string' && pattern.test(said) ? normal(said) : undefined),
  }
}

/**
 * A network device. The kernel takes any 15 bytes without a slash, a colon or white space (dev_valid_name() in
 * net/core/dev.c); names that a shell, a pattern or a template could read as something else are refused here.
 */
export const deviceName = text(
  /^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,14}$/,
  'a device name: at most 15 letters, digits, or . _ - @ +',
)

/** The name of a host, a switch or a profile: what may become a folder and a word of a configuration. */
export const nodeName = text(
  /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/,
  'a name of at most 63 letters, digits, dots, underscores or hyphens',
)

/** A 48-bit address, kept in lower case with colons. */
export const macAddress = text(
  /^[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}$/,
  'a MAC address such as 52:54:00:12:34:56',
  said => said.toLowerCase().replaceAll('-', ':'),
)

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const v4 = `${octet}(?:\\.${octet}){3}`
const h = '[0-9A-Fa-f]{1,4}'
// RFC 4291, section 2.2: eight groups, or fewer around one "::", the last two perhaps as dotted decimal. The number of
// groups around "::" is counted ahead: one short pattern compiles in a tenth of the time that all its cases take.
const few = (groups: number, end: string): string => `(?=(?::{0,2}${h}){0,${groups}}:{0,2}${end})`
const v6 = [
  `(?:${h}:){7}${h}`,
  `(?:${h}:){6}${v4}`,
  `${few(7, '(?:/|$)')}(?:${h}(?::${h})*)?::(?:${h}(?::${h})*)?`,
  `${few(5, `:{0,2}${v4}(?:/|$)`)}(?:${h}(?::${h})*)?::(?:${h}:)*${v4}`,
].join('|')
const lower = (said: string): string => said.toLowerCase()

/** What one of two kinds of text takes. The second pattern is compiled only where the first does not fit. */
function either(first: Kind<string>, second: Kind<string>, expects: string): Kind<string> {
  return {
    schema: { type: 'string', anyOf: [first.schema, second.schema] },
    expects,
    write: value => value,
    read: said => first.read(said) ?? second.read(said),
  }
}

export const ipv4 = text(new RegExp(`^${v4}$`), 'an IPv4 address such as 192.0.2.1')
export const ipv6 = text(new RegExp(`^(?:${v6})$`), 'an IPv6 address such as 2001:db8::1', lower)
export const ipAddress = either(ipv4, ipv6, 'an IP address')
const ipv4Prefix = text(new RegExp(`^${v4}/(?:3[0-2]|[12]?\\d)$`), 'an IPv4 prefix')
export const ipv6Prefix = text(
  new RegExp(`^(?:${v6})/(?:12[0-8]|1[01]\\d|[1-9]?\\d)$`),
  'an IPv6 prefix',
  lower,
)
/** An address with the length of its network's prefix. */
export const ipPrefix = either(
  ipv4Prefix,
  ipv6Prefix,
  'an address with its prefix length, such as 192.0.2.10/24 or 2001:db8::10/64',
)
/** Where a route leads: a prefix, or the word default. */
export const destination = either(
  text(/^default$/, 'default'),
  ipPrefix,
  'default, or a prefix such as 198.51.100.0/24',
)
export const domainName = text(
  /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.?$/,
  'a domain name such as example.net',
)

/** The address family of an address or prefix: the only two that devices of ours carry. */
export const familyOf = (address: string): 'inet' | 'inet6' => (address.includes(':') ? 'inet6' : 'inet')

/** Whole Mbit/s from 1 to 9,999,999, in a unit: what fits is read, all of it, and nothing else fits. */
const speedPattern =
  /^(?:[1-9]\d{0,6}M|(?:[1-9]\d{0,3}(?:\.\d{1,3})?|0\.(?:[1-9]\d{0,2}|0[1-9]\d?|00[1-9]))G|[1-9](?:\.\d{1,6})?T)(?:bit)?(?:\/s)?$/

const mbpsOf = { M: 1, G: 1000, T: 1_000_000 } as const

/** A rate in Mbit/s; `1G`, `2.5G`, `100M` or a number of Mbit/s are read. */
export const speed: Kind<number> = {
  schema: {
    anyOf: [
      { type: 'integer', minimum: 1, maximum: 1_600_000 },
      { type: 'string', pattern: speedPattern.source },
    ],
  },
  expects: 'a speed such as 1G, 2.5G, 100M, or a number of Mbit/s',
  write: mbps => (mbps >= 1000 ? `${mbps / 1000}G` : `${mbps}M`),
  read(said) {
    if (typeof said === 'number')
      return Number.isInteger(said) && said >= 1 && said <= 1_600_000 ? said : undefined
    if (typeof said !== 'string' || !speedPattern.test(said)) return undefined
    const unit = /[MGT]/.exec(said)?.[0] as keyof typeof mbpsOf
    // 2.03 times 1000 is a little less than 2030 in binary.
    return Math.round(Number.parseFloat(said) * mbpsOf[unit])
  },
}

/** A port of another box: `sw1:Ethernet1/1`. */
export interface PortRef {
  readonly node: string
  readonly port: string
}

const portRefPattern =
  /^([A-Za-z0-9_][A-Za-z0-9_.-]{0,62}):([A-Za-z0-9](?:[A-Za-z0-9_./: -]{0,62}[A-Za-z0-9])?)$/

/** A cable's other end: the switch, a colon, that switch's own name for the port. */
export const portRef: Kind<PortRef> = {
  schema: { type: 'string', pattern: portRefPattern.source },
  expects: 'a switch and its port, such as "sw1:1/0/1"',
  write: ({ node, port }) => `${node}:${port}`,
  read(said) {
    const [, node, port] = typeof said === 'string' ? (portRefPattern.exec(said) ?? []) : []
    return node !== undefined && port !== undefined ? { node, port } : undefined
  },
}

/** Several values in order. A single one need not be put in a list. */
export function listOf<V>(
  item: Kind<V>,
  limits: { max?: number; unique?: boolean } = {},
): Kind<readonly V[]> & {
  readonly item: Kind<V>
} {
  const { max, unique } = limits
  return {
    item,
    schema: {
      type: 'array',
      items: item.schema,
      ...(max === undefined ? {} : { maxItems: max }),
      ...(unique ? { uniqueItems: true } : {}),
    },
    expects: `a list of ${max === undefined ? '' : `at most ${max} `}items, each ${item.expects}`,
    write: values => values.map(value => item.write(value)),
    read(said) {
      if (!Array.isArray(said) || (max !== undefined && said.length > max)) return undefined
      const values: V[] = []
      for (const one of said) {
        const value = item.read(one)
        if (value === undefined) return undefined
        values.push(value)
      }
      return values
    },
  }
}

interface Field {
  readonly kind: AnyKind
  readonly summary: string
  readonly required?: boolean
}
type Fields = Readonly<Record<string, Field>>
type FieldValue<F> = F extends { readonly kind: Kind<infer V> } ? V : never
type RecordOf<F> = {
  readonly [K in keyof F as F[K] extends { readonly required: true } ? K : never]: FieldValue<F[K]>
} & { readonly [K in keyof F as F[K] extends { readonly required: true } ? never : K]?: FieldValue<F[K]> }

/** A value with named parts, such as a route. */
export function record<const F extends Fields>(
  fields: F,
  expects: string,
): Kind<RecordOf<F>> & { readonly fields: F } {
  const known = Object.entries<Field>(fields)
  const required = known.filter(([, field]) => field.required).map(([name]) => name)
  const properties = Object.fromEntries(
    known.map(([name, field]) => [name, { description: field.summary, ...field.kind.schema }]),
  )
  return {
    fields,
    schema: {
      type: 'object',
      properties,
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: false,
    },
    expects,
    write(value) {
      const parts = value as Readonly<Record<string, unknown>>
      const written: Record<string, Value> = {}
      for (const [name, field] of known) {
        if (parts[name] !== undefined) written[name] = field.kind.write(parts[name])
      }
      return written
    },
    read(said) {
      if (typeof said !== 'object' || said === null || Array.isArray(said)) return undefined
      const parts = said as Readonly<Record<string, unknown>>
      if (Object.keys(parts).some(name => !Object.hasOwn(fields, name))) return undefined
      const value: Record<string, unknown> = {}
      for (const [name, field] of known) {
        if (!Object.hasOwn(parts, name)) {
          if (field.required) return undefined
          continue
        }
        const part = field.kind.read(parts[name])
        if (part === undefined) return undefined
        value[name] = part
      }
      return value as RecordOf<F>
    },
  }
}
