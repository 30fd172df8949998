import { defineConfig } from 'vitest/config'

// The fast suite: pure functions, golden files, laws, and the program in memory. What needs a kernel or
// another program's parser is in test/real and has vitest.real.config.ts.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/real/**', 'test/demand/**', 'test/kernels/**'],
    // The modules keep no state between tests, so files share them: half the processor time.
    isolate: false,
    // Unset it is one less than there are processors, so of two one would stand by.
    maxWorkers: '100%',
    globalSetup: ['test/support/generate.ts'],
    testTimeout: 60_000,
    // Some build the program first, on machines that do other things as well.
    hookTimeout: 120_000,
  },
})
