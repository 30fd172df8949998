// ifupdown, as Debian has it, with its packages ifenslave (bonds) and bridge-utils; vlan for VLANs called vlanID. All
// hooks are scripts that write option lines to sysfs; ifenslave's order is that of its setup_master_device(). Releases
// stand for what comes with them: 0.8.36 with iproute2 5.10, 0.8.41 with 6.1, 0.8.44 with 6.15, 0.8.45 with 7.2.

import { eni } from '../../dialects/eni.ts'
import { carried, driverNames, optionalPort } from '../families/interfaces.ts'
import { bridge } from '../families/interfaces-bridge.ts'
import { includes, recogniser } from '../families/interfaces-find.ts'
import { noPatterns, unreadNames, unreadPorts } from '../families/interfaces-patterns.ts'
import { arrange, parts } from '../families/interfaces-stanzas.ts'
import { vlan } from '../families/interfaces-vlan.ts'
import { cannot, joined, oneZero, says } from '../stance.ts'
import { countsMembers, type Target } from '../target.ts'
import { arpTargets, delay, memberOption, members, miimon, primary } from './ifupdown-shapes.ts'

/** ifenslave writes the line to the file of that name. */
const line = (name: string, options: Parameters<typeof says>[1] = {}) =>
  says(`bond-${name}`, { in: 'link', ...options })

/** ifenslave has no line for it; the driver is told by commands. */
const told = (name: string, options: Parameters<typeof says>[1] = {}) =>
  says(name, { in: 'driver', ...options })

const lines = {
  mode: line('mode'),
  'use-carrier': line('use-carrier', { as: oneZero }),
  'num-grat-arp': line('num-grat-arp', { also: ['bond-num-unsol-na'] }),
  'fail-over-mac': line('fail-over-mac'),
  'arp-ip-target': arpTargets,
  'arp-interval': line('arp-interval'),
  miimon,
  downdelay: delay('downdelay', { lined: true }),
  updelay: delay('updelay', { lined: true }),
  'ad-select': line('ad-select'),
  'xmit-hash-policy': line('xmit-hash-policy'),
  'tlb-dynamic-lb': line('tlb-dynamic-lb', { as: oneZero }),
  'packets-per-slave': line('packets-per-slave'),
  'arp-validate': line('arp-validate'),
  'lacp-rate': line('lacp-rate'),
  primary,
  'primary-reselect': line('primary-reselect'),
}

const carriedByMade = {
  ...carried,
  optional: cannot('ifup makes the device itself, so there is no hotplug event that could bring it up'),
}

