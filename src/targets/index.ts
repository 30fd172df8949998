// Every target by its id. One line each; a test holds the folders to it.

import { cloudInit } from './host/cloud-init.ts'
import { cloudInitV1 } from './host/cloud-init-v1.ts'
import { freebsd } from './host/freebsd.ts'
import { ifupdown } from './host/ifupdown.ts'
import { ifupdownNg } from './host/ifupdown-ng.ts'
import { ifupdown2 } from './host/ifupdown2.ts'
import { iproute2 } from './host/iproute2.ts'
import { modprobe } from './host/modprobe.ts'
import { netplan } from './host/netplan.ts'
import { networkd } from './host/networkd.ts'
import { networkmanager } from './host/networkmanager.ts'
import { nmstate } from './host/nmstate.ts'
import { sysconfig } from './host/sysconfig.ts'
import { wicked } from './host/wicked.ts'
import { switchTargets } from './switch/index.ts'
import type { Target } from './target.ts'

export const targets: readonly Target[] = [
  netplan,
  ifupdown,
  ifupdown2,
  ifupdownNg,
  networkd,
  networkmanager,
  nmstate,
  cloudInit,
  cloudInitV1,
  iproute2,
  sysconfig,
  wicked,
  modprobe,
  freebsd,
]

const byId = new Map(targets.map(target => [target.id, target]))

/** The target of an id such as `netplan` or `netplan@0.106`, with the version that was named. */
export function targetOf(
  reference: string,
): { readonly target: Target; readonly version: string | undefined } | undefined {
  const [id = '', version] = reference.split('@')
  const target = byId.get(id)
  return target === undefined ? undefined : { target, version }
}

/** Ids for the schema and for completion. */
export const targetIds = (side: Target['side']): readonly string[] =>
  (side === 'host' ? targets : switchTargets).map(({ id }) => id)
