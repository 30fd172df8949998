// ifupdown-ng, which Alpine has by default, and a package of Debian. Executors, shell scripts in /usr/libexec/ifupdown-ng,
// do the work; what a stanza says is in their environment. That for bonds calls `ip link add`, so options have the names
// that ip has for them, and its version decides which there are: 0.11.4 stands for iproute2 6.1 (Debian 12), 0.12.1 for
// 6.15 and what Alpine has. Bridges by iproute2, which counts times in hundredths of a second; brctl would count seconds.

import { eni } from '../../dialects/eni.ts'
import { recogniser } from '../families/interfaces-find.ts'
import { noPatterns, unreadNames } from '../families/interfaces-patterns.ts'
import {
  bridgePorts,
  carried,
  memberMtu,
  memberOption,
  membersIn,
  routesBy,
  vlanBy,
  vlanWords,
} from '../families/interfaces-single.ts'
import { arrangeSingle, singleParts } from '../families/interfaces-single-stanzas.ts'
import { carryingItself } from '../families/interfaces-vlan.ts'
import { cannot, joined, oneZero, respelled, says } from '../stance.ts'
import type { Target } from '../target.ts'
import {
  delay,
  familySeen,
  hundredths,
  noBond,
  noBridge,
  primary,
  probing,
  seen,
  vlanShape,
} from './ifupdown-ng-shapes.ts'

/** A word of ip for the option, as ip has it. */
const line = (name: string, options: Parameters<typeof says>[1] = {}) =>
  says(`bond-${name}`, { in: 'link', ...options })

/** What no ip of these releases has a word for; the driver's own file takes it before the bond is up. */
const told = (name: string) => says(name, { in: 'driver' })

const yesNo = respelled({ true: 'yes', false: 'no' })

const own = {
  ...carried,
  mac: says('hwaddress', { in: 'link' }),
  dhcp6: cannot('its dhcp executor asks a client that is for IPv4, whatever family the stanza names'),
  addresses: says('address', { in: 'address', each: true, as: seen }),
  routes: routesBy(familySeen),
  optional: cannot('ifup -a, which the boot waits for, brings up every device in turn'),
}