export const ifupdown: Target = {
  id: 'ifupdown',
  title: 'ifupdown',
  side: 'host',
  reader: 'ifup of Debian, with ifenslave and bridge-utils',
  versions: ['0.8.36', '0.8.41', '0.8.44', '0.8.45'],
  proof: 'proven',
  dialect: eni,
  files: [{ path: 'etc/network/interfaces', template: 'interfaces', mode: 0o644, per: 'host' }],
  parts: { single: parts, several: [] },
  keepsMemberOrder: true,
  applied: [
    {
      command: 'ifdown {bond} && ifup {bond}',
      bond: 'anew',
      because: 'ifdown removes the bond, ifup makes it again',
      gone: {
        command: 'ifdown {device}',
        first: true,
        because: 'ifdown takes down only what is still in its file',
      },
    },
  ],
  ignores: [
    { in: 'head', name: 'iface', value: 'inet loopback' },
    { in: 'head', name: 'iface', value: 'inet static' },
    { in: 'head', name: 'iface', value: 'inet manual' },
    { in: 'head', name: 'iface', value: 'inet6 static' },
    { in: 'head', name: 'iface', value: 'inet6 manual' },
    // Read with its advertisements.
    { in: 'head', name: 'iface', value: 'inet6 auto' },
    { in: 'ra', name: 'autoconf' },
    { in: 'boot', name: 'auto' },
    { in: 'boot', name: 'allow' },
    { in: 'boot', name: 'allow-hotplug' },
    // Read with the bond, and with the VLAN on a bridge.
    { in: 'link', name: 'bond-master' },
    { in: 'self', name: 'vid' },
    { in: 'made', name: 'bond' },
    { in: 'made', name: 'bridge' },
    { in: 'link', name: 'bond-slaves', value: 'none' },
    { in: 'link', name: 'bridge-ports', value: 'none' },
    // How long a hook waits, and what follows from the address anyway.
    { in: 'link', name: 'bond-give-a-chance' },
    { in: 'link', name: 'bridge-maxwait' },
    { in: 'link', name: 'bridge-waitport' },
    { in: 'link', name: 'broadcast' },
    { in: 'link', name: 'network' },
  ],
  deployment: {
    check: [['ifquery', '--list', '--all', '--interfaces', '{root}/etc/network/interfaces']],
    // Each hook undoes what it did: ifenslave frees the members and deletes the bond.
    leave: [['ifdown', '--all', '--exclude=lo']],
    enter: [['ifup', '--all']],
    boot: [],
  },
  spellings: {
    port: {
      ...carried,
      optional: optionalPort,
      prio: memberOption('prio'),
      'actor-port-prio': memberOption('actor-port-prio'),
      'queue-id': memberOption('queue-id'),
    },
    bond: {
      members,
      ...lines,
      'active-slave': cannot(
        'ifenslave sets it before there are members, and later it fails where the member has no link yet',
        'say primary',
      ),
      'peer-notif-delay': delay('peer-notif-delay', { lined: false }),
      'arp-all-targets': told('arp_all_targets'),
      'arp-missed-max': told('arp_missed_max'),
      'ns-ip6-target': told('ns_ip6_target', { as: joined(','), since: '0.8.41' }),
      'lacp-active': told('lacp_active', { since: '0.8.41' }),
      'lacp-strict': told('lacp_strict', { since: '0.8.45' }),
      'ad-actor-sys-prio': told('ad_actor_sys_prio'),
      'ad-actor-system': told('ad_actor_system'),
      'ad-user-port-key': told('ad_user_port_key'),
      'min-links': told('min_links'),
      'coupled-control': told('coupled_control', { since: '0.8.44' }),
      'broadcast-neighbor': told('broadcast_neighbor', { since: '0.8.45' }),
      'lp-interval': told('lp_interval'),
      'all-slaves-active': told('all_slaves_active', { as: oneZero }),
      'resend-igmp': told('resend_igmp'),
      ...carriedByMade,
    },
    vlan: { ...vlan, ...carriedByMade },
    bridge: { ...carriedByMade, ...bridge },
  },
  arrange,
  includes,
  unread: [
    {
      in: 'link',
      name: /^bond-(?:miimon|updelay|downdelay|arp-interval|peer-notif-delay)$/,
      value: /^\d+\s*(?:us|ms|s)$/,
      code: 'time-unit-trap',
      severity: 'error',
      says: 'has a unit, and the driver refuses it: it wants the number of milliseconds alone',
      help: 'leave the unit out',
    },
    {
      in: 'commands',
      code: 'hook-lines-in-import',
      says: 'is a command that only a shell understands: what it does is in no intent, and it may change what was read',
      help: 'look at it, and take it along by hand',
    },
    {
      in: 'member-stanza',
      code: 'slave-stanza-options-differ',
      says: 'stands with a member, where ifenslave does not read it',
      help: 'say it in the stanza of the bond',
    },
    {
      in: 'link',
      name: /^bond-slaves$/,
      value: /^all$/,
      code: 'bond-slaves-all',
      says: 'names no members: ifenslave takes whatever it finds whose name begins with eth',
      help: 'name the members',
      covers: countsMembers,
    },
    unreadPorts,
    noPatterns('ifenslave'),
    unreadNames,
    {
      in: 'link',
      name: /^(?:mode|miimon|primary|updelay|downdelay|lacp-rate|lacp_rate|xmit-hash-policy|xmit_hash_policy|arp-interval|arp-ip-target)$/,
      code: 'not-understood',
      says: 'is a line that ifenslave does not read, so the driver keeps its default',
      help: 'write bond- before it',
    },
  ],
  recognise: recogniser({
    ifenslave: true,
    hooked: driverNames(Object.keys(lines)),
    aliases: { slaves: 'bond-slaves' },
    // Hooks read options from their environment, in which a hyphen and an underscore are the same.
    underscores: /^(?:bond|bridge|vlan|dns)_/,
    vlanName: /^(?:vlan|(?<link>[^.]+)\.)0*(?<id>[1-9]\d*)$/,
    vlanNameAlone: /^[^.]+\.0*[1-9]\d*$/,
    patterns: false,
    bareAddress: 'class',
  }),
}
