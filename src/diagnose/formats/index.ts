// Every output that is read, the one to be asked first first. A platform is its file and its line here.

import type { Format, Unproven } from './format.ts'
import { kernelLog } from './kernel-log.ts'
import { procBonding } from './linux.ts'
import { openvswitch } from './openvswitch.ts'

export const formats: readonly Format[] = [procBonding, kernelLog, ...openvswitch]

/** What is recognised and not read, so that nobody thinks that it was looked at. */
export const unproven: readonly Unproven[] = []

/** The platforms whose output is read, by their ids. */
export const platformsRead: readonly string[] = [...new Set(formats.map(({ platform }) => platform))]

/** What is read of each platform. `ip -d link` is no table of lines and has a reader of its own (links.ts). */
export const shows: readonly { readonly platform: string; readonly commands: readonly string[] }[] =
  platformsRead.map(platform => ({
    platform,
    commands: [
      ...formats.flatMap(format => (format.platform === platform ? [format.command] : [])),
      ...(platform === 'linux' ? ['ip -d link', 'ip -d -j link'] : []),
    ],
  }))
