// The validator's errors in the user's words: one complaint for each thing that is wrong, at the key or value that is
// wrong, with what would be right. ajv reports every branch of a choice and every layer of a pattern; here they
// become one again.

import type { Diagnostic, Path, Step } from '../diagnostics/diagnostic.ts'
import { keyAt, valueAt } from '../diagnostics/diagnostic.ts'
import { nearest } from '../diagnostics/nearest.ts'
import type { AnyKind } from '../options/kind.ts'
import { keysIn, type Room, type Spot, spotAt } from './shape.ts'

/** What is used of an ajv error object (ajv, ErrorObject). */
export interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly propertyName?: string
}

const things: Readonly<Record<Room, string>> = {
  document: 'the intent',
  profile: 'profile',
  host: 'host',
  port: 'port',
  bond: 'bond',
  vlan: 'VLAN',
  bridge: 'bridge',
  switch: 'switch',
  lag: 'LAG',
  traffic: 'hope',
}

const stepsOf = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))

/** The value at a path of a document; undefined where there is none. Numbers in lists come as text steps too. */
export function valueAtPath(document: unknown, path: Path): unknown {
  let value = document
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Readonly<Record<Step, unknown>>)[step]
  }
  return value
}

/** A value in a message: short, on one line, as JSON. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  const json = JSON.stringify(value)
  return json.length <= 60 ? json : `${json.slice(0, 57)}...`
}

/** The kind of what stands at `rest` inside a value of the given kind, and the keys that may stand there. */
function innerKind(
  kind: AnyKind,
  rest: Path,
): { readonly kind: AnyKind; readonly fields: readonly string[] } {
  let inner: AnyKind & {
    readonly item?: AnyKind
    readonly fields?: Readonly<Record<string, { kind: AnyKind }>>
  } = kind
  for (const step of rest) {
    const next: AnyKind | undefined = inner.item ?? inner.fields?.[step]?.kind
    if (next === undefined) break
    inner = next
  }
  return { kind: inner, fields: Object.keys(inner.fields ?? {}) }
}

const nameOfThing = ({ room, name }: Spot): string =>
  room === 'document' ? 'the intent' : `${things[room]} ${name}`

function unknownKey(path: Path, key: string, document: unknown): Diagnostic {
  const spot = spotAt(path)
  const known = spot.option ? innerKind(spot.option.row.kind, spot.option.rest).fields : keysIn(spot.room)
  const where = spot.option ? `${spot.option.id} of ${nameOfThing(spot)}` : nameOfThing(spot)
  const free = known.filter(candidate => valueAtPath(document, [...path, candidate]) === undefined)
  const meant = nearest(key, free) ?? nearest(key, known)
  return {
    code: 'unknown-option',
    severity: 'error',
    message: `${where} has no option ${shown(key)}; nothing would be done with it`,
    at: keyAt(...path, key),
    help: meant === undefined ? `known here: ${known.join(', ')}` : `did you mean ${meant}?`,
    ...(meant === undefined
      ? {}
      : {
          fix: {
            safe: true,
            title: `rename to ${meant}`,
            edits: [{ kind: 'rename' as const, path: [...path, key], key: meant }],
          },
        }),
  }
}

function wrongName(path: Path, name: string): Diagnostic {
  const spot = spotAt([...path, name])
  const tooLong =
    spot.room !== 'host' && spot.room !== 'switch' && spot.room !== 'profile' && name.length > 15
  const expects =
    spot.room === 'lag'
      ? 'a number from 1 to 65535'
      : spot.room === 'host' || spot.room === 'switch' || spot.room === 'profile'
        ? 'at most 63 letters, digits, dots, underscores or hyphens'
        : 'at most 15 letters, digits, or . _ - @ +'
  return {
    code: tooLong ? 'name-too-long' : 'name-invalid-chars',
    severity: 'error',
    message: `${shown(name)} cannot be the name of a ${things[spot.room]}`,
    at: keyAt(...path, name),
    help: `expected ${expects}`,
  }
}

