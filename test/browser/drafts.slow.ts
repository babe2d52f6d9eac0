import assert from 'node:assert/strict';
import { english as en } from '../../src/studio/wordsEn.ts';
import { chinese as zh } from '../../src/studio/wordsZh.ts';
import { photo } from '../operations/fixtures.ts';
import { useService } from '../sdk/service.ts';
import { order, password, register, shoot, useBrowser } from './studio.ts';

describe('what is written in the studio', function () {
  this.timeout(120_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0' });
  const { visit } = useBrowser();

  it('is there after a look at the films, a change of language and a reload, until the film begins', async () => {
    const { page } = await visit();
    await register(page, service.url);
    const toNew = page.getByRole('navigation').getByRole('link', { name: en.newFilm });
    await toNew.click();
    await page.getByLabel(en.idea).fill('A heron teaches a lighthouse to whistle');
    await page.getByLabel(en.howManyScenes).selectOption('2');
    await page.getByLabel(en.straight).check();
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'heron.jpg', mimeType: 'image/jpeg', buffer: await photo() });
    await page.locator('.previews li:not(.developing)').waitFor();
    const isKept = async (words: typeof en) => {
      await page.locator('.previews li img').waitFor();
      assert.equal(await page.getByLabel(words.idea).inputValue(), 'A heron teaches a lighthouse to whistle');
      assert.equal(await page.getByLabel(words.howManyScenes).inputValue(), '2');
      assert.ok(await page.getByLabel(words.straight).isChecked());
      assert.equal(await page.locator('.previews li').count(), 1);
    };
    await page.getByRole('navigation').getByRole('link', { name: en.library }).click();
    await page.getByText(en.emptyLibrary).waitFor();
    await page.goBack();
    await isKept(en);
    await page.getByRole('button', { name: '中文' }).click();
    await isKept(zh as typeof en);
    await shoot(page, 'newFilmKept');
    await page.reload();
    await isKept(zh as typeof en);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText(/^\$\d+\.\d\d · /).waitFor();
    await page.getByRole('button', { name: en.start, exact: true }).click();
    await page.locator('.progress').waitFor();
    await toNew.click();
    assert.equal(await page.getByLabel(en.idea).inputValue(), '');
  });

  it('stays at the gate too, in another language', async () => {
    const { page } = await visit();
    await page.goto(service.url);
    await page.getByRole('button', { name: en.toRegister }).click();
    await page.getByLabel(en.email).fill('ada@example.com');
    await page.getByLabel(en.password).fill(password);
    await page.getByRole('button', { name: '中文' }).click();
    assert.equal(await page.getByLabel(zh.email).inputValue(), 'ada@example.com');
    assert.equal(await page.getByLabel(zh.password).inputValue(), password);
    await page.getByRole('button', { name: zh.register, exact: true }).waitFor();
  });

  it('to the director goes on where the page turns into the film, with the caret where it was', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 1, review: true });
    await page.getByRole('button', { name: en.confirmAndFilm }).waitFor();
    const film = new URL(page.url()).hash;
    await page.goto(`${service.url}/#/`);
    await page.getByText(en.talk).click();
    await page.getByPlaceholder(en.talkHint).fill('A heron, and a lighthouse');
    for (let steps = 0; steps < 5; steps++) await page.keyboard.press('ArrowLeft');
    await page.evaluate(`location.replace('${film}')`);
    await page.getByPlaceholder(en.talkFilmHint).waitFor();
    await page.keyboard.type('white ');
    const written = await page.evaluate('document.activeElement.value');
    assert.equal(written, 'A heron, and a lightwhite house');
    await page.getByRole('button', { name: '中文' }).click();
    assert.equal(await page.getByPlaceholder(zh.talkFilmHint).inputValue(), written);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByPlaceholder(en.talkFilmHint).press('Enter');
    await page.locator('.line.user').getByText(written).waitFor();
    assert.equal(await page.getByPlaceholder(en.talkFilmHint).inputValue(), '');
  });

  it('is the sample idea only until it is changed, whatever is loaded anew', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await page.getByRole('link', { name: en.idea1 }).click();
    const idea = page.getByLabel(en.idea);
    assert.equal(await idea.inputValue(), en.idea1);
    await page.reload();
    assert.equal(await idea.inputValue(), en.idea1);
    await idea.fill('A lighthouse without a cat');
    await page.reload();
    assert.equal(await idea.inputValue(), 'A lighthouse without a cat');
    await page.getByRole('navigation').getByRole('link', { name: en.library }).click();
    await page.getByText(en.emptyLibrary).waitFor();
    await page.goBack();
    assert.equal(await idea.inputValue(), 'A lighthouse without a cat');
    await page.goBack();
    await page.getByText(en.emptyLibrary).waitFor();
  });

  it('is nobody else’s: it goes from every tab where one of them signs out', async () => {
    const { page } = await visit();
    await register(page, service.url);
    const other = await page.context().newPage();
    await other.goto(service.url);
    await other.getByText(en.talk).click();
    await other.getByPlaceholder(en.talkHint).fill('Between us two');
    await other.getByRole('navigation').getByRole('link', { name: en.newFilm }).click();
    await other.getByLabel(en.idea).fill('A heron only Ada knows of');
    await page.getByRole('button', { name: en.signOut }).click();
    await other.getByRole('button', { name: en.signIn, exact: true }).waitFor();
    await register(page, service.url);
    await other.getByRole('heading', { name: en.newFilm }).waitFor();
    assert.equal(await other.getByLabel(en.idea).inputValue(), '');
    assert.equal(await other.getByPlaceholder(en.talkHint).inputValue(), '');
  });

  it('has its pictures though the language or the page changes while they are on their way', async () => {
    const { page } = await visit();
    await register(page, service.url);
    const toNew = page.getByRole('navigation').getByRole('link', { name: en.newFilm });
    await toNew.click();
    let held = Promise.withResolvers<void>();
    await page.route('**/api/v1/media', async (route) => {
      await held.promise;
      await route.continue();
    });
    const drop = async (name: string) =>
      page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'image/jpeg', buffer: await photo() });
    const previews = page.locator('.previews li');
    await page.getByLabel(en.idea).fill('Words of before');
    await drop('heron.jpg');
    await previews.waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await previews.and(page.locator('.developing')).waitFor();
    await page.getByLabel(zh.idea).fill('Words of now');
    held.resolve();
    await page.locator('.previews li:not(.developing)').waitFor();
    held = Promise.withResolvers();
    await drop('lighthouse.jpg');
    await previews.nth(1).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: zh.library }).click();
    await page.getByText(zh.emptyLibrary).waitFor();
    const uploaded = page.waitForResponse('**/api/v1/media');
    held.resolve();
    await uploaded;
    await page.getByRole('button', { name: 'English' }).click();
    await toNew.click();
    await page.locator('.previews li:not(.developing)').nth(1).waitFor();
    await page.reload();
    await page.locator('.previews li:not(.developing)').nth(1).waitFor();
    assert.equal(await previews.count(), 2);
    assert.equal(await page.getByLabel(en.idea).inputValue(), 'Words of now');
  });
});
