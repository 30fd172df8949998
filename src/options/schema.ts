// The JSON schema of an intent, printed from the rows: what editors complete and explain, and what ajv holds an
// intent against. Nothing in it is written by hand but the shape of the document.

import { bonding, carried, collections, options, rowsOf, type Subject } from './index.ts'
import type { AnyKind, JsonSchema } from './kind.ts'
import { type AnyRow, allModes } from './row.ts'

/** Words that the tables of other rooms know: the ids of host targets and of switch platforms. */
export interface Vocabulary {
  readonly targets: readonly string[]
  readonly platforms: readonly string[]
}

/** The schema's name; files are tied to it by a path in a comment, see `bondplan schema`. */
export const schemaId = 'urn:bondplan:schema:intent'

const sentence = (row: AnyRow): string => {
  const parts = [row.summary]
  if (row.modes.length < allModes.length) {
    const then = row.elsewhere === 'refused' ? 'the driver refuses it elsewhere' : 'it does nothing elsewhere'
    parts.push(`In ${row.modes.join(', ')}; ${then}.`)
  }
  if (row.since !== undefined) parts.push(`Since Linux ${[row.since, ...row.backports].join(', ')}.`)
  return parts.join(' ')
}

function propertyOf(row: AnyRow, extra?: JsonSchema): JsonSchema {
  const kind: AnyKind = row.kind
  const unset = row.unset === undefined || row.unset === '' ? undefined : kind.write(row.unset)
  return {
    description: sentence(row),
    ...(extra ?? kind.schema),
    ...(unset === undefined || (Array.isArray(unset) && unset.length === 0) ? {} : { default: unset }),
  }
}

/** Rows that stand in several rooms, each under the name by which all of them refer to it. */
const shared: ReadonlyMap<AnyRow, string> = new Map(
  [
    ...Object.entries<AnyRow>(bonding),
    ...Object.entries<AnyRow>(carried),
    ...Object.entries<AnyRow>(options.host),
  ].map(([id, row]) => [row, `option-${id}`]),
)

function rowsSchema(rows: Readonly<Record<string, AnyRow>>): Readonly<Record<string, JsonSchema>> {
  const properties: Record<string, JsonSchema> = {}
  for (const [id, row] of Object.entries(rows)) {
    const name = shared.get(row)
    properties[id] = name === undefined ? propertyOf(row) : { $ref: `#/$defs/${name}` }
    for (const alias of row.aliases)
      properties[alias] = { ...properties[id], deprecated: true, description: `Read as ${id}.` }
  }
  return properties
}

const object = (description: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  description,
  type: 'object',
  properties,
  additionalProperties: false,
})

const named = (description: string, names: JsonSchema, item: string): JsonSchema => ({
  description,
  type: 'object',
  propertyNames: names,
  additionalProperties: { $ref: `#/$defs/${item}` },
})

/** Names that are ranges: what stands below them is held to the schema when it is written out (src/intent/ranges.ts). */
const counted = (things: JsonSchema): JsonSchema => ({
  ...things,
  propertyNames: { anyOf: [things.propertyNames, { type: 'string', pattern: rangePattern }] },
  patternProperties: { [rangePattern]: { $ref: '#/$defs/counted' } },
})

const rangePattern = '\\[[0-9, -]+\\]'

/** An id out of a list, or one with a version; the list is what "did you mean" offers. */
const idOrVersioned = (ids: readonly string[], any: AnyKind): JsonSchema =>
  ids.length === 0
    ? any.schema
    : {
        anyOf: [
          { enum: [...ids] },
          { type: 'string', pattern: `^(?:${ids.join('|')})@\\d+(?:\\.\\d+){0,2}$` },
        ],
      }

/** The schema of a whole intent (JSON Schema draft 2020-12). */
export function schemaOf({ targets, platforms }: Vocabulary): JsonSchema {
  const target = idOrVersioned(targets, options.host.target.kind)
  const platform = idOrVersioned(platforms, options.switch.platform.kind)
  const device = options.vlan.link.kind.schema
  const node = options.bond.use.kind.schema
  const devices = {
    ports: named(
      'The ports that something is known of; a port named only as a member needs no entry.',
      device,
      'port',
    ),
    bonds: named('The bonds by their device names.', device, 'bond'),
    vlans: named('VLAN devices by their names.', device, 'vlan'),
    bridges: named('Bridges by their names.', device, 'bridge'),
  }
  const hostRows = rowsSchema(options.host)
  const oneOrMoreTargets = { anyOf: [target, { type: 'array', items: target, uniqueItems: true }] }
  const def = (subject: Subject, description: string): JsonSchema =>
    object(description, rowsSchema(rowsOf(subject)))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: schemaId,
    title: 'bondplan intent',
    description: 'Link bonds of hosts, the switches at the other end, and what is hoped for.',
    type: 'object',
    properties: {
      profiles: named('Named sets of bond options that bonds may use.', node, 'profile'),
      hosts: counted(named('The hosts by name; web[01-40] stands for forty.', node, 'host')),
      switches: counted(named('The switches by name; leaf[1-8] stands for eight.', node, 'switch')),
      traffic: {
        description: 'What somebody hopes for, to be compared with what can be.',
        type: 'array',
        items: { $ref: '#/$defs/traffic' },
      },
      ...hostRows,
      ...devices,
    },
    additionalProperties: false,
    $defs: {
      ...Object.fromEntries([...shared].map(([row, name]) => [name, propertyOf(row)])),
      'option-target': propertyOf(options.host.target, oneOrMoreTargets),
      profile: object('Bond options under a name.', rowsSchema(bonding)),
      host: object('One host.', { ...hostRows, ...devices }),
      port: def('port', 'A port of a host.'),
      bond: def('bond', "A bond: its members, the driver's options, and what it carries."),
      vlan: def('vlan', 'A VLAN device.'),
      bridge: def('bridge', 'A bridge.'),
      switch: object('One switch.', {
        ...rowsSchema(options.switch),
        platform: propertyOf(options.switch.platform, platform),
        [collections.lag]: named(
          "LAGs by number: what differs from what the hosts imply, or LAGs of the switch's own.",
          { type: 'string', pattern: '^[1-9]\\d{0,4}$' },
          'lag',
        ),
      }),
      lag: def('lag', 'A LAG of a switch.'),
      traffic: { ...def('traffic', 'One hope.'), required: ['from', 'to'] },
      counted: {
        description:
          'What is said of each thing of a range. In it {n} is its number, {i} counts from 0, {host} is its name; {n+100}, {(n-1)/24+1}, {192.0.2.10+n} and {n|02x} reckon with them.',
        type: 'object',
      },
    },
  }
}
