// updelay and downdelay as the driver keeps them: in whole polls.

import type { Delays } from './monitor.ts'

/** Rounded down to polls of `miimonMs`; without polls there is no delay. Source: bond_option_updelay_set(). */
export const delaysOf = (
  config: { readonly updelayMs?: number; readonly downdelayMs?: number },
  miimonMs: number,
): Delays => ({
  upPolls: miimonMs > 0 ? Math.floor((config.updelayMs ?? 0) / miimonMs) : 0,
  downPolls: miimonMs > 0 ? Math.floor((config.downdelayMs ?? 0) / miimonMs) : 0,
})
