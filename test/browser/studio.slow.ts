import assert from 'node:assert/strict';
import { useService } from '../sdk/service.ts';
import { isAccessible, order, playsFilm, register, shoot, useBrowser } from './studio.ts';

describe('the studio', function () {
  this.timeout(180_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.15' });
  const { visit } = useBrowser();

  it('goes from the first sentence to the playing film', async () => {
    const { page, errors } = await visit();
    await page.goto(service.url);
    await shoot(page, 'gate');
    await isAccessible(page);
    await register(page, service.url);
    await shoot(page, 'libraryEmpty');
    await page.goto(`${service.url}/#/new`);
    await shoot(page, 'newFilm');
    await isAccessible(page);
    await order(page);
    await page.locator('.scene[data-scene="2"]').waitFor({ timeout: 60_000 });
    await shoot(page, 'storyboardBegins');
    await page.locator('.scene img, .scene video').first().waitFor({ timeout: 60_000 });
    await shoot(page, 'storyboardFills');
    await playsFilm(page);
    await shoot(page, 'film');
    await isAccessible(page);
    const card = page.locator('.scene[data-scene="1"]');
    await card.getByRole('button', { name: 'Edit' }).click();
    await card.getByLabel('The picture').fill('A harbour at night, lanterns on the water');
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('Changed since').waitFor();
    await page.getByText(/Only what changed is paid for/).waitFor();
    await shoot(page, 'stale');
    await card.getByRole('button', { name: 'New picture' }).click();
    await card.getByRole('button', { name: 'New picture' }).and(page.locator(':enabled')).waitFor({ timeout: 60_000 });
    await card.getByRole('button', { name: 'Takes' }).click();
    await page.locator('dialog .scene').nth(2).waitFor();
    await shoot(page, 'takes', false);
    await isAccessible(page);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.goto(`${service.url}/#/`);
    await page.locator('.poster img').waitFor();
    await shoot(page, 'library');
    await isAccessible(page);
    assert.deepEqual(errors, []);
  });
});
