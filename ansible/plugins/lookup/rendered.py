# Copyright the bondplan authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r'''
name: rendered
short_description: The files that an intent becomes
version_added: 0.1.0
author: the bondplan authors (@bondplan)
description:
  - Answers the files of an intent, each with C(node), C(target), C(path), C(mode) and C(content), for templates and for
    tasks of one's own.
  - Each use starts bondplan once. For a fleet let M(bondplan.bonding.bondplan_config) write manifests.
options:
  _terms:
    description: Files or folders with an intent; or one intent as data.
    required: true
  host:
    description: Only the files of this host.
    type: str
  target:
    description: For this target instead of those that the hosts name.
    type: str
  command:
    description: How bondplan is started.
    type: list
    elements: str
    default: [bondplan]
    env:
      - name: BONDPLAN_COMMAND
'''

EXAMPLES = r'''
- name: Only the bond's own file, in a place of one's own
  ansible.builtin.copy:
    dest: /etc/netplan/70-mine.yaml
    mode: "{{ item.mode }}"
    content: "{{ item.content }}"
  loop: "{{ query('bondplan.bonding.rendered', 'site.yaml', host=inventory_hostname, target='netplan') }}"
'''

RETURN = r'''
_raw:
  description: The files.
  type: list
  elements: dict
'''

import json

from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display
from ansible_collections.bondplan.bonding.plugins.plugin_utils.program import Program


class LookupModule(LookupBase):
    def run(self, terms, variables=None, **options):
        self.set_options(var_options=variables, direct=options)
        program = Program(self.get_option('command'))
        data = [json.dumps(term) for term in terms if isinstance(term, dict)]
        paths = [self._loader.path_dwim(term) for term in terms if not isinstance(term, dict)]
        answer = program.render(
            paths + (['-'] if data else []), self.get_option('target'), self.get_option('host'), given='\n'.join(data)
        )
        for warning in program.warnings:
            Display().warning(warning)
        return answer['files']
