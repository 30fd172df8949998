"""The cables and the switch of one case.

Every member of the host is one end of a veth pair; the other ends lie in the network namespace SW, where a
bond or a bridge plays the switch: `lacp` is an 802.3ad bond, `static` a balance-xor bond, `plain` a bridge,
`openvswitch` is told by a script (openvswitch.py), `rendered` by its files (switches.py), `none` leaves the far ends
alone, but up. The host is the namespace HOST; further hosts on the same switch have namespaces of their own. What is
configured on the host's ends is the business of the configuration under test.
"""

import contextlib

import bringup
import openvswitch
import switches
import system

NAMES = '/run/netns'


def name_network(name):
    """Make a fresh network namespace, enter it and give it a name that `ip netns` and `ip -n` know."""
    system.unshare(system.NEW_NETWORK)
    system.write(f'{NAMES}/{name}', '')
    system.mount('/proc/self/ns/net', f'{NAMES}/{name}', '', system.MS_BIND)


def enter_network(name):
    """Enter a namespace made by name_network."""
    system.enter(f'{NAMES}/{name}', system.NEW_NETWORK)


@contextlib.contextmanager
def inside(name):
    """Within a namespace, with a /sys that shows it."""
    enter_network(name)
    system.mount('sysfs', '/sys', 'sysfs')
    try:
        yield
    finally:
        system.unmount('/sys')


def cable(case, log):
    """Build the namespaces, the cables, the partners and the further hosts of a case; leave the caller in HOST.

    Answers what partners report that are programs, by name.
    """
    for host in ('HOST', *case['others']):
        name_network(host)
        _hurry_addresses()
    name_network('SW')
    _hurry_addresses()
    system.write('/proc/sys/net/ipv6/conf/default/addr_gen_mode', '1')
    system.loopback_up()
    batch = list(_cables(case))
    reports = {}
    late = []
    for number, partner in enumerate(case['partners']):
        lines = _partner(f'sw{number}', partner, case)
        # What stands on a port of Open vSwitch can be made only when that is there.
        batch += [] if partner['kind'] == 'openvswitch' else lines
        late += lines if partner['kind'] == 'openvswitch' else []
    _build(batch, log)
    for number, partner in enumerate(case['partners']):
        if partner['kind'] == 'openvswitch':
            reports[f'sw{number}'] = openvswitch.build(f'sw{number}', partner, log)
        if partner['kind'] == 'rendered':
            with inside('SW'):
                reports[f'sw{number}'] = switches.build(partner, log)
    if late:
        _build(late, log)
    for name, host in case['others'].items():
        _start(name, host, log)
    enter_network('HOST')
    system.loopback_up()
    return reports


def _start(name, host, log):
    """A further host is brought up by its files as scripts."""
    with inside(name):
        system.loopback_up()
        for file in host['files']:
            system.write(bringup.place(file), file['content'])
        if bringup.iproute2(host, log, lambda: None) != 0:
            raise RuntimeError(f'{name} was not brought up: ' + system.read(log))


def _build(lines, log):
    system.write('/run/rig-partner.batch', '\n'.join(lines) + '\n')
    if system.run(['ip', '-batch', '/run/rig-partner.batch'], log) != 0:
        raise RuntimeError('the far end could not be built: ' + system.read(log))


def _hurry_addresses():
    """No duplicate address detection: there is nobody to collide with, and it delays every address by 1 s."""
    system.write('/proc/sys/net/ipv6/conf/default/accept_dad', '0')


def _far_end(case, port):
    """The far end of a port: as the case says, else p0, p1, ... in the order of the case's ports."""
    at = case['ports'].index(port)
    return case['farEnds'][at] if 'farEnds' in case else f'p{at}'


def _cables(case):
    for port in case['ports']:
        yield f'link add {_far_end(case, port)} type veth peer name {port} netns HOST'
    for name, host in case['others'].items():
        for port, far in zip(host['ports'], host['farEnds'], strict=True):
            yield f'link add {far} type veth peer name {port} netns {name}'


def _partner(name, partner, case):
    far = [_far_end(case, port) for port in partner.get('ports', case['ports'])]
    kind = partner['kind']
    if kind == 'rendered':
        return []
    if kind == 'none':
        return [f'link set {port} up' for port in far]
    if kind == 'openvswitch':
        lines = [f'link set {port} up' for port in far]
        return [*lines, f'link set {name} up', *_addresses(name, partner.get('addresses', []))]
    if kind == 'plain':
        lines = [f'link add {name} type bridge', *(f'link set {port} master {name} up' for port in far)]
    else:
        rate = f' lacp_rate {partner.get("rate", "fast")}' if kind == 'lacp' else ''
        mode = '802.3ad' if kind == 'lacp' else 'balance-xor'
        lines = [f'link add {name} type bond mode {mode} miimon 100 xmit_hash_policy layer3+4{rate}']
        lines += [f'link set {port} master {name}' for port in far]
    return [*lines, f'link set {name} up', *_addresses(name, partner.get('addresses', []))]


def _addresses(name, addresses):
    for vlan in sorted({address['vlan'] for address in addresses if 'vlan' in address}):
        yield f'link add link {name} name {name}.{vlan} type vlan id {vlan}'
        yield f'link set {name}.{vlan} up'
    for address in addresses:
        device = f'{name}.{address["vlan"]}' if 'vlan' in address else name
        yield f'address add {address["address"]} dev {device}'
