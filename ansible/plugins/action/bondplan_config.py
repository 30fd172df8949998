# Copyright the bondplan authors
# SPDX-License-Identifier: Apache-2.0
"""The controller's side of bondplan_config: bondplan runs here, and the host is sent files."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import glob
import json
import os
import time

from ansible.errors import AnsibleActionFail, AnsibleConnectionFailure
from ansible.plugins.action import ActionBase
from ansible_collections.bondplan.bonding.plugins.module_utils.guard import MOMENT
from ansible_collections.bondplan.bonding.plugins.plugin_utils.program import Program, manifests, shown_log

NAME = 'bondplan.bonding.bondplan_config'
CONFIRM = 'bondplan.bonding.bondplan_confirm'
# The name that a host without one has while its files are made.
ALONE = 'host'


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        del tmp
        self._vars = task_vars
        self._program = Program(self._task.args.get('command'))
        state = self._task.args.get('state', 'merged')
        offline = {'rendered': self._rendered, 'parsed': self._parsed}
        result.update(offline[state]() if state in offline else self._on_host(state))
        if self._program.warnings:
            result['warnings'] = result.get('warnings', []) + self._program.warnings
        return result

    def _rendered(self):
        args = self._task.args
        config, intent, dest = args.get('config'), args.get('intent'), args.get('dest')
        if (config is None) == (intent is None):
            raise AnsibleActionFail('state: rendered needs either config or intent')
        if config is not None:
            answer = self._render(config)
        else:
            paths = [intent] if isinstance(intent, str) else intent
            answer = self._program.render([self._loader.path_dwim(path) for path in paths], args.get('target'))
        if dest is None:
            return {'changed': False, 'rendered': answer['files']}
        return {'changed': False, 'hosts': write_manifests(self._loader.path_dwim(dest), manifests(answer))}

    def _parsed(self):
        said = self._task.args.get('running_config')
        if said is None:
            raise AnsibleActionFail('state: parsed needs running_config')
        files = [{'path': 'config', 'content': said}] if isinstance(said, str) else said
        return {'changed': False, 'parsed': self._program.read(files, self._task.args.get('target'))}

    def _on_host(self, state):
        args = dict(self._task.args)
        if state == 'gathered':
            found = self._module(state=state, patterns=self._places())
            if found.get('failed') or 'files' not in found:
                return found
            files = found.pop('files')
            return {**found, 'gathered': self._program.read(files, args.get('target')) if files else None}
        if args.get('manifest') is not None:
            if state != 'overridden':
                raise AnsibleActionFail('a manifest is all of a host: it needs state: overridden')
            manifest = self._rendered_before(args['manifest'])
        else:
            manifest = self._manifest_of(state)
        result = self._module(state=state, **sent(manifest))
        if result.get('change') is not None:
            result.update(self._in_force(result['change'], int(args.get('timeout', 120))))
        return result

    def _rendered_before(self, path):
        try:
            with open(self._loader.path_dwim(path), encoding='utf-8') as file:
                return json.load(file)
        except FileNotFoundError as error:
            name = os.path.basename(path)[: -len('.json')]
            raise AnsibleActionFail('the intent has no host %s: there is no %s' % (name, path)) from error

    def _in_force(self, change, seconds):
        """Wait until the host says, over a fresh connection, that the change is in force. It may be out of reach for long."""
        until = time.monotonic() + seconds
        time.sleep(MOMENT)
        said = 'it does not answer'
        while time.monotonic() < until:
            time.sleep(1)
            try:
                self._connection.reset()
                answer = self._execute_module(
                    module_name=CONFIRM, module_args={'change': change, 'state': 'applied'}, task_vars=self._vars
                )
            except AnsibleConnectionFailure as error:
                said = str(error)
                continue
            said = answer.get('msg', '')
            if not answer.get('failed'):
                self._program.warnings += shown_log(answer['log'])
                return {'log': answer['log']}
            if not answer.get('retry'):
                break
        return {'failed': True, 'msg': 'the change goes back by itself, as the host was not seen with it: %s' % said}

    def _module(self, **more):
        """Run the module on the host; what is for the controller stays here."""
        ours = ('config', 'manifest', 'intent', 'dest', 'running_config', 'command')
        args = {key: value for key, value in self._task.args.items() if key not in ours}
        return self._execute_module(module_name=NAME, module_args={**args, **more}, task_vars=self._vars)

    def _target(self):
        """The target that was asked for, what bondplan knows of it, and how files of ours are known again."""
        said = self._task.args.get('target') or self._said_target()
        if not said:
            raise AnsibleActionFail('say the target: what this host reads')
        known = self._program.json('targets', '--format', 'json')
        found = [one for one in known['targets'] if one['id'] == said.split('@')[0]]
        if not found:
            raise AnsibleActionFail('there is no target %s; see bondplan targets' % said)
        return said, found[0], known['mark']

    def _said_target(self):
        said = (self._task.args.get('config') or {}).get('target')
        return said[0] if isinstance(said, list) and len(said) == 1 else said

    def _places(self):
        """Where files of the target stand, whoever wrote them: all of the same kind in the same folder."""
        return sorted({anywhere(file['path']) for file in self._target()[1]['files']})

    def _manifest_of(self, state):
        """What the host is to have, from what it has of ours and what is asked for."""
        said, target, mark = self._target()
        config = {key: value for key, value in (self._task.args.get('config') or {}).items() if key != 'target'}
        patterns = [file['path'].replace('{device}', '*') for file in target['files']]
        ours = {}
        if state != 'overridden':
            found = self._module(state='gathered', patterns=patterns, mark=mark)
            if found.get('failed'):
                raise AnsibleActionFail(found['msg'])
            ours = (self._program.read(found['files'], target['id']) if found['files'] else None) or {}
        wanted = {'bonds': {}, **STATES[state](ours, config), 'target': said}
        return manifests(self._render(wanted))[ALONE]

    def _render(self, config):
        return self._program.render([], self._task.args.get('target'), given=json.dumps(config))


def anywhere(path):
    """`etc/netplan/*.yaml` for `etc/netplan/60-bondplan.yaml`; a file without an ending stands for itself."""
    ending = os.path.splitext(path)[1]
    return os.path.join(os.path.dirname(path), '*' + ending) if ending else path


def sent(manifest):
    """What of a manifest the host is sent."""
    return {key: manifest[key] for key in ('files', 'patterns', 'mark', 'deployment', 'devices', 'target')}


def merged(ours, config):
    """Each option that is asked for wins, and the others stay: by collection, name and option."""
    both = dict(ours)
    for key, value in config.items():
        both[key] = merged(both[key], value) if isinstance(value, dict) and isinstance(both.get(key), dict) else value
    return both


def replaced(ours, config):
    """A thing that is asked for has only what is asked for it."""
    both = dict(ours)
    for collection, things in config.items():
        both[collection] = {**both.get(collection, {}), **things} if isinstance(things, dict) else things
    return both


def overridden(dummy_ours, config):
    return config


def deleted(ours, config):
    """Without the things that are named; without any where none is."""
    if not config:
        return {}
    return {
        collection: {name: thing for name, thing in things.items() if name not in config.get(collection, {})}
        for collection, things in ours.items()
        if isinstance(things, dict)
    }


STATES = {'merged': merged, 'replaced': replaced, 'overridden': overridden, 'deleted': deleted}


def write_manifests(folder, hosts):
    """A file for each host; those of hosts that are no more go. Answers the names of the hosts."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    for path in glob.glob(os.path.join(folder, '*.json')):
        if os.path.basename(path)[: -len('.json')] not in hosts:
            os.unlink(path)
    for name, manifest in hosts.items():
        path = os.path.join(folder, name + '.json')
        with open(path + '.part', 'w', encoding='utf-8') as file:
            json.dump(manifest, file)
        os.rename(path + '.part', path)
    return sorted(hosts)
