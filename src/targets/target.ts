// What a target is: a table of stances, the files it writes, and how its own text is found again. A target chooses
// nothing: the walk (place.ts) and the writer (write.ts) belong to the core.

import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts'
import type { Dialect, Span, Statement } from '../dialects/dialect.ts'
import type { Device, Host } from '../intent/intent.ts'
import type { DeviceSubject, Subject } from '../options/index.ts'
import type { AnyRow } from '../options/row.ts'
import type { ScannedDevice } from './setting.ts'
import type { Stance } from './stance.ts'
import type { View } from './write.ts'

export interface TargetFile {
  /** Where it goes below the root of the host; `{device}` is the name of the device. */
  readonly path: string
  readonly template: string
  /** Permission bits, as the target demands. */
  readonly mode: number
  /** One for the whole host, or one for each device of these subjects. */
  readonly per: 'host' | readonly DeviceSubject[]
  /** Written for a device only where one of these parts has something to say. Absent: always. */
  readonly when?: readonly string[]
}

/** The parts of a device's configuration. `several`: there may be many of that name. */
export interface Parts {
  readonly single: readonly string[]
  readonly several: readonly string[]
}

/** A statement that is known and none of our business: by part and name; a value only where that matters. */
export interface Ignored {
  readonly in: string
  /** Absent: everything in that part. */
  readonly name?: string
  /** It is about other things than bonds and what stands on them: counted with what is outside. */
  readonly outside?: boolean
  readonly value?: string
}

/** Statements about other things than bonds and what stands on them; without names everything in that part. */
export const others = (part: string, ...names: readonly string[]): readonly Ignored[] =>
  names.length === 0 ? [{ in: part, outside: true }] : names.map(name => ({ in: part, name, outside: true }))

/** What is said of a statement that nothing is made of, where there is more to say than that. */
export interface Unread {
  readonly in: string
  /** Absent: everything in that part. */
  readonly name?: RegExp
  /** Absent: whatever its value. */
  readonly value?: RegExp
  readonly code: string
  readonly severity?: Severity
  /** Goes on behind the name of the statement. */
  readonly says: string
  readonly help?: string
  readonly covers?: readonly string[]
}

/** Text of a target, taken apart by its dialect. */
export interface ScannedFile {
  readonly path: string
  readonly statements: readonly Statement[]
}

/** Files that are taken in where they are named. */
export interface Include {
  /** A path or a pattern, absolute on the machine itself or from the folder of the file; or a folder. */
  readonly pattern: string
  /** The folder on the machine in which the including file lies. */
  readonly home: string
  /** Which files of a folder are taken in. */
  readonly names: RegExp
}

/** What `recognise` found: devices with their statements, and what it passed over as none of ours. */
export interface Recognised {
  readonly devices: readonly ScannedDevice[]
  /** Statements that stand outside every device; they are counted, not swallowed. */
  readonly outside: number
  /** What is wrong with how the files stand together, at its place. */
  readonly astray?: readonly Astray[]
}

/** Text that does not do what it says, or of which only the machine knows what it does. */
export interface Astray extends Pick<Diagnostic, 'code' | 'severity' | 'message' | 'help' | 'covers'> {
  readonly file: string
  readonly span: Span
}

/** A file that has no effect beside another. */
export const shadowed = (file: string, span: Span, message: string): Astray => ({
  code: 'file-shadowed',
  severity: 'warning',
  message,
  file,
  span,
})

/** What counts the members of a bond: nobody can where only the machine knows them. */
export const countsMembers: readonly string[] = ['members-empty', 'members-single']

/** A match that names no device: which ones it means only the machine knows. */
export const unknownMatch = (file: string, span: Span, what: string): Astray => ({
  code: 'not-understood',
  severity: 'warning',
  message: `${what} names no single device: which ones are meant, only the machine knows, so nothing is made of it`,
  help: 'name the devices',
  covers: countsMembers,
  file,
  span,
})

/** A command as its words. `{root}` stands for a folder that has files where a host has them below its root. */
export type Command = readonly string[]

/** How a host that is running takes new files of a target. All commands are run as root, one after the other. */
export interface Deployment {
  /** Has the reader's own parser look at the files below `{root}`, and fails where it does not take one. */
  readonly check: readonly Command[]
  /** Takes down what was brought up from the files that are in place, before they are replaced. */
  readonly leave: readonly Command[]
  /** Brings up what the files in place say. */
  readonly enter: readonly Command[]
  /** What has to be run early at boot, before the network is started, where files have just been put back. */
  readonly boot: readonly Command[]
}

