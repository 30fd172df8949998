# Copyright the bondplan authors
# SPDX-License-Identifier: Apache-2.0
"""Leaves the guard on a host, and with whatever starts that host: a boot after a power cut asks it first."""

import os
import shutil
import sys

from . import guard

UNIT = """\
[Unit]
Description=Put back network files whose change was not confirmed
DefaultDependencies=no
RequiresMountsFor={state}
After=systemd-remount-fs.service
Wants=network-pre.target
Before=network-pre.target systemd-networkd.service networking.service NetworkManager.service
ConditionPathExists={state}/{journal}

[Service]
Type=oneshot
ExecStart={python} {state}/{program} recover
"""

INIT = """\
#!/bin/sh
### BEGIN INIT INFO
# Provides:          bondplan-recover
# Required-Start:    mountkernfs $local_fs
# Required-Stop:
# X-Start-Before:    networking
# Default-Start:     S
# Default-Stop:
# Short-Description: Put back network files whose change was not confirmed
### END INIT INFO
[ "$1" != start ] || [ ! -e {state}/{journal} ] || exec {python} {state}/{program} recover
"""


def leave_guard(host):
    """Install the program and its start at boot; they stay. Answers a warning where nothing starts it, else None."""
    program = guard.__loader__.get_source(guard.__name__)
    write(os.path.join(host.state, guard.PROGRAM), program, 0o700)
    words = {
        'state': host.state,
        'journal': guard.JOURNAL,
        'program': guard.PROGRAM,
        'python': sys.executable,
    }
    if guard.has_systemd():
        unit = '/etc/systemd/system/bondplan-recover.service'
        write(unit, UNIT.format(**words), 0o644)
        wanted = '/etc/systemd/system/sysinit.target.wants'
        guard.make_folder(wanted)
        if not os.path.lexists(os.path.join(wanted, os.path.basename(unit))):
            os.symlink(unit, os.path.join(wanted, os.path.basename(unit)))
            guard.sync_folder(wanted)
        return None
    if shutil.which('update-rc.d'):
        write('/etc/init.d/bondplan-recover', INIT.format(**words), 0o755)
        done = guard.run(['update-rc.d', 'bondplan-recover', 'defaults'], 60)
        return None if done['status'] == 0 else 'update-rc.d: %s' % done['output']
    return (
        'neither systemd nor update-rc.d is here, so nothing puts the old files back when the host loses power before '
        'the change is confirmed: run "%s %s/%s recover" before the network is started'
        % (sys.executable, host.state, guard.PROGRAM)
    )


def write(path, text, mode):
    """Only what differs."""
    state = {'content': guard.base64.b64encode(text.encode()).decode(), 'mode': mode}
    if guard.snapshot_differs(path, state):
        guard.restore(path, state)
