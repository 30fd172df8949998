"""The driver inside the guest: plays the cases of /mnt/cases.json and writes /mnt/out/N.json for each.

Every case is a child process with network and mount namespaces of its own, so cases run side by side (most
of a case is waiting, for LACP above all), and what one leaves behind is gone with its namespaces. On the
console every case begins and ends with a line, so that a crash can be laid to the cases that were running.
"""

import json
import mmap
import os
import signal
import struct
import sys
import time
import traceback

import bringup
import openvswitch
import ping
import ports
import readback
import switches
import system

LOG = '/run/rig-tool.log'


class Turn:
    """The right to be busy. Few cases at a time have it; the others wait for it, or wait for the network.

    Without it all cases would start their daemons at once, and each would see the others' load as its own
    delay. A pipe holds one byte for each case that may be busy. Since when a case has had one is in shared
    memory, for the parent: a case that has it for too long is ended by force, and its byte returned.
    """

    def __init__(self, busy, cases):
        self._take, self._give = os.pipe()
        self._since = mmap.mmap(-1, 8 * max(cases, 1))
        os.write(self._give, b'.' * busy)

    def busy_for(self, number):
        """For how long this case has had the right, in s; 0 when it has not."""
        (since,) = struct.unpack_from('d', self._since, 8 * number)
        return time.monotonic() - since if since else 0

    def take(self, number):
        if not self.busy_for(number):
            os.read(self._take, 1)
            struct.pack_into('d', self._since, 8 * number, time.monotonic())

    def give(self, number):
        if self.busy_for(number):
            struct.pack_into('d', self._since, 8 * number, 0)
            os.write(self._give, b'.')


class KernelLog:
    """What the kernel says of some devices from now on (/dev/kmsg: a header, a semicolon, the text)."""

    def __init__(self, devices):
        self._devices = devices
        self._fd = os.open('/dev/kmsg', os.O_RDONLY | os.O_NONBLOCK)
        os.lseek(self._fd, 0, os.SEEK_END)

    def lines(self):
        found = []
        while True:
            try:
                record = os.read(self._fd, 8192).decode(errors='replace')
            except BrokenPipeError:
                continue  # records were overwritten before they were read; the next one is there
            except BlockingIOError:
                return found
            text = record.partition(';')[2].partition('\n')[0]
            if any(text.startswith(f'{device}:') or f' {device}: ' in text for device in self._devices):
                found.append(text)


def isolate():
    """Namespaces and file systems of a case: an empty /run, /tmp and network configuration, a writable /etc.

    The interfaces hooks of the machine stay reachable, for the bring-up that has a use for them.
    """
    system.unshare(system.NEW_MOUNTS)
    system.mount('tmpfs', '/run', 'tmpfs')
    system.mount('tmpfs', '/tmp', 'tmpfs')
    for folder in ('/run/rig-etc/upper', '/run/rig-etc/work', bringup.HOOKS):
        os.makedirs(folder)
    system.mount('/etc/network', bringup.HOOKS, '', system.MS_BIND)
    layers = 'lowerdir=/etc,upperdir=/run/rig-etc/upper,workdir=/run/rig-etc/work'
    system.mount('overlay', '/etc', 'overlay', 0, layers)
    for folder in ('/etc/network', '/etc/netplan', '/etc/systemd/network'):
        os.makedirs(folder, exist_ok=True)
        system.mount('tmpfs', folder, 'tmpfs')