/** How a changed configuration gets to a host that runs. */
export interface Applied {
  /** The first version that does it so; absent: all, up to the one that the next names. */
  readonly since?: string
  /** What to run; `{bond}` is the bond's name. */
  readonly command: string
  /** What becomes of a bond that is there: it takes what the driver takes live, it stays as it is, or it is made anew. */
  readonly bond: 'changed' | 'kept' | 'anew'
  readonly because: string
  /** The command ends well and says nothing although options were not sent to a bond that is up. */
  readonly silent?: true
  /** What becomes of a device that is in the files no more; absent: nobody has looked. */
  readonly gone?: 'removed' | Leftover
}

/** A device stays when it is in the files no more. */
export interface Leftover {
  /** What takes it away; `{device}` is its name. */
  readonly command: string
  /** Whether it is run before the new files are in place, since it needs the old ones. */
  readonly first: boolean
  readonly because: string
}

export interface Target {
  readonly id: string
  readonly title: string
  readonly side: 'host' | 'switch'
  /** Who reads the files, for the list of targets. */
  readonly reader: string
  /** Versions for which `since` has been checked, oldest first; the last is the default. */
  readonly versions: readonly string[]
  /** Decided by the reader itself in our tests, or by its manual alone. */
  readonly proof: 'proven' | 'documented'
  readonly dialect: Dialect
  readonly files: readonly TargetFile[]
  /** What takes the files' effect back again, where that is no business of the reader; written when it is asked for. */
  readonly removal?: readonly TargetFile[]
  /** `needs-first`: each device stands after those that it is made of. Absent: ports, bonds, VLANs, bridges. */
  readonly order?: 'needs-first'
  readonly parts: Parts
  readonly spellings: { readonly [S in Subject]?: Readonly<Record<string, Stance>> }
  /** Whether the members keep the order in which they were said. */
  readonly keepsMemberOrder: boolean
  readonly ignores: readonly Ignored[]
  readonly unread?: readonly Unread[]
  /** What a value is that its reader takes without a look; absent: `not-understood`. */
  readonly unchecked?: Pick<Diagnostic, 'code' | 'severity'>
  /** Codes of rules that mean nothing here: what they miss happens anyway, or is said elsewhere. */
  readonly exempt?: readonly string[]
  /** How a running host takes the files; absent: nobody has looked. */
  readonly deployment?: Deployment
  /** By version, oldest first; absent: nobody has looked. */
  readonly applied?: readonly Applied[]
  /** Further files that a file takes in. */
  includes?(file: ScannedFile): readonly Include[]
  /** The devices that its text knows of; all where absent. What is said of others is lost, and so are their names. */
  readonly knows?: readonly DeviceSubject[]
  /** Devices whose names its text cannot hold, with the reason: nothing of such a host is written. */
  unnamed?(host: Host): readonly { readonly device: Device; readonly because: string }[]
  /** Rearranges a device's parts where its text has another shape than parts have. */
  arrange?(device: View): View
  /** Adds what no single device has, such as how many there are, to the view of the whole host. */
  arrangeHost?(host: View): View
  /** Finds the devices in the target's own text. */
  recognise(files: readonly ScannedFile[]): Recognised
}

/** Compares two versions number by number; a missing number counts as 0. Negative where `a` is older. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * Whether a Linux release has an option: from the series of its row on, or a release of an older long-term series that took
 * it over. Of a series alone, `6.1`, only what its first release has.
 */
export function kernelHas(
  release: string,
  { since, backports }: Pick<AnyRow, 'since' | 'backports'>,
): boolean {
  const series = (version: string): string => version.split('.').slice(0, 2).join('.')
  return (
    since === undefined ||
    compareVersions(release, since) >= 0 ||
    backports.some(one => series(one) === series(release) && compareVersions(release, one) >= 0)
  )
}

/** How a target of a version, or of its newest, is applied; undefined: nobody has looked. */
export const appliedBy = ({ applied, versions }: Target, version = versions.at(-1)): Applied | undefined =>
  applied?.findLast(
    ({ since }) => since === undefined || version === undefined || compareVersions(version, since) >= 0,
  )
