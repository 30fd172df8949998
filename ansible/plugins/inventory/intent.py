# Copyright the bondplan authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r'''
name: intent
short_description: The hosts and switches of a bondplan intent
version_added: 0.1.0
author: the bondplan authors (@bondplan)
description:
  - Makes hosts of the hosts and switches of an intent, and groups them by target (C(target_netplan)), by the switch that
    they are cabled to (C(switch_sw1)) and by platform (C(platform_arista_eos)); C(bondplan_hosts) and
    C(bondplan_switches) hold all of a kind.
  - Each has the variable C(bondplan) with what the intent says of it. How a host is reached is said elsewhere, for example
    in C(host_vars).
  - It is C(bondplan inventory --list), which is also an inventory script.
options:
  plugin:
    description: The name of this plugin.
    required: true
    choices: [bondplan.bonding.intent]
  intent:
    description: Files or folders with the intent, from where this file stands.
    type: list
    elements: path
    required: true
  command:
    description: How bondplan is started.
    type: list
    elements: str
    default: [bondplan]
    env:
      - name: BONDPLAN_COMMAND
'''

EXAMPLES = r'''
# inventory.bondplan.yaml
plugin: bondplan.bonding.intent
intent: [site.yaml]
'''

import os

from ansible.plugins.inventory import BaseInventoryPlugin
from ansible_collections.bondplan.bonding.plugins.plugin_utils.program import Program


class InventoryModule(BaseInventoryPlugin):
    NAME = 'bondplan.bonding.intent'

    def verify_file(self, path):
        return super().verify_file(path) and path.endswith(('bondplan.yaml', 'bondplan.yml'))

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        program = Program(self.get_option('command'))
        folder = os.path.dirname(os.path.abspath(path))
        answer = program.json('inventory', '--list', *(os.path.join(folder, one) for one in self.get_option('intent')))
        for warning in program.warnings:
            self.display.warning(warning)
        for group in answer['all']['children']:
            name = self.inventory.add_group(group)
            for host in answer[group]['hosts']:
                self.inventory.add_host(host, group=name)
        for host, variables in answer['_meta']['hostvars'].items():
            for key, value in variables.items():
                self.inventory.set_variable(host, key, value)
