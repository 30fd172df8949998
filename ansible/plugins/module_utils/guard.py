# Copyright the bondplan authors
# SPDX-License-Identifier: Apache-2.0
"""Changes a host's network files so that it can go back by itself.

The journal is the whole idea. Before anything is touched it holds every file as it was and as it shall be. As long as it
exists the change is not confirmed: a timer, or the next boot, puts the old files back. Confirming is removing it. So a
power cut at any moment leaves a host that boots with the old files, or with the new ones, each set whole.

Every file appears by rename, after its bytes are on the disk, and each step may be repeated: whoever is interrupted is
run again. This file is both a part of the modules and, copied to the host, the program that the timer and the boot run;
it needs Python's standard library alone.
"""

import base64
import contextlib
import fcntl
import json
import os
import subprocess
import sys
import time

STATE = '/var/lib/bondplan'
JOURNAL = 'change.json'
CURRENT = 'current.json'
OUTCOME = 'outcome.json'
PROGRAM = 'guard.py'

# How long, in seconds, the answer of a module gets to leave the host before the network is changed.
MOMENT = 4


class Refused(Exception):
    """Something that cannot be done as things stand; the message is for people."""


def replace(path, data, mode, owner=None):
    """Make a file be `data` (bytes), whole or not at all, also after a power cut."""
    folder = os.path.dirname(path)
    make_folder(folder)
    draft = os.path.join(folder, '.%s.bondplan' % os.path.basename(path))
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        os.fchmod(descriptor, mode)
        if owner is not None:
            os.fchown(descriptor, *owner)
        write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.rename(draft, path)
    sync_folder(folder)


def write_all(descriptor, data):
    """write(2) may take less than it is given."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view):]


def remove(path):
    """Make a file not be there, also after a power cut."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    if os.path.isdir(os.path.dirname(path)):
        sync_folder(os.path.dirname(path))


def make_folder(folder):
    """Make a folder and those above it, each of them on the disk before something is put into it."""
    if os.path.isdir(folder):
        return
    parent = os.path.dirname(folder)
    make_folder(parent)
    os.mkdir(folder, 0o755)
    sync_folder(parent)


