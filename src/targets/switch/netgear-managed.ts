// NETGEAR M4300 and its relatives, a FASTPATH command line.

import { fastpath } from '../../dialects/fastpath.ts'
import { netgearManaged as platform } from '../../platforms/netgear-managed.ts'
import { fastpathIgnores, fastpathSpellings } from '../families/switch-fastpath.ts'
import { cannot } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

export const netgearManaged = switchTarget({
  platform,
  dialect: fastpath,
  heads: { lag: 'interface {lag}', port: 'interface {port}' },
  vlanLists: 'passing-but-1',
  ignores: fastpathIgnores,
  spellings: fastpathSpellings(
    platform,
    '"',
    cannot(
      'stacking makes one switch of several',
      'describe the stack as one switch, its ports as 1/0/1 and 2/0/1',
    ),
  ),
})
