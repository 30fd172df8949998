// Every switch target by its id. One line each; a test holds the folder to it.

import type { SwitchTarget } from '../switch-target.ts'
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
import { ruckusFastiron } from './ruckus-fastiron.ts'
import { sonic } from './sonic.ts'
import { tplinkJetstream } from './tplink-jetstream.ts'
import { ubiquitiEdgeswitch } from './ubiquiti-edgeswitch.ts'
import { vyos } from './vyos.ts'

export const switchTargets: readonly SwitchTarget[] = [
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

const byId = new Map(switchTargets.map(target => [target.id, target]))

/** The target of a platform; undefined where nobody has written it yet. */
export const switchTargetOf = (platformId: string): SwitchTarget | undefined => byId.get(platformId)
