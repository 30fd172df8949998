// The column `modes` as a rule: one walk over the rows, reporting under each row's own code. What an option
// needs besides its mode is a rule of its own.

import { bySeverity, type Severity } from '../diagnostics/diagnostic.ts'
import { type Bond, bondsOf, type Host, type Node } from '../intent/intent.ts'
import { allModes, bonding, bondingPort, type Subject } from '../options/index.ts'
import type { AnyRow } from '../options/row.ts'
import { fixed, removing } from './fixes.ts'
import type { Finding, Rule } from './rule.ts'
import { at, list, membershipOf, modeOf } from './support.ts'

/** What is merely idle and changes nothing that anybody would notice. */
const quiet: readonly string[] = [
  'arp-all-targets-mode',
  'lp-interval-mode',
  'num-grat-arp-mode',
  'peer-notif-delay-mode',
  'resend-igmp-mode',
]

const severityOf = (row: AnyRow): Severity =>
  row.elsewhere === 'refused' ? 'error' : quiet.includes(row.codes.mode) ? 'note' : 'warning'

type Rows = readonly (readonly [id: string, row: AnyRow])[]

/** What does something in some modes only. */
const choosy = (rows: Readonly<Record<string, AnyRow>>): Rows =>
  Object.entries(rows).filter(([, row]) => row.modes.length < allModes.length)
const choosyOfBonds = choosy(bonding)
const choosyOfPorts = choosy(bondingPort)

const codes: Record<string, Severity> = {}
for (const [, row] of [...choosyOfBonds, ...choosyOfPorts]) {
  // Of several rows with one code the most severe one counts: a refusal more than what is ignored.
  const known = codes[row.codes.mode]
  if (known === undefined || bySeverity(severityOf(row), known) < 0) codes[row.codes.mode] = severityOf(row)
}

export const rule: Rule = {
  id: 'option-does-nothing',
  severity: 'warning',
  codes,
  summary: 'An option is said in a mode in which the driver refuses or ignores it.',
  why: `The driver takes most options in some modes only. A refusal is worse than nothing: over netlink a
bond is made with all its options or not at all, so the whole bond is missing. What is ignored is stored,
shown when it is read back, and has no effect.`,
  source: 'linux drivers/net/bonding/bond_options.c, unsuppmodes and bond_opt_check_deps(): EACCES',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        lacp-rate: fast
    #              ^^^^ the driver refuses lacp-rate in mode active-backup
        min-links: 1
    #              ^ min-links does nothing in mode active-backup
    `,
    `
    ports:
      eth0: {prio: 10}
    #              ^^ the driver refuses prio in mode 802.3ad
      eth2: {actor-port-prio: 1}
    #                         ^ eth2 is in no bond
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        arp-interval: 250
    #                 ^^^ the driver refuses arp-interval
        fail-over-mac: active
    #                  ^^^^^^ does nothing
    `,
    `
    profiles:
      lacp: {mode: 802.3ad, lacp-rate: fast}
    #                                  ^^^^ the driver refuses lacp-rate in mode balance-xor
    bonds:
      bond0: {use: lacp, members: [eth0, eth1]}
      bond1: {use: lacp, mode: balance-xor, members: [eth2, eth3]}
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        lacp-rate: fast
        min-links: 1
    `,
    `
    bonds:
      bond0: { mode: balance-rr, members: [eth0, eth1], fail-over-mac: none }
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) yield* idle(bond, choosyOfBonds, bond)
    for (const host of intent.hosts) yield* idleOnPorts(host)
  },
}

function* idleOnPorts(host: Host): Generator<Finding> {
  const bonds = membershipOf(host)
  for (const port of host.ports) {
    const bond = bonds.get(port.name)
    if (bond !== undefined) yield* idle(port, choosyOfPorts, bond)
    else yield* unattached(port)
  }
}

/** What goes together, such as a probe and its targets, has one code and is one mistake: the worst of it is told of. */
function* idle(node: Node<Subject>, rows: Rows, bond: Bond): Generator<Finding> {
  const together = new Map<string, Said[]>()
  const options = node.options as Readonly<Record<string, unknown>>
  for (const [id, row] of rows) {
    const value = options[id]
    if (value === undefined || row.modes.includes(modeOf(bond))) continue
    // The default is what holds anyway.
    if (row.elsewhere !== 'refused' && JSON.stringify(value) === JSON.stringify(row.unset)) continue
    const key = [row.codes.mode === rule.id ? id : row.codes.mode, ...row.modes].join(' ')
    together.set(key, [...(together.get(key) ?? []), { id, row }])
  }
  for (const said of together.values()) {
    const refused = said.filter(({ row }) => row.elsewhere === 'refused')
    yield refused.length > 0
      ? idleTogether(
          node,
          bond,
          refused,
          said.filter(one => !refused.includes(one)),
        )
      : idleTogether(node, bond, said, [])
  }
}

interface Said {
  readonly id: string
  readonly row: AnyRow
}

function idleTogether(
  node: Node<Subject>,
  bond: Bond,
  said: readonly Said[],
  besides: readonly Said[],
): Finding {
  const [{ id, row }, ...others] = said as readonly [Said, ...Said[]]
  const mode = modeOf(bond)
  const unsaid = bond.options.mode === undefined ? ', which is the mode where none is said' : ''
  const names = list(
    said.map(one => one.id),
    'and',
  )
  const all = [...said, ...besides]
  return {
    code: row.codes.mode,
    severity: severityOf(row),
    at: at(node, id),
    message:
      row.elsewhere === 'refused'
        ? `the driver refuses ${names} in mode ${mode}${unsaid}${node === bond ? ', and with it the whole bond' : ''}`
        : `${names} ${said.length === 1 ? 'does' : 'do'} nothing in mode ${mode}${unsaid}`,
    help: `remove ${all.length === 1 ? 'it; it belongs' : 'them; they belong'} to ${list(row.modes)}`,
    ...(all.length > 1 && {
      related: [...others, ...besides].map(one => ({ message: 'goes with it', at: at(node, one.id) })),
    }),
    ...fixed(
      true,
      `remove ${list(
        all.map(one => one.id),
        'and',
      )}`,
      ...all.map(one => removing(node, one.id)),
    ),
  }
}

function* unattached(port: Node<Subject> & { readonly name: string }): Generator<Finding> {
  const said = port.options as Readonly<Record<string, unknown>>
  for (const id of Object.keys(bondingPort)) {
    if (said[id] === undefined) continue
    yield {
      at: at(port, id),
      message: `${port.name} is in no bond, so ${id} does nothing`,
      help: `add ${port.name} to the members of a bond, or remove ${id}`,
      ...fixed(true, `remove ${id}`, removing(port, id)),
    }
  }
}
