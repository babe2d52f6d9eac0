import assert from 'node:assert/strict';
import { openSandbox, type TestSandbox } from '../providers/sandbox/client.ts';
import { useService } from '../sdk/service.ts';
import { isAccessible, order, playsFilm, register, shoot, useBrowser } from './studio.ts';

describe('a scene that the vendor refuses', function () {
  this.timeout(180_000);
  let sandbox: TestSandbox;
  before(async () => {
    sandbox = await openSandbox({ latencyScale: 0.1 });
  });
  after(() => sandbox.close());
  const service = useService(() => ({
    SANDBOX: 'off',
    VIDEO_POLL_MS: '200',
    GLM_BASE_URL: `${sandbox.url}/api/paas/v4`,
    GEMINI_BASE_URL: sandbox.url,
    TUZI_BASE_URL: sandbox.url,
    ...Object.fromEntries(['GLM', 'GEMINI', 'TUZI'].map((name) => [`${name}_API_KEY`, 'a-key'])),
  }));
  const { visit } = useBrowser();

  it('says why on its own card, and is made there when one tries again', async () => {
    const { page, errors } = await visit();
    await register(page, service.url);
    await sandbox.script([{ path: 'images', nth: 3, fault: { refuse: true } }]);
    await order(page);
    const trouble = page.locator('.scene .trouble');
    await trouble.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 90_000 });
    assert.equal(await trouble.count(), 1);
    await shoot(page, 'refused');
    await isAccessible(page);
    await trouble.getByRole('button', { name: 'Try again' }).click();
    await playsFilm(page);
    assert.deepEqual(errors, []);
  });
});
