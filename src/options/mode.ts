// What a bond is made of: its members, its mode, and the profile it starts from.

import { deviceName, listOf, nodeName, whole } from './kind.ts'
import { modeKind, option } from './row.ts'

export const membership = {
  use: option({
    summary: 'The profile whose options hold where the bond says nothing itself.',
    kind: nodeName,
    fact: true,
    source: 'bondplan: resolved when the intent is read',
  }),
  members: option({
    summary:
      'The ports in the bond, in the order in which they are attached; the order decides hash index and LACP port number.',
    kind: listOf(deviceName),
    ifLost: 'error',
    source: 'linux drivers/net/bonding/bond_main.c, bond_enslave()',
  }),
  lag: option({
    summary: "The number of this bond's LAG on its switch; unset follows from the lowest port.",
    kind: whole({ min: 1, max: 65535 }),
    fact: true,
    source: 'bondplan: the switch side is derived from it',
  }),
}

export const mode = {
  mode: option({
    summary: 'How the bond spreads frames over its members, and what it needs from the switch.',
    kind: modeKind,
    unset: 'balance-rr',
    side: 'both',
    ifLost: 'error',
    kernel: 'mode',
    change: 'empty',
    codes: { value: 'mode-unknown' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_mode_tbl and bond_option_mode_set()',
  }),
}
