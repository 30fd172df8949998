#!/usr/bin/python
# Copyright the bondplan authors
# SPDX-License-Identifier: Apache-2.0
"""The host's side of bondplan_config; plugins/action/bondplan_config.py is the controller's, which runs bondplan."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r'''
module: bondplan_config
short_description: Manage a host's bonds from an intent, with a way back
version_added: 0.1.0
author: the bondplan authors (@bondplan)
description:
  - Keeps the network files of a host as an intent wants them. The intent says bonds, VLANs, bridges and addresses once, and
    bondplan writes them for what the host reads, such as Netplan, ifupdown or systemd-networkd.
  - bondplan runs on the controller alone. The host needs Python.
  - A change of files is first shown to the host's own parser, then put in force in the background, and goes back by itself
    unless M(bondplan.bonding.bondplan_confirm) is run within O(timeout) seconds. The same happens when the host
    loses power before.
  - The task ends when the host has answered over the new network, and fails where it does not answer within O(timeout).
options:
  state:
    description:
      - V(rendered) answers the files that an intent becomes, and touches nothing.
      - V(parsed) answers the intent that existing files mean, given in O(running_config), and touches nothing.
      - V(gathered) answers the intent that the files of this host mean, whoever wrote them.
      - V(merged) adds O(config) to what bondplan wrote on this host before. Each option that O(config) says wins.
      - V(replaced) does the same, but a bond, a VLAN, a bridge or a port that O(config) names has only what it says.
      - V(overridden) makes O(config), or the O(manifest), all that there is.
      - V(deleted) takes away the devices that O(config) names, or all that bondplan wrote where it is not given.
    type: str
    choices: [rendered, parsed, gathered, merged, replaced, overridden, deleted]
    default: merged
  config:
    description:
      - An intent of one host, with the keys C(ports), C(bonds), C(vlans), C(bridges) and C(target), as in
        C(bondplan schema).
    type: dict
  manifest:
    description:
      - A file on the controller that O(state=rendered) with O(dest) has written for this host. It has what O(config)
        would be rendered to, so that bondplan need not be run for each host.
    type: path
  intent:
    description:
      - With O(state=rendered), files or folders on the controller with an intent of any number of hosts.
    type: list
    elements: path
  dest:
    description:
      - With O(state=rendered), a folder on the controller. A manifest is written to it for each host, as C(HOST.json).
    type: path
  target:
    description:
      - What the host reads, by its name in C(bondplan targets). Where it is not given the intent says it.
    type: str
  running_config:
    description:
      - With O(state=parsed), a file's text, or a list of C(path) and C(content).
    type: raw
  absent:
    description:
      - Files of others on the host that would contradict and are taken away in the same change, such as
        V(/etc/netplan/50-cloud-init.yaml). They come back if the change goes back.
    type: list
    elements: str
    default: []
  force:
    description:
      - Whether a file that bondplan did not write may be overwritten.
    type: bool
    default: false
  timeout:
    description:
      - After how many seconds the change goes back unless it is confirmed.
    type: int
    default: 120
  command:
    description:
      - How bondplan is started on the controller.
    type: list
    elements: str
    default: [bondplan]
  files:
    description: Set by the controller's side of this module.
    type: list
    elements: dict
  patterns:
    description: Set by the controller's side of this module.
    type: list
    elements: str
    default: []
  mark:
    description: Set by the controller's side of this module.
    type: str
  deployment:
    description: Set by the controller's side of this module.
    type: dict
  devices:
    description: Set by the controller's side of this module.
    type: list
    elements: str
    default: []
attributes:
  check_mode:
    description: Answers what a real run would change, having asked the host's own parser.
    support: full
  diff_mode:
    description: Shows each file that is written or taken away.
    support: full
seealso:
  - module: bondplan.bonding.bondplan_verify
  - module: bondplan.bonding.bondplan_confirm
'''

EXAMPLES = r'''
- name: A bond of two ports, to be confirmed within two minutes
  bondplan.bonding.bondplan_config:
    state: merged
    target: netplan
    config:
      bonds:
        bond0: {mode: 802.3ad, miimon: 100, members: [eth0, eth1], addresses: [192.0.2.11/24]}
  register: bond

- name: What do the files of this host mean
  bondplan.bonding.bondplan_config:
    state: gathered
    target: ifupdown

- name: The files of a whole fleet, in one process
  bondplan.bonding.bondplan_config:
    state: rendered
    intent: [site.yaml]
    dest: rendered
  run_once: true
  delegate_to: localhost
'''

RETURN = r'''
before:
  description: Every file that the change is about, by its path, as it was; null for one that was not there.
  returned: when files are managed
  type: dict
after:
  description: The same files as they are to be.
  returned: when files are managed
  type: dict
change:
  description: The name of the change, for M(bondplan.bonding.bondplan_confirm); null in check mode and where nothing changes.
  returned: when files are managed
  type: str
rendered:
  description: The files, each with C(node), C(target), C(path), C(mode) and C(content).
  returned: with O(state=rendered)
  type: list
parsed:
  description: The intent.
  returned: with O(state=parsed)
  type: dict
gathered:
  description: The intent.
  returned: with O(state=gathered)
  type: dict
'''

import base64
import glob
import os
import shutil
import sys
import tempfile
import uuid

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.bondplan.bonding.plugins.module_utils import boot, guard


def text_of(state):
    """A snapshot as text for a diff; '' where there is no file."""
    return '' if state is None else base64.b64decode(state['content']).decode(errors='replace')


def stale(params, wanted):
    """Files of ours that are wanted no more: of this target by its patterns, of another by the last change."""
    found = [path for pattern in params['patterns'] for path in glob.glob('/' + pattern)]
    found += ['/' + path for path in (guard.Guard().read(guard.CURRENT) or {}).get('files', [])]
    return {path.lstrip('/') for path in found if is_ours(path, params['mark'])} - set(wanted)


def is_ours(path, mark):
    state = guard.snapshot(path)
    return state is not None and mark in text_of(state)[:400]


def plan(module):
    """The files of the change as they are and as they shall be, without those that stay."""
    params = module.params
    wanted = {
        file['path']: {'content': base64.b64encode(file['content'].encode()).decode(), 'mode': int(file['mode'], 8)}
        for file in params['files']
    }
    for path in sorted(wanted):
        now = guard.snapshot('/' + path)
        if now is not None and not params['force'] and not is_ours('/' + path, params['mark']) and differ(path, wanted):
            module.fail_json(
                msg='/%s was not written by bondplan, so it is not overwritten; force: true does it all the same' % path
            )
    for path in stale(params, wanted) | {path.lstrip('/') for path in params['absent']}:
        wanted.setdefault(path, None)
    changed = {path: state for path, state in wanted.items() if differ(path, wanted)}
    return {path: guard.snapshot('/' + path) for path in changed}, changed


def differ(path, wanted):
    return guard.snapshot_differs('/' + path, wanted[path])


def diff_of(before, after):
    """One part a file, with its mode where that changes, in the order of the paths."""
    parts = []
    for path in sorted(after):
        modes = [state and '%04o' % state['mode'] for state in (before[path], after[path])]
        names = ['/dev/null' if mode is None else '/%s (mode %s)' % (path, mode) for mode in modes]
        parts.append(
            {
                'before_header': names[0],
                'after_header': names[1],
                'before': text_of(before[path]),
                'after': text_of(after[path]),
            }
        )
    return parts


def ask_parser(module, after):
    """Show the host's own parser the folders as they will be, in a place of their own."""
    patterns = module.params['patterns'] + list(after)
    root = tempfile.mkdtemp(prefix='bondplan-')
    try:
        for folder in {os.path.dirname(path) for path in patterns}:
            os.makedirs(os.path.join(root, folder), exist_ok=True)
            for path in glob.glob('/%s/*' % folder):
                if os.path.isfile(path):
                    shutil.copy2(path, os.path.join(root, folder))
        for path, state in after.items():
            guard.restore(os.path.join(root, path), state)
        for words in module.params['deployment']['check']:
            command = [word.replace('{root}', root) for word in words]
            done = guard.run(command, 60)
            if done['status'] != 0:
                module.fail_json(msg='the host does not take these files: %s' % done['output'].strip(), **done)
    finally:
        shutil.rmtree(root)


