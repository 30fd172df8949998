"""Cuts the power at every step of a change, and starts again from what was on the disk.

Every system call of the guard that changes a file system is counted, and the run is ended before the N-th, for every N.
What then is on the disk is not what the programs saw: bytes are there for certain when their file was synced, names when
their folder was. So each stop is looked at in several ways: with nothing that was not synced, with all of it, and with a
part that a seed chooses. Then the guard runs as it does at boot, and that is cut at every step too. In the end the files
have to be the old ones or the new ones, each set whole.

Usage: power_cut.py GUARD SEED. Prints a JSON object with what was tried, and what came out wrong.
"""

import base64
import importlib.util
import json
import os
import random
import shutil
import sys
import tempfile


class PowerCut(BaseException):
    """The end of a run; no handler of errors sees it."""


class Disk:
    """Stands for the module os in the guard: passes on, counts what changes, and knows what is on the disk for certain."""

    def __init__(self, root):
        self.root = root
        self.left = None
        self.steps = 0
        self.halved = set()
        self.names = {}  # folder: {name: inode}, as synced
        self.bytes = {}  # inode: (content, mode), as synced
        for folder, folders, files in os.walk(root):
            for name in files:
                self.keep_bytes(os.path.join(folder, name))
            self.keep_names(folder)

    def __getattr__(self, name):
        return getattr(os, name)

    def step(self):
        self.steps += 1
        if self.left is not None and self.steps > self.left:
            raise PowerCut

    def keep_bytes(self, path):
        status = os.stat(path)
        with open(path, 'rb') as file:
            self.bytes[status.st_ino] = (file.read(), status.st_mode & 0o7777)

    def keep_names(self, folder):
        self.names[folder] = {entry.name: (entry.inode(), entry.is_dir()) for entry in os.scandir(folder)}

    def open(self, path, flags, mode=0o777):
        if flags & (os.O_CREAT | os.O_TRUNC):
            self.step()
        return os.open(path, flags, mode)

    def write(self, descriptor, data):
        self.step()
        # A write may be short, and the power may fail in the midst of it: each first one takes half.
        if descriptor not in self.halved and len(data) > 1:
            self.halved.add(descriptor)
            return os.write(descriptor, data[: len(data) // 2])
        self.halved.discard(descriptor)
        return os.write(descriptor, data)

    def fsync(self, descriptor):
        self.step()
        path = os.readlink('/proc/self/fd/%d' % descriptor)
        if os.path.isdir(path):
            self.keep_names(path)
        else:
            self.keep_bytes(path)

    def rename(self, old, new):
        self.step()
        os.rename(old, new)

    def unlink(self, path):
        self.step()
        os.unlink(path)

    def mkdir(self, path, mode=0o777):
        self.step()
        os.mkdir(path, mode)

    def after_the_cut(self, into, chance):
        """Writes what is on the disk to a new root; what was not synced is there with this chance."""
        self._folder(self.root, into, chance)

    def _folder(self, folder, into, chance):
        os.makedirs(into, exist_ok=True)
        synced = self.names.get(folder, {})
        live = {entry.name: (entry.inode(), entry.is_dir()) for entry in os.scandir(folder)}
        for name in sorted({*synced, *live}):
            before, now = synced.get(name), live.get(name)
            there = now if before == now or chance() else before
            if there is None:
                continue
            inode, is_folder = there
            if is_folder:
                self._folder(os.path.join(folder, name), os.path.join(into, name), chance)
                continue
            content, mode = self.bytes.get(inode, (b'', 0o600))
            if there == now and chance():
                status = os.stat(os.path.join(folder, name))
                with open(os.path.join(folder, name), 'rb') as file:
                    content, mode = file.read(), status.st_mode & 0o7777
            with open(os.path.join(into, name), 'wb') as file:
                file.write(content)
            os.chmod(os.path.join(into, name), mode)


def state(text, mode=0o644):
    return {'content': base64.b64encode(text.encode()).decode(), 'mode': mode}


# One that changes, one that goes, one that comes in a folder that is not there yet, and one that stays.
OLD = {
    'etc/netplan/50-old.yaml': state('network: {}\n', 0o600),
    'etc/netplan/60-bondplan.yaml': state('# old\n' * 50, 0o600),
    'etc/systemd/network/05-bond0.network': None,
}
NEW = {
    'etc/netplan/50-old.yaml': None,
    'etc/netplan/60-bondplan.yaml': state('# new\n' * 80, 0o600),
    'etc/systemd/network/05-bond0.network': state('[Match]\n', 0o644),
}
QUIET = {'leave': [], 'enter': [], 'boot': [], 'devices': [], 'keeps_devices': False}


def load(path):
    spec = importlib.util.spec_from_file_location('guard', path)
    guard = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(guard)
    return guard


def lay_out(root):
    for path, was in OLD.items():
        if was is not None:
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, 'wb') as file:
                file.write(base64.b64decode(was['content']))
            os.chmod(full, was['mode'])


def confirmed(host):
    begun(host)
    host.apply('c1')
    host.confirm('c1')


def gone_back(host):
    begun(host)
    host.apply('c1')
    host.revert('c1', 'it was not confirmed in time')


def begun(host):
    before = {path: GUARD.snapshot(host.path(path)) for path in NEW}
    host.begin(
        {'id': 'c1', 'seconds': 60, 'before': {**QUIET, 'files': before}, 'after': {**QUIET, 'files': NEW}}
    )


def what_stands(root):
    """old, new, or what is neither."""
    found = {}
    for path in OLD:
        now = GUARD.snapshot(os.path.join(root, path))
        found[path] = now and {'content': now['content'], 'mode': now['mode']}
    return 'old' if found == OLD else 'new' if found == NEW else json.dumps(found)


def run(root, action, left=None):
    """Runs an action on a disk; answers the disk, whether the power was cut, and how many steps were taken."""
    disk = Disk(root)
    disk.left = left
    GUARD.os = disk
    try:
        action(GUARD.Guard(root))
        return disk, False
    except PowerCut:
        return disk, True
    finally:
        GUARD.os = os


def boot(host):
    host.recover()


def chances(seed):
    chosen = random.Random(seed)
    return [lambda: False, lambda: True, lambda: chosen.random() < 0.5, lambda: chosen.random() < 0.5]


def play(action, seed):
    """Every stop of one action; answers how many there were, and how each way ended."""
    ends, wrong = {}, []
    with tempfile.TemporaryDirectory(dir='/dev/shm' if os.path.isdir('/dev/shm') else None) as work:
        whole = os.path.join(work, 'whole')
        lay_out(whole)
        steps = run(whole, action)[0].steps
        ends['at the end: ' + what_stands(whole)] = 1
        for stop in range(steps):
            root = os.path.join(work, 'cut')
            lay_out(root)
            disk, cut = run(root, action, stop)
            assert cut, 'the stop at %d was not reached' % stop
            for way, chance in enumerate(chances(seed + stop)):
                image = os.path.join(work, 'image')
                disk.after_the_cut(image, chance)
                for end in boot_again(image, work, seed + stop, nested=way == 2):
                    ends[end] = ends.get(end, 0) + 1
                    if end not in ('old', 'new'):
                        wrong.append('stop %d, way %d: %s' % (stop, way, end))
                shutil.rmtree(image)
            shutil.rmtree(root)
    return {'steps': steps, 'ends': ends, 'wrong': wrong}


def boot_again(image, work, seed, nested):
    """How it ends where the power holds and, when nested, where it fails again at every step of the boot."""
    again = os.path.join(work, 'again')
    shutil.copytree(image, again)
    steps = run(again, boot)[0].steps
    yield what_stands(again)
    shutil.rmtree(again)
    for stop in range(steps if nested else 0):
        shutil.copytree(image, again)
        disk, _ = run(again, boot, stop)
        for chance in chances(seed)[1:3]:
            third = os.path.join(work, 'third')
            disk.after_the_cut(third, chance)
            run(third, boot)
            yield what_stands(third)
            shutil.rmtree(third)
        shutil.rmtree(again)


if __name__ == '__main__':
    GUARD = load(sys.argv[1])
    SEED = int(sys.argv[2])
    print(json.dumps({action.__name__: play(action, SEED) for action in (confirmed, gone_back)}))
