// Every topic, one line each; a test holds the folder to it.

import { topic as bondsAndBridges } from './bonds-and-bridges.ts'
import { topic as changingABond } from './changing-a-bond.ts'
import { topic as choosingAHash } from './choosing-a-hash.ts'
import { topic as choosingAMode } from './choosing-a-mode.ts'
import { topic as detectionTime } from './detection-time.ts'
import { topic as failover } from './failover.ts'
import { topic as mlag } from './mlag.ts'
import { topic as namesAndAddresses } from './names-and-addresses.ts'
import { topic as singleFlow } from './single-flow.ts'
import { topic as staticOrLacp } from './static-or-lacp.ts'
import { topic as switchNeeds } from './switch-needs.ts'
import type { Topic } from './topic.ts'
import { topic as twoHostsOneLink } from './two-hosts-one-link.ts'
import { topic as whenNotToBond } from './when-not-to-bond.ts'
import { topic as whichWay } from './which-way.ts'

export const topics: readonly Topic[] = [
  singleFlow,
  whichWay,
  twoHostsOneLink,
  choosingAMode,
  choosingAHash,
  staticOrLacp,
  switchNeeds,
  mlag,
  detectionTime,
  failover,
  bondsAndBridges,
  namesAndAddresses,
  changingABond,
  whenNotToBond,
]
