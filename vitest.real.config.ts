import { defineConfig } from 'vitest/config'

// Tests against real parsers and a real kernel. A tool that is missing fails the test (never skips it):
// .ci/run installs what they need. Most of a guest's time is one processor's, so two files are played side by side,
// each with guests on a processor of its own.
export default defineConfig({
  test: {
    include: ['test/real/**/*.test.ts'],
    isolate: false,
    globalSetup: ['test/support/generate.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    maxWorkers: 2,
    env: { BONDPLAN_RIG_SIDE_BY_SIDE: '1' },
  },
})
