// ArubaOS-Switch: indented like IOS, comments begin with a semicolon, every block ends with `exit`.

import { indented } from './ios.ts'

export const aosS = indented({ id: 'aos-s', comments: [';'], leave: /^exit$/ })
