// Sums vitest's JSON reports into one line; fails where a test failed, was skipped, or where none ran.

import { readFileSync } from 'node:fs'

const sum = { passed: 0, failed: 0, skipped: 0 }
for (const file of process.argv.slice(2)) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  sum.passed += numPassedTests
  sum.failed += Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0)
  sum.skipped += numPendingTests + numTodoTests
}
if (sum.skipped > 0) console.log('A test that is skipped proves nothing: all of them have to run.')
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
if (sum.failed > 0 || sum.skipped > 0 || sum.passed === 0) process.exitCode = 1
