// Extreme EXOS and Switch Engine: one command a line, without blocks. `#` begins a comment.

import { indented } from './ios.ts'

export const exos = indented({ id: 'exos', comments: ['#'], leave: /^(?!)/ })
