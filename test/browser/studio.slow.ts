import { useService } from '../sdk/service.ts';
import { choose, holds, isDrawnAnew, order, playsFilm, register, shoot, tongues, useBrowser } from './studio.ts';

describe('the studio', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.15' });
  const { visit } = useBrowser();

  for (const [tongue, locale, colorScheme] of [
    ['en', 'en-US', 'light'],
    ['zh', 'zh-CN', 'dark'],
  ] as const)
    it(`goes from the first sentence to the playing film (${tongue}, ${colorScheme})`, async () => {
      const words = tongues[tongue];
      const name = (state: string) => (tongue === 'zh' ? `${state}Zh` : state);
      const { page } = await visit({ locale, colorScheme });
      await page.goto(service.url);
      await page.getByRole('button', { name: words.signIn, exact: true }).waitFor();
      await shoot(page, name('gate'));
      await register(page, service.url, words);
      await shoot(page, name('libraryEmpty'));
      await page.goto(`${service.url}/#/new`);
      await page.getByLabel(words.idea).waitFor();
      await shoot(page, name('newFilm'));
      await order(page, { words, scenes: 3, stay: true });
      await page.locator('.scene[data-scene="3"]').waitFor();
      await shoot(page, name('storyboardBegins'));
      await page.locator('.scene img, .scene video').nth(2).waitFor();
      await shoot(page, name('storyboardFills'));
      await playsFilm(page);
      await shoot(page, name('film'));
      const card = page.locator('.scene[data-scene="1"]');
      await card.getByRole('button', { name: words.edit }).click();
      await card.getByLabel(words.imagePrompt).fill('A harbour at night, lanterns on the water');
      await shoot(page, name('sceneEdited'), false);
      await card.getByRole('button', { name: words.save }).click();
      await card.getByText(words.stale).waitFor();
      await page.getByText(words.onlyChanged).waitFor();
      await shoot(page, name('stale'));
      await choose(card, words.redraw, words.more);
      await card.getByLabel(words.imagePrompt).fill('A harbour at night, a lighthouse, lanterns on the water');
      await shoot(page, name('newPicture'), false);
      await isDrawnAnew(card, () => card.getByRole('button', { name: words.draw }).click());
      await page.getByRole('button', { name: words.filmAgain }).click();
      await page.locator('.progress').waitFor();
      await page.locator('.titleLine').getByText(words.status_completed, { exact: true }).waitFor();
      await choose(card, words.takes, words.more);
      await page.locator('dialog .scene').nth(3).waitFor();
      await shoot(page, name('takes'), false);
      const first = page.locator('dialog [data-kind="image"] .scene').last();
      const chosen = (await first.locator('img').getAttribute('src'))?.split('?')[0];
      await first.getByRole('button', { name: words.useTake }).click();
      await page.locator('dialog').waitFor({ state: 'detached' });
      await page.locator(`.board .scene img[src^="${chosen}"]`).first().waitFor();
      await page.goto(`${service.url}/#/`);
      await page.locator('.poster img').waitFor();
      await holds(page, `document.querySelector('.poster img').naturalWidth > 0`);
      await shoot(page, name('library'));
    });
});
