// systemd-networkd: three kinds of files. A .netdev makes a bond, a VLAN device or a bridge; a .network says what a device
// carries and what it stands in; a .link keeps udev from giving the bond an address of its own. Key names and values:
// systemd.netdev(5) and systemd.network(5); what is sent to the driver when: src/network/netdev/bond.c.

import { ini } from '../../dialects/ini.ts'
import { backupOnly, lacpOnly, leftover, mtu, probingOnly, unicast } from '../families/networkd.ts'
import { cannot, joined, says, yesNo } from '../stance.ts'
import { others, type Target } from '../target.ts'
import { networkdCheck } from './networkd-check.ts'
import { recognise } from './networkd-recognise.ts'
import { routes } from './networkd-routes.ts'
import {
  acceptRa,
  addresses,
  bridgeVlans,
  dhcp,
  nameservers,
  optional,
  primary,
  span,
} from './networkd-shapes.ts'

const noKey = cannot(
  'it has no such key up to version 262',
  'the kernel takes it from ip or sysfs once the bond is there',
)
const perPort = cannot('it has no settings for a port of a bond')

const bonding = (name: string, options: Parameters<typeof says>[1] = {}) =>
  says(name, { in: 'Bond', ...options })

const carried = {
  mtu: says('MTUBytes', { in: 'Link', as: mtu }),
  mac: says('MACAddress', { in: 'NetDev', as: unicast }),
  dhcp4: dhcp('dhcp4'),
  dhcp6: dhcp('dhcp6'),
  'accept-ra': acceptRa,
  addresses,
  routes,
  nameservers,
  optional,
}

const file = (ending: string, mode = 0o644) => ({
  // Before 10-*, which installers and netplan use: the first .network that matches is the only one applied.
  path: `etc/systemd/network/05-{device}.${ending}`,
  template: ending,
  mode,
})

