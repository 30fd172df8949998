// Which kernels are asked: all four, or those that BONDPLAN_KERNELS names.

import type { KernelName } from '../rig/kernels.ts'

export const kernelsAsked = (process.env.BONDPLAN_KERNELS ?? '5.10,6.1,6.12,newest').split(
  ',',
) as readonly KernelName[]
