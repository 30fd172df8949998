"""The wire between Ansible, which runs beside the guest, and the hosts in it.

A request is a file in a folder that both see; it is carried the last part of its way over the network under test, from
the switch's namespace, where this runs, to the far_shell.py of a host. Where that network is cut the answer says so. A
request for the console of a host goes round the network: the test looks with it, Ansible never does.

Usage: relay.py FOLDER. Ends when the folder has a file called done.
"""

import base64
import json
import os
import socket
import subprocess
import sys
import threading
import time

# A module takes long where every system call is traced; whether the network was cut meanwhile, the kernels ask each other.
SILENCE_S = 300
ALIVE = ((socket.TCP_KEEPIDLE, 2), (socket.TCP_KEEPINTVL, 2), (socket.TCP_KEEPCNT, 4))


def carry(asked):
    with socket.create_connection((asked['host'], asked['port']), 4) as wire:
        wire.settimeout(SILENCE_S)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in ALIVE:
            wire.setsockopt(socket.IPPROTO_TCP, option, value)
        wire.sendall(json.dumps(asked).encode() + b'\n')
        return json.loads(b''.join(iter(lambda: wire.recv(65536), b'')))


def console(asked):
    """In the namespaces of a host: of the process that it is known by, or of the whole guest."""
    with open('/run/rig/%s.pid' % asked['console'], encoding='utf-8') as file:
        pid = file.read().strip()
    enter = ['nsenter', '--target', pid, '--net', '--mount', '/bin/sh', '-c', asked['command']]
    done = subprocess.run(enter, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return {
        'status': done.returncode,
        'out': base64.b64encode(done.stdout).decode(),
        'err': base64.b64encode(done.stderr).decode(),
    }


def serve(folder, name):
    with open(os.path.join(folder, name), encoding='utf-8') as file:
        asked = json.load(file)
    try:
        answer = console(asked) if 'console' in asked else carry(asked)
    except (OSError, ValueError) as error:
        answer = {'error': str(error)}
    path = os.path.join(folder, name[: -len('.request')])
    with open(path + '.part', 'w', encoding='utf-8') as file:
        json.dump(answer, file)
    os.rename(path + '.part', path + '.answer')


def main(folder):
    seen = set()
    while True:
        names = set(os.listdir(folder))
        if 'done' in names:
            return
        for name in sorted(name for name in names - seen if name.endswith('.request')):
            seen.add(name)
            threading.Thread(target=serve, args=(folder, name), daemon=True).start()
        time.sleep(0.05)


main(sys.argv[1])
