// What is not what it looks like in interfaces files whose bonds ifenslave makes: spellings of old, lines that it does not
// read where they stand, and bonds that nothing brings up. Each is said at its line.

import type { Statement } from '../../dialects/dialect.ts'
import type { Found } from '../setting.ts'
import type { Astray } from '../target.ts'
import { namesIn } from './interfaces.ts'
import type { Stanza } from './interfaces-lines.ts'

/** A device with what was found of it. */
interface Device {
  readonly name: string
  readonly file: string
  readonly key: Found['key']
  readonly own: boolean
  readonly found: readonly Found[]
}

const at = (
  { file, key }: { readonly file: string; readonly key: Found['key'] },
  code: string,
  severity: Astray['severity'],
  message: string,
  help: string,
): Astray => ({ file, span: key, code, severity, message, help })

/** Everything that there is to say, in the order of the files. `bonds`: the names of those devices that are one. */
export function findingsOf(
  stanzas: readonly Stanza[],
  devices: readonly Device[],
  bonds: ReadonlySet<string>,
): readonly Astray[] {
  return [
    ...stanzas.flatMap(({ file, options }) => options.flatMap(option => spelling(file, option))),
    ...devices
      .filter(({ name }) => bonds.has(name))
      .flatMap(bond => [...idle(bond), ...twice(bond, devices)]),
  ]
}

/** ifenslave's own words since its version 1.1.0-12; others do not know those before. */
function spelling(file: string, { name, key }: Statement): readonly Astray[] {
  const said = { file, key }
  if (name === 'slaves' || name === 'bond_slaves')
    return [
      at(
        said,
        'legacy-slaves-keyword',
        'warning',
        `${name} is the old word for bond-slaves, which no other program reads`,
        'write bond-slaves',
      ),
    ]
  const plain = name.replaceAll('_', '-')
  if (/^bond_/.test(name))
    return [
      at(said, 'deprecated-spelling', 'note', `${name} is an old spelling of ${plain}`, `write ${plain}`),
    ]
  return []
}

/** ifup -a brings up what stands in an auto line, udev what stands in one of allow-hotplug. */
function idle(bond: Device): readonly Astray[] {
  if (!bond.own || bond.found.some(one => one.in === 'boot')) return []
  const message = `${bond.name} stands in no auto line, so nothing brings it up at boot`
  return [at(bond, 'missing-auto-stanza', 'warning', message, `write auto ${bond.name}`)]
}

/** Members that came up by their own stanza are passed over in the list of the bond (enslave_slaves()). */
function twice(bond: Device, devices: readonly Device[]): readonly Astray[] {
  const listed = bond.found.filter(one => one.in === 'link' && one.name === 'bond-slaves')
  const names = new Set(listed.flatMap(one => namesIn(one, false) ?? []))
  return devices.flatMap(({ name, found }) =>
    found.flatMap(one =>
      one.name === 'bond-master' && one.value === bond.name && names.has(name)
        ? [
            at(
              one,
              'bond-master-and-slaves',
              'warning',
              `${name} is in the list of ${bond.name} and names it as well: whichever comes up first attaches it`,
              `leave bond-master out, or say bond-slaves none for ${bond.name}`,
            ),
          ]
        : [],
    ),
  )
}
