// What ifenslave needs a shape of its own for: its order, and the way in which it looks whether something is there already
// (grep for a whole word), decide which values come through as lines.

import { settle } from '../../intent/effective.ts'
import type { Bond, Device, Host } from '../../intent/intent.ts'
import {
  bondOf,
  foundIn,
  kindOf,
  mark,
  namesIn,
  noName,
  read,
  readLast,
  refused,
  setting,
  takenForVlan,
  wordsOf,
} from '../families/interfaces.ts'
import { command } from '../families/interfaces-commands.ts'
import { custom, type Written } from '../stance.ts'

/**
 * The first of some words that ifenslave takes for one already there: it looks for the word by `grep "\<WORD\>"` in those
 * before it (sysfs_add()), where a dot is any character and a hyphen ends a word, so `eth0` is found in `eth0-a`.
 */
function firstHidden(words: readonly string[]): number {
  return words.findIndex((word, at) => {
    const escaped = word.replaceAll(/[+@-]/g, '\\$&')
    return new RegExp(`(?<!\\w)${escaped}(?<=\\w)(?!\\w)`).test(words.slice(0, at).join(' '))
  })
}

const asBond = (device: Device): Bond => device as Bond

/** Why ifenslave would not attach these members to the bond; undefined where it would. */
function hindrance({ name, options: { members: ports = [] } }: Bond, host: Host): string | undefined {
  const word = ports.find(port => noName('bond-slaves', port, ports.length))
  if (word !== undefined) return `ifenslave does not take ${word} for the name of a member`
  if (name === 'auto' || name === 'hotplug')
    return `the members of ${name} would stand in allow-${name} lines`
  const hidden = firstHidden(ports)
  return hidden < 0
    ? takenForVlan(name, host)
    : `ifenslave finds ${ports[hidden]} in the names before it and takes it for attached`
}

export const members = custom({
  shape: 'bond-slaves',
  write(ports: readonly string[], { device, host }): Written {
    const because = hindrance(asBond(device), host)
    if (because !== undefined) return refused(because)
    if (ports.length === 0) return { settings: [] }
    return {
      settings: [setting(device, 'link', 'bond-slaves', ports.join(' ')), ...mark(ports, 'attached', device)],
    }
  },
  read(device, all) {
    const used = foundIn(device, 'link', 'bond-slaves').filter(one => namesIn(one, false) !== undefined)
    const listed = used.flatMap(one => namesIn(one, false) ?? [])
    // Members may say it themselves; ifenslave attaches them as they are brought up.
    const joining = all.flatMap(port =>
      foundIn(port, 'link', 'bond-master')
        .filter(({ value }) => value === device.name && !listed.includes(port.name))
        .map(found => ({ found, name: port.name })),
    )
    const names = [...listed, ...joining.map(({ name }) => name)]
    return read(kindOf('bond', 'members'), names, [...used, ...joining.map(({ found }) => found)])
  },
})

/** Setting such a mode makes the driver poll (bond_option_mode_set()), and ifenslave sets the mode after miimon. */
export const miimon = custom({
  shape: 'bond-miimon',
  write(value: number, { device }): Written {
    const { mode } = asBond(device).options
    const lost = value === 0 && settle(mode === undefined ? {} : { mode }).miimon > 0
    return {
      settings: [
        lost ? setting(device, 'driver', 'miimon', 0) : setting(device, 'link', 'bond-miimon', value),
      ],
    }
  },
  read: device => readLast(kindOf('bond', 'miimon'), foundIn(device, 'link', 'bond-miimon')),
})

/**
 * A delay in polls of miimon, without which the driver refuses it (EPERM). `lined`: ifenslave has a line for it, but
 * writes it before the mode; where only the mode sets miimon that is too early.
 */
export function delay(
  id: 'updelay' | 'downdelay' | 'peer-notif-delay',
  { lined }: { readonly lined: boolean },
) {
  const names = { line: `bond-${id}`, driver: id.replaceAll('-', '_') }
  return custom({
    shape: lined ? names.line : `up echo > ${names.driver}`,
    write(value: number, { device }): Written {
      const { options } = asBond(device)
      if (settle(options).miimon === 0) return refused('the driver refuses it while miimon is 0')
      const early = options.miimon === undefined
      return {
        settings: [
          lined && !early
            ? setting(device, 'link', names.line, value)
            : setting(device, 'driver', names.driver, value),
        ],
      }
    },
    read: device =>
      readLast(kindOf('bond', id), [
        ...foundIn(device, 'link', names.line),
        ...foundIn(device, 'driver', names.driver),
      ]),
  })
}

/** All in one line; from the first on that ifenslave would leave out, each by a command. */
export const arpTargets = custom({
  shape: 'bond-arp-ip-target',
  write(targets: readonly string[], { device }): Written {
    const hidden = firstHidden(targets)
    const listed = hidden < 0 ? targets : targets.slice(0, hidden)
    return {
      settings: [
        ...(listed.length > 0 ? [setting(device, 'link', 'bond-arp-ip-target', listed.join(' '))] : []),
        ...targets
          .slice(listed.length)
          .map(target => setting(device, 'driver', 'arp_ip_target', `+${target}`)),
      ],
    }
  },
  read(device) {
    const used = foundIn(device, 'link', 'bond-arp-ip-target')
    const targets = used.flatMap(({ value }) =>
      wordsOf(String(value).replaceAll(',', ' ')).map(word => word.replace(/^\+/, '')),
    )
    return read(kindOf('bond', 'arp-ip-target'), targets, used)
  },
})

/** ifenslave finds a name among the members only where it ends in a letter, a digit or an underscore (setup_primary()). */
export const primary = custom({
  shape: 'bond-primary',
  write(name: string, { device }): Written {
    const found = /\w$/.test(name)
    return {
      settings: [
        found ? setting(device, 'link', 'bond-primary', name) : setting(device, 'driver', 'primary', name),
      ],
    }
  },
  read(device, all) {
    // Members may say it themselves (setup_slave_device()); the first word that is a member holds.
    const members = all.filter(port =>
      foundIn(port, 'link', 'bond-master').some(({ value }) => value === device.name),
    )
    const used = [device, ...members].flatMap(one => foundIn(one, 'link', 'bond-primary'))
    const words = wordsOf(used.at(-1)?.value ?? '')
    const first = words.find(word => members.some(({ name }) => name === word))
    return read(kindOf('bond', 'primary'), first ?? words[0], used)
  },
})

/** Told by the bond, once its members are attached. */
export const memberOption = (id: 'prio' | 'actor-port-prio' | 'queue-id') => {
  const name = id.replaceAll('-', '_')
  return custom({
    shape: `up ip link set type bond_slave ${name}`,
    write(value: number, { device, host }): Written {
      const bond = bondOf(device.name, host)
      if (bond === undefined) return refused('the port is a member of no bond')
      const because = hindrance(bond, host)
      if (because !== undefined) return refused(because)
      const told = command('ip', 'link', 'set', 'dev', device.name, 'type', 'bond_slave', name, value)
      return { settings: [setting(bond, 'after', 'up', told)] }
    },
    read: device => readLast(kindOf('port', id), foundIn(device, 'member', name)),
  })
}
