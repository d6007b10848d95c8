import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * The contract tests: the same files against a server with the fast lane and one that sends every path through
 * Next. Both lanes read the same snapshots, so they cannot drift apart. The second needs a build. The files of the
 * folder `anonymous` run against two more, where pushes without a token are switched on.
 */
const AUTH_SECRET = randomBytes(32).toString('hex');

function lane(name: string, fastLane: 'on' | 'off', anonymousPush: 'on' | 'off') {
  const isAnonymous = anonymousPush === 'on';
  return {
    extends: true as const,
    test: {
      name,
      root: path.resolve(import.meta.dirname, '../..'),
      include: [`e2e/contract/${isAnonymous ? 'anonymous' : '{access,methods,transport}'}/**/*.test.ts`],
      globalSetup: 'e2e/contract/global-setup.ts',
      // The server and the tests that make a signed link of their own share the secret.
      env: { FAST_LANE: fastLane, ANONYMOUS_PUSH: anonymousPush, AUTH_SECRET },
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      lane('fast lane', 'on', 'off'),
      lane('next', 'off', 'off'),
      lane('fast lane, anonymous', 'on', 'on'),
      lane('next, anonymous', 'off', 'on'),
    ],
    // A wait ends as soon as it can; a busy machine makes it long.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
