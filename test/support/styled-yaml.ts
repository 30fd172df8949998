// Random YAML documents with everything that a writer may choose: block and flow style, quotes, folded lines, block
// scalars, tags, anchors, aliases, comments, blank lines, indentation and line breaks. Each comes with the tree that it
// was printed from, so that a law can say where every value must stand.

import fc from 'fast-check'

export type Styled = Scalar | List | Mapping | Repeat

export interface Scalar {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'tagged' | 'unwritten'
  readonly wrap: boolean
  readonly anchor: boolean
}

interface Collection {
  /** Block, flow on one line, or flow over several lines. */
  readonly style: 'block' | 'flow' | 'spread'
  readonly anchor: boolean
  readonly noise: number
}

export interface List extends Collection {
  readonly kind: 'list'
  readonly items: readonly Styled[]
}

export interface Mapping extends Collection {
  readonly kind: 'mapping'
  readonly entries: readonly {
    readonly key: string
    readonly keyStyle: 'plain' | 'double'
    readonly value: Styled
  }[]
}

/** An alias of some anchored node before it; a scalar where there is none. */
export interface Repeat {
  readonly kind: 'repeat'
  readonly choice: number
}

export interface Layout {
  readonly indent: 1 | 2 | 4
  readonly lineBreak: '\n' | '\r\n' | '\r'
  readonly marker: boolean
}

/** What stands at a spot after printing: styles that a spot does not allow are replaced by ones that it does. */
export type Printed =
  | { readonly kind: 'scalar'; readonly value: unknown; readonly style: Scalar['style'] }
  | { readonly kind: 'list'; readonly style: Collection['style']; readonly items: readonly Printed[] }
  | {
      readonly kind: 'mapping'
      readonly style: Collection['style']
      readonly entries: ReadonlyMap<string, Printed>
    }
  | { readonly kind: 'repeat'; readonly name: string; readonly of: Printed }

export interface PrintedDocument {
  readonly text: string
  readonly root: Printed
}

const words = fc.oneof(
  fc.constantFrom(
    'eth0',
    'layer3+4',
    '802.3ad',
    'on',
    'yes',
    'sw1:1',
    '2001:db8::11/64',
    '52:54:00:00:00:02',
    'a b c',
    "it's",
    ' x ',
  ),
  fc.constantFrom(
    '',
    'null',
    '~',
    '1',
    '0x1f',
    'true',
    '- x',
    'a: b',
    'a #b',
    '[x]',
    '*x',
    '&x',
    '!x',
    '|',
    '%x',
    '@x',
    '#',
    '"',
    '\\',
    '\t',
    'ü€😀',
    '---',
  ),
  fc.string({ unit: fc.constantFrom(...'ab1 :#-,[]{}"\'\\*&!|>%@`?~'), maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 4 }).filter(text => !/[\uD800-\uDFFF\uFFFE\uFFFF\uFEFF]/.test(text)),
)

const scalar: fc.Arbitrary<Scalar> = fc.record({
  kind: fc.constant('scalar' as const),
  value: fc.oneof(
    { weight: 6, arbitrary: words },
    { weight: 2, arbitrary: fc.integer({ min: -1000, max: 1_000_000 }) },
    { weight: 1, arbitrary: fc.boolean() },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  style: fc.constantFrom(
    'plain',
    'plain',
    'plain',
    'single',
    'double',
    'literal',
    'folded',
    'tagged',
    'unwritten',
  ),
  wrap: fc.boolean(),
  anchor: fc.nat(9).map(choice => choice === 0),
})

const keys = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'bond0',
    'bond0.10',
    'lacp-rate',
    '1',
    '0x10',
    '1.0',
    'null',
    'true',
    '__proto__',
    'constructor',
    'toString',
  ),
  words.filter(word => word !== '<<'),
)

const collection = {
  style: fc.constantFrom('block' as const, 'block' as const, 'flow' as const, 'spread' as const),
  anchor: fc.nat(5).map(choice => choice === 0),
  noise: fc.nat(7),
}

