// VLANs over VLANs over VLANs, the topmost first: no target runs out of stack or time, and none forgets one.

import { expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { targets } from '../../src/targets/index.ts'
import { renderHost } from '../../src/targets/write.ts'
import { hostOf } from '../support/intents.ts'

const high = 2_000
const named = (at: number): string => `v${at}x`
const chain = hostOf({
  bonds: { bond0: { members: ['eth0', 'eth1'], mtu: 9000 } },
  vlans: Object.fromEntries(
    Array.from({ length: high }, (_, at) => [
      named(at),
      { link: at === high - 1 ? 'bond0' : named(at + 1), id: (at % 4094) + 1, mtu: at === 0 ? 1200 : 9000 },
    ]),
  ),
})

test.each(targets.flatMap(target => (target.side === 'host' ? [[target.id, target] as const] : [])))(
  '%s',
  (_, target) => {
    const { files, lost } = renderHost(chain, target, templates)
    const text = files.map(({ path, content }) => `${path}\n${content}`).join('\n')
    const told = lost.map(({ message, at }) => `${message} ${at}`).join('\n')
    const missing = Array.from({ length: high }, (_, at) => named(at)).filter(
      name => !text.includes(name) && !told.includes(name),
    )
    expect(missing).toEqual([])
  },
)
