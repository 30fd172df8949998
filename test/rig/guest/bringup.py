"""How each kind of configuration is brought up: one function a target, in the table at the end.

A function finds the case's files in their places (/etc/network/interfaces, /etc/systemd/network/...), brings
the network up as that system would, and answers the exit status of its tool. It calls `done_starting` before
a long wait, so that other cases can use the processor. A daemon that it starts stays:
it is alive while the bond is read, as on a host, and is killed with its namespace afterwards.
"""

import os
import re

import system

HOOKS = '/run/rig-hooks'
LINKS = '/run/systemd/netif/links'
SETTLED = {'configured', 'failed', 'unmanaged'}


def place(file):
    """Where a case's file goes: to its path, or, where that is not writable in a guest, below /run."""
    path = '/' + file['path']
    return path if path.startswith(('/etc/', '/run/', '/tmp/')) else '/run/rig-files' + path


def iproute2(case, log, done_starting):
    """Run the case's files as shell scripts, in their order, up to the first that fails."""
    for file in case['files']:
        status = system.run(['sh', place(file)], log)
        if status != 0:
            return status
    return 0


def ifupdown(case, log, done_starting):
    """`ifup -a` over /etc/network/interfaces, with Debian's own hooks (ifenslave, vlan, bridge).

    Without --force: nothing is up yet in a fresh /run, and with it a VLAN's stanza would bring its bond up
    a second time, hooks and all, which the bond does not survive.
    """
    interfaces = '/etc/network/interfaces'
    if not os.path.exists(interfaces):
        system.write(interfaces, 'source /etc/network/interfaces.d/*\n')
    _link_hooks('\n'.join(file['content'] for file in case['files']))
    os.makedirs('/run/network', exist_ok=True)
    return system.run(['ifup', '-a', '-i', interfaces], log)


def ifupdown2(case, log, done_starting):
    """`ifup -a` of ifupdown2, which lies in /mnt and takes its command from the name it is called by."""
    folder = '/mnt/ifupdown2'
    for name in ('ifupdown2.conf', 'addons.conf'):
        system.write(f'/etc/network/ifupdown2/{name}', system.read(f'{folder}/etc/network/ifupdown2/{name}'))
    os.makedirs('/run/network', exist_ok=True)
    os.symlink(f'{folder}/usr/share/ifupdown2/__main__.py', '/run/ifup')
    return system.run(['python3', '-E', '-s', '/run/ifup', '-a'], log)


def ifupdown_ng(case, log, done_starting):
    """`ifup -a` of ifupdown-ng, which lies in /mnt: its program in the place of ifup and ifquery, its executors in theirs.

    Executors call ifquery by its name, from a PATH of their own.
    """
    folder = '/mnt/ifupdown-ng'
    layers = f'lowerdir={folder}/usr/libexec:/usr/libexec'
    system.mount('overlay', '/usr/libexec', 'overlay', 0, layers)
    system.mount(f'{folder}/sbin/ifupdown', os.path.realpath('/usr/sbin/ifup'), '', system.MS_BIND)
    os.makedirs('/run/network', exist_ok=True)
    return system.run(['ifup', '-a'], log)


def _link_hooks(text):
    """Make the hooks visible that this text has a use for; each idle one costs several processes a bond."""
    wanted = {'ifenslave'}
    vlan = re.search(r'vlan|^\s*(auto|iface)\b.*\S\.\d|\bip-', text, re.MULTILINE)
    wanted |= {'vlan', 'ip'} if vlan else set()
    wanted |= {'bridge'} if 'bridge' in text else set()
    wanted |= {'openvswitch'} if 'ovs' in text else set()
    for folder in os.listdir(HOOKS):
        if not folder.startswith('if-'):
            continue
        os.makedirs(f'/etc/network/{folder}', exist_ok=True)
        for name in wanted.intersection(os.listdir(f'{HOOKS}/{folder}')):
            os.symlink(f'{HOOKS}/{folder}/{name}', f'/etc/network/{folder}/{name}')


