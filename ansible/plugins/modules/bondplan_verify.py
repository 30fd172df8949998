#!/usr/bin/python
# Copyright the bondplan authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r'''
module: bondplan_verify
short_description: See whether the kernel has each bond as the intent wants it
version_added: 0.1.0
author: the bondplan authors (@bondplan)
description:
  - Compares each bond with what the driver should hold, file by file below C(/sys/class/net/BOND/bonding), and looks in
    C(/proc/net/bonding/BOND) whether every member is there and has a link, and, where the bond speaks LACP, whether
    all of them are in the one active aggregator and a partner answers.
  - Waits for O(wait) seconds, because a bond is not formed at once. Fails with everything that is not as it should be.
options:
  bonds:
    description:
      - What is expected, as C(bondplan render --expect) says it and as it stands in a manifest.
    type: list
    elements: dict
    required: true
  wait:
    description:
      - How many seconds all of it may take.
    type: int
    default: 30
  carrying:
    description:
      - V(all) members have to carry, or V(any) of them. V(any) is for bonds some of whose cables are not in yet, or that
        lead to two switches that are no pair.
    type: str
    choices: [all, any]
    default: all
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
'''

EXAMPLES = r'''
- name: The bond is what the intent wants
  bondplan.bonding.bondplan_verify:
    bonds: "{{ (lookup('file', 'rendered/' ~ inventory_hostname ~ '.json') | from_json).bonds }}"
'''

RETURN = r'''
differences:
  description: What is not as it should be, in sentences.
  returned: always
  type: list
bonds:
  description: For each bond the text of C(/proc/net/bonding/BOND); empty where there is none.
  returned: always
  type: dict
'''

import os
import time

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.bondplan.bonding.plugins.module_utils.proc import carrying_members, read_bond


def text(path):
    """The text of a file; None where it is not there or refuses to be read."""
    try:
        with open(path, encoding='utf-8', errors='replace') as file:
            return file.read()
    except OSError:
        return None


def differences(bond, share):
    """Everything about a bond that is not as expected."""
    name = bond['name']
    folder = os.path.join('/sys/class/net', name, 'bonding')
    proc = text(os.path.join('/proc/net/bonding', name))
    if proc is None:
        return ['%s does not exist' % name]
    found = []
    for file, right in sorted(bond['holds'].items()):
        now = text(os.path.join(folder, file))
        # A kernel that has no such file cannot hold anything else.
        if now is not None and now.strip() not in right:
            found.append('%s: %s is %s, not %s' % (name, file, now.strip() or 'empty', right[0] or 'empty'))
    state = read_bond(proc)
    for member in bond['members']:
        if member not in state['members']:
            found.append('%s: %s is no member of it' % (name, member))
    for member in state['members']:
        if member not in bond['members']:
            found.append('%s: %s is a member and should not be' % (name, member))
    carrying = carrying_members(state)
    idle = [member for member in bond['members'] if member not in carrying]
    if bond['members'] and (idle if share == 'all' else not carrying):
        reasons = ((member, state['members'].get(member, {}).get('why', 'it is no member')) for member in idle)
        found.append('%s: %s' % (name, ', '.join('%s does not carry, as %s' % reason for reason in reasons)))
    return found


def main():
    module = AnsibleModule(
        argument_spec={
            'bonds': {'type': 'list', 'elements': 'dict', 'required': True},
            'wait': {'type': 'int', 'default': 30},
            'carrying': {'choices': ['all', 'any'], 'default': 'all'},
        },
        supports_check_mode=True,
    )
    until = time.monotonic() + module.params['wait']
    while True:
        found = [one for bond in module.params['bonds'] for one in differences(bond, module.params['carrying'])]
        if not found or time.monotonic() >= until:
            break
        time.sleep(0.5)
    seen = {bond['name']: text('/proc/net/bonding/' + bond['name']) or '' for bond in module.params['bonds']}
    if found:
        module.fail_json(msg='; '.join(found), differences=found, bonds=seen)
    module.exit_json(changed=False, differences=[], bonds=seen)


if __name__ == '__main__':
    main()
