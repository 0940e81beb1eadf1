import { defineConfig } from 'vitest/config'

/**
 * The domain's own tests and nothing else: pure, so nothing has to be built or started first.
 * Properties are left out: they take seconds for every mutant, and what only a lucky draw finds counts as not found.
 */
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts'],
    exclude: ['test/domain/*properties.test.ts'],
    testTimeout: 20_000,
  },
})
