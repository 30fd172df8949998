"""Plays LACP scenarios with real bonds, inside a guest: the other reading of what the simulation is given.

Each system of a scenario gets a network namespace and a bond of the kernel (or a bond of Open vSwitch, in the first
namespace), each cable a veth pair. Scenarios run side by side; every one has its own clock, which starts when its
systems have been brought up. What the kernel then shows goes to /mnt/out/<number>.json. What the scenarios are, and
how the outcome is compared with the simulation's, is in scenarios.ts and ../lacp.test.ts.
"""

import heapq
import json
import os
import socket
import struct
import subprocess
import sys
import time

sys.path.insert(0, '/mnt/guest')
import system  # noqa: E402

LOG = '/mnt/out/log'


def ip(lines, namespace=None):
    """Run several ip commands at once."""
    argv = ['ip', *(['-n', namespace] if namespace else []), '-batch', '-']
    done = subprocess.run(argv, input='\n'.join(lines) + '\n', text=True, capture_output=True, check=False)
    if done.returncode != 0:
        note(f'{lines}: {done.stderr}')


def run(argv):
    done = subprocess.run(argv, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        note(f'{argv}: {done.stderr}')
    return done.stdout


# Options that ip(8) of this release has no words for, as their numbers in linux/if_link.h: of the bond, and of a
# member; both are one byte but the priority, which is two.
LATE_BOND_OPTIONS = {'coupledControl': 32, 'lacpStrict': 34}
AD_SELECT, BY_PORT_PRIORITY = 22, 3
ACTOR_PORT_PRIO = 10


def attribute(kind, data):
    length = 4 + len(data)
    return struct.pack('=HH', length, kind) + data + bytes(-length % 4)


def netlink(what, kind, flags, body):
    """One request to rtnetlink(7), answered before this returns; far cheaper than a program."""
    request = struct.pack('=IHHII', 16 + len(body), kind, 5 | flags, 1, 0) + body
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as link:
        link.send(request)
        error = struct.unpack_from('=i', link.recv(4096), 16)[0]
    if error:
        note(f'{what}: {os.strerror(-error)}')


def set_by_netlink(device, outer, kind, data):
    """Change an option of a bond (outer 2, IFLA_INFO_DATA) or a member (outer 5, IFLA_INFO_SLAVE_DATA)."""
    name = attribute(1 if outer == 2 else 4, b'bond\0')
    info = attribute(18, name + attribute(outer, attribute(kind, data)))
    head = struct.pack('=BBHiII', 0, 0, 0, socket.if_nametoindex(device), 0, 0)
    netlink(f'{device}: option {kind}', 16, 0, head + info)


def set_up(device, up):
    """RTM_NEWLINK with IFF_UP alone."""
    head = struct.pack('=BBHiII', 0, 0, 0, socket.if_nametoindex(device), 1 if up else 0, 1)
    netlink(f'{device}: up {up}', 16, 0, head)


def lose_all(device, on):
    """A root qdisc netem that loses every frame that leaves (RTM_NEWQDISC, struct tc_netem_qopt), or none."""
    head = struct.pack('=BBHiIII', 0, 0, 0, socket.if_nametoindex(device), 0, 0xFFFFFFFF, 0)
    options = struct.pack('=IIIIII', 0, 1000, 0xFFFFFFFF, 0, 0, 0)
    netem = attribute(1, b'netem\0') + attribute(2, options)
    netlink(f'{device}: lose all', 36 if on else 37, 0x500 if on else 0, head + (netem if on else b''))


def note(text):
    with open(LOG, 'a', encoding='utf-8') as file:
        file.write(text + '\n')


class System:
    """One system: where it lives and what its ports are called there."""

    def __init__(self, scenario, index, config):
        self.config = config
        self.kind = config['kind']
        self.name = config['name']
        self.ports = [port['name'] for port in config.get('members') or config['ports']]
        self.is_ovs = self.kind == 'openvswitch'
        self.id = f'{scenario}x{index}'
        self.namespace = None if self.is_ovs else f'n{self.id}'
        self.sys = f'/run/systems/{self.id}'
        # A member that forgets its speed without link, as hardware does and veth does not: a bond of one veth.
        forgets = lambda one: one.get('speedWithoutLink') == 'unknown'  # noqa: E731
        self.nested = {one['name'] for one in config.get('members', []) if forgets(one)}

    def device(self, port):
        """The veth of a port; Open vSwitch's share one namespace, so their names carry the system's."""
        if port in self.nested:
            return f'v{port}'
        return f'o{self.id}p{self.ports.index(port)}' if self.is_ovs else port

    def create(self):
        if self.namespace is None:
            return
        run(['ip', 'netns', 'add', self.namespace])
        os.makedirs(self.sys)
        self.inside(lambda: system.mount('sysfs', self.sys, 'sysfs'))
        for port in self.ports:
            if port in self.nested:
                ip([f'link add {port} type bond mode active-backup miimon 10'], self.namespace)

    def start(self):
        if self.is_ovs:
            self.start_ovs()
        elif self.kind == 'plain-ports':
            ip([f'link set {port} up' for port in self.ports], self.namespace)
        else:
            attach = [f'link set {self.device(port)} master {port}' for port in self.ports if port in self.nested]
            attach += [f'link set {port} master bond0' for port in self.ports]
            early = ['link set bond0 up'] if self.config.get('opened') == 'before-attaching' else []
            ip([self.bond()], self.namespace)
            self.set_late_options()
            ip([*early, *attach], self.namespace)
            self.set_port_priorities()
            ip(['link set bond0 up'], self.namespace)

    def bond(self):
        """The command that makes the bond, of the words that ip has for its options."""
        say = self.config.get
        words = ['link add bond0 type bond']
        if self.kind == 'static-lag':
            return 'link add bond0 type bond mode balance-xor miimon 100'
        if self.kind == '802.3ad':
            words += ['mode 802.3ad', f'miimon {say("miimonMs", 100)}']
            words += [f'lacp_rate {say("lacpRate", "slow")}', f'ad_select {self.known_selection()}']
            words += ['lacp_active off'] if say('lacpActive') is False else []
            words += [f'min_links {say("minLinks")}'] if say('minLinks') else []
            words += [f'ad_actor_system {say("actorSystem")}'] if say('actorSystem') else []
            words += [f'ad_actor_sys_prio {say("actorSysPriority")}'] if say('actorSysPriority') else []
            words += [f'ad_user_port_key {say("userPortKey")}'] if say('userPortKey') else []
        else:
            words += [f'mode {say("mode")}']
            words += [f'miimon {say("miimonMs")}'] if say('miimonMs') else []
        words += [f'updelay {say("updelayMs")}'] if say('updelayMs') else []
        words += [f'downdelay {say("downdelayMs")}'] if say('downdelayMs') else []
        return ' '.join(words)

    def known_selection(self):
        said = self.config.get('adSelect', 'stable')
        return 'stable' if said == 'actor_port_prio' else said

    def set_late_options(self):
        late = [(kind, self.config[key]) for key, kind in LATE_BOND_OPTIONS.items() if key in self.config]
        if self.config.get('adSelect') == 'actor_port_prio':
            late.append((AD_SELECT, BY_PORT_PRIORITY))
        if late:
            self.inside(lambda: [set_by_netlink('bond0', 2, kind, bytes([value])) for kind, value in late])

    def set_port_priorities(self):
        given = [one for one in self.config.get('members', []) if 'portPriority' in one]
        if given:
            self.inside(
                lambda: [
                    set_by_netlink(one['name'], 5, ACTOR_PORT_PRIO, struct.pack('=H', one['portPriority']))
                    for one in given
                ]
            )

    def inside(self, action):
        """Act in this system's namespace, which Open vSwitch's is already."""
        if self.namespace is None:
            action()
            return
        system.enter(f'/run/netns/{self.namespace}', system.NEW_NETWORK)
        try:
            action()
        finally:
            system.enter('/proc/1/ns/net', system.NEW_NETWORK)

    def start_ovs(self):
        bridge = f'b{self.id}'
        devices = [self.device(port) for port in self.ports]
        say = self.config.get
        lacp = [f'lacp={say("lacp")}', f'other_config:lacp-time={say("rate", "slow")}']
        mode = 'balance-tcp' if say('lacp') != 'off' else 'balance-slb'
        add = ['--', 'add-bond', bridge, f'bond{self.id}', *devices, f'bond_mode={mode}', *lacp]
        keys = []
        for port, device in zip(self.config['ports'], devices, strict=True):
            number = self.ports.index(port['name']) + 1
            keys += ['--', 'set', 'interface', device, f'other_config:lacp-port-id={number}']
        run(['ovs-vsctl', '--no-wait', 'add-br', bridge, *add, *keys])
        ip([f'link set {device} up' for device in devices])

    def look(self):
        """What it shows now."""
        if self.is_ovs:
            shown = run(['ovs-appctl', 'lacp/show', f'bond{self.id}']) if self.config['lacp'] != 'off' else ''
            return {'ovs': shown}
        if self.kind == 'plain-ports':
            return {}
        net = f'{self.sys}/class/net'
        read = lambda path: system.read(f'{net}/{path}').strip()  # noqa: E731
        return {
            'carrier': read('bond0/carrier') == '1',
            'active': read('bond0/bonding/ad_aggregator'),
            'activeSlave': read('bond0/bonding/active_slave'),
            'members': {port: {**self.member(port), **self.lacp(port)} for port in self.ports},
        }

    def read(self, port, file):
        return system.read(f'{self.sys}/class/net/{port}/bonding_slave/{file}').strip()

    def member(self, port):
        return {'role': self.read(port, 'state'), 'mii': self.read(port, 'mii_status')}

    def lacp(self, port):
        return {
            'aggregator': self.read(port, 'ad_aggregator_id'),
            'actor': self.read(port, 'ad_actor_oper_port_state'),
            'partner': self.read(port, 'ad_partner_oper_port_state'),
        }

    def proc(self):
        """/proc/net/bonding/bond0, which is read in its namespace."""
        if self.namespace is None or self.kind == 'plain-ports':
            return ''
        return run(['ip', 'netns', 'exec', self.namespace, 'cat', '/proc/net/bonding/bond0'])

    def mute(self, ports, on):
        """Let frames that leave these ports be lost, or not."""
        self.inside(lambda: [lose_all(self.device(port), on) for port in ports])

    def set_links(self, ports, up):
        self.inside(lambda: [set_up(self.device(port), up) for port in ports])


class Scenario:
    def __init__(self, number, config):
        self.number = number
        self.config = config
        simulation = config['simulation']
        self.cables = {cable['name']: cable for cable in simulation['cables']}
        self.systems = {
            one['name']: System(number, index, one) for index, one in enumerate(simulation['systems'])
        }
        self.result = {'samples': [], 'happeningMs': [], 'happenedMs': [], 'watched': []}

    def uses_ovs(self):
        return any(one.is_ovs for one in self.systems.values())

    def create(self):
        for one in self.systems.values():
            one.create()
        for cable in self.cables.values():
            ends = [(self.systems[end['system']], end['port']) for end in (cable['a'], cable['b'])]
            (a, port_a), (b, port_b) = ends
            where = lambda one: f' netns {one.namespace}' if one.namespace else ''  # noqa: E731
            if cable.get('pulled'):
                for one, port in ends:
                    ip([f'link add name {one.device(port)}{where(one)} type veth'])
                continue
            left = f'name {a.device(port_a)}{where(a)}'
            ip([f'link add {left} type veth peer name {b.device(port_b)}{where(b)}'])

    def start(self):
        """Bring the systems up as near to each other as one processor can, and note when each was."""
        self.began = time.monotonic()
        self.result['startedMs'] = {}
        for one in self.systems.values():
            one.start()
            self.result['startedMs'][one.name] = self.now()

    def happen(self, event):
        kind = event['kind']
        self.result['happeningMs'].append(self.now())
        cable = self.cables.get(event.get('cable'))
        if kind in ('cable-down', 'cable-up'):
            self.systems[cable['b']['system']].set_links([cable['b']['port']], kind == 'cable-up')
        elif kind == 'one-way':
            end = cable['a'] if event['lost'] == 'a-to-b' else cable['b']
            self.systems[end['system']].mute([end['port']], True)
        elif kind in ('silent', 'speaks'):
            one = self.systems[event['system']]
            one.mute(one.ports, kind == 'silent')
        elif kind in ('dies', 'returns'):
            one = self.systems[event['system']]
            one.set_links(one.ports, kind == 'returns')
        else:
            raise ValueError(kind)
        self.result['happenedMs'].append(self.now())

    def now(self):
        return round((time.monotonic() - self.began) * 1000)

    def sample(self):
        shown = {name: one.look() for name, one in self.systems.items()}
        self.result['samples'].append({'atMs': self.now(), 'systems': shown})

    def watch(self):
        watched = self.config['watch']
        member = self.systems[watched['system']].member(watched['port'])
        self.result['watched'].append({'atMs': self.now(), **member})

    def end(self):
        self.result['proc'] = {name: one.proc() for name, one in self.systems.items()}
        with open(f'/mnt/out/{self.number}.json', 'w', encoding='utf-8') as file:
            json.dump(self.result, file)


# A daemon that is used at once loses every frame that the kernel hands it, for ever (Open vSwitch 3.1 in a guest
# that has only just booted; measured: 3 s are too few, 10 s are enough).
OVS_READY_S = 12


def start_open_vswitch():
    os.makedirs('/run/openvswitch')
    os.environ['OVS_RUNDIR'] = '/run/openvswitch'
    base = '/run/openvswitch/conf.db'
    run(['ovsdb-tool', 'create', base, '/usr/share/openvswitch/vswitch.ovsschema'])
    run(['ovsdb-server', base, '--remote=punix:/run/openvswitch/db.sock', '--pidfile', '--detach', '--no-chdir'])
    run(['ovs-vsctl', '--no-wait', 'init'])
    run(['ovs-vswitchd', '--pidfile', '--detach', '--no-chdir', '--log-file=/run/openvswitch/log'])


def main():
    with open('/mnt/scenarios.json', encoding='utf-8') as file:
        scenarios = [Scenario(number, one) for number, one in enumerate(json.load(file))]
    daemon = None
    if any(scenario.uses_ovs() for scenario in scenarios):
        start_open_vswitch()
        daemon = time.monotonic()
    for scenario in scenarios:
        scenario.create()
    plan = []
    order = 0

    def at(when, action):
        nonlocal order
        order += 1
        heapq.heappush(plan, (when, order, action))

    def begin(scenario):
        scenario.start()
        config = scenario.config
        base = scenario.began
        for event in config['simulation'].get('events', []):
            at(base + event['atMs'] / 1000, lambda event=event: scenario.happen(event))
        for ms in config['samplesMs']:
            at(base + ms / 1000, scenario.sample)
        watched = config.get('watch')
        for ms in range(watched['fromMs'], watched['toMs'], watched['everyMs']) if watched else []:
            at(base + ms / 1000, scenario.watch)
        at(base + config['samplesMs'][-1] / 1000, scenario.end)

    # A scenario begins when there is time for it: what is under way must not come late.
    waiting = list(scenarios)
    takes = 0.5
    while plan or waiting:
        spare = plan[0][0] - time.monotonic() if plan else 2 * takes
        if waiting and not plan and waiting[0].uses_ovs():
            time.sleep(max(0, daemon + OVS_READY_S - time.monotonic()))
        early = waiting and waiting[0].uses_ovs() and time.monotonic() < daemon + OVS_READY_S
        if waiting and spare > takes and not early:
            before = time.monotonic()
            begin(waiting.pop(0))
            takes = max(0.4, 1.5 * (time.monotonic() - before))
            continue
        when, _, action = heapq.heappop(plan)
        time.sleep(max(0, when - time.monotonic()))
        action()
    note('played')


main()
