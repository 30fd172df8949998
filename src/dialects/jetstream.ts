// TP-Link JetStream: indented like IOS. The running configuration begins with `!` and the model, and parts blocks by `#`.

import { indented } from './ios.ts'

export const jetstream = indented({ id: 'jetstream', comments: ['!', '#'], leave: /^(?:exit|end)$/ })
