// What ifupdown2 needs a shape of its own for: what it refuses to do, names and values that it does not take in a line, and
// where one line depends on another. Found in its addons (bond.py, bridge.py, address.py, dhcp.py, vlan.py) of 3.0.0.

import { settle } from '../../intent/effective.ts'
import { type Bond, type Device, type Host, needsFirst } from '../../intent/intent.ts'
import { once } from '../../intent/once.ts'
import type { Said } from '../../options/index.ts'
import { ipPrefix } from '../../options/kind.ts'
import { bondOf, foundIn, kindOf, read, readLast, refused, setting, wordsOf } from '../families/interfaces.ts'
import { command } from '../families/interfaces-commands.ts'
import { patternWord } from '../families/interfaces-patterns.ts'
import { dotted, type Hindrance, type VlanShape } from '../families/interfaces-single.ts'
import { type Custom, custom, respelled, type Written } from '../stance.ts'

const asBond = (device: Device): Bond => device as Bond

/** A device with a dot in its name is a VLAN to it (vlan.py, _is_vlan_device()), and words of patterns are no names. */
const hindrance =
  (what: 'members' | 'ports', unnamed: RegExp): Hindrance =>
  ({ name, options }) => {
    const listed = ((options as Readonly<Record<string, unknown>>)[what] ?? []) as readonly string[]
    const word = listed.find(one => patternWord.test(one) || unnamed.test(one))
    if (word !== undefined) return `ifupdown2 does not take ${word} for the name of a device`
    return name.includes('.') ? `ifupdown2 makes a VLAN of ${name}, for the dot in its name` : undefined
  }

export const noBond = hindrance('members', /^none$/)
export const noBridge = hindrance('ports', /^none$/)

/** One line for a name that its netlink code finds: it looks for the name in lower case. */
export const primary = custom({
  shape: 'bond-primary',
  write: (name: string, { device }): Written => ({
    settings: [
      name === name.toLowerCase()
        ? setting(device, 'link', 'bond-primary', name)
        : setting(device, 'driver', 'primary', name),
    ],
  }),
  read(device) {
    const used = foundIn(device, 'link', 'bond-primary')
    return read(kindOf('bond', 'primary'), wordsOf(used.at(-1)?.value ?? '')[0], used)
  },
})

/** A delay: a line only beside one for miimon, without which it is an error to it (syntax_check_updown_delay()). */
export function delay(
  id: 'updelay' | 'downdelay' | 'peer-notif-delay',
  { lined }: { readonly lined: boolean },
) {
  const [line, name] = [`bond-${id}`, id.replaceAll('-', '_')]
  return custom({
    shape: lined ? line : `pre-up echo > ${name}`,
    write(value: number, { device }): Written {
      const { options } = asBond(device)
      if (settle(options).miimon === 0) return refused('the driver refuses it while miimon is 0')
      return {
        settings: [
          lined && (options.miimon ?? 0) > 0
            ? setting(device, 'link', line, value)
            : setting(device, 'driver', name, value),
        ],
      }
    },
    read: device =>
      readLast(kindOf('bond', id), [...foundIn(device, 'link', line), ...foundIn(device, 'driver', name)]),
  })
}

/** The driver polls the carrier or probes; told of both, it would forget the one that was told first. */
export const probing = (id: 'arp-interval' | 'arp-validate') => {
  const name = id.replaceAll('-', '_')
  return custom({
    shape: `pre-up echo > ${name}`,
    write: (value: number | string, { device }): Written =>
      settle(asBond(device).options).miimon > 0
        ? refused('the driver polls the carrier as miimon says, and does not probe')
        : { settings: [setting(device, 'driver', name, value)] },
    read: device =>
      readLast(kindOf('bond', id), [
        ...foundIn(device, 'link', `bond-${id}`),
        ...foundIn(device, 'driver', name),
      ]),
  })
}

/** A policy that 3.0.0 has no word for is told to the driver. */
export const policy = custom({
  shape: 'bond-xmit-hash-policy',
  write: (value: string, { device }): Written => ({
    settings: [
      value === 'vlan+srcmac'
        ? setting(device, 'driver', 'xmit_hash_policy', value)
        : setting(device, 'link', 'bond-xmit-hash-policy', value),
    ],
  }),
  read: device =>
    readLast(kindOf('bond', 'xmit-hash-policy'), foundIn(device, 'link', 'bond-xmit-hash-policy')),
})

/** The bridge that a device is a port of. */
const bridgeOf = (name: string, { bridges }: Host) =>
  bridges.find(({ options }) => options.ports?.includes(name))

const yesNo = respelled({ true: 'yes', false: 'no' })

