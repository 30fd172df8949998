# Copyright the bondplan authors
# SPDX-License-Identifier: Apache-2.0
"""bondplan on the controller: started once, asked in JSON. What it says of an intent is handed on word for word."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import json
import os
import subprocess
import tempfile

from ansible.errors import AnsibleError

DEFAULT = ['bondplan']


class Program:
    """A way to start bondplan. `warnings` gathers what it said without failing."""

    def __init__(self, command=None):
        self.command = list(command or DEFAULT)
        self.warnings = []

    def run(self, *words, **options):
        """The standard output of a run; AnsibleError with its diagnostics where its status is not 0."""
        given = options.get('given', '')
        try:
            done = subprocess.run(
                [*self.command, *words], input=given.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False
            )
        except OSError as error:
            raise AnsibleError('bondplan cannot be started as %s: %s' % (' '.join(self.command), error)) from error
        said = done.stderr.decode(errors='replace').strip()
        if done.returncode != 0:
            raise AnsibleError('bondplan %s: %s' % (words[0], said or reasons(done.stdout)))
        if said:
            self.warnings.append(said)
        return done.stdout.decode()

    def json(self, *words, **options):
        return json.loads(self.run(*words, **options))

    def render(self, paths, target=None, host=None, given=''):
        """Files and what is expected of the hosts; what cannot be written as it was said becomes a warning."""
        words = ['render', '--format', 'json', '--expect']
        words += ['--target', target] if target else []
        words += ['--host', host] if host else []
        answer = self.json(*words, *(paths or ['-']), given=given)
        self.warnings += [shown(one) for one in answer['diagnostics'] if one['severity'] != 'note']
        return answer

    def read(self, files, target=None):
        """The intent that files mean, which are `path` and `content`; None where it is none."""
        with in_folder(files) as folder:
            words = ['--from', target] if target else []
            hosts = self.json('import', '--name', 'host', '--format', 'json', *words, folder)['hosts']
        if len(hosts) > 1:
            raise AnsibleError('these files are of several targets: %s' % ', '.join(hosts))
        return next(iter(hosts.values()), None)


def in_folder(files):
    """A folder with the files in their places, as a context."""
    folder = tempfile.TemporaryDirectory(prefix='bondplan-')
    for file in files:
        path = os.path.join(folder.name, file['path'].lstrip('/'))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as out:
            out.write(file['content'])
    return folder


def reasons(output):
    """The errors in an answer that is JSON."""
    try:
        found = json.loads(output)['diagnostics']
    except (ValueError, KeyError, TypeError):
        return output.decode(errors='replace').strip()
    return '\n'.join(shown(one) for one in found if one['severity'] == 'error')


def shown(diagnostic):
    """One diagnostic on one line, with its place first as compilers have it."""
    place = ':'.join(str(diagnostic[key]) for key in ('file', 'line', 'column') if diagnostic.get(key) is not None)
    said = '%s[%s]: %s' % (diagnostic['severity'], diagnostic['code'], diagnostic['message'])
    return '; '.join(filter(None, [place + ': ' + said if place else said, diagnostic.get('help')]))


def manifests(answer):
    """What each host needs of an answer of `render`, by its name: nothing of other hosts."""
    hosts = {}
    for host in answer['hosts']:
        if host['node'] in hosts:
            raise AnsibleError('%s is rendered for several targets; choose one with target' % host['node'])
        hosts[host['node']] = {
            'target': host['target'],
            'files': [],
            'devices': [device['name'] for device in host['devices']],
            'bonds': host['bonds'],
            **{key: answer['targets'][host['target']][key] for key in ('mark', 'deployment')},
            'patterns': answer['targets'][host['target']]['files'],
        }
    for file in answer['files']:
        if file['node'] in hosts:
            hosts[file['node']]['files'].append({key: file[key] for key in ('path', 'mode', 'content')})
    return hosts


def shown_log(log):
    """The commands that failed, with what they said."""
    return ['%s: %s' % (' '.join(one['command']), one['output'].strip()) for one in log if one['status'] != 0]
