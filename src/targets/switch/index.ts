// Every switch target by its id. One line each; a test holds the folder to it.

import type { SwitchTarget } from '../switch-target.ts'
import { arubaAosS } from './aruba-aos-s.ts'
import { ciscoIos } from './cisco-ios.ts'
import { juniperJunos } from './juniper-junos.ts'

export const switchTargets: readonly SwitchTarget[] = [arubaAosS, ciscoIos, juniperJunos]

const byId = new Map(switchTargets.map(target => [target.id, target]))

/** The target of a platform; undefined where nobody has written it yet. */
export const switchTargetOf = (platformId: string): SwitchTarget | undefined => byId.get(platformId)