export const networkd: Target = {
  id: 'networkd',
  title: 'systemd-networkd',
  side: 'host',
  reader: 'systemd-networkd, and systemd-udevd for the .link files',
  // Before 250 networkd cannot be kept from inventing an address for a bond (MACAddress=none).
  versions: ['252', '255', '257'],
  proof: 'proven',
  dialect: ini,
  files: [
    { ...file('netdev'), per: ['bond', 'vlan', 'bridge'] },
    { ...file('network'), per: ['port', 'bond', 'vlan', 'bridge'] },
    { ...file('link'), per: ['bond'] },
  ],
  // Sections by their names, but for what the templates must tell apart: Online is a part of [Link], Member and Addressing
  // of [Network].
  parts: {
    single: ['NetDev', 'Bond', 'VLAN', 'Bridge', 'Link', 'Online', 'Member', 'Addressing', 'Network'],
    several: ['Route', 'BridgeVLAN'],
  },
  // Members are attached as they become ready.
  keepsMemberOrder: false,
  applied: [
    {
      command: 'networkctl reload',
      bond: 'kept',
      because: 'before 257 it leaves the options of a bond that is there as they are',
      silent: true,
      gone: leftover,
    },
    {
      since: '257',
      command: 'networkctl reload',
      bond: 'changed',
      because: 'it sends what the driver takes while the bond is up, and nothing else',
      silent: true,
      gone: leftover,
    },
  ],
  ignores: [
    // Written for every bond, for every member, or instead of a default; nothing that was said.
    { in: 'NetDev', name: 'MACAddress', value: 'none' },
    { in: 'Link', name: 'MACAddressPolicy' },
    { in: 'Network', name: 'LinkLocalAddressing' },
    { in: 'Network', name: 'ConfigureWithoutCarrier' },
    { in: 'Route', name: 'GatewayOnLink' },
    { in: 'Online', name: 'RequiredForOnline' },
    // What is about other things than bonds and what stands on them.
    ...others('DHCPv4'),
    ...others('DHCPv6'),
    ...others('DHCP'),
    ...others('LLDP'),
    ...others('NetDev', 'Description'),
    ...others('Network', 'Description'),
    ...others('Link', 'RequiredFamilyForOnline', 'ActivationPolicy', 'ARP', 'Multicast'),
    ...others(
      'Network',
      'LLDP',
      'EmitLLDP',
      'LLMNR',
      'MulticastDNS',
      'DNSSEC',
      'DNSOverTLS',
      'NTP',
      'IPv6PrivacyExtensions',
      'IPForward',
      'IPv4Forwarding',
      'IPv6Forwarding',
      'IPMasquerade',
      'KeepConfiguration',
      'BindCarrier',
      'DNSDefaultRoute',
      'IgnoreCarrierLoss',
    ),
    // Read with the bond and the bridge that they belong to.
    { in: 'Network', name: 'PrimarySlave' },
    { in: 'BridgeVLAN', name: 'VLAN' },
  ],
  deployment: {
    check: [networkdCheck],
    leave: [],
    // It reads everything anew and keeps what it finds as it should be; it need not have been running before.
    enter: [['systemctl', 'restart', 'systemd-networkd.service']],
    boot: [],
  },
  spellings: {
    port: { ...carried, prio: perPort, 'actor-port-prio': perPort, 'queue-id': perPort },
    bond: {
      members: says('Bond', { in: 'Member', inverse: true }),
      // Written always: without it some other keys are not sent.
      mode: bonding('Mode', { always: true }),
      miimon: bonding('MIIMonitorSec', {
        as: span('ms'),
        except: [
          {
            values: [0],
            modes: ['802.3ad', 'balance-tlb', 'balance-alb'],
            because: 'networkd does not send a 0, so the driver polls every 100 ms in this mode',
          },
        ],
      }),
      updelay: bonding('UpDelaySec', { as: span('ms') }),
      downdelay: bonding('DownDelaySec', { as: span('ms') }),
      'use-carrier': noKey,
      'arp-interval': bonding('ARPIntervalSec', { as: span('ms') }),
      'arp-ip-target': bonding('ARPIPTargets', { as: joined(' '), except: [probingOnly] }),
      'ns-ip6-target': noKey,
      'arp-validate': bonding('ARPValidate', {
        except: [
          {
            values: ['filter', 'filter_active', 'filter_backup'],
            because: 'networkd knows none, active, backup and all',
          },
        ],
      }),
      'arp-all-targets': bonding('ARPAllTargets'),
      'arp-missed-max': bonding('ARPMissedMax', { since: '256' }),
      'lacp-rate': bonding('LACPTransmitRate'),
      'lacp-active': noKey,
      'lacp-strict': noKey,
      'ad-select': bonding('AdSelect', {
        except: [
          { values: ['actor_port_prio'], because: 'networkd knows stable, bandwidth and count' },
          lacpOnly,
        ],
      }),
      'ad-actor-sys-prio': bonding('AdActorSystemPriority', { since: '240' }),
      'ad-actor-system': bonding('AdActorSystem', { since: '240', as: unicast }),
      'ad-user-port-key': bonding('AdUserPortKey', { since: '240' }),
      'min-links': bonding('MinLinks'),
      'coupled-control': noKey,
      'broadcast-neighbor': noKey,
      'xmit-hash-policy': bonding('TransmitHashPolicy', {
        except: [
          { values: ['vlan+srcmac'], because: 'networkd has no such policy up to 262 and would keep layer2' },
        ],
      }),
      'packets-per-slave': bonding('PacketsPerSlave'),
      'tlb-dynamic-lb': bonding('DynamicTransmitLoadBalancing', { since: '240', as: yesNo }),
      'lp-interval': cannot(
        'networkd sends LearnPacketIntervalSec only together with an ARP interval, which this mode forbids',
        'the NetworkManager and ifupdown-ng targets can say it',
      ),
      'all-slaves-active': bonding('AllSlavesActive', { as: yesNo }),
      primary,
      'primary-reselect': bonding('PrimaryReselectPolicy'),
      'active-slave': cannot(
        'networkd asks for it as the port joins, the driver refuses a port that has no link yet, and the port then fails',
        'say primary',
      ),
      'fail-over-mac': bonding('FailOverMACPolicy', { except: [backupOnly] }),
      'num-grat-arp': bonding('GratuitousARP'),
      'peer-notif-delay': bonding('PeerNotifyDelaySec', { since: '256', as: span('ms') }),
      'resend-igmp': bonding('ResendIGMP'),
      ...carried,
    },
    vlan: {
      id: says('Id', { in: 'VLAN' }),
      link: says('VLAN', { in: 'Network', inverse: true }),
      ...carried,
    },
    bridge: {
      ports: says('Bridge', { in: 'Network', inverse: true }),
      stp: says('STP', { in: 'Bridge' }),
      'forward-delay': says('ForwardDelaySec', { in: 'Bridge', as: span('s') }),
      'ageing-time': says('AgeingTimeSec', { in: 'Bridge', as: span('s') }),
      'vlan-aware': says('VLANFiltering', { in: 'Bridge' }),
      vlans: bridgeVlans,
      ...carried,
    },
  },
  recognise,
}
