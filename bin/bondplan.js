#!/usr/bin/env node
// Runs the bundle that `npm ci` builds.
import '../dist/bondplan.cjs'