function wrongValue(
  path: Path,
  keyword: string,
  params: SchemaError['params'],
  document: unknown,
): Diagnostic {
  const spot = spotAt(path)
  const value = valueAtPath(document, path)
  const at = valueAt(...path)
  if (spot.option === undefined) {
    const what = spot.collection === undefined ? nameOfThing(spot) : String(path.at(-1))
    const shape = spot.collection === 'traffic' ? 'a list' : 'a mapping of names or options'
    const message = `${what} is ${shown(value)}, expected ${shape}`
    return { code: 'value-not-allowed', severity: 'error', message, at }
  }
  const { id, row, rest } = spot.option
  const { kind } = innerKind(row.kind, rest)
  const label =
    rest.length === 0
      ? id
      : `${id} ${rest.map(step => (/^\d+$/.test(String(step)) ? Number(step) + 1 : step)).join(' ')}`
  const common = { severity: 'error' as const, at }
  if (keyword === 'uniqueItems') {
    const twice = Array.isArray(value) ? value[Number(params.i)] : value
    const code = id === 'members' ? 'members-duplicate' : 'value-twice'
    return {
      ...common,
      code,
      message: `${id} names ${shown(twice)} twice`,
      at: valueAt(...path, Number(params.i)),
      help: 'name it once',
    }
  }
  if (keyword === 'maxItems') {
    const code = id.endsWith('-target') ? 'arp-targets-too-many' : row.codes.value
    return {
      ...common,
      code,
      message: `${id} has ${(value as unknown[]).length} items, the driver takes ${params.limit}`,
      help: `keep at most ${params.limit}`,
    }
  }
  if (keyword === 'required') {
    return {
      ...common,
      code: 'value-missing',
      message: `${label} lacks ${String(params.missingProperty)}`,
      at: keyAt(...path),
      help: `expected ${kind.expects}`,
    }
  }
  const meant = typeof value === 'string' && kind.words ? nearest(value, kind.words) : undefined
  return {
    ...common,
    code: row.codes.value,
    message: `${label} is ${shown(value)}, expected ${kind.expects}`,
    ...(meant === undefined
      ? {}
      : {
          help: `did you mean ${meant}?`,
          fix: { safe: true, title: `write ${meant}`, edits: [{ kind: 'set', path, value: meant }] },
        }),
  }
}

/** Turns the errors of one document into diagnostics: one for each place, the deepest that explains it. */
export function complaints(errors: readonly SchemaError[], document: unknown): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>()
  const note = (key: string, diagnostic: Diagnostic): void => {
    if (!found.has(key)) found.set(key, diagnostic)
  }
  const deepest = deepestErrors(errors)
  for (const error of deepest) {
    const { keyword, instancePath, params } = error
    const path = stepsOf(instancePath)
    if (error.propertyName !== undefined || keyword === 'propertyNames') {
      const name = error.propertyName ?? String(params.propertyName)
      note(`${instancePath}/${name} name`, wrongName(path, name))
    } else if (keyword === 'additionalProperties') {
      const key = String(params.additionalProperty)
      note(`${instancePath}/${key} key`, unknownKey(path, key, document))
    } else {
      note(
        `${instancePath} ${keyword === 'required' ? String(params.missingProperty) : ''}`,
        wrongValue(path, keyword, params, document),
      )
    }
  }
  return [...found.values()]
}

/**
 * A choice of schemas (anyOf) reports each branch, and itself, at one place, and branches that go deeper below it.
 * Kept is the deepest word on the matter; the choice itself only where no branch went deeper.
 */
function deepestErrors(errors: readonly SchemaError[]): readonly SchemaError[] {
  const ancestors = new Set<string>()
  for (const { instancePath } of errors) {
    for (let end = instancePath.lastIndexOf('/'); end > 0; end = instancePath.lastIndexOf('/', end - 1)) {
      const ancestor = instancePath.slice(0, end)
      if (ancestors.has(ancestor)) break
      ancestors.add(ancestor)
    }
  }
  const deeper = (path: string): boolean => ancestors.has(path)
  const choices = new Set(errors.filter(error => error.keyword === 'anyOf').map(error => error.instancePath))
  return errors.filter(error => !(choices.has(error.instancePath) && deeper(error.instancePath)))
}