export const ifupdownNg: Target = {
  id: 'ifupdown-ng',
  title: 'ifupdown-ng',
  side: 'host',
  reader: 'ifup of ifupdown-ng, on Alpine and Debian',
  versions: ['0.11.4', '0.12.1'],
  proof: 'proven',
  dialect: eni,
  files: [{ path: 'etc/network/interfaces', template: 'interfaces', mode: 0o644, per: 'host' }],
  parts: { single: singleParts, several: [] },
  keepsMemberOrder: true,
  applied: [
    {
      command: 'ifdown {bond} && ifup {bond}',
      bond: 'anew',
      because: 'a bond that is there is not changed; ifdown removes it, ifup makes it again',
      gone: {
        command: 'ifdown {device}',
        first: true,
        because: 'ifdown takes down only what is still in its file',
      },
    },
  ],
  ignores: [
    { in: 'head', name: 'iface', value: '' },
    { in: 'head', name: 'iface', value: 'inet loopback' },
    { in: 'head', name: 'iface', value: 'inet static' },
    { in: 'head', name: 'iface', value: 'inet manual' },
    { in: 'head', name: 'iface', value: 'inet6 static' },
    { in: 'head', name: 'iface', value: 'inet6 manual' },
    { in: 'boot', name: 'auto' },
    { in: 'boot', name: 'allow' },
    { in: 'boot', name: 'allow-hotplug' },
    { in: 'ra', name: 'autoconf' },
    // Which executors run and what comes up first, which follow from the rest.
    { in: 'link', name: 'use' },
    { in: 'link', name: 'requires' },
    { in: 'link', name: 'bond-slaves', value: 'none' },
    { in: 'link', name: 'bridge-ports', value: 'none' },
    // Read with the VLAN on a bridge.
    { in: 'self', name: 'vid' },
    { in: 'made', name: 'bond' },
    { in: 'made', name: 'bridge' },
    { in: 'link', name: 'bridge-maxwait' },
    { in: 'link', name: 'bridge-waitport' },
  ],
  unread: [noPatterns('ifupdown-ng'), unreadNames],
  spellings: {
    port: {
      ...own,
      mtu: memberMtu,
      prio: memberOption('prio', noBond),
      'actor-port-prio': memberOption('actor-port-prio', noBond),
      'queue-id': memberOption('queue-id', noBond),
    },
    bond: {
      members: membersIn('bond-members', noBond, false),
      mode: line('mode'),
      miimon: line('miimon'),
      updelay: delay('updelay', 'bond-updelay'),
      downdelay: delay('downdelay', 'bond-downdelay'),
      'peer-notif-delay': delay('peer-notif-delay', 'bond-peer-notify-delay'),
      'use-carrier': line('use-carrier', { as: oneZero }),
      'arp-interval': probing('arp-interval'),
      'arp-ip-target': line('arp-ip-target', { as: joined(',') }),
      'ns-ip6-target': line('ns-ip6-target', { as: joined(',') }),
      'arp-validate': probing('arp-validate'),
      'arp-all-targets': line('arp-all-targets'),
      'arp-missed-max': line('arp-missed-max'),
      'lacp-rate': line('lacp-rate'),
      'lacp-active': line('lacp-active'),
      'lacp-strict': told('lacp_strict'),
      'ad-select': line('ad-select', {
        except: [{ values: ['actor_port_prio'], because: 'no ip before 6.18 has a word for it' }],
      }),
      'ad-actor-sys-prio': line('ad-actor-sys-prio', { also: ['bond-ad-sys-priority'] }),
      'ad-actor-system': line('ad-actor-system'),
      'ad-user-port-key': line('ad-user-port-key'),
      'min-links': line('min-links'),
      'coupled-control': line('coupled-control', { since: '0.12.1' }),
      'broadcast-neighbor': told('broadcast_neighbor'),
      'xmit-hash-policy': line('xmit-hash-policy'),
      'packets-per-slave': line('packets-per-slave'),
      'tlb-dynamic-lb': line('tlb-dynamic-lb', { as: oneZero }),
      'lp-interval': line('lp-interval'),
      'all-slaves-active': line('all-slaves-active', { as: oneZero }),
      primary,
      'primary-reselect': line('primary-reselect'),
      'active-slave': cannot(
        'ip would name it before there are members, and the driver refuses',
        'say primary',
      ),
      'fail-over-mac': line('fail-over-mac'),
      'num-grat-arp': line('num-grat-arp', { also: ['bond-num-unsol-na'] }),
      'resend-igmp': line('resend-igmp'),
      ...own,
    },
    vlan: { ...own, ...vlanBy(vlanShape, carryingItself) },
    bridge: {
      ...own,
      ports: bridgePorts(noBridge, false),
      stp: says('bridge-stp', { in: 'link', as: yesNo }),
      'forward-delay': says('bridge-fd', { in: 'link', as: hundredths }),
      'ageing-time': says('bridge-ageing', { in: 'link', as: hundredths }),
      // Always: without it the executor goes on to brctl, where there is one, which counts the times in seconds.
      'vlan-aware': says('bridge-vlan-aware', { in: 'link', as: yesNo, always: true }),
      vlans: says('bridge-vids', { in: 'link', as: vlanWords }),
    },
  },
  arrange: arrangeSingle({
    bond: { unless: 'bond-members', name: 'use', value: 'bond' },
    bridge: { unless: 'bridge-ports', name: 'bridge-ports', value: 'none' },
  }),
  recognise: recogniser({
    hooked: new Set(),
    aliases: { 'bond-members': 'bond-slaves' },
    underscores: /^$/,
    vlanName: /^(?:vlan|(?<link>[^.]+(?:\.\d+)?)\.)0*(?<id>[1-9]\d*)$/,
    vlanNameAlone: /^(?!vlan).*\./,
    patterns: false,
    bareAddress: 'host',
  }),
}