/** Refused where a VLAN device is a port (bridge.py, check_bridge_vlan_aware_port()): the bridge would not be made. */
export const vlanAware = custom({
  shape: 'bridge-vlan-aware',
  write(value: boolean, { device, host }): Written {
    const { ports = [] } = device.options as Said<'bridge'>
    const vlan = ports.find(port => port.includes('.') || host.vlans.some(({ name }) => name === port))
    return value && vlan !== undefined
      ? refused(`ifupdown2 takes no VLAN device into a vlan-aware bridge, and ${vlan} is one to it`)
      : { settings: [setting(device, 'link', 'bridge-vlan-aware', yesNo.write(value) ?? value)] }
  },
  read(device) {
    const used = foundIn(device, 'link', 'bridge-vlan-aware')
    const last = used.at(-1)
    return read(kindOf('bridge', 'vlan-aware'), last && yesNo.read(last.value), used)
  },
})

/** What joins something has no address of its own to it (utils.py, is_addr_ip_allowed_on()). */
function joinedTo({ name }: Device, host: Host): string | undefined {
  const master = bondOf(name, host) ?? bridgeOf(name, host)
  return master && `ifupdown2 gives no address to what is part of ${master.name}`
}

/** A stance whose value is only written on what may have an address. */
export const addressed = (stance: Custom): Custom =>
  custom({
    shape: stance.shape,
    write(value: never, context): Written {
      const because = joinedTo(context.device, context.host)
      return because === undefined ? stance.write(value, context) : refused(because)
    },
    read: stance.read,
  })

export const addresses = custom({
  shape: 'address, one for each',
  write: (said: readonly string[], { device }): Written => ({
    settings: said.map(value => setting(device, 'address', 'address', value)),
  }),
  read(device) {
    const used = foundIn(device, 'address', 'address').filter(
      ({ value }) => ipPrefix.read(value) !== undefined,
    )
    return read(
      kindOf('bond', 'addresses'),
      used.map(({ value }) => value),
      used,
    )
  },
})

/** Its client for one family releases the lease of the other where each has a stanza (dhcp.py, _down_stale_dhcp_config()). */
export const dhcp = (id: 'dhcp4' | 'dhcp6') => {
  const head = id === 'dhcp4' ? 'inet dhcp' : 'inet6 dhcp'
  return custom({
    shape: `iface ${head}`,
    write(value: boolean, { device }): Written {
      if (!value) return refused('nothing is asked for an address where no stanza says dhcp')
      return id === 'dhcp6' && device.options.dhcp4 === true
        ? refused('ifupdown2 gives up the lease of one family as it asks for one of the other')
        : { settings: [setting(device, 'head', 'iface', head)] }
    },
    read(device) {
      const used = foundIn(device, 'head', 'iface').filter(({ value }) => value === head)
      return used.length === 0 ? undefined : { value: true, used }
    },
  })
}

/** What a device has that is told nothing, in bytes (ETH_DATA_LEN). */
const usual = 1500

/** The MTUs that devices come to have: that one where nothing is said, and that of its link where a VLAN's own is too large. */
const mtusOf = once((host: Host): ReadonlyMap<string, number> => {
  const known = new Map<string, number>()
  for (const { subject, name, options } of needsFirst(host)) {
    const { link, mtu } = options as Said<'vlan'>
    if (subject === 'vlan')
      known.set(name, Math.min(mtu ?? Number.POSITIVE_INFINITY, known.get(link ?? '') ?? usual))
    else if (subject !== 'bridge') known.set(name, mtu ?? usual)
  }
  return known
})

/** It checks a VLAN's MTU against that of the link (address.py, _check_mtu_config()), and warns of one said of a bridge. */
export const mtu = (subject: 'vlan' | 'bridge') =>
  custom({
    shape: subject === 'vlan' ? 'mtu' : 'up ip link set mtu',
    write(value: number, { device, host }): Written {
      const told = setting(device, 'after', 'up', command('ip', 'link', 'set', 'dev', '$IFACE', 'mtu', value))
      if (subject === 'bridge') return { settings: [told] }
      const { link } = (device as Device<'vlan'>).options
      if (host.bridges.some(({ name }) => name === link)) return { settings: [told] }
      const most = (link === undefined ? undefined : mtusOf(host).get(link)) ?? usual
      return value > most
        ? refused(`ifupdown2 gives a VLAN no larger MTU than its link has, which is ${most}`)
        : { settings: [setting(device, 'link', 'mtu', value)] }
    },
    read: device => readLast(kindOf('bridge', 'mtu'), foundIn(device, 'link', 'mtu')),
  })

/** LINK.ID says both; lines go before a name that says something else. */
export const vlanShape: VlanShape = ({ name, options: { id, link } }) => {
  const said = dotted(name)
  return said?.link === link && said?.id === id ? [] : ['vlan-id', 'vlan-raw-device']
}
