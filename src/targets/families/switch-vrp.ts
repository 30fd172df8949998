// What Huawei VRP and H3C Comware share, which come from one house: a link is access or trunk, VLAN 1 passes a trunk until it is
// taken away, and lists of VLANs are parted by spaces. `permit`: the word that lets VLANs pass.

import { type Lines, lines } from '../lines.ts'

interface Words {
  /** Where it stands. */
  readonly in: string | readonly string[]
  /** `allow-pass` or `permit`. */
  readonly passes: string
  /** Before the VLAN of an access port. */
  readonly access: string
}

export const linkType = ({ in: where, passes, access }: Words): { native: Lines; vlans: Lines } => ({
  native: lines(
    [
      { line: 'port link-type access', when: 'access' },
      { line: `${access} {}`, when: 'access' },
      { line: 'port link-type trunk', when: 'trunk' },
      { line: 'port trunk pvid vlan {}', when: 'trunk' },
    ],
    { in: where, silent: 1 },
  ),
  vlans: lines(
    [
      { line: `port trunk ${passes} vlan {}`, when: 'trunk' },
      { line: `undo port trunk ${passes} vlan 1`, when: ['trunk', 'without-1'], echo: true },
    ],
    { in: where, silent: [] },
  ),
})
