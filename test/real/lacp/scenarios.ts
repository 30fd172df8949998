// What is played both by the simulation and with real bonds: every way of two or more ends meeting that the
// prediction speaks of. A veth has 10 Gbit/s and keeps its speed without link, so unlike keys come from
// ad_user_port_key.

import type {
  Cable,
  Detection,
  Happening,
  LacpSimulation,
  LinuxLacpBond,
  LinuxMode,
  LinuxPlainBond,
  OpenVswitchBond,
  PlainPorts,
  StaticLag,
  System,
} from '../../../src/simulate/lacp/index.ts'
import { isSince } from '../../../src/simulate/lacp/linux/kernel.ts'

export interface Scenario {
  readonly id: string
  readonly simulation: LacpSimulation
  /** When to look; the last is the end. */
  readonly samplesMs: readonly number[]
  /** Systems whose own state is not compared: those that are meant to be broken. */
  readonly broken?: readonly string[]
  /** The state octets are still moving when looked at. */
  readonly restless?: boolean
  /** Ports come and go all the time; which are used at a moment is chance. */
  readonly flaps?: boolean
  /** A member that is looked at often after the event, and the failure whose notice is measured. */
  readonly watch?: {
    readonly system: string
    readonly port: string
    readonly failure: keyof Detection
    readonly fromMs: number
    readonly toMs: number
    readonly everyMs: number
  }
  /** Which of several outcomes comes about depends on who is heard first. */
  readonly open?: boolean
}

