// SARIF 2.1.0 as strictly as a report has to keep it, written from the text of the standard (OASIS, "Static
// Analysis Results Interchange Format (SARIF) Version 2.1.0", sections named below): only properties that
// bondplan means to write are allowed, and those that readers rely on are required. What a JSON schema cannot
// say is in `contradictions`.

const object = (required: object, optional: object = {}) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional },
})
const list = (items: object, more: object = {}) => ({ type: 'array', items, ...more })
const text = { type: 'string', minLength: 1 }
const counted = { type: 'integer', minimum: 1 }
const index = { type: 'integer', minimum: 0 }

/** RFC 3986, by the characters that a URI reference may consist of; a first segment has no colon (4.2). */
const path = "(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})*"
const uriReference = { type: 'string', pattern: `^(?:file:///(?!/)${path}|(?!/)${path})$` }
const absoluteUri = { type: 'string', pattern: `^https?://[^\\s]+$` }

/** 3.11 and 3.12: plain text, never an identifier, arguments or Markdown. */
const message = object({ text: { type: 'string' } })
/** 3.27.10 and 3.50.3 */
const level = { enum: ['error', 'warning', 'note'] }

/** 3.4: relative references name their base, absolute ones must not (3.4.4). */
const artifactLocation = (required: object) => ({
  ...object({ uri: uriReference, ...required }, { uriBaseId: { const: '%SRCROOT%' } }),
  if: { properties: { uri: { type: 'string', pattern: '^file:' } } },
  // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema
  then: { properties: { uriBaseId: false } },
  else: { required: ['uriBaseId'] },
})
/** 3.30: a text region by lines and columns, whole. */
const region = object({ startLine: counted, startColumn: counted, endLine: counted, endColumn: counted })
/** 3.28, 3.29 */
const physicalLocation = object({ artifactLocation: artifactLocation({ index }), region })

/** 3.55 to 3.57 */
const fix = object({
  description: message,
  artifactChanges: list(
    object({
      artifactLocation: artifactLocation({ index }),
      replacements: list(
        object({ deletedRegion: region, insertedContent: object({ text: { type: 'string' } }) }),
        {
          minItems: 1,
        },
      ),
    }),
    { minItems: 1 },
  ),
  properties: object({ safe: { type: 'boolean' } }),
})

/** 3.27 */
const result = object(
  {
    ruleId: text,
    ruleIndex: index,
    level,
    message,
    locations: list(object({ physicalLocation }), { maxItems: 1 }),
    partialFingerprints: object({
      primaryLocationLineHash: { type: 'string', pattern: '^[0-9a-f]{16}:[1-9]\\d*$' },
    }),
  },
  {
    relatedLocations: list(object({ id: index, message, physicalLocation }), {
      minItems: 1,
      uniqueItems: true,
    }),
    fixes: list(fix, { minItems: 1, uniqueItems: true }),
  },
)

/** 3.49 */
const reportingDescriptor = object(
  {
    id: text,
    shortDescription: message,
    fullDescription: message,
    help: message,
    defaultConfiguration: object({ level }),
  },
  { helpUri: absoluteUri },
)

/** 3.13, 3.14, 3.18, 3.19 */
export const sarifSchema = object({
  $schema: {
    const: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
  },
  version: { const: '2.1.0' },
  runs: list(
    object({
      tool: object({
        driver: object(
          { name: text, version: text, rules: list(reportingDescriptor, { uniqueItems: true }) },
          { informationUri: absoluteUri },
        ),
      }),
      columnKind: { const: 'utf16CodeUnits' },
      artifacts: list(object({ location: artifactLocation({}) }), { uniqueItems: true }),
      results: list(result),
    }),
    { minItems: 1, maxItems: 1 },
  ),
})

interface Located {
  readonly uri: string
  readonly index?: number
}

interface Region {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

/** Every object inside `value` that has the property `key`, as that property. */
function* all(value: unknown, key: string): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (name === key) yield inner
    yield* all(inner, key)
  }
}

/** What the standard demands of a log that fits the schema and is not told by one, as sentences. */
export function contradictions(log: { readonly runs: readonly unknown[] }): string[] {
  const found: string[] = []
  const run = log.runs[0] as {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
    readonly artifacts: readonly { readonly location: Located }[]
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly relatedLocations?: readonly { readonly id: number }[]
      readonly fixes?: readonly {
        readonly artifactChanges: readonly { readonly artifactLocation: Located }[]
      }[]
    }[]
  }
  const { rules } = run.tool.driver
  const distinct = (values: readonly unknown[], what: string) => {
    if (new Set(values).size < values.length) found.push(`${what} are not distinct`)
  }
  distinct(
    rules.map(({ id }) => id),
    'rules (3.19.23)',
  )
  distinct(
    run.artifacts.map(({ location }) => location.uri),
    'artifacts (3.14.15)',
  )
  for (const { ruleId, ruleIndex, relatedLocations = [], fixes = [] } of run.results) {
    if (rules[ruleIndex]?.id !== ruleId) found.push(`ruleIndex ${ruleIndex} is not ${ruleId} (3.27.6)`)
    distinct(
      relatedLocations.map(({ id }) => id),
      'locations of a result (3.28.2)',
    )
    for (const { artifactChanges } of fixes) {
      distinct(
        artifactChanges.map(({ artifactLocation: { uri } }) => uri),
        'artifacts of a fix (3.55.3)',
      )
    }
  }
  for (const location of all(run, 'artifactLocation') as Iterable<Located>) {
    const { uri, index: at = -1 } = location
    if (run.artifacts[at]?.location.uri !== uri) found.push(`index ${at} is not ${uri} (3.4.5)`)
  }
  for (const key of ['region', 'deletedRegion']) {
    for (const { startLine, startColumn, endLine, endColumn } of all(run, key) as Iterable<Region>) {
      const backwards = endLine < startLine || (endLine === startLine && endColumn < startColumn)
      if (backwards) found.push(`${key} ${startLine}:${startColumn} ends before it begins (3.30)`)
    }
  }
  for (const key of ['message', 'description', 'shortDescription', 'fullDescription', 'help']) {
    for (const { text: words } of all(run, key) as Iterable<{ text: string }>) {
      const literal = words.replaceAll('{{', '').replaceAll('}}', '')
      if (/[{}]/.test(literal)) found.push(`${JSON.stringify(words)} has a placeholder (3.11.5)`)
      // An embedded link (3.11.6): the bracket before the destination is not escaped.
      if (/(?<!\\)(?:\\\\)*\]\(/.test(words)) found.push(`${JSON.stringify(words)} has a link (3.11.6)`)
    }
  }
  return found
}
