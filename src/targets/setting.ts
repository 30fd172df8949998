// The middle between meaning and text: what a target is to be told, or was found to say, device by device. Placing
// makes settings out of an intent, recall makes an intent out of them; templates and dialects go on from there.

import type { Path, Place } from '../diagnostics/diagnostic.ts'
import type { Span } from '../dialects/dialect.ts'
import type { DeviceSubject } from '../options/index.ts'
import type { Value } from '../options/kind.ts'

export interface Setting {
  /** The device whose part of the configuration it stands in. */
  readonly device: string
  /** The part of it: a section, a mapping; each target names its own. */
  readonly in: string
  /** Which of several parts of that name: the second route is group 1. Absent where there is one. */
  readonly group?: number
  readonly name: string
  readonly value: Value
  /** Where it was said; absent for what is written though nothing was said. */
  readonly from?: Place
}

/** A device with what it is to be told. */
export interface PlacedDevice {
  readonly subject: DeviceSubject
  readonly name: string
  readonly path: Path
  readonly settings: readonly Setting[]
}

/** A statement that was found in a target's text, with the device and the part that it belongs to. */
export interface Found {
  readonly in: string
  readonly group?: number
  readonly name: string
  readonly value: Value
  readonly file: string
  readonly key: Span
  readonly at: Span
}

/** A device as it was found in a target's text. */
export interface ScannedDevice {
  readonly subject: DeviceSubject
  readonly name: string
  readonly file: string
  /** Where it is defined. */
  readonly key: Span
  readonly found: readonly Found[]
}