const names = (prefix: string, count: number): { name: string }[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${prefix}${index}` }))

const members = (prefix: string, count: number, speedWithoutLink: 'kept' | 'unknown' = 'kept') =>
  names(prefix, count).map(({ name }) => ({ name, speedMbps: 10_000, speedWithoutLink }))

const withPriorities = (...priorities: number[]) =>
  members('p', priorities.length).map((member, index) => ({
    ...member,
    portPriority: priorities[index] ?? 255,
  }))

type Said<T> = Partial<Omit<T, 'kind' | 'name'>>

const bond = (name: string, count: number, said: Said<LinuxLacpBond> = {}): LinuxLacpBond => ({
  kind: '802.3ad',
  name,
  lacpRate: 'fast',
  members: members('p', count),
  ...said,
})

const modeBond = (name: string, mode: LinuxMode, said: Said<LinuxPlainBond> = {}): LinuxPlainBond => ({
  kind: 'bond',
  name,
  mode,
  miimonMs: 100,
  members: members('p', 2),
  ...said,
})

const statics = (name: string, count: number): StaticLag => ({
  kind: 'static-lag',
  name,
  ports: names('p', count),
})
const plain = (name: string, count: number): PlainPorts => ({
  kind: 'plain-ports',
  name,
  ports: names('p', count),
})
const ovs = (
  name: string,
  lacp: OpenVswitchBond['lacp'],
  rate: 'slow' | 'fast' = 'fast',
): OpenVswitchBond => ({
  kind: 'openvswitch',
  name,
  lacp,
  rate,
  ports: names('p', 2),
})

/** A cable a written `s1:0 sw1:1`, by the places of the ports. */
const cables = (...ends: string[]): Cable[] =>
  ends.map((text, index) => {
    const [a, b] = text.split(' ').map(end => {
      const [system = '', port = ''] = end.split(':')
      return { system, port: `p${port}` }
    })
    if (a === undefined || b === undefined) throw new Error(text)
    return { name: `c${index}`, a, b }
  })

const straight = cables('s1:0 sw1:0', 's1:1 sw1:1')

const pair = (
  id: string,
  host: System,
  other: System,
  events: readonly Happening[] = [],
  rest: Partial<Scenario> = {},
): Scenario => ({
  id,
  simulation: { systems: [host, other], cables: straight, events },
  samplesMs: [8000],
  ...rest,
})

const many = (
  id: string,
  systems: readonly System[],
  wires: readonly Cable[],
  rest: Partial<Scenario> & { events?: readonly Happening[] } = {},
): Scenario => {
  const { events = [], ...scenario } = rest
  return { id, simulation: { systems, cables: wires, events }, samplesMs: [8000], ...scenario }
}

const slow = { lacpRate: 'slow' } as const
const passive = { lacpActive: false } as const
const shared = { actorSystem: '02:aa:00:00:00:01', actorSysPriority: 100 } as const

const oneAndThree = cables('s1:0 sw1:0', 's1:1 sw2:0', 's1:2 sw2:1', 's1:3 sw2:2')

/** Rates and who begins. */
const pairs: Scenario[] = [
  pair('active fast, active fast', bond('s1', 2), bond('sw1', 2)),
  pair('active slow, active slow', bond('s1', 2, slow), bond('sw1', 2, slow)),
  pair('active fast, active slow', bond('s1', 2), bond('sw1', 2, slow)),
  pair('active slow, active fast', bond('s1', 2, slow), bond('sw1', 2)),
  pair('active, passive', bond('s1', 2), bond('sw1', 2, passive)),
  pair('passive, active', bond('s1', 2, passive), bond('sw1', 2)),
  pair('passive slow, active slow', bond('s1', 2, { ...passive, ...slow }), bond('sw1', 2, slow)),
  pair('passive, passive', bond('s1', 2, passive), bond('sw1', 2, passive), [], {
    restless: true,
    flaps: true,
    samplesMs: [8000, 20_000],
  }),
  pair(
    'passive slow, passive slow',
    bond('s1', 2, { ...passive, ...slow }),
    bond('sw1', 2, { ...passive, ...slow }),
  ),
  pair('opened before attaching', bond('s1', 2, { opened: 'before-attaching' }), bond('sw1', 2), [], {
    samplesMs: [5000, 12_000],
    restless: true,
  }),
  pair('equal user keys', bond('s1', 2, { userPortKey: 5 }), bond('sw1', 2, { userPortKey: 5 })),
  pair('unequal user keys', bond('s1', 2, { userPortKey: 5 }), bond('sw1', 2, { userPortKey: 6 })),
  pair('system priorities', bond('s1', 2, { actorSysPriority: 1 }), bond('sw1', 2, { actorSysPriority: 9 })),
  pair('the same system at both ends', bond('s1', 2, shared), bond('sw1', 2, shared)),
]

/** Ends that speak no LACP. */
const mute: Scenario[] = [
  pair('active, static', bond('s1', 2), statics('sw1', 2)),
  pair('passive, static', bond('s1', 2, passive), statics('sw1', 2)),
  pair('active, plain ports', bond('s1', 2), plain('sw1', 2)),
  pair('active slow, plain ports', bond('s1', 2, slow), plain('sw1', 2)),
  pair('min_links 2, static', bond('s1', 2, { minLinks: 2 }), statics('sw1', 2)),
  pair('min_links 1, static', bond('s1', 2, { minLinks: 1 }), statics('sw1', 2)),
  pair('balance-xor, LACP', modeBond('s1', 'balance-xor'), bond('sw1', 2)),
  pair('balance-xor, static', modeBond('s1', 'balance-xor'), statics('sw1', 2)),
  pair('active-backup, plain ports', modeBond('s1', 'active-backup'), plain('sw1', 2)),
]

/** More systems than two. */
const groups: Scenario[] = [
  many(
    'two switches, one port each',
    [bond('s1', 2), bond('sw1', 1), bond('sw2', 1)],
    cables('s1:0 sw1:0', 's1:1 sw2:0'),
    { open: true },
  ),
  ...(['stable', 'bandwidth', 'count'] as const).map(adSelect =>
    many(
      `one and three ports, ad_select ${adSelect}`,
      [bond('s1', 4, { adSelect }), bond('sw1', 1), bond('sw2', 3)],
      oneAndThree,
      { open: adSelect === 'stable' },
    ),
  ),
  many(
    'two switches with one system id',
    [bond('s1', 2), bond('sw1', 1, shared), bond('sw2', 1, shared)],
    cables('s1:0 sw1:0', 's1:1 sw2:0'),
  ),
  many(
    'one system id, two keys',
    [
      bond('s1', 2),
      bond('sw1', 1, { ...shared, userPortKey: 1 }),
      bond('sw2', 1, { ...shared, userPortKey: 2 }),
    ],
    cables('s1:0 sw1:0', 's1:1 sw2:0'),
    { open: true },
  ),
  many(
    'one system address, two priorities',
    [bond('s1', 2), bond('sw1', 1, shared), bond('sw2', 1, { ...shared, actorSysPriority: 101 })],
    cables('s1:0 sw1:0', 's1:1 sw2:0'),
    { open: true },
  ),
  many(
    'crossed cables',
    [bond('s1', 2), bond('s2', 2), bond('sw1', 2), bond('sw2', 2)],
    cables('s1:0 sw1:0', 's1:1 sw2:0', 's2:0 sw1:1', 's2:1 sw2:1'),
    { open: true },
  ),
  many(
    'one port of the switch outside the group',
    [bond('s1', 2), bond('sw1', 1), plain('sw2', 1)],
    cables('s1:0 sw2:0', 's1:1 sw1:0'),
  ),
  many(
    'active_backup over two switches',
    [modeBond('s1', 'active-backup'), plain('sw1', 1), plain('sw2', 1)],
    cables('s1:0 sw1:0', 's1:1 sw2:0'),
    { open: true },
  ),
]

/** What breaks, and comes back. */
const failures: Scenario[] = [
  pair('one cable dead from the start', bond('s1', 2), bond('sw1', 2), [], {
    simulation: {
      systems: [bond('s1', 2), bond('sw1', 2)],
      cables: straight.map((cable, index) => ({ ...cable, pulled: index === 1 })),
    },
  }),
  pair('min_links 2, one cable dead', bond('s1', 2, { minLinks: 2 }), bond('sw1', 2), [
    { atMs: 5000, kind: 'cable-down', cable: 'c0' },
  ]),
  pair('a cable dies', bond('s1', 2), bond('sw1', 2), [{ atMs: 5000, kind: 'cable-down', cable: 'c0' }]),
  pair(
    'a cable dies and comes back',
    bond('s1', 2),
    bond('sw1', 2),
    [
      { atMs: 5000, kind: 'cable-down', cable: 'c0' },
      { atMs: 7000, kind: 'cable-up', cable: 'c0' },
    ],
    { samplesMs: [6500, 14_000] },
  ),
  pair(
    'a cable dies within downdelay',
    bond('s1', 2, { ...slow, downdelayMs: 3000 }),
    bond('sw1', 2, slow),
    [{ atMs: 5000, kind: 'cable-down', cable: 'c0' }],
    { samplesMs: [6500, 10_000] },
  ),
  pair(
    'a cable comes back after updelay',
    bond('s1', 2, { updelayMs: 3000 }),
    bond('sw1', 2),
    [
      { atMs: 5000, kind: 'cable-down', cable: 'c0' },
      { atMs: 7000, kind: 'cable-up', cable: 'c0' },
    ],
    { samplesMs: [9000, 17_000] },
  ),
  pair(
    'active-backup loses its active cable',
    modeBond('s1', 'active-backup'),
    plain('sw1', 2),
    [{ atMs: 3000, kind: 'cable-down', cable: 'c0' }],
    { samplesMs: [6000] },
  ),
  pair(
    'one way to the host is lost, fast',
    bond('s1', 2),
    bond('sw1', 2),
    [{ atMs: 5000, kind: 'one-way', cable: 'c0', lost: 'b-to-a' }],
    { samplesMs: [22_000] },
  ),
  pair(
    'one way to the switch is lost, fast',
    bond('s1', 2),
    bond('sw1', 2),
    [{ atMs: 5000, kind: 'one-way', cable: 'c0', lost: 'a-to-b' }],
    { samplesMs: [22_000] },
  ),
  pair(
    'one way is lost, slow',
    bond('s1', 2, slow),
    bond('sw1', 2, slow),
    [{ atMs: 5000, kind: 'one-way', cable: 'c0', lost: 'b-to-a' }],
    { samplesMs: [20_000] },
  ),
  pair(
    'the partner falls silent, fast',
    bond('s1', 2),
    bond('sw1', 2),
    [{ atMs: 5000, kind: 'silent', system: 'sw1' }],
    { samplesMs: [16_000], broken: ['sw1'] },
  ),
  pair(
    'the partner falls silent, slow',
    bond('s1', 2, slow),
    bond('sw1', 2, slow),
    [{ atMs: 5000, kind: 'silent', system: 'sw1' }],
    { samplesMs: [20_000], broken: ['sw1'] },
  ),
  pair('the switch dies', bond('s1', 2), bond('sw1', 2), [{ atMs: 5000, kind: 'dies', system: 'sw1' }], {
    samplesMs: [8000],
    broken: ['sw1'],
    restless: true,
  }),
  many(
    'the switch in use dies, the other takes over',
    [bond('s1', 3), bond('sw1', 1), bond('sw2', 2)],
    cables('s1:0 sw1:0', 's1:1 sw2:0', 's1:2 sw2:1'),
    {
      events: [{ atMs: 6000, kind: 'dies', system: 'sw2' }],
      samplesMs: [12_000],
      broken: ['sw2'],
      open: true,
      restless: true,
    },
  ),
  ...(['stable', 'bandwidth'] as const).map(adSelect =>
    many(
      `the better switch comes back, ad_select ${adSelect}`,
      [bond('s1', 3, { adSelect }), bond('sw1', 1), bond('sw2', 2)],
      cables('s1:0 sw1:0', 's1:1 sw2:0', 's1:2 sw2:1'),
      {
        events: [
          { atMs: 6000, kind: 'dies', system: 'sw2' },
          { atMs: 9000, kind: 'returns', system: 'sw2' },
        ],
        samplesMs: [16_000],
        restless: true,
      },
    ),
  ),
]

/** updelay is skipped where no member can be used, but not in 802.3ad, where then no aggregator is active. */
const returns: Scenario[] = [
  bond('s1', 2, { updelayMs: 5000 }),
  modeBond('s1', 'active-backup', { updelayMs: 5000 }),
  modeBond('s1', 'balance-xor', { updelayMs: 5000 }),
  modeBond('s1', 'balance-rr', { updelayMs: 5000 }),
].map(one =>
  pair(
    `all links come back, updelay, ${one.kind === 'bond' ? one.mode : one.kind}`,
    one,
    one.kind === 'bond' ? plain('sw1', 2) : bond('sw1', 2),
    [
      { atMs: 9000, kind: 'dies', system: 'sw1' },
      { atMs: 11_000, kind: 'returns', system: 'sw1' },
    ],
    { samplesMs: [13_000, 20_000], broken: ['sw1'], restless: true },
  ),
)

/** Hardware forgets its speed when the link goes; then downdelay does not delay. */
const forgetful: Scenario[] = [
  pair(
    'a member that forgets its speed loses its link within downdelay',
    bond('s1', 2, { ...slow, downdelayMs: 6000, members: members('p', 2, 'unknown') }),
    bond('sw1', 2, slow),
    [{ atMs: 5000, kind: 'cable-down', cable: 'c0' }],
    { samplesMs: [7000] },
  ),
  pair(
    'members that keep and forget their speed',
    bond('s1', 2, { members: [...members('p', 1, 'unknown'), ...members('p', 2).slice(1)] }),
    bond('sw1', 2),
    [
      { atMs: 5000, kind: 'cable-down', cable: 'c0' },
      { atMs: 7000, kind: 'cable-up', cable: 'c0' },
    ],
    { samplesMs: [6500, 14_000] },
  ),
]

/** How soon a failure is noticed. */
const watched = (
  id: string,
  failure: keyof Detection,
  host: LinuxLacpBond | LinuxPlainBond,
  event: Happening,
  withinMs: number,
): Scenario =>
  pair(`noticed: ${id}`, host, host.kind === 'bond' ? plain('sw1', 2) : bond('sw1', 2), [event], {
    samplesMs: [event.atMs + withinMs + 500],
    broken: ['sw1', 's1'],
    watch: {
      system: 's1',
      port: 'p0',
      failure,
      fromMs: event.atMs,
      toMs: event.atMs + withinMs,
      everyMs: 40,
    },
  })

const dead: Happening = { atMs: 4000, kind: 'cable-down', cable: 'c0' }
const deaf: Happening = { atMs: 4000, kind: 'one-way', cable: 'c0', lost: 'b-to-a' }
const unheardThere: Happening = { atMs: 4000, kind: 'one-way', cable: 'c0', lost: 'a-to-b' }

const notices: Scenario[] = [
  watched('a dead link', 'givenUp', bond('s1', 2), dead, 800),
  watched('a dead link by a slow miimon', 'givenUp', bond('s1', 2, { miimonMs: 700 }), dead, 1500),
  watched('a dead link with downdelay', 'givenUp', bond('s1', 2, { downdelayMs: 500 }), dead, 1200),
  watched(
    'a dead link of hardware, with downdelay',
    'givenUp',
    bond('s1', 2, { downdelayMs: 1500, members: members('p', 2, 'unknown') }),
    dead,
    2200,
  ),
  watched('a dead link in active-backup', 'linkDown', modeBond('s1', 'active-backup'), dead, 800),
  watched(
    'a silent partner',
    'silentPartner',
    bond('s1', 2),
    { atMs: 4000, kind: 'silent', system: 'sw1' },
    4500,
  ),
  watched('a deaf port', 'oneWayIn', bond('s1', 2), deaf, 4500),
  watched('an unheard port', 'oneWayOut', bond('s1', 2), unheardThere, 11_000),
]

/** An LACP that neither the kernel's authors nor these wrote. */
const openVswitch: Scenario[] = [
  pair('active, Open vSwitch active fast', bond('s1', 2), ovs('sw1', 'active')),
  pair('active, Open vSwitch active slow', bond('s1', 2), ovs('sw1', 'active', 'slow')),
  pair('active slow, Open vSwitch active fast', bond('s1', 2, slow), ovs('sw1', 'active')),
  pair('active, Open vSwitch passive fast', bond('s1', 2), ovs('sw1', 'passive')),
  pair('active slow, Open vSwitch passive slow', bond('s1', 2, slow), ovs('sw1', 'passive', 'slow')),
  pair('passive, Open vSwitch active', bond('s1', 2, passive), ovs('sw1', 'active')),
  pair('active, Open vSwitch without LACP', bond('s1', 2), ovs('sw1', 'off')),
  many(
    'two hosts on one Open vSwitch bond',
    [bond('s1', 1), bond('s2', 1), ovs('sw1', 'active')],
    cables('s1:0 sw1:0', 's2:0 sw1:1'),
    { open: true },
  ),
  pair(
    'Open vSwitch falls silent',
    bond('s1', 2),
    ovs('sw1', 'active'),
    [{ atMs: 6000, kind: 'silent', system: 'sw1' }],
    { samplesMs: [16_000], broken: ['sw1'], open: true },
  ),
]

/** Options that came with later kernels. */
const late: { readonly since: string; readonly scenarios: Scenario[] }[] = [
  {
    since: '6.9',
    scenarios: [
      pair('coupled_control off, active', bond('s1', 2, { coupledControl: false }), bond('sw1', 2)),
      pair(
        'coupled_control off at both ends',
        bond('s1', 2, { coupledControl: false }),
        bond('sw1', 2, { coupledControl: false }),
      ),
      pair('coupled_control off, static', bond('s1', 2, { coupledControl: false }), statics('sw1', 2)),
    ],
  },
  {
    since: '6.18',
    scenarios: [
      many(
        'ad_select actor_port_prio',
        [
          bond('s1', 4, { adSelect: 'actor_port_prio', members: withPriorities(1000, 10, 10, 10) }),
          bond('sw1', 1),
          bond('sw2', 3),
        ],
        oneAndThree,
      ),
    ],
  },
  {
    since: '7.1',
    scenarios: [
      pair('lacp_strict, active', bond('s1', 2, { lacpStrict: true, minLinks: 1 }), bond('sw1', 2)),
      pair('lacp_strict, static', bond('s1', 2, { lacpStrict: true, minLinks: 1 }), statics('sw1', 2)),
      pair('lacp_strict without min_links, static', bond('s1', 2, { lacpStrict: true }), statics('sw1', 2)),
      pair(
        'lacp_strict, the partner falls silent',
        bond('s1', 2, { lacpStrict: true, minLinks: 1 }),
        bond('sw1', 2),
        [{ atMs: 5000, kind: 'silent', system: 'sw1' }],
        { samplesMs: [16_000], broken: ['sw1'] },
      ),
    ],
  },
]

const usual: readonly Scenario[] = [
  ...pairs,
  ...mute,
  ...groups,
  ...failures,
  ...returns,
  ...forgetful,
  ...notices,
  ...openVswitch,
]

/** lacp_active came with 5.15. */
const mayBePassive = (system: System): boolean => system.kind === '802.3ad' && system.lacpActive !== undefined

/** What a kernel of this series can play, with the simulation told of the kernel. */
export function scenariosFor(kernel: string): Scenario[] {
  const possible = [
    ...late.filter(({ since }) => isSince(kernel, since)).flatMap(one => one.scenarios),
    ...usual.filter(({ simulation }) => isSince(kernel, '5.15') || !simulation.systems.some(mayBePassive)),
  ]
  return possible.map(scenario => ({
    ...scenario,
    simulation: {
      ...scenario.simulation,
      systems: scenario.simulation.systems.map(one => ('members' in one ? { ...one, kernel } : one)),
    },
  }))
}

/**
 * What every run plays: each way of meeting that the prediction speaks of once, and none that takes longer than the
 * others; all the rest is for `npm run test:demand`.
 */
const inEveryRun: ReadonlySet<string> = new Set([
  'active fast, active fast',
  'active slow, active slow',
  'active fast, active slow',
  'active, passive',
  'passive slow, passive slow',
  'equal user keys',
  'unequal user keys',
  'system priorities',
  'active, static',
  'active, plain ports',
  'min_links 2, static',
  'min_links 1, static',
  'balance-xor, LACP',
  'balance-xor, static',
  'active-backup, plain ports',
  'two switches, one port each',
  'one and three ports, ad_select stable',
  'one and three ports, ad_select bandwidth',
  'one and three ports, ad_select count',
  'two switches with one system id',
  'one system id, two keys',
  'crossed cables',
  'one port of the switch outside the group',
  'one cable dead from the start',
  'min_links 2, one cable dead',
  'a cable dies',
  'active-backup loses its active cable',
  'one way to the host is lost, fast',
  'the partner falls silent, fast',
  'the switch dies',
  'noticed: a dead link',
  'active, Open vSwitch active fast',
  'active, Open vSwitch passive fast',
  'active, Open vSwitch without LACP',
])

/** Whether a scenario belongs to every run. */
export const isInEveryRun = ({ id }: Scenario): boolean => inEveryRun.has(id)
