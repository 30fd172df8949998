// What rules say of the driver, decided by the driver: a kernel is told each thing and answers. Which option it refuses in
// which mode, which it stores for nothing, and where a value ends: for every row. And what single rules claim, each with
// devices of its own, all in one guest. What can be changed while a bond works is change.test.ts's.

import { beforeAll, describe, expect, test } from 'vitest'
import { pages } from '../../src/explain/index.ts'
import { allModes, bonding, type Mode } from '../../src/options/index.ts'
import type { AnyRow } from '../../src/options/row.ts'
import { compareVersions } from '../../src/targets/target.ts'
import { runGuest } from '../rig/guest.ts'

const kernel = '6.1'

interface Probe {
  /** A rule, a code, or a topic: what says so. */
  readonly of: string
  readonly what: string
  /**
   * Steps, separated by semicolons. `bond WORDS` adds the bond, `ports` two pairs of Ethernet devices, `attach` makes them its
   * members and brings it up, `del` deletes it; `ip WORDS` must work. These answer: `try ip WORDS` and `put FILE VALUE`
   * with ok or refused, `get FILE` and `cat PATH` with what stands there, `same FILE FILE` with yes or no. `wait` lets 500 ms pass.
   * Names in capitals are the probe's own devices: BOND, OTHER, ETH0, ETH1 and their far ends PEER0, PEER1.
   */
  readonly script: string
  /** What the kernel answers, line by line. */
  readonly answers: readonly string[]
}

const probe = (of: string, what: string, script: string, ...answers: string[]): Probe => ({
  of,
  what,
  script,
  answers,
})

const fifteen = Array.from({ length: 15 }, (_, at) => `192.0.2.${at + 1}`).join(',')

