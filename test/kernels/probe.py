"""Asks a kernel's bonding driver, inside a guest: what it has, what it refuses, and what it holds of what it is told.

Reads /mnt/cases.json: [{"mode", "writes": [[file, value], ...], "members": [name, ...]}]. For each a bond is made,
the values are written below /sys/class/net/BOND/bonding in their order, then the members are attached, and all is read.
Writes /mnt/out/driver.json: {"kernel", "files": [...], "bondAttributes": [...], "memberAttributes": [...],
"cases": [{"refused": [[file, errno], ...], "held": {file: text}}]}.
"""

import json
import os
import socket
import struct
import subprocess

NET = '/sys/class/net'
GETLINK, NEWLINK, REQUEST = 18, 16, 1
LINKINFO, INFO_DATA, INFO_MEMBER_DATA = 18, 2, 5


def write(path, text):
    """Write to sysfs in one go; the error's number, or None."""
    try:
        fd = os.open(path, os.O_WRONLY)
    except OSError as error:
        return error.errno
    try:
        os.write(fd, text.encode())
    except OSError as error:
        return error.errno
    finally:
        os.close(fd)
    return None


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def files_of(bond):
    return {name: read(f'{NET}/{bond}/bonding/{name}') for name in sorted(os.listdir(f'{NET}/{bond}/bonding'))}


def play(number, case):
    """The bond stays, as taking one away is what takes longest; the members are free again for the next."""
    bond = f'asked{number}'
    write(f'{NET}/bonding_masters', f'+{bond}')
    writes = [['mode', case['mode']], *case['writes'], *(['slaves', f'+{name}'] for name in case['members'])]
    tried = [[name, write(f'{NET}/{bond}/bonding/{name}', value)] for name, value in writes]
    outcome = {'refused': [one for one in tried if one[1] is not None], 'held': files_of(bond)}
    for name in case['members']:
        write(f'{NET}/{bond}/bonding/slaves', f'-{name}')
    return outcome


def attributes(data):
    """Netlink attributes by number (netlink(7)): length, kind, payload, padded to four bytes."""
    found, at = {}, 0
    while at + 4 <= len(data):
        length, kind = struct.unpack_from('=HH', data, at)
        if length < 4:
            break
        found[kind & 0x3FFF] = data[at + 4:at + length]
        at += (length + 3) & ~3
    return found


def link_info(name, what):
    """The numbers of the attributes that the driver has for a link, as rtnetlink(7) tells them."""
    with open(f'{NET}/{name}/ifindex', encoding='utf-8') as file:
        index = int(file.read())
    body = struct.pack('=BxHiII', socket.AF_UNSPEC, 0, index, 0, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as link:
        link.send(struct.pack('=IHHII', 16 + len(body), GETLINK, REQUEST, 1, 0) + body)
        answer = link.recv(65536)
    info = attributes(attributes(answer[32:])[LINKINFO])
    return sorted(attributes(info[what]))


def main():
    with open('/mnt/cases.json', encoding='utf-8') as file:
        cases = json.load(file)
    for name in ('d0', 'd1'):
        subprocess.run(['ip', 'link', 'add', name, 'type', 'dummy'], check=True)
    write(f'{NET}/bonding_masters', '+first')
    write(f'{NET}/first/bonding/mode', '802.3ad')
    write(f'{NET}/first/bonding/slaves', '+d0')
    found = {
        'kernel': os.uname().release,
        'files': sorted(os.listdir(f'{NET}/first/bonding')),
        'bondAttributes': link_info('first', INFO_DATA),
        'memberAttributes': link_info('d0', INFO_MEMBER_DATA),
    }
    write(f'{NET}/bonding_masters', '-first')
    found['cases'] = [play(number, case) for number, case in enumerate(cases)]
    with open('/mnt/out/driver.json', 'w', encoding='utf-8') as file:
        json.dump(found, file)


main()
