// Every output that is read, the one to be asked first first. A platform is its file and its line here.

import { aristaEos } from './arista-eos.ts'
import { aruba } from './aruba.ts'
import { cisco } from './cisco.ts'
import { dellOs10 } from './dell-os10.ts'
import { extremeExos } from './extreme-exos.ts'
import type { Format } from './format.ts'
import { h3cComware } from './h3c-comware.ts'
import { huaweiVrp } from './huawei-vrp.ts'
import { juniperJunos } from './juniper-junos.ts'
import { kernelLog } from './kernel-log.ts'
import { procBonding } from './linux.ts'
import { lldp } from './lldp.ts'
import { mikrotikRouteros } from './mikrotik-routeros.ts'
import { openvswitch } from './openvswitch.ts'
import { ruckusFastiron } from './ruckus-fastiron.ts'
import { sonic } from './sonic.ts'
import { sysfs } from './sysfs.ts'

export const formats: readonly Format[] = [
  procBonding,
  kernelLog,
  ...sysfs,
  ...lldp,
  ...openvswitch,
  ...cisco,
  ...aristaEos,
  ...juniperJunos,
  ...aruba,
  ...h3cComware,
  ...huaweiVrp,
  ...extremeExos,
  ...ruckusFastiron,
  ...dellOs10,
  ...sonic,
  ...mikrotikRouteros,
]

/** The platforms whose output is read, by their ids. */
export const platformsRead: readonly string[] = [...new Set(formats.map(({ platform }) => platform))]

/** What is read of each platform. `ip -d link` is no table of lines and has a reader of its own (links.ts). */
export const shows: readonly { readonly platform: string; readonly commands: readonly string[] }[] =
  platformsRead.map(platform => ({
    platform,
    commands: [
      ...new Set(formats.flatMap(format => (format.platform === platform ? [format.command] : []))),
      ...(platform === 'linux' ? ['ip -d link', 'ip -d -j link'] : []),
    ],
  }))
