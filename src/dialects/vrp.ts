// Huawei VRP and H3C Comware: indented like IOS, blocks are parted by `#`, and `quit` or `return` leaves them.

import { indented } from './ios.ts'

export const vrp = indented({ id: 'vrp', comments: ['#', '!'], leave: /^(?:quit|return)$/ })
