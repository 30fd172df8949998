// Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format", sections in comments), for code
// scanning services and editors. Only what bondplan knows is written; nothing depends on time or machine.

import type { Severity } from '../diagnostics/diagnostic.ts'
import type { Region } from '../diagnostics/located.ts'
import { jsonText, visible } from './escape.ts'
import { repositoryPath } from './files.ts'
import { fingerprints } from './fingerprint.ts'
import type { Report, Reportable, ReportContext, TextFix } from './types.ts'

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** Section 3.27.10; the words happen to be ours. */
const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' }

/**
 * One line of a plain text message (3.11.3). Braces are doubled, for single ones are placeholders (3.11.5),
 * and what would be an embedded link (3.11.6) is broken up: an odd number of backslashes before `](` makes it
 * literal. Controls are made visible because services store messages where a NUL is refused.
 */
const plain = (text: string): string =>
  visible(text)
    .replace(/[{}]/g, '$&$&')
    .replace(/(\\*)\]\(/g, (_, backslashes: string) => `${backslashes}${backslashes}\\](`)

const message = (...lines: readonly string[]) => ({ text: lines.map(plain).join('\n') })

/** Prose of our own keeps its lines. */
const prose = (text: string) => message(...text.split('\n'))

const hexadecimal = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

/** One segment of a path as RFC 3986 has it; lone surrogates, which UTF-8 cannot carry, are replaced. */
const segment = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd')).replace(/[!'()*]/g, hexadecimal)

/** An absolute path as a file URI, any other as a relative reference that decodes to exactly the name. */
export function fileUri(file: string): string {
  const path = repositoryPath(file).split('/').map(segment).join('/')
  return path.startsWith('/') ? `file://${path.replace(/^\/+/, '/')}` : path
}

const region = ({ line, column, endLine, endColumn }: Region) => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
})

/** Where files are, by name: the artifacts of the run (3.14.15) and references to them (3.4). */
function artifactsOf(findings: readonly Reportable[], filesChecked: readonly string[]) {
  const indexes = new Map<string, number>()
  const add = (file: string) => {
    const uri = fileUri(file)
    if (!indexes.has(uri)) indexes.set(uri, indexes.size)
  }
  filesChecked.forEach(add)
  for (const { region: at, related = [], textFix } of findings) {
    if (at) add(at.file)
    for (const { region: there } of related) if (there) add(there.file)
    for (const { region: there } of textFix?.replacements ?? []) add(there.file)
  }
  // A relative reference says what it is relative to (3.4.4); this name is the usual one for the checkout.
  const location = (uri: string) => (uri.startsWith('file:') ? { uri } : { uri, uriBaseId: '%SRCROOT%' })
  return {
    artifacts: [...indexes.keys()].map(uri => ({ location: location(uri) })),
    at: (file: string) => {
      const uri = fileUri(file)
      return { ...location(uri), index: indexes.get(uri) ?? -1 }
    },
  }
}

type Locate = ReturnType<typeof artifactsOf>['at']

/** Section 3.55; a fix without a change of text is no fix there. Each artifact has one artifactChange. */
function fixes({ title, safe, replacements }: TextFix, at: Locate) {
  const changes = new Map<string, { artifactLocation: ReturnType<Locate>; replacements: object[] }>()
  for (const { region: deleted, text } of replacements) {
    const artifactLocation = at(deleted.file)
    const change = changes.get(artifactLocation.uri) ?? { artifactLocation, replacements: [] }
    change.replacements.push({ deletedRegion: region(deleted), insertedContent: { text } })
    changes.set(artifactLocation.uri, change)
  }
  if (changes.size === 0) return []
  return [{ description: message(title), artifactChanges: [...changes.values()], properties: { safe } }]
}

/** A reportingDescriptor (3.49) for every code that occurs, in alphabetical order. */
function rulesOf(findings: readonly Reportable[], { rules }: ReportContext) {
  const severityOf = new Map(findings.map(({ code, severity }) => [code, severity]))
  return [...severityOf]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([code, severity]) => {
      const rule = rules.get(code)
      const summary = rule?.summary ?? code
      const why = rule?.why ?? summary
      return {
        id: code,
        shortDescription: prose(summary),
        fullDescription: prose(why),
        help: prose(why),
        ...(rule?.helpUri !== undefined && { helpUri: rule.helpUri }),
        defaultConfiguration: { level: levels[rule?.defaultSeverity ?? severity] },
      }
    })
}

function result(finding: Reportable, ruleIndex: number, fingerprint: string, at: Locate, firstFile?: string) {
  const { code, severity, help, related = [], textFix } = finding
  const place = (spot: Region) => ({
    physicalLocation: { artifactLocation: at(spot.file), region: region(spot) },
  })
  // What concerns the whole run is pinned to the first file: services refuse a log with a result without one.
  const own = finding.region ?? (firstFile === undefined ? undefined : startOf(firstFile))
  const located = related.flatMap(({ message: words, region: spot }) => (spot ? [{ words, spot }] : []))
  const placeless = related.filter(({ region: spot }) => spot === undefined)
  const changes = textFix === undefined ? [] : fixes(textFix, at)
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: message(
      finding.message,
      ...placeless.map(({ message: words }) => `note: ${words}`),
      ...(help === undefined ? [] : [`help: ${help}`]),
    ),
    locations: own === undefined ? [] : [place(own)],
    ...(located.length > 0 && {
      relatedLocations: located.map(({ words, spot }, index) => ({
        id: index + 1,
        message: message(words),
        ...place(spot),
      })),
    }),
    // The one name that GitHub code scanning knows findings again by.
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    ...(changes.length > 0 && { fixes: changes }),
  }
}

const startOf = (file: string): Region => ({ file, line: 1, column: 1, endLine: 1, endColumn: 1 })

export const sarif: Report = (findings, context) => {
  const { tool, filesChecked } = context
  const { artifacts, at } = artifactsOf(findings, filesChecked)
  const rules = rulesOf(findings, context)
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]))
  const names = fingerprints(findings)
  return jsonText({
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            ...(tool.informationUri !== undefined && { informationUri: tool.informationUri }),
            rules,
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts,
        results: findings.map((finding, index) =>
          result(finding, indexOf.get(finding.code) ?? -1, names[index] ?? '', at, filesChecked[0]),
        ),
      },
    ],
  })
}
