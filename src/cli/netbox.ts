// Exports of NetBox from files, as one intent with the cables of a list.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { mountedOn } from '../diagnostics/origin.ts'
import { type Export, readNetbox } from '../intent/netbox.ts'
import { decodeText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import { cabled } from './cables.ts'
import type { Loaded } from './intents.ts'
import type { Io } from './io.ts'
import { Shelf, shown } from './shelf.ts'

/** Reads files of NetBox's REST interface. Throws Unreadable. */
export function loadNetbox(io: Io, files: readonly string[], cabling: string | undefined): Loaded {
  const shelf = new Shelf(io, files)
  const diagnostics: Diagnostic[] = []
  const exports = files.flatMap((path): readonly Export[] => {
    const decoded = decodeText(io.read(path), shown(path))
    diagnostics.push(...decoded.diagnostics)
    if (decoded.value === undefined) return []
    const parsed = readYaml(decoded.value)
    diagnostics.push(...parsed.diagnostics)
    shelf.put(decoded.value.file, decoded.value, parsed.value?.origin)
    return parsed.value === undefined ? [] : [parsed.value]
  })
  const read = readNetbox(exports)
  const { intent, mounts, ...joined } = cabled(io, shelf, read.value, cabling)
  return {
    intent,
    origin: mountedOn({ regionOf: () => undefined, lines: () => [] }, mounts),
    texts: shelf,
    files: [...files, ...joined.files].map(shown),
    diagnostics: [...diagnostics, ...read.diagnostics, ...joined.diagnostics],
  }
}