def play(number, case, turn):
    """Play one case from its cables to its reading; whatever happens, the outcome has the log so far."""
    outcome = {'id': case['id'], 'times': {}}
    started = time.monotonic()

    def lap(name):
        nonlocal started
        now = time.monotonic()
        outcome['times'][name] = round((now - started) * 1000)
        started = now

    turn.take(number)
    lap('turn')
    isolate()
    kernel_log = KernelLog(case['bonds'])
    reports = ports.cable(case, LOG)
    system.mount('sysfs', '/sys', 'sysfs')  # /sys shows the namespace that it was mounted in
    lap('prepare')
    for file in case['files']:
        system.write(bringup.place(file), file['content'], int(file.get('mode', '0644'), 8))
    outcome['exit'] = bringup.TARGETS[case['target']](case, LOG, lambda: turn.give(number))
    outcome['kernelLog'] = kernel_log.lines()
    turn.give(number)
    lap('bringUp')
    outcome['settled'] = readback.settle(case['bonds'], case['settleMs'] / 1000)
    lap('settle')
    outcome['pings'] = ping.ping(case['ping'], case['pingMs'] / 1000) if case['ping'] else {}
    lap('ping')
    turn.take(number)
    lap('turnToRead')
    outcome.update(readback.links())
    outcome['sysfs'] = {bond: readback.bonding_files(bond) for bond in case['bonds']}
    outcome['proc'] = {bond: system.read(f'/proc/net/bonding/{bond}') for bond in case['bonds']}
    with ports.inside('SW'):
        far = [f'sw{number}' for number, _ in enumerate(case['partners'])]
        outcome['partner'] = {name: system.read(f'/proc/net/bonding/{name}') for name in far}
        for name, report in reports.items():
            partner = case['partners'][int(name.removeprefix('sw'))]
            finish = {'openvswitch': openvswitch.finish, 'rendered': switches.finish}[partner['kind']]
            outcome['partner'][name] = json.dumps(finish(partner, report, LOG))
    ports.enter_network('HOST')
    outcome['log'] = system.read(LOG)
    lap('read')
    return outcome


def child(number, case, turn):
    """The child's whole life: play the case, write the outcome, end what the case has started."""
    out = os.open('/mnt/out', os.O_RDONLY | os.O_DIRECTORY)
    try:
        outcome = play(number, case, turn)
    except BaseException:
        outcome = {'id': case['id'], 'error': traceback.format_exc(), 'log': system.read(LOG)}
    text = json.dumps(outcome).encode()
    with open(os.open(f'{number}.part', os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=out), 'wb') as file:
        file.write(text)
    os.rename(f'{number}.part', f'{number}.json', src_dir_fd=out, dst_dir_fd=out)
    system.kill_network(system.network_of('self'), spare=(os.getpid(),))
    turn.give(number)
    os._exit(0)


def say(text):
    sys.stdout.write(f'rig: {text}\n')
    sys.stdout.flush()


def main():
    with open('/mnt/cases.json', encoding='utf-8') as file:
        order = json.load(file)
    cases = list(enumerate(order['cases']))
    running = {}
    turn = Turn(order['busy'], len(cases))
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    while cases or running:
        while cases and len(running) < order['together']:
            number, case = cases.pop(0)
            say(f'begin {number} {case["id"]}')
            pid = os.fork()
            if pid == 0:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
                child(number, case, turn)
            running[pid] = (number, case)
        signal.sigtimedwait({signal.SIGCHLD}, 0.2)
        reap(running, turn)
        for pid, (number, case) in running.items():
            if turn.busy_for(number) > order['caseMs'] / 1000:
                end_by_force(pid, number, case)


def end_by_force(pid, number, case):
    """End a case that takes too long, with all it has started; its log is the outcome."""
    log = system.read(f'/proc/{pid}/root{LOG}')
    text = {'id': case['id'], 'error': 'not done in time, ended by force', 'log': log}
    system.write(f'/mnt/out/{number}.json', json.dumps(text))
    network = system.network_of(pid)
    os.kill(pid, signal.SIGKILL)
    if network not in (None, system.network_of('self')):
        system.kill_network(network)


def reap(running, turn):
    """Collect the children that have ended; one that left no outcome has one written for it."""
    while running:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        if pid not in running:
            continue
        number, case = running.pop(pid)
        turn.give(number)
        say(f'end {number} {case["id"]}')
        if not os.path.exists(f'/mnt/out/{number}.json'):
            text = {'id': case['id'], 'error': f'ended by force, status {status}', 'log': ''}
            system.write(f'/mnt/out/{number}.json', json.dumps(text))


main()
