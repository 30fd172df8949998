// Ruckus FastIron: indented like IOS, `!` parts blocks.

import { indented } from './ios.ts'

export const fastiron = indented({ id: 'fastiron', comments: ['!'], leave: /^(?:exit|end)$/ })