def networkd(case, log, done_starting):
    """Start systemd-networkd over /etc/systemd/network and /run/systemd/network; wait until it is done.

    Without systemd and udev: a read-only /sys tells networkd not to wait for udev's word on each device.
    """
    user = _user_id('systemd-network')
    for folder in ('', '/links', '/leases', '/lldp'):
        os.makedirs('/run/systemd/netif' + folder, exist_ok=True)
        os.chown('/run/systemd/netif' + folder, *user)
    system.mount('', '/sys', '', system.MS_REMOUNT | system.MS_RDONLY)
    program = next(
        path
        for path in ('/usr/lib/systemd/systemd-networkd', '/lib/systemd/systemd-networkd')
        if os.path.exists(path)
    )
    env = {'SYSTEMD_LOG_TARGET': 'console-prefixed', 'SYSTEMD_LOG_LEVEL': 'info', 'SYSTEMD_LOG_COLOR': '0'}
    daemon = system.start([program], log, env=env)
    return _wait_for_networkd(daemon, case, log, done_starting)


def _user_id(name):
    for line in system.read('/etc/passwd').splitlines():
        fields = line.split(':')
        if fields[0] == name:
            return int(fields[2]), int(fields[3])
    raise RuntimeError(f'there is no user {name}')


def _wait_for_networkd(daemon, case, log, done_starting):
    """Poll until every link is settled in networkd's eyes, or until it has done nothing for 3 s,
    or as long as the bonds may take; a minute at most.

    Three times it is enough that nothing has moved for a while: when all links work and some are only waiting
    for a router to speak; when all are settled and a bond is missing; and when it has said that a bond could
    not be made, whose members stay `configuring` for ever. A bond without a carrier does so too: it is left then.
    """
    quiet = max(3, case['settleMs'] / 1000)
    seen, since = None, 0
    for elapsed in system.attempts(60):
        if elapsed > 0.5:
            done_starting()  # what it still waits for is not the processor
        if os.waitpid(daemon, os.WNOHANG)[0] != 0:
            return 1
        now = (_networkd_states(), system.read(log), _joined(case['bonds']))
        if now != seen or not _sleeps(daemon):
            seen, since = now, elapsed
        states, said, _ = now
        complete = all(os.path.exists(f'/sys/class/net/{bond}') for bond in case['bonds'])
        if complete and states <= SETTLED:
            return 0
        if elapsed - since > 0.7 and states <= SETTLED | {'working'}:
            return 0 if complete else 1
        if elapsed - since > 0.7 and 'could not be created' in said:
            return 1
        if elapsed - since > quiet:
            return 1
    return 1


def _sleeps(daemon):
    """Whether it waits for something to happen; else it wants the processor, or waits for the kernel to do what it asked."""
    return system.read(f'/proc/{daemon}/stat').rpartition(')')[2].split()[0:1] == ['S']


def _joined(bonds):
    """The members of the bonds, and which is primary."""
    return [system.read(f'/sys/class/net/{bond}/bonding/{file}') for bond in bonds for file in ('slaves', 'primary')]


def _networkd_states():
    """What networkd thinks of the links that exist; of a link that it has not seen yet, `pending`.

    `working` is one with carrier and address that it is still configuring: without an address of its own
    (a bond that only carries VLANs), and in older versions always, it waits for a router's advertisement.
    """
    states = set()
    for name in os.listdir('/sys/class/net'):
        if name == 'bonding_masters':
            continue
        index = system.read(f'/sys/class/net/{name}/ifindex').strip()
        lines = system.read(f'{LINKS}/{index}').splitlines()
        told = dict(line.split('=', 1) for line in lines if '=' in line)
        works = told.get('OPER_STATE') in ('degraded', 'routable')
        state = told.get('ADMIN_STATE', 'pending')
        states.add('working' if state == 'configuring' and works else state)
    return states or {'pending'}


