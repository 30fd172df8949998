"""Ansible's way to a host in a guest: relay.py's folder, named by far_wire of the host or by the environment's FAR_WIRE."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r'''
name: far
short_description: A shell of a test
description: Talks to a far_shell.py by way of relay.py.
author: the bondplan authors
options:
  host:
    description: Its address.
    vars: [{name: ansible_host}]
  port:
    description: Its port.
    type: int
    default: 2222
    vars: [{name: ansible_port}]
  wire:
    description: The folder of the relay.
    env: [{name: FAR_WIRE}]
    vars: [{name: far_wire}]
'''

import base64
import json
import os
import shlex
import time
import uuid

from ansible.errors import AnsibleConnectionFailure
from ansible.plugins.connection import ConnectionBase


class Connection(ConnectionBase):
    transport = 'far'
    has_pipelining = True

    def _connect(self):
        return self

    def close(self):
        pass

    def reset(self):
        pass

    def exec_command(self, cmd, in_data=None, sudoable=True):
        said = self._ask({'command': cmd, 'given': base64.b64encode(in_data or b'').decode()})
        if 'error' in said:
            raise AnsibleConnectionFailure('%s: %s' % (self.get_option('host'), said['error']))
        return said['status'], base64.b64decode(said['out']), base64.b64decode(said['err'])

    def _ask(self, asked):
        asked.update(host=self.get_option('host'), port=self.get_option('port'))
        # The folder behind the name is another after each boot, and gone when the power is.
        folder = os.path.realpath(self.get_option('wire'))
        path = os.path.join(folder, uuid.uuid4().hex)
        try:
            with open(path, 'w', encoding='utf-8') as file:
                json.dump(asked, file)
            os.rename(path, path + '.request')
        except FileNotFoundError:
            return {'error': 'it is off'}
        while not os.path.exists(path + '.answer'):
            if not os.path.isdir(folder):
                return {'error': 'it went off'}
            time.sleep(0.05)
        with open(path + '.answer', encoding='utf-8') as file:
            return json.load(file)

    def put_file(self, in_path, out_path):
        with open(in_path, 'rb') as file:
            self.exec_command('cat > %s' % shlex.quote(out_path), file.read())

    def fetch_file(self, in_path, out_path):
        with open(out_path, 'wb') as file:
            file.write(self.exec_command('cat %s' % shlex.quote(in_path))[1])
