import { defineConfig } from 'vitest/config'

// What differs between kernels and between the user spaces of Debian's releases: `npm run test:kernels`, on demand. It
// fetches kernels and root folders (test/rig/kernels.ts) and asks all four; BONDPLAN_KERNELS names fewer.
process.env.BONDPLAN_KERNELS ??= '5.10,6.1,6.12,newest'

export default defineConfig({
  test: {
    include: ['test/kernels/**/*.test.ts', 'test/real/hash.test.ts'],
    globalSetup: ['test/support/generate.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    fileParallelism: false,
  },
})
