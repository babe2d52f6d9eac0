import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { useService } from '../sdk/service.ts';
import { choose, holds, isDrawnAnew, order, playsFilm, register, shoot, tongues, useBrowser } from './studio.ts';

const { en } = tongues;

const sceneOf = (page: Page, n: number) => page.locator(`.board .scene[data-scene="${n}"]`);
const status = (page: Page) => page.locator('.titleLine .status');

describe('a finished film that is worked on', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.3' });
  const { visit } = useBrowser();

  async function finished(page: Page): Promise<Locator> {
    await register(page, service.url);
    await order(page, { scenes: 3 });
    await playsFilm(page);
    assert.equal(await status(page).textContent(), en.status_completed);
    return sceneOf(page, 1);
  }

  it('says what each purchase costs before it is made, and draws another picture for the same words', async () => {
    const { page } = await visit();
    const card = await finished(page);
    const pixels = () =>
      card
        .locator('img')
        .first()
        .evaluate((image: { src: string }) =>
          fetch(image.src).then(async (answer) => [...new Uint8Array(await answer.arrayBuffer())].join()),
        );
    const before = await pixels();
    await choose(card, en.redraw);
    await card.getByText(/^\$0\.13 · about /).waitFor();
    await shoot(page, 'priced', false);
    await isDrawnAnew(card, () => card.getByRole('button', { name: en.draw }).click());
    assert.notEqual(await pixels(), before);
    await page.getByText(en.finishedStale, { exact: true }).waitFor();
    await page.getByText(/^\$2\.18 in all · last cut \$2\.05 · pictures: 4 · clips: 3$/).waitFor();
    await choose(card, en.reshoot);
    await card.getByText(/^\$0\.\d\d · about /).waitFor();
    await page.locator('.sheet').getByRole('button', { name: en.redraw }).click();
    await page
      .locator('.sheet')
      .getByText(/^\$0\.13 · about /)
      .waitFor();
  });

  it('names the scene whose subtitle was changed, for which nothing is paid, and shows no work on the others', async () => {
    const { page } = await visit();
    await finished(page);
    const card = sceneOf(page, 2);
    const say = async (words: string) => {
      await card.getByRole('button', { name: en.edit }).click();
      await card.getByLabel(en.narrationText).fill(words);
      await card.getByRole('button', { name: en.save }).click();
      await card.getByText(en.subtitleChanged).waitFor();
    };
    await say('The tide comes in. It makes no sound.');
    assert.equal(await page.locator('.stale').count(), 1);
    await page.getByText(/^free · about .*Only what changed is paid for/).waitFor();
    await shoot(page, 'subtitleChanged');
    await page.evaluate(`(() => {
      window.badges = [];
      new MutationObserver(() => window.badges.push(...[...document.querySelectorAll('.board .badge')].map((one) => one.textContent)))
        .observe(document.querySelector('.board'), { childList: true, subtree: true });
    })()`);
    await page.getByRole('button', { name: en.filmAgain }).click();
    await page.locator('.progress').waitFor();
    await status(page).getByText(en.status_completed, { exact: true }).waitFor();
    assert.deepEqual(await page.evaluate('window.badges'), []);
    assert.equal(await page.locator('.stale').count(), 0);
    await say('The tide comes in.');
    assert.equal(await page.locator('.stale').count(), 1);
  });

  it('keeps what is being written when the language changes, and asks before it goes', async () => {
    const { page, excuse } = await visit();
    const card = await finished(page);
    const asked: string[] = [];
    let isSure = false;
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void (isSure ? dialog.accept() : dialog.dismiss());
    });
    await card.getByRole('button', { name: en.edit }).click();
    await card.getByLabel(en.narrationText).fill('Words nobody has saved.');
    await shoot(page, 'editing');
    excuse(/status of 409/);
    await page.route('**/api/v1/screenplays/*/scenes/*', (route) => {
      const problem = { type: 'about:blank', title: 'Conflict', status: 409, detail: 'Not now.', code: 4002 };
      return route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(problem) });
    });
    await card.getByRole('button', { name: en.save }).click();
    await card.getByRole('alert').getByText('Not now.').waitFor();
    assert.equal(await card.getByLabel(en.narrationText).inputValue(), 'Words nobody has saved.');
    await choose(card, en.reshoot);
    assert.deepEqual(asked, [en.discardAsk]);
    await page.getByRole('button', { name: '中文' }).click();
    await card.getByLabel(tongues.zh.narrationText).waitFor();
    assert.equal(await card.getByLabel(tongues.zh.narrationText).inputValue(), 'Words nobody has saved.');
    await shoot(page, 'editingZh');
    isSure = true;
    await choose(card, tongues.zh.reshoot, tongues.zh.more);
    await card.getByLabel(tongues.zh.videoPrompt).waitFor();
    assert.deepEqual(asked, [en.discardAsk, tongues.zh.discardAsk]);
    assert.equal(await card.locator('form').count(), 1);
    await card.getByRole('button', { name: tongues.zh.close }).click();
    await card.locator('form').waitFor({ state: 'detached' });
    assert.equal(asked.length, 2);
  });

  it('says what trying again costs, and counts the time left down', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 4 });
    await page.locator('.scene img').first().waitFor();
    await page.evaluate(`(() => {
      window.told = [];
      const left = document.querySelector('.progress .left');
      new MutationObserver(() => window.told.push(left.textContent)).observe(left, { childList: true });
    })()`);
    await holds(page, `/left|longer/.test(document.querySelector('.progress .left').textContent)`);
    await page.getByRole('button', { name: en.cancel }).click();
    await page.getByRole('button', { name: en.tryAgain }).waitFor();
    await page
      .locator('.progress')
      .getByText(/^\$\d.* · about /)
      .waitFor();
    await shoot(page, 'cancelledPrice');
  });

  it('is found by its screenplay, however many other films there are', async () => {
    const { page } = await visit();
    await register(page, service.url);
    for (const idea of ['A baker in the clouds', 'Two robots in the rain']) {
      await order(page, { idea, scenes: 1 });
      await page.locator('.player video').waitFor();
    }
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${service.url}/#/`);
    await page.locator('a.poster').last().click();
    await page.locator('.player video').waitFor();
    const tasks = asked.filter((path) => /^\/api\/v1\/tasks\/[0-9a-f-]{36}$/.test(path));
    assert.equal(new Set(tasks).size, 1, tasks.join('\n'));
  });

  it('opens its ways with the keyboard alone', async () => {
    const { page } = await visit();
    const card = await finished(page);
    const summary = card.locator('summary');
    await summary.focus();
    await page.keyboard.press('Enter');
    await card.getByRole('button', { name: en.takes }).waitFor();
    await shoot(page, 'menu', false);
    await page.keyboard.press('Escape');
    await card.getByRole('button', { name: en.takes }).waitFor({ state: 'hidden' });
    await holds(page, `document.activeElement?.tagName === 'SUMMARY'`);
    await page.keyboard.press('Enter');
    for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
  });
});