def side(files, deployment, devices):
    """One side of a change: the files, and how the host takes them."""
    return {
        'files': files,
        'devices': devices,
        'leave': deployment['leave'],
        'enter': deployment['enter'],
        'boot': deployment['boot'],
        'keeps_devices': deployment['keepsDevices'],
    }


def begin(module, before, after):
    """Arm the way back, then start the change in the background; the connection may not outlive it."""
    host = guard.Guard()
    warning = boot.leave_guard(host)
    if warning is not None:
        module.warn(warning)
    change_id = uuid.uuid4().hex[:12]
    entered = side(after, module.params['deployment'], module.params['devices'])
    left = {**entered, 'devices': [], **(host.read(guard.CURRENT) or {}), 'files': before}
    seconds = module.params['timeout']
    host.begin({'id': change_id, 'seconds': seconds, 'before': left, 'after': entered})
    program = [sys.executable, os.path.join(host.state, guard.PROGRAM)]
    try:
        guard.start_later('bondplan-revert-' + change_id, [*program, 'revert', change_id], seconds)
    except guard.Refused:
        # Without a way back there is no change.
        host.forget(guard.JOURNAL)
        raise
    guard.start_later('bondplan-apply-' + change_id, [*program, 'apply', change_id], guard.MOMENT)
    return change_id