const probes: readonly Probe[] = [
  probe(
    'miimon-and-arp',
    'over netlink both are refused, and there is no bond',
    'try ip link add BOND type bond mode active-backup miimon 100 arp_interval 200 arp_ip_target 192.0.2.1; try ip link show BOND',
    'refused',
    'refused',
  ),
  probe(
    'miimon-and-arp',
    'in sysfs the last one wins',
    'bond mode active-backup; put arp_interval 200; put miimon 100; get arp_interval; put arp_interval 200; get miimon',
    'ok',
    'ok',
    '0',
    'ok',
    '0',
  ),
  probe(
    'delays-without-miimon',
    'even a delay of 0',
    'bond mode active-backup miimon 0; put updelay 0; put downdelay 200; del; try ip link add BOND type bond mode active-backup miimon 0 updelay 200',
    'refused',
    'refused',
    'refused',
  ),
  probe(
    'delays-not-multiple',
    'is rounded down to whole polls',
    'bond mode active-backup miimon 100 updelay 250 downdelay 199; get updelay; get downdelay',
    '200',
    '100',
  ),
  probe(
    'primary-not-member',
    'the name waits for its member; what is no device is refused over netlink',
    'ports; bond mode active-backup miimon 100; put primary ETH0; get primary; attach; get primary; del; try ip link add BOND type bond mode active-backup primary eth9',
    'ok',
    '',
    'ETH0',
    'refused',
  ),
  probe(
    'min-links-too-high',
    'never has carrier',
    'ports; bond mode 802.3ad miimon 20 min_links 3; attach; wait; cat BOND/carrier; put min_links 2; wait; cat BOND/carrier',
    '0',
    'ok',
    '0',
  ),
  probe(
    'no-link-monitoring',
    'a dead member is taken for a live one',
    'ports; bond mode active-backup miimon 0; attach; ip link set PEER0 down; wait; cat ETH0/bonding_slave/mii_status; cat ETH0/carrier; put miimon 20; wait; cat ETH0/bonding_slave/mii_status',
    'up',
    '0',
    'ok',
    'down',
  ),
  probe(
    'members-duplicate',
    'a port is attached once',
    'ports; bond mode active-backup miimon 100; put slaves +ETH0; put slaves +ETH0',
    'ok',
    'refused',
  ),
  probe(
    'member-in-two-bonds',
    'the second attachment is refused, or takes the port away',
    'ports; bond mode active-backup miimon 100; ip link add OTHER type bond; put slaves +ETH0; put OTHER slaves +ETH0; try ip link set ETH0 master OTHER; get slaves; get OTHER slaves',
    'ok',
    'refused',
    'ok',
    '',
    'ETH0',
  ),
  probe(
    'member-is-bond',
    'the driver takes it',
    'bond mode active-backup; ip link add OTHER type bond; try ip link set OTHER master BOND',
    'ok',
  ),
  probe(
    'member-type-unsuitable',
    'the loopback cannot be attached, a bridge can',
    'bond mode active-backup; try ip link set lo master BOND; ip link add OTHER type bridge; try ip link set OTHER master BOND',
    'refused',
    'ok',
  ),
  probe(
    'mac-multicast-or-zero',
    'is refused',
    'bond mode active-backup; try ip link set BOND address 01:00:5e:00:00:01; try ip link set BOND address ff:ff:ff:ff:ff:ff; try ip link set BOND address 00:00:00:00:00:00; try ip link set BOND address 02:00:00:00:00:01',
    'refused',
    'refused',
    'refused',
    'ok',
  ),
  probe(
    'ad-actor-system-multicast',
    'is refused',
    'bond mode 802.3ad; put ad_actor_system 01:00:5e:00:00:01; put ad_actor_system 02:00:00:00:00:01',
    'refused',
    'ok',
  ),
  probe(
    'arp-target-refused',
    'addresses of no host',
    'bond mode active-backup; put arp_ip_target +0.0.0.0; put arp_ip_target +255.255.255.255; put arp_ip_target +192.0.2.1; del; try ip link add BOND type bond mode active-backup ns_ip6_target ::; try ip link add BOND type bond mode active-backup ns_ip6_target ::1; try ip link add BOND type bond mode active-backup ns_ip6_target ff02::1; try ip link add BOND type bond mode active-backup ns_ip6_target 2001:db8::1',
    'refused',
    'refused',
    'ok',
    'refused',
    'refused',
    'refused',
    'ok',
  ),
  probe(
    'arp-targets-too-many',
    'there is room for 16',
    `bond mode active-backup arp_interval 200 arp_ip_target ${fifteen}; put arp_ip_target +192.0.2.16; put arp_ip_target +192.0.2.17`,
    'ok',
    'refused',
  ),
  probe(
    'arp-targets-unused',
    'are stored, and nothing probes them',
    'bond mode active-backup miimon 100; put arp_ip_target +192.0.2.1; get arp_ip_target; get arp_interval',
    'ok',
    '192.0.2.1',
    '0',
  ),
  probe(
    'active-slave-not-lasting',
    'is refused before the member is there, and forgotten by the next failover',
    'ports; try ip link add BOND type bond mode active-backup miimon 20 active_slave ETH1; bond mode active-backup miimon 20; put active_slave ETH1; attach; wait; put active_slave ETH1; get active_slave; ip link set PEER1 down; wait; get active_slave; ip link set PEER1 up; wait; get active_slave',
    'refused',
    'refused',
    'ok',
    'ETH1',
    'ETH0',
    'ETH0',
  ),
  probe(
    'fail-over-mac-active-with-mac',
    'the address is gone with the first member, and setting it again does nothing',
    'ports; bond mode active-backup miimon 100 fail_over_mac active; ip link set BOND address 02:00:00:00:00:99; attach; same BOND/address ETH0/address; try ip link set BOND address 02:00:00:00:00:99; same BOND/address ETH0/address',
    'yes',
    'ok',
    'yes',
  ),
  probe(
    'vlan-mtu-exceeds-bond',
    'is refused',
    'bond mode active-backup; ip link add link BOND name OTHER type vlan id 10; try ip link set OTHER mtu 9000; ip link set BOND mtu 9000; try ip link set OTHER mtu 9000',
    'refused',
    'ok',
  ),
  probe(
    'mtu-on-member-only',
    'the bond gives its members its own',
    'ports; ip link set ETH0 mtu 9000; bond mode active-backup miimon 100; attach; cat ETH0/mtu',
    '1500',
  ),
  probe(
    'members-empty',
    'has no carrier',
    'bond mode active-backup miimon 100; ip link set BOND up; cat BOND/carrier',
    '0',
  ),
  probe('mode-missing', 'is balance-rr, without a monitor', 'bond; get mode; get miimon', 'balance-rr', '0'),
  probe('mode-unknown', 'is refused', 'bond; put mode balance-slb; put mode lacp', 'refused', 'refused'),
  ...(['802.3ad', 'balance-tlb', 'balance-alb'] as const).map(mode =>
    probe(
      'monitoring-implicit',
      `${mode} polls every 100 ms by itself`,
      `bond mode ${mode}; get miimon`,
      '100',
    ),
  ),
  probe(
    'lacp-no-partner-still-up',
    'a bond without a partner has carrier',
    'ports; bond mode 802.3ad miimon 20; attach; wait; cat BOND/carrier; get ad_partner_mac',
    '1',
    '00:00:00:00:00:00',
  ),
  ...[0, 1].map(links =>
    probe(
      'min-links-zero-or-one',
      `with one link left, ${links} has carrier`,
      `ports; bond mode 802.3ad miimon 20 min_links ${links}; attach; ip link set PEER0 down; wait; cat BOND/carrier`,
      '1',
    ),
  ),
]

