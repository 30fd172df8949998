// The options file on a real driver: modprobe loads it with the file, and what the bonds that it makes then hold is what
// `effective` says of them, less what was reported. Every value of every option in every mode.

import { beforeAll, describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { settle } from '../../src/intent/effective.ts'
import { modprobe } from '../../src/targets/host/modprobe.ts'
import { renderHost } from '../../src/targets/write.ts'
import { runGuest } from '../rig/guest.ts'
import { release, usualKernel } from '../rig/kernels.ts'
import { hostOf } from '../support/intents.ts'
import { heldAndSettled, optionCases } from '../support/option-cases.ts'
import { packed } from '../support/packed.ts'

/** It loads its modules three times as fast as that of Debian 12. */
const newest = await usualKernel()
const series = release(newest).split('.').slice(0, 2).join('.')

const plans = packed(optionCases(series, 'eth0')).map(({ mode, shown, said }) => {
  const host = hostOf({ bonds: { bond0: said, bond1: said } })
  const { files, lost } = renderHost(host, modprobe, templates, series)
  return {
    name: `${mode}: ${shown}`,
    mode,
    host,
    content: files[0]?.content ?? '',
    lost: new Set(lost.map(({ at }) => (at?.path ?? []).slice(2).join('.'))),
  }
})

/** One file, however many plans come to it: members and much else cannot be said. */
const contents = [...new Set(plans.map(({ content }) => content))]

const script = `
folder=/tmp/modprobe.d
mkdir -p $folder
at=0
while [ -e /mnt/$at.conf ]; do
  modprobe -r -d /run/rig -C $folder bonding
  cp /mnt/$at.conf $folder/options.conf
  modprobe -d /run/rig -C $folder bonding; echo "exit $?" > /tmp/found
  for bond in /sys/class/net/bond*/bonding; do
    for file in $bond/*; do { read -r value < $file || value=; } 2>/dev/null; echo "$file $value"; done
  done >> /tmp/found
  cp /tmp/found /mnt/out/$at
  at=$((at + 1))
done
`

describe('the driver loaded with the file', () => {
  const found: Readonly<Record<string, string>>[] = []

  beforeAll(async () => {
    const { results, problem } = await runGuest({
      script,
      kernel: newest,
      files: Object.fromEntries(contents.map((content, at) => [`${at}.conf`, content])),
      timeoutMs: 60_000 + 4_000 * contents.length,
    })
    expect(problem).toBeUndefined()
    for (const at of contents.keys())
      found.push(
        Object.fromEntries(
          (results[String(at)] ?? '').split('\n').map(line => {
            const [name = '', ...rest] = line.split(' ')
            return [name.replace('/sys/class/net/', ''), rest.join(' ')]
          }),
        ),
      )
  })

  /** The files of one bond by their names. */
  const filesOf = (at: number, bond: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(found[at] ?? {}).flatMap(([path, text]) => {
        const folder = `${bond}/bonding/`
        return path.startsWith(folder) ? [[path.slice(folder.length), text]] : []
      }),
    )

  test.each(plans)('$name', ({ mode, host, content, lost }) => {
    const at = contents.indexOf(content)
    expect(found[at]?.exit, content).toBe('0')
    for (const { name, options } of host.bonds) {
      const kept = Object.entries(options).filter(([id]) => !lost.has(`bonds.${name}.${id}`))
      const { held, settled } = heldAndSettled(filesOf(at, name), settle(Object.fromEntries(kept)), mode)
      expect(held, content).toEqual(settled)
      expect(Object.keys(held).length, content).toBeGreaterThan(20)
    }
  })
})
