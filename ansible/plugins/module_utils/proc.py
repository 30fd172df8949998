# Copyright the bondplan authors
# SPDX-License-Identifier: Apache-2.0
"""/proc/net/bonding/BOND as data (linux drivers/net/bonding/bond_procfs.c): a part for the bond, then one a member."""

MEMBER = 'Slave Interface'
NOBODY = '00:00:00:00:00:00'


def read_bond(text):
    """The lines of the bond, of its active aggregator, and of each member, by their names; `why` a member is idle."""
    bond, aggregator, members = {}, {}, {}
    into = bond
    for line in text.splitlines():
        name, colon, value = (part.strip() for part in line.partition(':'))
        if name == MEMBER:
            into = members.setdefault(value, {})
        elif name == 'Active Aggregator Info' and into is bond:
            into = aggregator
        elif colon:
            # Of a member the first counts: its LACP partner's state follows under the same words.
            into.setdefault(name, value)
    for member in members.values():
        member['why'] = why_idle(member, aggregator)
    return {'bond': bond, 'aggregator': aggregator, 'members': members}


def why_idle(member, aggregator):
    """Why a member does not carry; '' where it does."""
    if member.get('MII Status') != 'up':
        return 'its link is %s' % member.get('MII Status', 'unknown')
    if not aggregator:
        return ''
    if member.get('Aggregator ID') != aggregator.get('Aggregator ID'):
        return 'it is in aggregator %s, and %s is active' % (
            member.get('Aggregator ID'),
            aggregator.get('Aggregator ID'),
        )
    return 'no LACP partner answers' if aggregator.get('Partner Mac Address') == NOBODY else ''


def carrying_members(state):
    return [name for name, member in state['members'].items() if not member['why']]
