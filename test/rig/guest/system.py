"""System calls that the standard library of Python 3.9 has no words for: mounts and namespaces.

Also starting a program and killing what a case leaves behind. What the calls are used for is in main.py.
"""

import ctypes
import fcntl
import os
import signal
import socket
import struct
import time

NEW_MOUNTS = 0x00020000
NEW_NETWORK = 0x40000000
MS_RDONLY = 0x1
MS_REMOUNT = 0x20
MS_BIND = 0x1000

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f'{what}: {os.strerror(number)}')


def unshare(flags):
    """Leave the namespaces named by flags for fresh ones."""
    _checked(_libc.unshare(flags), 'unshare')


def enter(path, flags):
    """Enter the namespace that a file stands for."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _checked(_libc.setns(fd, flags), f'setns {path}')
    finally:
        os.close(fd)


def mount(source, target, kind, flags=0, data=''):
    """mount(2); kind is '' where the call has no use for it (a bind, a remount)."""
    call = _libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode())
    _checked(call, f'mount {target}')


def unmount(target):
    """umount2(2), lazily."""
    _checked(_libc.umount2(target.encode(), 2), f'umount {target}')


def write(path, text, mode=None):
    """Write a file, with its mode when one is given, and make the folders above it."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8', newline='') as file:
        file.write(text)
    if mode is not None:
        os.chmod(path, mode)


def read(path):
    """The text of a file, or '' where there is none."""
    try:
        with open(path, encoding='utf-8', errors='replace') as file:
            return file.read()
    except OSError:
        return ''


def start(argv, log, out=None, env=None):
    """Start a program; answer its process id. Its output goes to the files log and out (log, if absent)."""
    added = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, '/dev/null', os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, out or log, added, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, log, added, 0o644),
    ]
    return os.posix_spawnp(argv[0], argv, {**os.environ, **(env or {})}, file_actions=actions)


def run(argv, log, out=None):
    """Run a program to its end; answer its exit status (negative: the signal that ended it)."""
    try:
        pid = start(argv, log, out)
    except OSError as error:
        with open(log, 'a', encoding='utf-8') as file:
            file.write(f'{argv[0]}: {error.strerror}\n')
        return 127
    _, status = os.waitpid(pid, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)


def loopback_up():
    """Bring up the loopback device of the network namespace (netdevice(7), SIOCSIFFLAGS)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack('16sh14x', b'lo', 0x1))


def attempts(timeout_s):
    """Moments to look whether something has happened: now, soon, then ever less often, up to timeout_s.

    Two dozen cases waiting side by side and looking 20 times a second would take most of the processor.
    """
    started = time.monotonic()
    pause = 0.02
    while True:
        yield time.monotonic() - started
        left = started + timeout_s - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(pause, left))
        pause = min(pause * 1.4, 0.4)


def network_of(pid):
    """The network namespace of a process, as text that can be compared; None when it is gone."""
    try:
        return os.readlink(f'/proc/{pid}/ns/net')
    except OSError:
        return None


def kill_network(network, spare=()):
    """End every process in a network namespace, daemons that left their parent included."""
    for name in os.listdir('/proc'):
        if name.isdigit() and int(name) not in spare and network_of(name) == network:
            try:
                os.kill(int(name), signal.SIGKILL)
            except ProcessLookupError:
                pass