/** Rows that the driver of this kernel has, with a file for each. */
const rows = Object.entries<AnyRow>(bonding).filter(
  ([id, row]) =>
    row.kernel?.sysfs === true &&
    id !== 'active-slave' &&
    (row.since === undefined || compareVersions(kernel, row.since) >= 0),
)

const special: Readonly<Record<string, string>> = {
  'arp-ip-target': '+192.0.2.1',
  'ns-ip6-target': '+2001:db8::1',
  'ad-actor-system': '02:00:00:00:00:01',
  primary: 'eth0',
}

/** A value that the driver takes where it takes the option, and that is not its default. */
function sampleOf(id: string, row: AnyRow): string {
  const words = (row.kind.words ?? []).filter(
    word => word !== row.unset && compareVersions(kernel, row.valuesSince[word] ?? '0') >= 0,
  )
  return special[id] ?? words[0] ?? String(Number(row.unset) === 100 ? 200 : 100)
}

/** What must hold before an option is taken at all. */
const beside: Readonly<Record<string, string>> = {
  'arp-interval': 'miimon 0',
  'arp-validate': 'miimon 0 arp_interval 200 arp_ip_target 192.0.2.9',
  'arp-all-targets': 'miimon 0 arp_interval 200 arp_ip_target 192.0.2.9',
}
const besideOf = (id: string, mode: Mode): string =>
  bonding['arp-interval'].modes.includes(mode) ? (beside[id] ?? 'miimon 100') : 'miimon 100'

interface Cell {
  readonly id: string
  readonly row: AnyRow
  readonly mode: Mode
}

interface Cell {
  readonly id: string
  readonly row: AnyRow
  readonly mode: Mode
  readonly value: string
  readonly taken: boolean
}

/** Every option in every mode that it does not belong to. */
const astray: readonly Cell[] = rows.flatMap(([id, row]) =>
  id === 'mode'
    ? []
    : allModes
        .filter(mode => !row.modes.includes(mode))
        .map(mode => ({ id, row, mode, value: sampleOf(id, row), taken: row.elsewhere !== 'refused' })),
)

/** The ends of each range of numbers, and what is just outside; what the driver keeps as a C int has no end of its own. */
const bounds: readonly Cell[] = rows.flatMap(([id, row]) => {
  const { minimum, maximum } = row.kind.schema as { readonly minimum?: number; readonly maximum?: number }
  if (minimum === undefined || maximum === undefined || maximum >= 2 ** 31 - 1) return []
  const mode = row.modes[0] ?? 'balance-rr'
  return [minimum, minimum - 1, maximum, maximum + 1].map(value => ({
    id,
    row,
    mode,
    value: String(value),
    taken: minimum <= value && value <= maximum,
  }))
})

const cells = [...astray, ...bounds]

/** What the player is told of a cell. */
const askedOf = ({ id, row, mode, value }: Cell) => ({
  made: `mode ${mode} ${besideOf(id, mode)}`,
  file: row.kernel?.name,
  value,
})

/**
 * Writes what the cells say to a bond for each mode and puts back what was there; plays the probes side by side, each a step at
 * a time. Bonds, processes and waiting are what costs in a guest, and so all of them share what they can.
 */
