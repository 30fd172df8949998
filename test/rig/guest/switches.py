"""What is rendered for a switch, run on the namespace SW as that system would: one way a switch, in the table at the end.

The switch works before: a vlan-aware bridge with a port of its own, own0. What the kernel then holds is noted before the
files come, with them, when they are brought up once more, and after what takes them back.
"""

import json
import os

import bringup
import system

FOLDER = '/run/rig-switch'
PROGRAMS = '/run/rig-programs'


class Scripts:
    """Shell scripts of ip and bridge."""

    def prepare(self, partner, log):
        for file in partner['before']:
            self._run(file, log)

    def bring_up(self, partner, log):
        for file in partner['files']:
            self._run(file, log)

    def _run(self, file, log):
        system.write(f'{FOLDER}/{file["path"]}', file['content'])
        do(['sh', f'{FOLDER}/{file["path"]}'], log)


class Ifreload:
    """Files of ifupdown2, which lies in /mnt and takes its command from the name it is called by.

    It may have several vlan-aware bridges, as on Cumulus from 4.3 on, so that a bridge may have several stanzas.
    """

    def prepare(self, partner, log):
        folder = '/mnt/ifupdown2'
        for name in ('ifupdown2.conf', 'addons.conf'):
            text = system.read(f'{folder}/etc/network/ifupdown2/{name}')
            text = text.replace('multiple_vlan_aware_bridge_support=0', 'multiple_vlan_aware_bridge_support=1')
            system.write(f'/etc/network/ifupdown2/{name}', text)
        os.makedirs('/run/network', exist_ok=True)
        for name in ('ifup', 'ifdown', 'ifreload'):
            os.makedirs(f'{PROGRAMS}/by-name', exist_ok=True)
            os.symlink(f'{folder}/usr/share/ifupdown2/__main__.py', f'{PROGRAMS}/by-name/{name}')
            call = f'#!/bin/sh\nexec python3 -E -s {PROGRAMS}/by-name/{name} "$@"\n'
            system.write(f'{PROGRAMS}/{name}', call, 0o755)
        os.environ['PATH'] = f'{PROGRAMS}:{os.environ["PATH"]}'
        self._place(partner['before'], log)

    def bring_up(self, partner, log):
        self._place(partner['files'], log)

    def _place(self, files, log):
        for file in files:
            system.write(bringup.place(file), file['content'])
        do(['ifreload', '-a'], log)


WAYS = {'cumulus-ifupdown2': Ifreload, 'linux-bridge': Scripts}


def build(partner, log):
    """Bring the switch up as it was before, then with what is rendered, twice."""
    way = WAYS[partner['target']]()
    do(['ip', 'link', 'add', 'own0', 'type', 'dummy'], log)
    way.prepare(partner, log)
    report = {'before': state(log)}
    system.write(log, '')
    way.bring_up(partner, log)
    report['said'] = system.read(log)
    report['configured'] = state(log)
    way.bring_up(partner, log)
    report['again'] = state(log)
    return report


def finish(partner, report, log):
    """What the kernel says of the switch's bonds while they work, and what is left when it is taken back."""
    folder = '/proc/net/bonding'
    report['bonds'] = {name: system.read(f'{folder}/{name}') for name in sorted(os.listdir(folder))}
    system.write(log, '')
    system.write(f'{FOLDER}/removal', partner['removal'])
    do(['sh', f'{FOLDER}/removal'], log)
    report['removal'] = system.read(log)
    report['after'] = state(log)
    return report


def state(log):
    """What is configured: of each device what a switch is told, and the VLANs that pass."""
    links = {}
    for link in ask(['ip', '-j', '-d', 'link', 'show'], log):
        if link['ifname'] == 'lo':
            continue
        kind = link.get('linkinfo', {})
        links[link['ifname']] = {
            'up': 'UP' in link['flags'],
            'mtu': link['mtu'],
            'master': link.get('master'),
            'alias': link.get('ifalias'),
            'kind': kind.get('info_kind'),
            'mode': kind.get('info_data', {}).get('mode'),
            'filters': kind.get('info_data', {}).get('vlan_filtering'),
        }
    vlans = {}
    for port in ask(['bridge', '-j', 'vlan', 'show'], log):
        shown = []
        for vlan in port['vlans']:
            to = f'-{vlan["vlanEnd"]}' if 'vlanEnd' in vlan else ''
            shown.append(' '.join([f'{vlan["vlan"]}{to}', *sorted(vlan.get('flags', []))]))
        vlans[port['ifname']] = shown
    return {'links': links, 'vlans': vlans}


def do(argv, log):
    """Run a program that must not fail."""
    status = system.run(argv, log)
    if status != 0:
        raise RuntimeError(f'{" ".join(argv)} failed ({status}): {system.read(log)}')


def ask(argv, log):
    """What a program prints as JSON."""
    answer = f'{FOLDER}/answer'
    system.write(answer, '')
    do_and_print(argv, log, answer)
    return json.loads(system.read(answer) or '[]')


def do_and_print(argv, log, out):
    if system.run(argv, log, out) != 0:
        raise RuntimeError(f'{" ".join(argv)} failed: {system.read(log)}')
