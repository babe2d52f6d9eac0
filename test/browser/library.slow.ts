import assert from 'node:assert/strict';
import { english as en } from '../../src/studio/wordsEn.ts';
import { useService } from '../sdk/service.ts';
import { eventually } from '../support/eventually.ts';
import { order, register, shoot, useBrowser } from './studio.ts';

describe('the library', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '1' });
  const { visit } = useBrowser();

  it('keeps a film that was cancelled before its screenplay was written, and makes it after all', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { idea: 'A heron teaches a lighthouse to whistle' });
    await page.getByRole('button', { name: en.cancel, exact: true }).click();
    await page.getByRole('heading', { name: en.notFilmed }).waitFor();
    assert.equal(await page.getByText(en.inProgress).count(), 0);
    await shoot(page, 'taskCancelled');
    await page.getByRole('navigation').getByRole('link', { name: en.library }).click();
    const card = page.locator('.shelved');
    await card.getByRole('heading', { name: 'A heron teaches a lighthouse to whistle' }).waitFor();
    await card.getByText(en.status_cancelled).waitFor();
    await card.getByText(/^\$\d/).waitFor();
    await shoot(page, 'libraryCancelled');
    await card.getByRole('button', { name: en.tryAgain }).click();
    await card.getByText(/^\d+ %$/).waitFor();
    await shoot(page, 'libraryBegins');
  });

  it('shows how far a film is, its newest picture, and that it was changed, without being looked at anew', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 2 });
    await page.locator('.progress').waitFor();
    await page.goto(`${service.url}/#/`);
    const card = page.locator('.shelved');
    await card.getByText(/^[1-9]\d? %$/).waitFor();
    await card.locator('img').waitFor();
    await shoot(page, 'libraryWorking');
    const poster = async () => (await card.locator('img').getAttribute('src'))?.split('?')[0];
    const first = await poster();
    await eventually('another picture', async () => (await poster()) !== first, 90_000);
    await card.getByText(new RegExp(`^${en.status_completed} ·`)).waitFor();
    const id = (await card.locator('a').getAttribute('href'))?.split('/').at(-1) ?? '';
    const [scene] = await service.database.db('scenes').where({ screenplay_id: id });
    await page.evaluate(
      `(async () => {
        const { api } = await import('/studio/client.ts');
        await api().scenes.update('${id}', '${scene.id}', { narration: 'Another word.' });
      })()`,
    );
    await page.reload();
    await card.getByText(en.finishedStale).waitFor();
    await shoot(page, 'libraryStale');
  });

  it('deletes a film after saying what goes with it', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 2, review: true });
    await page.getByRole('button', { name: en.confirmAndFilm }).waitFor();
    await page.goto(`${service.url}/#/`);
    await page.getByRole('button', { name: /^Delete “/ }).click();
    await page.getByText(en.removeWhat.replace('{n}', '2')).waitFor();
    await shoot(page, 'filmRemoval', false);
    await page.getByRole('button', { name: en.keep }).click();
    await page.getByRole('button', { name: /^Delete “/ }).click();
    await page.getByRole('button', { name: en.removeForGood }).click();
    await page.getByText(en.emptyLibrary).waitFor();
  });
});
