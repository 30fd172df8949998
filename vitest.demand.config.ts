import { defineConfig } from 'vitest/config'

// Long comparisons with real parts, run on demand: `npm run test:demand`. They need what .ci/packages lists.
export default defineConfig({
  test: {
    include: ['test/demand/**/*.test.ts'],
    isolate: false,
    globalSetup: ['test/support/generate.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    fileParallelism: false,
  },
})
