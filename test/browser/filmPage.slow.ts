import assert from 'node:assert/strict';
import { useService } from '../sdk/service.ts';
import { holds, register, shoot, tongues, useBrowser } from './studio.ts';

const nowhere = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

describe('the page of a film', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.1' });
  const { visit } = useBrowser();

  for (const [tongue, locale] of [
    ['en', 'en-US'],
    ['zh', 'zh-CN'],
  ] as const)
    it(`says that there is no such film, with the way to the library (${tongue})`, async () => {
      const words = tongues[tongue];
      const { page, excuse } = await visit({ locale });
      excuse(/status of (404|400)/);
      await register(page, service.url, words);
      for (const id of [nowhere, 'nonsense']) {
        await page.goto(`${service.url}/#/films/${id}`);
        await page.getByRole('alert').getByText(words.notFound).waitFor();
        assert.match(await page.title(), new RegExp(words.notFound));
        await shoot(page, tongue === 'zh' ? 'notFoundZh' : 'notFound');
        await page.getByRole('link', { name: words.toLibrary }).click();
        await page.getByRole('heading', { name: words.library }).waitFor();
      }
      await page.goto(`${service.url}/#/tasks/${nowhere}`);
      await page.getByRole('alert').getByText(words.notFound).waitFor();
      assert.equal(await page.locator('.developing').count(), 0);
    });

  it('stands as a skeleton until it is known what there is', async () => {
    const { page, excuse } = await visit();
    excuse(/status of 404/);
    await register(page, service.url);
    const held = Promise.withResolvers<void>();
    await page.route('**/api/v1/screenplays/*', async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.evaluate(`location.hash = '#/films/${nowhere}'`);
    await page.getByText(tongues.en.loading).waitFor();
    await holds(page, `getComputedStyle(document.querySelector('.skeleton')).opacity === '1'`);
    await shoot(page, 'loading');
    held.resolve();
    await page.getByText(tongues.en.notFound).waitFor();
  });
});