def netplan(case, log, done_starting):
    """What `netplan generate` does, by the programs that it calls (the command itself is a Python program,
    which takes longer than all the rest); then what its networkd files say."""
    folders = ('/usr/libexec/netplan', '/usr/lib/netplan', '/lib/netplan')
    folder = next(path for path in folders if os.path.exists(f'{path}/generate'))
    steps = [[f'{folder}/generate', '--root-dir', '/']]
    if os.path.exists(f'{folder}/configure'):  # from 1.2 on: a generator for systemd, and all the rest
        units = [f'/run/systemd/generator{late}' for late in ('', '.early', '.late')]
        for unit in units:
            os.makedirs(unit)
        generator = '/usr/lib/systemd/system-generators/netplan'
        steps = [[generator, '--root-dir', '/', *units], [f'{folder}/configure', '--root-dir', '/']]
    for step in steps:
        status = system.run(step, log)
        if status != 0:
            return status
    folder = '/run/systemd/network'
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        os.chmod(f'{folder}/{name}', 0o644)
    return networkd(case, log, done_starting)


BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=/run/dbus/system_bus_socket</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
  </policy>
</busconfig>
"""

# A port without a cable is taken as well, as the kernel itself takes it.
MANAGER = """[main]
plugins=keyfile
auth-polkit=false
dns=none
rc-manager=unmanaged
dhcp=internal
hostname-mode=none
no-auto-default=*
ignore-carrier=*
"""


def networkmanager(case, log, done_starting):
    """Start a bus and NetworkManager over /etc/NetworkManager/system-connections; wait until all is activated.

    Profiles start by themselves, as at boot. Without udev: a read-only /sys tells NetworkManager not to wait for
    udev's word on each device; it makes bonds by netlink.
    """
    folder = '/run/rig-manager'
    system.write(f'{folder}/bus.conf', BUS)
    system.write(f'{folder}/NetworkManager.conf', MANAGER)
    os.makedirs(f'{folder}/conf.d')
    os.makedirs('/run/dbus')
    system.mount('tmpfs', '/var/lib/NetworkManager', 'tmpfs')
    system.mount('', '/sys', '', system.MS_REMOUNT | system.MS_RDONLY)
    system.start(['dbus-daemon', f'--config-file={folder}/bus.conf', '--nofork', '--nopidfile'], log)
    for _ in system.attempts(10):
        if os.path.exists('/run/dbus/system_bus_socket'):
            break
    places = [f'--config={folder}/NetworkManager.conf', f'--config-dir={folder}/conf.d']
    places += [f'--system-config-dir={folder}/conf.d', f'--intern-config={folder}/intern.conf']
    daemon = system.start(['NetworkManager', '--debug', '--log-level=INFO', *places], log)
    return _wait_for_networkmanager(daemon, case, log, done_starting)


def _wait_for_networkmanager(daemon, case, log, done_starting):
    """Poll until every profile has its device activated, by what NetworkManager logs; at most 20 s."""
    starting = [file['content'] for file in case['files'] if 'autoconnect=false' not in file['content']]
    names = [re.search(r'^interface-name=(.*)$', text, re.MULTILINE) for text in starting]
    wanted = {name.group(1) for name in names if name}
    for elapsed in system.attempts(20):
        if elapsed > 2:
            done_starting()
        if os.waitpid(daemon, os.WNOHANG)[0] != 0:
            return 1
        said = system.read(log)
        done = re.findall(r'device \((\S+)\): Activation: successful, device activated', said)
        if wanted <= set(done) and 'startup complete' in said:
            return 0
    return 1


TARGETS = {
    'iproute2': iproute2,
    'ifupdown': ifupdown,
    'ifupdown2': ifupdown2,
    'ifupdown-ng': ifupdown_ng,
    'networkd': networkd,
    'netplan': netplan,
    'networkmanager': networkmanager,
}
