// The schema as it is committed and shipped: the rows' print-out with the ids of all targets in it.

import { schemaOf } from './options/schema.ts'
import { platformIds } from './platforms/index.ts'
import { targetIds } from './targets/index.ts'

export const intentSchema = schemaOf({ targets: targetIds('host'), platforms: platformIds })
