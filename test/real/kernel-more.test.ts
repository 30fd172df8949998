// The kernel test of the further targets that run here; kernel/proven.ts says what it is.

import { eachOnce } from '../support/packed.ts'
import { options, provenByKernel } from './kernel/proven.ts'

/**
 * ifupdown-ng starts five programs for each option that is said and thirty a bond, and does not look at what it hands to
 * ip, whose own bonds are here as well: of it each value is said in one mode.
 */
const once = eachOnce(options)

await provenByKernel(
  ['iproute2', 'ifupdown2', 'ifupdown-ng'],
  id => (id === 'ifupdown-ng' ? once : options),
  {
    // Said of LACP wherever the value is read, and it is set.
    ifupdown2: /attribute bond-min-links is set to '0'$/,
  },
)
