"""Open vSwitch as the switch of a case: a database and a daemon of its own in the namespace SW, with a bridge `br0` that
has one port already, `sw0`, where the switch's own addresses are. What is rendered for the switch is a script that
is run there, and another one takes it back; the database is read before, between and after.
"""

import json
import os
import time

import system

FOLDER = '/run/openvswitch'
SCHEMA = '/usr/share/openvswitch/vswitch.ovsschema'
# How long a machine must be up before the daemon is started, in s. It counts its processors again when the last count is
# 10 s old, and takes 'never' for 'when the machine started' (count_cpu_cores of lib/ovs-thread.c, 3.1.0): started earlier it
# has no processor, so no thread that takes packets from the kernel, and says nothing of it but 'n-handler-threads to 0'.
UP = 10
# What is configured, of the tables that a script for a switch may touch; columns that the daemon fills are left out.
COLUMNS = {
    'Bridge': 'name,ports,external_ids,other_config',
    'Port': 'name,interfaces,tag,trunks,vlan_mode,lacp,bond_mode,external_ids,other_config',
    'Interface': 'name,type,mtu_request,external_ids,other_config',
}


def build(name, partner, log):
    """Start the switch, note what is in its database, and run the script."""
    os.makedirs(FOLDER)
    os.environ['OVS_RUNDIR'] = FOLDER
    base = f'{FOLDER}/conf.db'
    vlans = sorted({str(address['vlan']) for address in partner.get('addresses', []) if 'vlan' in address})
    port = ['tag=1', 'vlan_mode=native-untagged', *([f'trunks={",".join(vlans)}'] if vlans else [])]
    steps = [
        ['ovsdb-tool', 'create', base, SCHEMA],
        ['ovsdb-server', base, f'--remote=punix:{FOLDER}/db.sock', '--pidfile', '--detach', '--no-chdir'],
        ['ovs-vsctl', '--no-wait', 'init'],
        ['ovs-vswitchd', '--pidfile', '--detach', '--no-chdir', f'--log-file={FOLDER}/log'],
        ['ovs-vsctl', 'add-br', 'br0', '--', 'add-port', 'br0', name, *port, '--', 'set', 'interface', name, 'type=internal'],
    ]
    time.sleep(max(0, UP - time.monotonic()))
    for step in steps:
        _do(step, log)
    report = {'before': database(log)}
    system.write(f'{FOLDER}/script', partner['script'])
    _do(['sh', f'{FOLDER}/script'], log)
    report['configured'] = database(log)
    # Again: a script that is run twice changes nothing.
    _do(['sh', f'{FOLDER}/script'], log)
    report['again'] = database(log)
    return report


def finish(partner, report, log):
    """What the switch says of its bonds, and what is left when the script is taken back."""
    report['bonds'] = {}
    for bond in partner['bonds']:
        report['bonds'][bond] = {
            'bond': _ask(['ovs-appctl', 'bond/show', bond], log),
            'lacp': _ask(['ovs-appctl', 'lacp/show', bond], log),
        }
    report['interfaces'] = _ask(['ovs-vsctl', '--format=json', '--columns=name,mtu,error', 'list', 'Interface'], log)
    system.write(f'{FOLDER}/removal', partner['removal'])
    _do(['sh', f'{FOLDER}/removal'], log)
    report['after'] = database(log)
    return report


def database(log):
    """What is configured, by table, the rows in the order of their names; asked by one program."""
    parts = [['--', f'--columns={columns}', 'list', table] for table, columns in COLUMNS.items()]
    text = _ask(['ovs-vsctl', '--format=json', *(word for part in parts for word in part)], log)
    tables = [json.loads(line)['data'] for line in text.splitlines() if line.strip()]
    return {table: sorted(rows, key=lambda row: row[0]) for table, rows in zip(COLUMNS, tables, strict=True)}


def _do(argv, log):
    status = system.run(argv, log)
    if status != 0:
        raise RuntimeError(f'{argv[0]} failed ({status}): {system.read(log)}')


def _ask(argv, log):
    answer = f'{FOLDER}/answer'
    system.write(answer, '')
    _ = system.run(argv, log, answer)
    return system.read(answer)