const node = fc.letrec<{ node: Styled; list: List; mapping: Mapping }>(tie => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: scalar },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), choice: fc.nat(20) }) },
    { weight: 3, arbitrary: tie('list') },
    { weight: 5, arbitrary: tie('mapping') },
  ),
  list: fc.record({
    kind: fc.constant('list' as const),
    ...collection,
    items: fc.array(tie('node'), { maxLength: 4 }),
  }),
  mapping: fc.record({
    kind: fc.constant('mapping' as const),
    ...collection,
    entries: fc.uniqueArray(
      fc.record({
        key: keys,
        keyStyle: fc.constantFrom('plain' as const, 'double' as const),
        value: tie('node'),
      }),
      { maxLength: 5, selector: entry => entry.key },
    ),
  }),
}))

const layout: fc.Arbitrary<Layout> = fc.record({
  indent: fc.constantFrom(1 as const, 2 as const, 4 as const),
  lineBreak: fc.constantFrom('\n' as const, '\n' as const, '\r\n' as const, '\r' as const),
  marker: fc.boolean(),
})

/** A random document. */
export const anyYaml: fc.Arbitrary<PrintedDocument> = fc
  .tuple(fc.oneof(node.mapping, node.node), layout)
  .map(([root, how]) => new Printer(how).document(root))

/** Readers take these plain texts as they are; anything else is quoted. */
const isPlain = (text: string): boolean =>
  /^[A-Za-z_/][\w ./:+@%*-]*$/.test(text) && !/[: ]$|: |^(?:true|false|null)$/i.test(text)

const commentOf = ['', ' # a comment: [', '', '', ' #', '', '', '']

/** The column of the key or dash that a value belongs to, -1 for the document, and what may be written there. */
interface Spot {
  readonly own: number
  readonly kind: 'document' | 'entry' | 'item' | 'flow'
}

/** The text to stand after `key:` or `-`, with its leading space or line break. */
interface Part {
  readonly text: string
  readonly printed: Printed
}

class Printer {
  readonly #layout: Layout
  readonly #anchors: { readonly name: string; readonly printed: Printed }[] = []
  #names = 0

  constructor(layout: Layout) {
    this.#layout = layout
  }

  document(root: Styled): PrintedDocument {
    const { text, printed } = this.#value(root, { own: -1, kind: 'document' })
    const head = this.#layout.marker ? '# first\n---\n' : ''
    return {
      text: `${head}${text.replace(/^[ \n]/, '')}\n`.replaceAll('\n', this.#layout.lineBreak),
      root: printed,
    }
  }

  #value(styled: Styled, spot: Spot): Part {
    if (styled.kind === 'repeat') {
      const target = this.#anchors[styled.choice % Math.max(this.#anchors.length, 1)]
      if (target === undefined)
        return { text: ' one', printed: { kind: 'scalar', value: 'one', style: 'plain' } }
      return { text: ` *${target.name} `, printed: { kind: 'repeat', name: target.name, of: target.printed } }
    }
    const name = `n${this.#names++}`
    const done = styled.kind === 'scalar' ? this.#scalar(styled, spot) : this.#collection(styled, spot)
    if (!styled.anchor) return done
    this.#anchors.push({ name, printed: done.printed })
    return { ...done, text: ` &${name}${done.text}` }
  }

