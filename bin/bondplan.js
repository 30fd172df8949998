#!/usr/bin/env node
// Runs the bundle that `npm ci` builds, with the code that V8 made of it then: most of a short run is compiling.
'use strict'

const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { Script } = require('node:vm')

const bundle = join(__dirname, '../dist/bondplan.cjs')
const cache = `${bundle}.cache`

let cachedData
try {
  cachedData = readFileSync(cache)
} catch {
  // Not built, or built elsewhere: V8 compiles, as it does when the cache is of another version.
}

const script = new Script(readFileSync(bundle, 'latin1'), { filename: bundle, cachedData })
const bundled = { exports: {} }
script.runInThisContext()(bundled.exports, require, bundled, bundle, join(bundle, '..'))

module.exports = { script, cache }
