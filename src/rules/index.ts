// Every rule by its id, one line each; a test holds the folder to it.

import type { Rule } from './rule.ts'

export const rules: readonly Rule[] = []
