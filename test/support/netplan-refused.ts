// Files of Netplan with something that it refuses of how definitions stand together, or that it takes although it looks
// like that. Where it is found here is held by a fast test, and that Netplan says the same of the same place by a real one.

export interface RefusedCase {
  /** By the names of the files in etc/netplan. */
  readonly files: Readonly<Record<string, string>>
  /** `file:line:column` of each; none where Netplan takes it. */
  readonly found: readonly string[]
}

const file = (...lines: readonly string[]): string => ['network:', '  version: 2', ...lines, ''].join('\n')

export const refusedCases: Readonly<Record<string, RefusedCase>> = {
  'members of a bond': {
    files: { 'a.yaml': file('  bonds:', '    bond0: {interfaces: [eth0, eth1]}') },
    found: ['a.yaml:4:26', 'a.yaml:4:32'],
  },
  'one member of a bond': {
    files: {
      'a.yaml': file(
        '  ethernets: {eth0: {}}',
        '  bonds:',
        '    bond0:',
        '      interfaces:',
        '      - eth0',
        '      - eth1',
      ),
    },
    found: ['a.yaml:8:9'],
  },
  'a port of a bridge': {
    files: { 'a.yaml': file('  bridges:', '    br0: {interfaces: [bond0]}') },
    found: ['a.yaml:4:24'],
  },
  'the link of a VLAN': {
    files: { 'a.yaml': file('  vlans:', '    v10: {id: 10, link: bond0}') },
    found: ['a.yaml:4:25'],
  },
  'a VLAN without a link': {
    files: { 'a.yaml': file('  vlans:', '    v10: {id: 10}') },
    found: ['a.yaml:4:5'],
  },
  'a VLAN without an id': {
    files: { 'a.yaml': file('  ethernets: {eth0: {}}', '  vlans:', '    v10: {link: eth0}') },
    found: ['a.yaml:5:5'],
  },
  'a definition that is no mapping': {
    files: {
      'a.yaml': file(
        '  ethernets:',
        '    eth0:',
        '    eth1: {}',
        '  bonds:',
        '    bond0: {interfaces: [eth0, eth1]}',
      ),
    },
    found: ['a.yaml:4:5'],
  },
  'the name that match stands for': {
    files: {
      'a.yaml': file(
        '  ethernets: {left: {match: {name: eth0}, set-name: eth0}}',
        '  bonds:',
        '    bond0: {interfaces: [eth0]}',
      ),
    },
    found: ['a.yaml:5:26'],
  },
  'a file that is read later': {
    files: {
      'a.yaml': file('  bonds:', '    bond0: {interfaces: [eth0, eth1]}'),
      'b.yaml': file('  ethernets: {eth0: {}, eth1: {}}'),
    },
    found: ['a.yaml:4:26', 'a.yaml:4:32'],
  },
  'nothing: a file that is read before': {
    files: {
      'a.yaml': file('  ethernets: {eth0: {}, eth1: {}}'),
      'b.yaml': file('  bonds:', '    bond0: {interfaces: [eth0, eth1]}'),
    },
    found: [],
  },
  'nothing: a VLAN in two files': {
    files: {
      'a.yaml': file('  ethernets: {eth0: {}}', '  vlans:', '    v10: {id: 10, link: eth0}'),
      'b.yaml': file('  vlans:', '    v10: {id: 10, link: eth0, mtu: 1400}'),
    },
    found: [],
  },
  'nothing: other collections define as well': {
    files: {
      'a.yaml': file(
        '  wifis: {wl0: {access-points: {net: {}}}}',
        '  tunnels: {tun0: {mode: gre, local: 192.0.2.1, remote: 192.0.2.2}}',
        '  bonds: {bond0: {}}',
        '  bridges:',
        '    br0: {interfaces: [wl0, tun0, bond0]}',
      ),
    },
    found: [],
  },
  'nothing: a bond without members, and a VLAN over a VLAN': {
    files: {
      'a.yaml': file(
        '  bonds: {bond0: {parameters: {mode: 802.3ad}}}',
        '  vlans:',
        '    v10: {id: 10, link: bond0}',
        '    v20: {id: 20, link: v10}',
      ),
    },
    found: [],
  },
}