def sync_folder(folder):
    """A name is on the disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def snapshot(path):
    """A file as it is, to be put back by `restore`: content, mode and owner, or that there is none."""
    try:
        with open(path, 'rb') as file:
            status = os.fstat(file.fileno())
            content = base64.b64encode(file.read()).decode()
            return {'content': content, 'mode': status.st_mode & 0o7777, 'owner': [status.st_uid, status.st_gid]}
    except FileNotFoundError:
        return None


def restore(path, state):
    """Make a file as a snapshot has it."""
    if state is None:
        remove(path)
    else:
        owner = state.get('owner')
        replace(path, base64.b64decode(state['content']), state['mode'], owner and tuple(owner))


class Guard:
    """The changes of one host. `root` is / but in tests of the files alone; commands are never run in another root."""

    def __init__(self, root='/', state=STATE):
        self.root = root
        self.state = os.path.join(root, state.lstrip('/'))

    def path(self, below):
        """Where a file that is named as below the root lies."""
        return os.path.join(self.root, below.lstrip('/'))

    def read(self, name):
        """A record of the state folder; None where there is none."""
        try:
            with open(os.path.join(self.state, name), encoding='utf-8') as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def record(self, name, value):
        """Write a record of the state folder; it has what network files have, so it is for root alone."""
        replace(os.path.join(self.state, name), json.dumps(value, indent=1).encode(), 0o600)

    def forget(self, name):
        remove(os.path.join(self.state, name))

    @contextlib.contextmanager
    def lock(self):
        """One change at a time; whoever comes second waits and then looks anew."""
        make_folder(self.state)
        with open(os.path.join(self.state, 'lock'), 'w', encoding='utf-8') as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def begin(self, change):
        """Write the journal of a change that has `id`, `seconds`, and the sides `before` and `after`."""
        with self.lock():
            pending = self.read(JOURNAL)
            if pending is not None:
                raise Refused('change %s is not confirmed yet; it goes back by itself' % pending['id'])
            self.forget(OUTCOME)
            self.record(JOURNAL, change)

    def pending(self, change_id):
        """The journal of this change; Refused when it is no longer there."""
        change = self.read(JOURNAL)
        if change is None or change['id'] != change_id:
            outcome = self.read(OUTCOME) or {}
            raise Refused('change %s is not pending any more: %s' % (change_id, outcome.get('why', 'it is unknown')))
        return change

    def install(self, side):
        for path, state in sorted(side['files'].items()):
            if snapshot_differs(self.path(path), state):
                restore(self.path(path), state)

    def apply(self, change_id):
        """From the old files to the new ones; commands have to be done when the change is due to go back."""
        with self.lock():
            change = self.pending(change_id)
            until = time.monotonic() + change['seconds']
            log = self.cross(change['before'], change['after'], until)
            self.record(OUTCOME, {'id': change_id, 'why': 'it was applied', 'log': log})

    def revert(self, change_id, why):
        """From the new files to the old ones. Nothing happens where the change was confirmed or has gone back."""
        with self.lock():
            change = self.read(JOURNAL)
            if change is None or change['id'] != change_id:
                return
            log = self.cross(change['after'], change['before'], time.monotonic() + 300)
            self.record(OUTCOME, {'id': change_id, 'why': why, 'log': log})
            self.forget(JOURNAL)

    def recover(self):
        """At boot, before the network is started: the old files where a change was not confirmed."""
        with self.lock():
            change = self.read(JOURNAL)
            if change is None:
                return
            self.install(change['before'])
            log = [run(command, 60) for command in change['before']['boot']]
            why = 'the host was started anew before it was confirmed'
            self.record(OUTCOME, {'id': change['id'], 'why': why, 'log': log})
            self.forget(JOURNAL)

    def confirm(self, change_id):
        """The change stays. Refused when it has gone back already."""
        with self.lock():
            change = self.pending(change_id)
            after = change['after']
            written = sorted(path for path, state in after['files'].items() if state is not None)
            # First what helps the next change, then the point of no return.
            self.record(CURRENT, {**after, 'files': written})
            self.forget(JOURNAL)

    def cross(self, left, entered, until):
        """Leave what is in force, change the files, enter what they say. Answers what every command said."""
        log = [run(command, until - time.monotonic()) for command in left['leave']]
        if left['keeps_devices'] or entered['keeps_devices']:
            names = list(dict.fromkeys(left['devices'] + entered['devices']))
            log += [run(['ip', 'link', 'delete', name], 10) for name in reversed(names) if is_made(name)]
        self.install(entered)
        return log + [run(command, until - time.monotonic()) for command in entered['enter']]


def snapshot_differs(path, state):
    """Whether a file has to be touched: the mode and the owner count where they are said."""
    now = snapshot(path)
    if now is None or state is None:
        return now is not state
    return any(now[key] != state[key] for key in state if state[key] is not None)


def is_made(name):
    """Whether there is such a device and it is none of the hardware."""
    folder = os.path.join('/sys/class/net', name)
    return os.path.isdir(folder) and not os.path.exists(os.path.join(folder, 'device'))


def run(command, seconds):
    """Run a command; its status and output. One that takes too long is ended, and says so."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=max(seconds, 1),
            check=False,
        )
        status, output = done.returncode, done.stdout
    except subprocess.TimeoutExpired as error:
        status, output = 124, (error.stdout or b'') + b'\nended: it took too long'
    except OSError as error:
        status, output = 127, str(error).encode()
    return {'command': command, 'status': status, 'output': output.decode(errors='replace')[-4000:]}


def has_systemd():
    """sd_booted(3)."""
    return os.path.isdir('/run/systemd/system')


def start_later(name, argv, seconds=0):
    """Start a program that outlives this process and its session, at once or after some seconds."""
    if has_systemd():
        timer = ['--on-active=%ds' % seconds, '--timer-property=AccuracySec=1s'] if seconds else []
        words = ['systemd-run', '--quiet', '--collect', '--unit=%s' % name, *timer, '--', *argv]
        # The time that the unit takes is the guard's own business; systemd is only to start it.
        done = run(words if timer else [words[0], '--no-block', *words[1:]], 60)
        if done['status'] != 0:
            raise Refused('systemd-run: %s' % done['output'].strip())
        return
    if os.fork() != 0:
        os.wait()
        return
    os.setsid()
    if os.fork() != 0:
        os._exit(0)
    nothing = os.open('/dev/null', os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.closerange(3, 1024)
    os.chdir('/')
    time.sleep(seconds)
    os.execv(argv[0], argv)


def main(argv):
    """`guard.py recover`, `guard.py apply ID`, `guard.py revert ID`."""
    guard = Guard()
    action, change_id = argv[0], argv[1:2]
    if action == 'recover':
        guard.recover()
    elif action == 'apply':
        guard.apply(*change_id)
    elif action == 'revert':
        guard.revert(*change_id, why='it was not confirmed in time')
    else:
        raise SystemExit('guard.py: what is %s?' % action)


if __name__ == '__main__':
    try:
        main(sys.argv[1:])
    except Refused as refused:
        raise SystemExit('guard.py: %s' % refused) from refused
