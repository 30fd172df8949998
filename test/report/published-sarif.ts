// The published JSON schema of SARIF 2.1.0, as the package @microsoft/jest-sarif ships it, as a check. It is written in
// draft 4, of which it uses nothing that later drafts read otherwise but the name of `$id`.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'

const file = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
)

const { id: _id, $schema: draft, ...schema } = JSON.parse(readFileSync(file, 'utf8'))
if (draft !== 'http://json-schema.org/draft-04/schema#') throw new Error(`${file} is written in ${draft}`)

/** RFC 3986 by its characters, and RFC 3339 as far as a machine writes it. */
const formats = {
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]*$/,
  'uri-reference': /^[^\s<>"{}|\\^`]*$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
}

const validate = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, formats }).compile(schema)

/** What the published schema has against a log, as sentences. */
export function objections(log: unknown): readonly string[] {
  if (validate(log)) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
