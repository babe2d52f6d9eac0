import assert from 'node:assert/strict';
import type { Page, Request, Route } from 'playwright-core';
import { photo } from '../operations/fixtures.ts';
import { useService } from '../sdk/service.ts';
import { eventually } from '../support/eventually.ts';
import { choose, order, playsFilm, register, tongues, useBrowser } from './studio.ts';

const { en } = tongues;

const isPost = (route: Route) => route.request().method() === 'POST';

/** Writes a short film down, and does not send it. */
async function fill(page: Page, idea: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: en.newFilm }).click();
  await page.getByLabel(en.idea).fill(idea);
  await page.getByLabel(en.howManyScenes).selectOption('1');
  await page.getByLabel(en.straight).check();
}

describe('what the studio sends', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.1' });
  const { visit } = useBrowser();
  const tasksOf = (idea: string) => service.database.db('tasks').whereRaw(`params ->> 'prompt' = ?`, [idea]);
  const begin = (page: Page) => page.getByRole('button', { name: en.start, exact: true }).click();

  it('buys one film where the answer was lost and one asks again', async () => {
    const { page, excuse } = await visit();
    excuse(/net::ERR_/);
    await register(page, service.url);
    const idea = 'A heron loses a letter';
    await fill(page, idea);
    const keys: string[] = [];
    let isLost = true;
    await page.route('**/api/v1/tasks', async (route) => {
      if (!isPost(route)) return route.continue();
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      if (!isLost) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await begin(page);
    await page.locator('.idea .problem').getByText(en.offline).waitFor();
    isLost = false;
    await begin(page);
    await playsFilm(page);
    assert.ok(keys.length > 1);
    assert.equal(new Set(keys).size, 1);
    assert.equal((await tasksOf(idea)).length, 1);
  });

  it('begins a film with all of its pictures, also with one that is on its way', async () => {
    const { page } = await visit();
    await register(page, service.url);
    const idea = 'A fox is drawn after a photograph';
    await fill(page, idea);
    const held = Promise.withResolvers<void>();
    await page.route('**/api/v1/media', async (route) => {
      if (isPost(route)) await held.promise;
      await route.continue();
    });
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'fox.jpg', mimeType: 'image/jpeg', buffer: await photo() });
    await page.locator('.previews li.developing').waitFor();
    await begin(page);
    assert.ok(await page.getByRole('button', { name: en.start, exact: true }).isDisabled());
    held.resolve();
    await page.locator('.progress').waitFor();
    const [task] = await tasksOf(idea);
    assert.equal(task?.params.images?.length, 1);
  });

  it('films a confirmed screenplay after a refusal, without confirming it again', async () => {
    const { page, excuse } = await visit();
    excuse(/status of 402/);
    await register(page, service.url);
    await order(page, { scenes: 1, review: true });
    const film = page.getByRole('button', { name: en.confirmAndFilm });
    await film.waitFor();
    let isRefused = true;
    await page.route('**/api/v1/tasks', (route) => {
      if (!isPost(route) || !isRefused) return route.continue();
      isRefused = false;
      const problem = { type: 'about:blank', title: 'Budget', status: 402, detail: 'No money today.', code: 5001 };
      return route.fulfill({ status: 402, contentType: 'application/problem+json', body: JSON.stringify(problem) });
    });
    await film.click();
    await page.getByText('No money today.').waitFor();
    await film.click();
    await playsFilm(page);
  });

  it('follows the film that is begun while an older look at its screenplay is on its way', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 1, review: true });
    const film = page.getByRole('button', { name: en.confirmAndFilm });
    await film.waitFor();
    const isBegun = Promise.withResolvers<void>();
    const isLooking = Promise.withResolvers<void>();
    await page.route('**/api/v1/screenplays/*', async (route) => {
      isLooking.resolve();
      const response = await route.fetch();
      await isBegun.promise;
      await route.fulfill({ response });
    });
    await page.getByLabel(en.aspect).selectOption('1:1');
    await isLooking.promise;
    const isOrder = (request: Request) => request.method() === 'POST' && request.url().endsWith('/api/v1/tasks');
    const ordered = page.waitForResponse((response) => isOrder(response.request()));
    await film.click();
    const { data } = await (await ordered).json();
    // What overtakes the look has time to do so.
    await page.waitForResponse(`**/api/v1/tasks/${data.id}`, { timeout: 2000 }).catch(() => undefined);
    isBegun.resolve();
    await playsFilm(page);
  });

  it('says a thing once to the director, and in the new conversation, though it could not be begun at first', async () => {
    const { page, excuse } = await visit();
    excuse(/status of 500/);
    await register(page, service.url);
    await page.getByText(en.talk).click();
    const words = page.getByPlaceholder(en.talkHint);
    await words.fill('A heron by the river');
    await page.evaluate(`(() => {
      const form = document.querySelector('.panel form');
      form.requestSubmit();
      form.requestSubmit();
    })()`);
    await page.locator('.line.assistant').getByText(/heron/).waitFor();
    assert.equal(await page.locator('.line.user').count(), 1);
    await page.getByRole('button', { name: en.newConversation }).click();
    let isBroken = true;
    await page.route('**/api/v1/conversations', (route) =>
      isPost(route) && isBroken ? route.fulfill({ status: 500, body: 'out of order' }) : route.continue(),
    );
    await words.fill('Another story, about a baker');
    await page.keyboard.press('Enter');
    await page.locator('.panel .problem').getByText(en.wrong.replace('{detail}', 'HTTP 500')).waitFor();
    assert.equal(await words.inputValue(), 'Another story, about a baker');
    isBroken = false;
    await page.keyboard.press('Enter');
    await page.locator('.line.assistant').getByText(/baker/).waitFor();
    const { db } = service.database;
    const [said] = await db('messages').where({ content: 'Another story, about a baker' });
    const { title } = await db('conversations').where({ id: said?.conversation_id }).first('title');
    assert.equal(title, 'Another story, about a baker');
  });

  it('takes a dialog along when one goes back, and the card of a deleted film with an older answer', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 1 });
    await playsFilm(page);
    await page.goto(`${service.url}/#/`);
    await page.locator('a.poster').click();
    await page.locator('.player video').waitFor();
    await choose(page.locator('.scene[data-scene="1"]'), en.takes);
    await page.locator('dialog[open]').waitFor();
    const isDeleted = Promise.withResolvers<void>();
    let asked = 0;
    await page.route('**/api/v1/screenplays?*', async (route) => {
      asked += 1;
      if (asked !== 2) return route.continue();
      const response = await route.fetch();
      await isDeleted.promise;
      await route.fulfill({ response });
    });
    await page.goBack();
    await page.locator('.shelved').waitFor();
    assert.equal(await page.locator('dialog').count(), 0);
    await eventually('a second look at the shelf', async () => asked === 2);
    page.on('response', (response) => response.request().method() === 'DELETE' && isDeleted.resolve());
    await page.getByRole('button', { name: /^Delete “/ }).click();
    await page.getByRole('button', { name: en.removeForGood }).click();
    await page.getByText(en.emptyLibrary).waitFor();
    await eventually('a look after it', async () => asked > 2);
    assert.equal(await page.locator('.shelved').count(), 0);
  });

  it('goes over plain HTTP too, under a name that a browser does not trust', async () => {
    const { page, excuse } = await visit();
    excuse(/Cross-Origin-Opener-Policy/);
    await register(page, service.url.replace('127.0.0.1', 'studio.example'));
    assert.equal(await page.evaluate('isSecureContext'), false);
  });
});
