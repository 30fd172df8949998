// convert: what people wrote beside an option goes along, and what it means stays what it was.

import { expect, test } from 'vitest'
import { targets } from '../../src/targets/index.ts'
import { run } from '../support/memory-io.ts'

const file = 'web1/etc/network/interfaces'
const interfaces = `# this machine's only link
auto bond0
# the uplink to rack 4: ask netops
iface bond0 inet static
    address 192.0.2.10/24
    bond-slaves eth0 eth1
    # as the switch has it
    bond-mode 802.3ad
    bond-miimon 100
    # ! bang, and a backslash at the end \\
    bond-lacp-rate fast
`

interface Rendered {
  readonly path: string
  readonly content: string
}

const converted = async (to: string): Promise<readonly Rendered[]> => {
  const { out, err } = await run(['convert', '--to', to, '--format', 'json', 'web1'], {
    files: { [file]: interfaces },
  })
  if (out === '') throw new Error(err)
  return JSON.parse(out).files
}

test.each(targets.filter(({ dialect }) => dialect.comment !== undefined).map(({ id }) => id))(
  'to %s',
  async id => {
    const files = await converted(id)
    const lines = files.flatMap(({ content }) => content.split('\n'))
    const at = lines.findIndex(line => line.trim() === '# as the switch has it')
    expect(at).toBeGreaterThan(0)
    expect(lines[at + 1]).toMatch(/802\.3ad|\b4\b/)
    expect(lines.some(line => line.trim() === '# the uplink to rack 4: ask netops')).toBe(true)
    // No editor, shell or continued line makes more of a remark than it is.
    expect(lines.filter(line => /#\s*!|#.*\\$/.test(line))).toEqual([])
    const world = { files: Object.fromEntries(files.map(({ path, content }) => [`web1/${path}`, content])) }
    const again = await run(['import', '--from', id, '--name', 'web1', 'web1'], world)
    const plain = (text: string): readonly string[] =>
      text.split('\n').filter(line => !/^\s*#|^target:/.test(line))
    const direct = await run(['import', 'web1'], { files: { [file]: interfaces } })
    expect(plain(again.out).join('\n')).toContain('mode: 802.3ad')
    expect(plain(again.out).join('\n')).toContain('lacp-rate: fast')
    expect(direct.out).toContain('# as the switch has it')
    expect(again.out).toContain('# as the switch has it')
  },
)

test('a switch is not converted, and that is said', async () => {
  const config = 'hostname sw1\ninterface GigabitEthernet1/0/1\n channel-group 1 mode active\n'
  const { err } = await run(['convert', '--to', 'netplan', 'sw1.cfg'], { files: { 'sw1.cfg': config } })
  expect(err).toContain('warning[not-converted]')
})
