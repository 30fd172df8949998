#!/usr/bin/python
# Copyright the bondplan authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r'''
module: bondplan_confirm
short_description: Let a change of the network stay, or take it back now
version_added: 0.1.0
author: the bondplan authors (@bondplan)
description:
  - A change that M(bondplan.bonding.bondplan_config) has put in force goes back by itself after its timeout, or when
    the host is started anew. This module confirms it, so that it stays. Reaching the host to run it is the proof that
    the new network works.
  - Fails where the change has gone back already, with the reason.
options:
  change:
    description:
      - The change, as M(bondplan.bonding.bondplan_config) named it.
    type: str
    required: true
  state:
    description:
      - V(confirmed) lets it stay. V(reverted) takes it back now instead of after the timeout. V(applied) only asks
        whether it is in force.
      - All of them fail, with C(retry) true, as long as it is not in force yet.
    type: str
    choices: [applied, confirmed, reverted]
    default: confirmed
attributes:
  check_mode:
    description: Says whether the change is pending.
    support: full
'''

EXAMPLES = r'''
- name: The host still answers, so the change may stay
  bondplan.bonding.bondplan_confirm:
    change: "{{ bond.change }}"
'''

RETURN = r'''
log:
  description: What each command said when the change was put in force.
  returned: always
  type: list
'''

import os
import sys

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.bondplan.bonding.plugins.module_utils import guard


def outcome_of(module, host, change_id):
    """What became of the change so far; ends the module where it is not in force yet."""
    host.pending(change_id)
    outcome = host.read(guard.OUTCOME)
    if outcome is None:
        # Whoever asked did so over the old network, which proves nothing.
        module.fail_json(msg='change %s is not in force yet; ask again' % change_id, retry=True, log=[])
    return outcome


def main():
    module = AnsibleModule(
        argument_spec={
            'change': {'required': True},
            'state': {'choices': ['applied', 'confirmed', 'reverted'], 'default': 'confirmed'},
        },
        supports_check_mode=True,
    )
    host, change_id, state = guard.Guard(), module.params['change'], module.params['state']
    try:
        log = outcome_of(module, host, change_id)['log']
        if state == 'confirmed' and not module.check_mode:
            host.confirm(change_id)
        elif state == 'reverted' and not module.check_mode:
            program = [sys.executable, os.path.join(host.state, guard.PROGRAM)]
            guard.start_later('bondplan-now-' + change_id, [*program, 'revert', change_id], guard.MOMENT)
    except guard.Refused as refused:
        module.fail_json(msg=str(refused), retry=False, log=(host.read(guard.OUTCOME) or {}).get('log', []))
    module.exit_json(changed=state != 'applied', log=log)


if __name__ == '__main__':
    main()
