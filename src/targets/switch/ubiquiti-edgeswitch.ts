// Ubiquiti EdgeSwitch: FASTPATH with few LAGs. None of it was confirmed for its firmware, which its facts say.

import { fastpath } from '../../dialects/fastpath.ts'
import { ubiquitiEdgeswitch as platform } from '../../platforms/ubiquiti-edgeswitch.ts'
import { fastpathIgnores, fastpathSpellings } from '../families/switch-fastpath.ts'
import { cannot } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

export const ubiquitiEdgeswitch = switchTarget({
  platform,
  dialect: fastpath,
  heads: { lag: 'interface {lag}', port: 'interface {port}' },
  vlanLists: 'passing-but-1',
  ignores: fastpathIgnores,
  spellings: fastpathSpellings(
    platform,
    "'",
    cannot('two of them are never one LACP system', 'cable the bond to one switch'),
  ),
})
