import { useCompileCache } from './compileCache.ts';
import { allowPresent, refuseLeaks } from './leaks.ts';
import { stopTestServer } from './postgres.ts';

useCompileCache();

/** Registered while the suite's own `before` hooks run, so it comes after every `after` hook of the suite. */
function watchForLeaks(suite: Mocha.Suite): void {
  suite.beforeAll('watches for leaks', () => {
    suite.afterAll('leaves nothing open', refuseLeaks);
  });
}

export const mochaHooks: Mocha.RootHookObject = {
  beforeAll(this: Mocha.Context) {
    allowPresent();
    for (const suite of this.test?.parent?.suites ?? []) watchForLeaks(suite);
  },
  async afterAll() {
    await stopTestServer();
  },
};
