// networkd's own parser: hosts of every shape are rendered for the version that is installed, and systemd-networkd reads the
// files of each without a line of warning.
//
// BONDPLAN_HOSTS_SEED repeats a run; BONDPLAN_HOSTS sets how many.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { networkd } from '../../src/targets/host/networkd.ts'
import { renderHost } from '../../src/targets/write.ts'
import { anyHost } from '../support/intents.ts'
import { isNamed, networkdComplaints, networkdVersion } from './networkd/parser.ts'

const seed = Number(process.env.BONDPLAN_HOSTS_SEED ?? Math.floor(Math.random() * 2 ** 31))
const amount = Number(process.env.BONDPLAN_HOSTS ?? 300)

describe(`systemd-networkd (seed ${seed})`, () => {
  test(`has nothing to say to the files of ${amount} hosts`, () => {
    const version = networkdVersion()
    const hosts = fc.sample(anyHost.filter(isNamed), { seed, numRuns: amount })
    const rendered = hosts.map(host => renderHost(host, networkd, templates, version))
    const complaints = networkdComplaints(rendered)
    const faulty = rendered.flatMap(({ files }, at) => {
      const lines = complaints[at] ?? []
      return lines.length === 0
        ? []
        : [{ lines, files: files.map(({ path, content }) => `${path}\n${content}`) }]
    })
    expect(faulty.slice(0, 3)).toEqual([])
    // That some of them said much, and the parser was there to see it.
    expect(rendered.reduce((sum, { files }) => sum + files.length, 0)).toBeGreaterThan(amount)
  })

  test('does speak up where there is something to say', () => {
    const content = '[Match]\nName=eth0\n\n[Network]\nAddress=nowhere\nGreeting=hello\n'
    const [lines] = networkdComplaints([
      { files: [{ path: 'etc/systemd/network/05-eth0.network', content }] },
    ])
    expect(lines).toEqual([
      expect.stringContaining("05-eth0.network:5: Invalid address 'nowhere'"),
      expect.stringContaining("05-eth0.network:6: Unknown key 'Greeting'"),
    ])
  })
})
