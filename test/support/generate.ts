// Before any test: templates and validator as they stand now.

import { generate } from '../../build.js'

export default generate
