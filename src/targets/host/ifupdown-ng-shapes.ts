// What ifupdown-ng needs a shape of its own for. Its executors are shell scripts: that for bonds hands every option to one
// `ip link add`, so that one word which the driver refuses loses the bond; that for bridges does not convert times; and
// names decide what is a VLAN. Found in executors/linux and libifupdown of 0.11 and 0.12.

import { settle } from '../../intent/effective.ts'
import type { Bond, Device } from '../../intent/intent.ts'
import { ipPrefix } from '../../options/kind.ts'
import { foundIn, kindOf, readLast, refused, setting } from '../families/interfaces.ts'
import { dotted, type Hindrance, type VlanShape } from '../families/interfaces-single.ts'
import { custom, type Spelling, type Written } from '../stance.ts'

const asBond = (device: Device): Bond => device as Bond

/** A name with a dot is a VLAN to its link executor, unless it begins with `vlan` (executors/linux/link, is_vlan()). */
const takenForVlan = ({ name }: Device): string | undefined =>
  name.includes('.') && !name.startsWith('vlan')
    ? `ifupdown-ng makes a VLAN of ${name}, for the dot in its name`
    : undefined

export const noBond: Hindrance = takenForVlan

/**
 * Ports of a bridge are what it depends on, without those whose name is found in the text of those before
 * (lifecycle.c, lif_lifecycle_query_dependents()).
 */
export const noBridge: Hindrance = device => {
  const { ports = [] } = (device as Device<'bridge'>).options
  const [only] = ports
  if (ports.length === 1 && (only === 'none' || only === 'all'))
    return `ifupdown-ng does not take ${only} for the name of a port`
  const hidden = ports.find((port, at) => ports.slice(0, at).join(' ').includes(port))
  return hidden === undefined
    ? takenForVlan(device)
    : `ifupdown-ng finds ${hidden} in the names before it and takes it for one of them`
}

/** A delay: the driver refuses it, and with it the bond, while there is no miimon. */
export const delay = (id: 'updelay' | 'downdelay' | 'peer-notif-delay', name: string) =>
  custom({
    shape: name,
    write: (value: number, { device }): Written =>
      settle(asBond(device).options).miimon === 0
        ? refused('the driver refuses it while miimon is 0, and with it the whole bond')
        : { settings: [setting(device, 'link', name, value)] },
    read: device => readLast(kindOf('bond', id), foundIn(device, 'link', name, `bond-${id}`)),
  })

/** The driver polls the carrier or probes; a bond that is told of both at once is refused. */
export const probing = (id: 'arp-interval' | 'arp-validate') =>
  custom({
    shape: `bond-${id}`,
    write: (value: number | string, { device }): Written =>
      settle(asBond(device).options).miimon > 0
        ? refused('the driver polls the carrier as miimon says, and does not probe')
        : { settings: [setting(device, 'link', `bond-${id}`, value)] },
    read: device => readLast(kindOf('bond', id), foundIn(device, 'link', `bond-${id}`)),
  })

export const primary = custom({
  shape: 'bond-primary',
  write(name: string, { device, host }): Written {
    const because = noBond(device, host)
    if (because !== undefined) return refused(because)
    return asBond(device).options.members?.includes(name)
      ? { settings: [setting(device, 'link', 'bond-primary', name)] }
      : refused(`the bond is not made where there is no ${name}, and it is no member`)
  },
  read: device => readLast(kindOf('bond', 'primary'), foundIn(device, 'link', 'bond-primary')),
})

/** Whether its static executor sees of which family an address is (executors/linux/static, addr_family()). */
export const familySeen = (address: string): boolean =>
  address.includes(':') ? /:[0-9a-f]/i.test(address) && !address.includes('.') : true

/** An address with its prefix, unless its family would not be seen. */
export const seen: Spelling = {
  write: value => (familySeen(String(value)) ? value : undefined),
  read: native => ipPrefix.read(native),
}

/** Times of bridges go to `ip` as they are, which counts them in hundredths of a second. */
export const hundredths: Spelling = {
  write: value => (typeof value === 'number' ? value * 100 : undefined),
  read(native) {
    const count = Number(native)
    return Number.isInteger(count / 100) ? count / 100 : undefined
  },
}

/** LINK.ID says both; of a vlanID only the link is asked for; other names of that beginning are no VLANs to it. */
export const vlanShape: VlanShape = ({ name, options: { id, link } }) => {
  if (name.startsWith('vlan')) return name === `vlan${id}` ? ['vlan-raw-device'] : 'command'
  if (!name.includes('.')) return ['vlan-id', 'vlan-raw-device']
  const said = dotted(name)
  return said?.link === link && said?.id === id
    ? []
    : { refused: `ifupdown-ng makes another VLAN of ${name}, by its name` }
}
