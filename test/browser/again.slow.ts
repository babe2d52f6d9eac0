import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useService } from '../sdk/service.ts';
import { order, playsFilm, register, shoot, tongues, useBrowser } from './studio.ts';

const { en } = tongues;

const panel = (page: Page) => page.locator('.production .price');
const sceneOf = (page: Page, n: number) => page.locator(`.scene[data-scene="${n}"]`);

async function repaint(page: Page, n: number, picture: string): Promise<void> {
  const card = sceneOf(page, n);
  await card.getByRole('button', { name: en.edit }).click();
  await card.getByLabel(en.imagePrompt).fill(picture);
  await card.getByRole('button', { name: en.save }).click();
  await card.getByText(en.stale, { exact: true }).waitFor();
}

describe('a film that is made again', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.1' });
  const { visit } = useBrowser();

  it('has the price of what it is now, however soon it was changed and whichever answer comes last', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 2 });
    await playsFilm(page);
    const isChanged = Promise.withResolvers<void>();
    let asked = 0;
    await page.route('**/api/v1/tasks/estimate', async (route) => {
      asked += 1;
      if (asked > 1) return route.continue();
      const response = await route.fetch();
      await isChanged.promise;
      await route.fulfill({ response });
    });
    await repaint(page, 1, 'A heron at night.');
    await repaint(page, 2, 'A lighthouse at night.');
    await panel(page).getByText(/^\$/).waitFor();
    const late = page.waitForResponse('**/api/v1/tasks/estimate');
    isChanged.resolve();
    await (await late).finished();
    const said = await panel(page).textContent();
    await page.reload();
    await panel(page).getByText(/^\$/).waitFor();
    assert.equal(said, await panel(page).textContent());
  });

  it('has its price after all where it could not be asked for at first', async () => {
    const { page, excuse } = await visit();
    excuse(/status of 500/);
    await register(page, service.url);
    let isBroken = true;
    await order(page, { scenes: 1 });
    await playsFilm(page);
    await page.route('**/api/v1/tasks/estimate', (route) =>
      isBroken ? route.fulfill({ status: 500, body: 'out of order' }) : route.continue(),
    );
    await repaint(page, 1, 'A heron at night.');
    await panel(page).getByText(en.wrong.replace('{detail}', 'HTTP 500')).waitFor();
    isBroken = false;
    await panel(page).getByText(/^\$/).waitFor();
  });

  it('is begun where the screenplay is confirmed already, as after a lost answer', async () => {
    const { page, excuse } = await visit();
    excuse(/net::ERR_|status of 409/);
    await register(page, service.url);
    await order(page, { scenes: 1, review: true });
    const film = page.getByRole('button', { name: en.confirmAndFilm });
    await film.waitFor();
    await page.route(
      '**/api/v1/screenplays/*/confirm',
      async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
    await film.click();
    await page.locator('.now .problem').getByText(en.offline).waitFor();
    await film.click();
    await playsFilm(page);
  });

  it('is filmed as it is written now, after it was stopped and a scene was taken out', async () => {
    const { page } = await visit();
    page.on('dialog', (dialog) => void dialog.accept());
    await register(page, service.url);
    await order(page, { scenes: 3 });
    await page.locator('.scene img').first().waitFor();
    await page.getByRole('button', { name: en.cancel, exact: true }).click();
    await page.getByRole('button', { name: en.tryAgain }).waitFor();
    await sceneOf(page, 3).getByRole('button', { name: en.edit }).click();
    await sceneOf(page, 3).getByRole('button', { name: en.remove }).click();
    await sceneOf(page, 3).waitFor({ state: 'detached' });
    await panel(page)
      .getByText(/\$\d.* · about /)
      .waitFor();
    await shoot(page, 'stoppedAndChanged');
    await page.getByRole('button', { name: en.filmAgain }).click();
    await playsFilm(page);
    assert.equal(await page.locator('.scene').count(), 2);
  });
});
