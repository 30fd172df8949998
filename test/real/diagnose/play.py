"""Makes bonds that are wrong, and some that are not, and collects what an engineer would: the files of /proc/net/bonding as
root and as somebody else see them, `ip -d link` as JSON and as text, the kernel's log, and what Open vSwitch shows. Runs inside
a guest; every situation has network namespaces of its own, and all of them negotiate side by side. What is to be found in
which is in ../diagnose.test.ts.
"""

import ctypes
import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import time

sys.path.insert(0, '/mnt/guest')
import openvswitch  # noqa: E402
import system  # noqa: E402

LOG = '/mnt/out/log'
GREP = 'grep -s . /sys/class/net/*/bonding/* /sys/class/net/*/bonding_slave/* || true'
# How long LACP may take, in s, before what is there is collected as it is. All others begin before Open vSwitch can.
NEGOTIATED = 20
# How long a change may take: many polls of the link, and the driver's own work.
CHANGED = 2


def run(argv, text=None):
    done = subprocess.run(argv, input=text, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        with open(LOG, 'a', encoding='utf-8') as file:
            file.write(f'{argv} {text}: {done.stderr}')
    return done.stdout


def ip(lines, namespace=None):
    if lines:
        run(['ip', *(['-n', namespace] if namespace else []), '-batch', '-'], '\n'.join(lines) + '\n')


def inside(namespace):
    system.enter(f'/run/netns/{namespace}', system.NEW_NETWORK)


def outside():
    system.enter('/proc/1/ns/net', system.NEW_NETWORK)


def tap(name, speed, duplex):
    """A port whose speed in Mbit/s and duplex (0 half, 1 full) can be told (ETHTOOL_SSET of drivers/net/tun.c)."""
    handle = os.open('/dev/net/tun', os.O_RDWR)
    fcntl.ioctl(handle, 0x400454CA, struct.pack('16sH22x', name.encode(), 0x1002))
    settings = ctypes.create_string_buffer(struct.pack('=IIIHB29x', 2, 0, 0, speed, duplex))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack('16sP16x', name.encode(), ctypes.addressof(settings))
        fcntl.ioctl(any_socket, 0x8946, request)
    return handle


def build(number, situation):
    """The devices of one situation; cables lead from the host to the switch, or back to the host."""
    host, switch = f'H{number}', f'S{number}'
    ip([f'netns add {host}', f'netns add {switch}'])
    held = []
    if situation.get('taps'):
        inside(host)
        held = [tap(name, *facts) for name, facts in situation['taps'].items()]
        outside()
    far_end = host if situation.get('loop') else switch
    cables = situation.get('cables', {})
    ip([f'link add {port} netns {host} type veth peer name {far} netns {far_end}' for port, far in cables.items()])
    for namespace, bonds in ((host, situation['bonds']), (switch, situation.get('switch', {}))):
        lines = []
        for name, bond in bonds.items():
            lines.append(f'link add {name} type bond {bond["options"]}')
            lines += [f'link set {member} master {name}' for member in bond['members']]
        lines += [f'link set {name} up' for name in bonds]
        if namespace == switch:
            lines += [f'link set {far} up' for far in cables.values() if not situation.get('loop')]
        ip(lines, namespace)
    return held


def collect(number, situation):
    ends = [('host', f'H{number}', situation['bonds']), ('switch', f'S{number}', situation.get('switch', {}))]
    for end, namespace, bonds in ends:
        if not bonds:
            continue
        inside(namespace)
        for bond in bonds:
            keep(number, end, f'proc-{bond}', run(['cat', f'/proc/net/bonding/{bond}']))
            if situation.get('plain'):
                somebody = ['setpriv', '--reuid', '65534', '--clear-groups']
                keep(number, end, f'plain-{bond}', run([*somebody, 'cat', f'/proc/net/bonding/{bond}']))
        if situation.get('links'):
            keep(number, end, 'json', run(['ip', '-s', '-j', '-d', 'link']))
            keep(number, end, 'text', run(['ip', '-d', 'link']))
            # What is mounted in a network namespace shows its devices.
            keep(number, end, 'sysfs', run(['unshare', '-m', 'sh', '-c', f'mount -t sysfs sysfs /sys && {GREP}']))
        outside()
    if situation.get('openvswitch'):
        inside(f'S{number}')
        keep(number, 'switch', 'ovs', run(['ovs-appctl', 'bond/show']) + run(['ovs-appctl', 'lacp/show']))
        outside()
    if situation.get('log'):
        keep(number, 'host', 'log', run(['dmesg']))


def keep(number, end, name, text):
    system.write(f'/mnt/out/{number}.{end}.{name}', text)


def openvswitch_up(commands):
    os.makedirs(openvswitch.FOLDER)
    os.environ['OVS_RUNDIR'] = openvswitch.FOLDER
    base = f'{openvswitch.FOLDER}/conf.db'
    steps = [
        ['ovsdb-tool', 'create', base, openvswitch.SCHEMA],
        ['ovsdb-server', base, f'--remote=punix:{openvswitch.FOLDER}/db.sock', '--pidfile', '--detach', '--no-chdir'],
        ['ovs-vsctl', '--no-wait', 'init'],
        ['ovs-vswitchd', '--pidfile', '--detach', '--no-chdir', f'--log-file={openvswitch.FOLDER}/log'],
        *[command.split() for command in commands],
    ]
    time.sleep(max(0, openvswitch.UP - time.monotonic()))
    for step in steps:
        run(step)


def wait(numbers):
    """Until both ends of both members send, in these situations."""
    for _ in system.attempts(NEGOTIATED):
        states = []
        for number in numbers:
            inside(f'H{number}')
            states += [line for line in run(['cat', '/proc/net/bonding/bond0']).splitlines() if 'port state: 63' in line]
            outside()
        if len(states) == 4 * len(numbers):
            return


def main():
    with open('/mnt/situations.json', encoding='utf-8') as file:
        situations = json.load(file)
    held = [build(number, situation) for number, situation in enumerate(situations)]
    for number, situation in enumerate(situations):
        if situation.get('openvswitch'):
            inside(f'S{number}')
            openvswitch_up(situation['openvswitch'])
            outside()
    wait([number for number, situation in enumerate(situations) if situation.get('openvswitch')])
    for number, situation in enumerate(situations):
        ip(situation.get('after', {}).get('host', []), f'H{number}')
        ip(situation.get('after', {}).get('switch', []), f'S{number}')
    time.sleep(CHANGED)
    for number, situation in enumerate(situations):
        collect(number, situation)
    del held


main()
