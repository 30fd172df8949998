import { defineConfig } from 'vitest/config'

// Tests against real parsers and a real kernel. A tool that is missing fails the test (never skips it):
// .ci/run installs what they need.
export default defineConfig({
  test: {
    include: ['test/real/**/*.test.ts'],
    isolate: false,
    globalSetup: ['test/support/generate.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    fileParallelism: false,
  },
})
