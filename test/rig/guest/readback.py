"""What became of a case: waiting until its bonds are settled, and reading everything back."""

import json
import os

import system

NET = '/sys/class/net'
# Actor port state, IEEE 802.1AX-2020 6.4.2.3: synchronization, collecting and distributing.
CARRYING = 0x38


def settle(bonds, timeout_s):
    """Poll until these bonds are in service; False when one does not exist, or timeout_s is over before."""
    there = [bond for bond in bonds if os.path.isdir(f'{NET}/{bond}/bonding')]
    for _ in system.attempts(timeout_s):
        if all(_in_service(bond) for bond in there):
            return there == bonds
    return False


def _in_service(bond):
    """Every member's link is up, and under 802.3ad every port carries in the one active aggregator."""
    if system.read(f'{NET}/{bond}/operstate').strip() != 'up':
        return False
    members = system.read(f'{NET}/{bond}/bonding/slaves').split()
    aggregators = set()
    for member in members:
        folder = f'{NET}/{member}/bonding_slave'
        if system.read(f'{folder}/mii_status').strip() != 'up':
            return False
        if os.path.exists(f'{folder}/ad_aggregator_id'):
            state = system.read(f'{folder}/ad_actor_oper_port_state').strip()
            aggregators.add(system.read(f'{folder}/ad_aggregator_id').strip())
            if state.isdigit() and int(state) & CARRYING != CARRYING:
                return False
    return len(aggregators) <= 1


def bonding_files(bond):
    """Every file under /sys/class/net/BOND/bonding: its text, or how reading it was refused."""
    folder = f'{NET}/{bond}/bonding'
    files = {}
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        try:
            with open(f'{folder}/{name}', encoding='utf-8') as file:
                files[name] = file.read().rstrip('\n')
        except OSError as error:
            files[name] = f'!{error.strerror}'
    return files


def links():
    """The kernel's view through `ip`: links with details, addresses, and routes of all tables, both families.

    One process for all three: a batch prints one JSON text for each line.
    """
    system.write('/run/rig-read.batch', 'link show\naddress show\nroute show table all\n')
    errors = '/run/rig-read.errors'
    output = '/run/rig-read.json'
    system.run(['ip', '-j', '-d', '-batch', '/run/rig-read.batch'], errors, output)
    text = system.read(output)
    decoder = json.JSONDecoder()
    found = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        value, at = decoder.raw_decode(text, at)
        found.append(value)
    if len(found) != 3:
        raise RuntimeError('ip did not answer as expected: ' + system.read(errors) + text)
    return {'links': found[0], 'addresses': found[1], 'routes': found[2]}