def manage(module):
    before, after = plan(module)
    result = {
        'changed': bool(after),
        'before': {'/' + path: state and text_of(state) for path, state in sorted(before.items())},
        'after': {'/' + path: state and text_of(state) for path, state in sorted(after.items())},
        'change': None,
    }
    if module._diff:
        result['diff'] = diff_of(before, after)
    if after:
        if module.params['deployment'] is None:
            module.fail_json(msg='nobody has looked yet how a running host takes files of this target')
        ask_parser(module, after)
        if not module.check_mode:
            result['change'] = begin(module, before, after)
    module.exit_json(**result)


def gather(module):
    """What stands in the places of the target; only files with the mark where there is one."""
    mark = module.params['mark']
    found = []
    for path in sorted({path for pattern in module.params['patterns'] for path in glob.glob('/' + pattern)}):
        if os.path.isfile(path) and (mark is None or is_ours(path, mark)):
            found.append({'path': path.lstrip('/'), 'content': text_of(guard.snapshot(path))})
    module.exit_json(changed=False, files=found)


def main():
    module = AnsibleModule(
        argument_spec={
            'state': {
                'choices': ['rendered', 'parsed', 'gathered', 'merged', 'replaced', 'overridden', 'deleted'],
                'default': 'merged',
            },
            'config': {'type': 'dict'},
            'manifest': {'type': 'path'},
            'intent': {'type': 'list', 'elements': 'path'},
            'dest': {'type': 'path'},
            'target': {},
            'running_config': {'type': 'raw'},
            'absent': {'type': 'list', 'elements': 'str', 'default': []},
            'force': {'type': 'bool', 'default': False},
            'timeout': {'type': 'int', 'default': 120},
            'command': {'type': 'list', 'elements': 'str', 'default': ['bondplan']},
            'files': {'type': 'list', 'elements': 'dict'},
            'patterns': {'type': 'list', 'elements': 'str', 'default': []},
            'mark': {},
            'deployment': {'type': 'dict'},
            'devices': {'type': 'list', 'elements': 'str', 'default': []},
        },
        supports_check_mode=True,
    )
    try:
        if module.params['files'] is None:
            gather(module)
        else:
            manage(module)
    except guard.Refused as refused:
        module.fail_json(msg=str(refused))


if __name__ == '__main__':
    main()
