// FASTPATH, as NETGEAR and Ubiquiti have it: blocks are not indented; `interface` and
// `vlan database` open them, `exit` leaves. `configure` stands around all the rest and says nothing.

import { indented } from './ios.ts'

export const fastpath = indented({
  id: 'fastpath',
  comments: ['!'],
  leave: /^(?:exit|configure)$/,
  openers: /^(?:interface |vlan database$|line |router )/,
})
