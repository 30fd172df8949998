// One machine out of its files: taken apart by the dialect of its target, recognised, recalled. Pure; which files belong
// together and where they come from is the caller's business.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Origin } from '../diagnostics/origin.ts'
import type { Host, Switch } from '../intent/intent.ts'
import { withNamed } from '../intent/read.ts'
import type { SourceText } from '../intent/text.ts'
import { recall, type Spots } from './recall.ts'
import { type Remark, type Remarks, remarksIn, remarksOf } from './remarks.ts'
import { recallSwitch } from './switch-recall.ts'
import type { SwitchTarget } from './switch-target.ts'
import type { Astray, ScannedFile, Target } from './target.ts'

export interface ReadSystem {
  readonly hosts: readonly Host[]
  readonly switches: readonly Switch[]
  /** Where it all stands, by paths of the intent. */
  readonly origin: Origin
  readonly spots: Spots
  /** Remarks of people beside what was understood, by paths of the intent: joined when somebody asks, as few do. */
  remarks(): Remarks
  readonly diagnostics: readonly Diagnostic[]
}

/** Whether a target's running text can be read at all: every host's can, of switches all that stand. */
export type Readable = Target | SwitchTarget

const isSwitch = (target: Readable): target is SwitchTarget => target.side === 'switch'

/** Reads the files of one machine. `sources` in the order in which they were found. */
export function readSystem(target: Readable, sources: readonly SourceText[], name: string): ReadSystem {
  const texts = new Map(sources.map(source => [source.file, source]))
  const diagnostics: Diagnostic[] = []
  const remarks: Remark[] = []
  const scanned = sources.map((source): ScannedFile => {
    const taken = target.dialect.statements(source.text, source.file)
    diagnostics.push(...taken.diagnostics)
    remarks.push(...remarksIn(source, taken.comments ?? [], target.dialect.heading))
    return { path: source.file, statements: taken.statements }
  })
  const regionOf = (file: string, { start, end }: { start: number; end: number }) => {
    const source = texts.get(file)
    if (source === undefined) throw new Error(`${target.id} speaks of ${file}, which was not read`)
    return source.regionOf(start, end)
  }
  const begin = sources[0]?.regionOf(0, 0)
  const done = (
    node: Pick<ReadSystem, 'hosts' | 'switches'>,
    read: { origin: Origin; spots: Spots; diagnostics: readonly Diagnostic[] },
    outside: number,
    astray: readonly Astray[] = [],
  ): ReadSystem => ({
    ...node,
    origin: { ...read.origin, regionOf: place => read.origin.regionOf(place) ?? begin },
    spots: read.spots,
    remarks: () => remarksOf(remarks, read.spots),
    diagnostics: [
      ...diagnostics,
      ...astray.map(({ file, span, ...said }) => ({ ...said, region: regionOf(file, span) })),
      ...read.diagnostics,
      ...passedOver(outside, sources),
    ],
  })
  if (isSwitch(target)) {
    const read = recallSwitch(scanned, target, name, regionOf)
    return done({ hosts: [], switches: [read.self] }, read, read.outside)
  }
  const { devices, outside, astray } = target.recognise(scanned)
  const read = recall(devices, target, name, regionOf)
  const { host } = read
  const whole: Host = {
    ...host,
    options: { target: [target.id] },
    ports: withNamed(host.ports, host.bonds, host.vlans, host.bridges),
  }
  return done({ hosts: [whole], switches: [] }, read, outside + read.outside, astray)
}

/** What is outside all subjects is counted, not swallowed. */
function passedOver(outside: number, [first]: readonly SourceText[]): readonly Diagnostic[] {
  if (outside === 0 || first === undefined) return []
  return [
    {
      code: 'outside',
      severity: 'note',
      message: `${outside} statement${outside === 1 ? ' is' : 's are'} no part of a bond or what stands on it, and left alone`,
      region: first.regionOf(0, 0),
    },
  ]
}