  /** A new line that goes on with a value: indented deeper than its key. */
  #goesOn({ own }: Spot): string {
    return `\n${' '.repeat(own + 1 + this.#layout.indent)}`
  }

  #scalar({ value, style, wrap, anchor }: Scalar, spot: Spot): Part {
    const folded = (text: string): string =>
      wrap ? text.replace(/(?<=\w) (?=\w)/, this.#goesOn(spot)) : text
    const as = (text: string, kept: Scalar['style']): Part => ({
      text: ` ${text}`,
      printed: { kind: 'scalar', value, style: kept },
    })
    const flow = spot.kind === 'flow'
    if (value === null && style === 'unwritten' && !anchor && !flow && spot.kind !== 'document') {
      return { text: '', printed: { kind: 'scalar', value, style } }
    }
    if (typeof value !== 'string') return as(value === null && wrap ? '~' : String(value), 'plain')
    if (style === 'tagged' && isPlain(value)) return as(`!!str ${value}`, style)
    if (style === 'plain' && isPlain(value)) return as(folded(value), style)
    const printable = !/[\x00-\x08\x0A-\x1F\x7F-\x84\x86-\x9F]/.test(value)
    if ((style === 'literal' || style === 'folded') && !flow && printable && /^\S.*\S$/.test(value)) {
      return as(`${style === 'literal' ? '|-' : '>-'}${this.#goesOn(spot)}${value}`, style)
    }
    if (style === 'single' && printable) return as(`'${folded(value.replaceAll("'", "''"))}'`, style)
    return as(folded(doubleQuoted(value)), 'double')
  }

  #collection(styled: List | Mapping, spot: Spot): Part {
    const size = styled.kind === 'list' ? styled.items.length : styled.entries.length
    if (spot.kind !== 'flow' && styled.style === 'block' && size > 0) return this.#block(styled, spot)
    const spread = styled.style === 'spread' && size > 0
    const goesOn = spread ? this.#goesOn(spot) : ''
    const parts: string[] = []
    const printed = this.#printed(styled, spread ? 'spread' : 'flow', (child, key) => {
      const { text, printed: inner } = this.#value(child, { own: spot.own, kind: 'flow' })
      parts.push(key === undefined ? text.trimStart() : `${key}:${text}`)
      return inner
    })
    const [open, close] = styled.kind === 'list' ? '[]' : '{}'
    const between = spread ? `,${commentOf[styled.noise]}${goesOn}` : ', '
    const last = size > 0 && styled.noise > 4 ? ',' : ''
    return { text: ` ${open}${goesOn}${parts.join(between)}${last}${goesOn}${close}`, printed }
  }

  #block(styled: List | Mapping, spot: Spot): Part {
    const compact = spot.kind === 'item' && !styled.anchor && styled.noise % 2 === 0
    const beside = spot.kind === 'entry' && styled.kind === 'list' && styled.noise === 5
    const own = compact ? spot.own + 2 : beside ? spot.own : spot.own < 0 ? 0 : spot.own + this.#layout.indent
    const pad = ' '.repeat(own)
    const lines: string[] = []
    const printed = this.#printed(styled, 'block', (child, key) => {
      const { text, printed: inner } = this.#value(child, { own, kind: key === undefined ? 'item' : 'entry' })
      if (styled.noise === 3) lines.push('', `${pad}# between: "`)
      lines.push(
        `${pad}${key === undefined ? '-' : `${key}:`}${text}${text.includes('\n') ? '' : commentOf[styled.noise]}`,
      )
      return inner
    })
    const text = lines.join('\n')
    return { text: compact ? ` ${text.trimStart()}` : `\n${text}`, printed }
  }

  #printed(
    styled: List | Mapping,
    style: Collection['style'],
    print: (child: Styled, key?: string) => Printed,
  ): Printed {
    if (styled.kind === 'list') return { kind: 'list', style, items: styled.items.map(item => print(item)) }
    const entries = new Map<string, Printed>()
    for (const { key, keyStyle, value } of styled.entries) {
      const bare = keyStyle === 'plain' && (isPlain(key) || /^(?:0x10|1|1\.0|null|true)$/.test(key))
      entries.set(key, print(value, bare ? key : doubleQuoted(key)))
    }
    return { kind: 'mapping', style, entries }
  }
}

const doubleQuoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\x7F-\x9F\u2028\u2029]/g,
    one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** The value that a printed tree must be read as. Keys are own properties, `__proto__` too. */
export function meaningOf(printed: Printed): unknown {
  if (printed.kind === 'scalar') return printed.value
  if (printed.kind === 'repeat') return meaningOf(printed.of)
  if (printed.kind === 'list') return printed.items.map(meaningOf)
  return Object.fromEntries([...printed.entries].map(([key, value]) => [key, meaningOf(value)]))
}