const player = `
import json, re, subprocess, time

def ip(lines):
    """Runs lines in one process; the numbers of those that failed."""
    done = subprocess.run(['ip', '-force', '-batch', '-'], input='\\n'.join(lines) + '\\n', text=True, capture_output=True)
    return {int(number) - 1 for number in re.findall(r'Command failed -:(\\d+)', done.stderr)}

def written(path, text):
    try:
        with open('/sys/class/net/' + path, 'w') as file:
            file.write(text)
        return True
    except OSError:
        return False

def shown(path):
    with open('/sys/class/net/' + path) as file:
        return file.read().strip()

class Probe:
    def __init__(self, number, script):
        self.own = {name: f'r{number}{name.lower()}' for name in ('BOND', 'OTHER', 'ETH0', 'ETH1', 'PEER0', 'PEER1')}
        self.steps = [step.strip() for step in script.split(';')]
        self.answers = []

    def named(self, text):
        return re.sub('|'.join(self.own), lambda found: self.own[found[0]], text)

    def answer(self, text):
        for name, own in self.own.items():
            text = text.replace(own, name)
        self.answers.append(text)

    def lines(self, step):
        """What a step is for ip; none for a step that is nothing of it."""
        word, _, rest = step.partition(' ')
        pairs = (('ETH0', 'PEER0'), ('ETH1', 'PEER1'))
        return [self.named(line) for line in {
            'bond': [f'link add BOND type bond {rest}'],
            'del': ['link del BOND'],
            'ports': [line for one, far in pairs for line in (f'link add {one} type veth peer name {far}', f'link set {far} up')],
            'attach': ['link set ETH0 master BOND', 'link set ETH1 master BOND', 'link set BOND up'],
            'ip': [rest],
            'try': [rest.removeprefix('ip ')],
        }.get(word, [])]

    def file(self, words):
        bond = words.pop(0) if words[0] == 'OTHER' else 'BOND'
        return self.named(bond) + '/bonding/' + words.pop(0)

    def play(self, step):
        word, *words = step.split()
        if word == 'put':
            path = self.file(words)
            self.answer('ok' if written(path, self.named(words[0])) else 'refused')
        elif word == 'get':
            self.answer((shown(self.file(words)).split() + [''])[0])
        elif word == 'cat':
            self.answer(shown(self.named(words[0])))
        elif word == 'same':
            first, second = (shown(self.named(path)) for path in words)
            self.answer('yes' if first == second else 'no')
        else:
            assert word == 'wait', step

def takes(bond, file, value):
    path = f'{bond}/bonding/{file}'
    before = shown(path).split()
    if not written(path, value):
        return False
    # What is added to a list is taken away again; words are shown with their number behind.
    written(path, '-' + value[1:] if value.startswith('+') else before[0] if before else '')
    return True

cells = json.load(open('/mnt/cells.json'))
bonds = {made: f'b{at}' for at, made in enumerate(dict.fromkeys(one['made'] for one in cells))}
failed = ip(['link add eth0 type dummy', *(f'link add {name} type bond {made}' for made, name in bonds.items())])
assert not failed, failed
taken = [takes(bonds[one['made']], one['file'], one['value']) for one in cells]
json.dump(taken, open('/mnt/out/taken.json', 'w'))

probes = [Probe(at, script) for at, script in enumerate(json.load(open('/mnt/probes.json')))]
while any(probe.steps for probe in probes):
    now = [(probe, probe.steps.pop(0)) for probe in probes if probe.steps]
    lines = [(probe, step, line) for probe, step in now for line in probe.lines(step)]
    failed = ip([line for _, _, line in lines]) if lines else set()
    for at, (probe, step, line) in enumerate(lines):
        if step.startswith('try '):
            probe.answer('refused' if at in failed else 'ok')
        elif at in failed:
            probe.answer('! ' + line)
    for probe, step in now:
        if not probe.lines(step):
            probe.play(step)
    if any(step == 'wait' for _, step in now):
        time.sleep(0.5)
json.dump([probe.answers for probe in probes], open('/mnt/out/answers.json', 'w'))
`

let answers: readonly (readonly string[])[] = []
let taken: readonly boolean[] = []
beforeAll(async () => {
  const files = {
    'player.py': player,
    'cells.json': JSON.stringify(cells.map(askedOf)),
    'probes.json': JSON.stringify(probes.map(({ script }) => script)),
  }
  const { results, problem } = await runGuest({ script: 'python3 /mnt/player.py', files })
  expect(problem).toBeUndefined()
  taken = JSON.parse(results['taken.json'] ?? '[]')
  answers = JSON.parse(results['answers.json'] ?? '[]')
}, 180_000)

test('everything was played', () => {
  expect(answers).toHaveLength(probes.length)
  expect(taken).toHaveLength(cells.length)
})

describe('rules', () => {
  test.each(probes.map((one, at) => ({ ...one, at })))('$of: $what', ({ of, at, answers: expected }) => {
    expect(pages().has(of), `there is no page ${of}`).toBe(true)
    expect(answers[at]).toEqual(expected)
  })
})

describe('an option in a mode that it does not belong to', () => {
  test.each(astray.map((one, at) => ({ ...one, at })))('$id in $mode', ({ at, taken: expected }) => {
    expect(taken[at]).toBe(expected)
  })
})

describe('the end of a range', () => {
  const from = astray.length
  test.each(bounds.map((one, at) => ({ ...one, at: at + from })))('$id $value', ({ at, taken: expected }) => {
    expect(taken[at]).toBe(expected)
  })
})
