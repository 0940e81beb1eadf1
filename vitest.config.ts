import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Pure: they need no build, no server and no database, and share one process. */
const unit = [
  'test/bench/reads.test.ts',
  'test/domain/**/*.test.ts',
  'test/config/**/*.test.ts',
  'test/net/**/*.test.ts',
  'web/src/**/*.test.ts',
]

/** They measure how long something takes, or how much is done in a time: another file beside them would be measured too. */
const timed = [
  'test/bench/cpu.test.ts',
  'test/connectors/webhook.test.ts',
  'test/crypto/passwords.test.ts',
  'test/http/bulk.test.ts',
  'test/http/guessing.test.ts',
  'test/http/idempotency.test.ts',
  'test/http/password-links.test.ts',
  'test/http/people-mass.test.ts',
  'test/http/slow-callers.test.ts',
  'test/http/time-limits.test.ts',
]

/** Files of one process share its modules, which take seconds to load; each file has a service and a Chromium of its own. */
const browser = ['test/browser/**/*.test.ts']

/** One of these begun at the end would run on alone. */
const long = ['/fuzz/', '/killed-after-commit.', '/set-back.', '/authorisation/', '/e2e/']

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = long.findIndex((part) => moduleId.includes(part))
      return place < 0 ? long.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

// A file leaves part of two cores unused, while timers and processes that begin are waited for. More than two files at once were not tried.
const maxWorkers = Math.min(2, availableParallelism())

const common = {
  pool: 'forks' as const,
  maxWorkers,
  testTimeout: 60_000,
  hookTimeout: 120_000,
  teardownTimeout: 30_000,
}

// Projects are given `common` one by one instead of by `extends`, which would give them `globalSetup` too: each would start its own.
export default defineConfig({
  test: {
    ...common,
    globalSetup: ['test/support/global-setup.ts'],
    sequence: { sequencer: LongFirst },
    projects: [
      { test: { ...common, name: 'unit', include: unit, isolate: false } },
      {
        test: {
          ...common,
          name: 'service',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...unit, ...timed, ...browser],
        },
      },
      // After the others, one file after the other.
      { test: { ...common, name: 'timed', include: timed, fileParallelism: false, sequence: { groupOrder: 1 } } },
      { test: { ...common, name: 'browser', include: browser, isolate: false, sequence: { groupOrder: 2 } } },
    ],
  },
})
