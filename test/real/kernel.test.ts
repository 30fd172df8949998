// The kernel test of the targets whose systems bring up most hosts; kernel/proven.ts says what it is.

import { options, provenByKernel } from './kernel/proven.ts'

await provenByKernel(['netplan', 'ifupdown', 'networkd'], () => options, {})
