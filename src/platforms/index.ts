// Every platform by its id. One line each; a test holds the folder to it.

import { aristaEos } from './arista-eos.ts'
import { arubaAosCx } from './aruba-aos-cx.ts'
import { arubaAosS } from './aruba-aos-s.ts'
import { ciscoIos } from './cisco-ios.ts'
import { ciscoNxos } from './cisco-nxos.ts'
import { cumulusIfupdown2 } from './cumulus-ifupdown2.ts'
import { cumulusNvue } from './cumulus-nvue.ts'
import { dellOs9 } from './dell-os9.ts'
import { dellOs10 } from './dell-os10.ts'
import { extremeExos } from './extreme-exos.ts'
import { fortiswitch } from './fortiswitch.ts'
import { h3cComware } from './h3c-comware.ts'
import { huaweiVrp } from './huawei-vrp.ts'
import { juniperJunos } from './juniper-junos.ts'
import { linuxBridge } from './linux-bridge.ts'
import { mikrotikRouteros } from './mikrotik-routeros.ts'
import { netgearManaged } from './netgear-managed.ts'
import { openconfig } from './openconfig.ts'
import { openvswitch } from './openvswitch.ts'
import type { Platform } from './platform.ts'
import { ruckusFastiron } from './ruckus-fastiron.ts'
import { sonic } from './sonic.ts'
import { tplinkJetstream } from './tplink-jetstream.ts'
import { ubiquitiEdgeswitch } from './ubiquiti-edgeswitch.ts'
import { vyos } from './vyos.ts'

export const platforms: readonly Platform[] = [
  aristaEos,
  arubaAosCx,
  arubaAosS,
  ciscoIos,
  ciscoNxos,
  cumulusIfupdown2,
  cumulusNvue,
  dellOs10,
  dellOs9,
  extremeExos,
  fortiswitch,
  h3cComware,
  huaweiVrp,
  juniperJunos,
  linuxBridge,
  mikrotikRouteros,
  netgearManaged,
  openconfig,
  openvswitch,
  ruckusFastiron,
  sonic,
  tplinkJetstream,
  ubiquitiEdgeswitch,
  vyos,
]

export const platformIds: readonly string[] = platforms.map(({ id }) => id)

const byId = new Map(platforms.map(platform => [platform.id, platform]))

/** The platform of a reference such as `arista-eos` or `mikrotik-routeros@7.19`, with the version that was named. */
export function platformOf(
  reference: string,
): { readonly platform: Platform; readonly version: string | undefined } | undefined {
  const [id = '', version] = reference.split('@')
  const platform = byId.get(id)
  return platform === undefined ? undefined : { platform, version }
}

export type { Field, HashWords, Limits, Platform, PortNames } from './platform.ts'
