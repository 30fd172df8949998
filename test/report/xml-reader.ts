// A strict reader for the XML that reports write: XML 1.0 well-formedness (elements, attributes, text and
// references; no comments, no CDATA, no DTD), and a check of a tree against a vocabulary.

export interface Node {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Node[]
  /** All character data directly inside, references resolved. */
  readonly text: string
}

const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
/** Production [2] Char of XML 1.0. */
const onlyCharacters = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u

function resolve(text: string): string {
  if (/[<]/.test(text)) throw new Error(`a raw < in ${JSON.stringify(text)}`)
  return text.replace(/&([^;]*;?)/g, (whole, body: string) => {
    const found = references[body.slice(0, -1)]
    if (!body.endsWith(';') || found === undefined) throw new Error(`bad reference ${whole}`)
    return found
  })
}

export function readXml(source: string): Node {
  if (!onlyCharacters.test(source)) throw new Error('a character that XML does not have')
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
  if (!source.startsWith(declaration)) throw new Error('no declaration')
  let at = declaration.length

  const take = (pattern: RegExp): RegExpExecArray => {
    const sticky = new RegExp(pattern.source, 'uy')
    sticky.lastIndex = at
    const found = sticky.exec(source)
    if (found === null) throw new Error(`expected ${pattern} at ${JSON.stringify(source.slice(at, at + 40))}`)
    at = sticky.lastIndex
    return found
  }

  const readElement = (): Node => {
    const [, name = ''] = take(/<([a-z][a-z-]*)/)
    const attributes = new Map<string, string>()
    while (source[at] === ' ') {
      const [, key = '', value = ''] = take(/ ([a-z]+)="([^"]*)"/)
      if (attributes.has(key)) throw new Error(`attribute ${key} twice`)
      if (/[\t\n\r]/.test(value))
        throw new Error(`a line break or tab in ${key}, which readers turn to a space`)
      attributes.set(key, resolve(value))
    }
    if (source.startsWith('/>', at)) {
      at += 2
      return { name, attributes, children: [], text: '' }
    }
    take(/>/)
    const children: Node[] = []
    let text = ''
    while (!source.startsWith('</', at)) {
      const [data = ''] = take(/[^<]*/)
      if (data.includes(']]>')) throw new Error('the end of a CDATA section in character data')
      text += resolve(data)
      if (source[at] === '<' && !source.startsWith('</', at)) children.push(readElement())
      if (at >= source.length) throw new Error(`${name} is not closed`)
    }
    take(new RegExp(`</${name}>`))
    return { name, attributes, children, text }
  }

  const root = readElement()
  take(/\n/)
  if (at !== source.length) throw new Error('something after the root')
  return root
}

export interface Rule {
  /** Attribute names and what their values must match. */
  readonly required?: Readonly<Record<string, RegExp>>
  readonly optional?: Readonly<Record<string, RegExp>>
  readonly children?: readonly string[]
  /** Whether character data other than white space may stand inside. */
  readonly text?: boolean
}

/** Everything in which the tree differs from the vocabulary, as sentences. */
export function violations(node: Node, vocabulary: Readonly<Record<string, Rule>>, path = ''): string[] {
  const here = `${path}/${node.name}`
  const rule = vocabulary[node.name]
  if (rule === undefined) return [`${here}: no such element`]
  const found: string[] = []
  const { required = {}, optional = {}, children = [], text = false } = rule
  for (const name of Object.keys(required)) {
    if (!node.attributes.has(name)) found.push(`${here}: ${name} is missing`)
  }
  for (const [name, value] of node.attributes) {
    const pattern = required[name] ?? optional[name]
    if (pattern === undefined) found.push(`${here}: no attribute ${name}`)
    else if (!pattern.test(value)) found.push(`${here}: ${name} is ${JSON.stringify(value)}`)
  }
  if (!text && node.text.trim() !== '') found.push(`${here}: text ${JSON.stringify(node.text)}`)
  for (const child of node.children) {
    if (!children.includes(child.name)) found.push(`${here}: no ${child.name} inside`)
    found.push(...violations(child, vocabulary, here))
  }
  return found
}
