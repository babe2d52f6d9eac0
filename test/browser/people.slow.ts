import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useService } from '../sdk/service.ts';
import { holds, order, password, register, shoot, useBrowser } from './studio.ts';

/** Goes on with the Tab key until something of this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const said = `(() => { const one = document.activeElement; return !/^(A|BUTTON|INPUT|TEXTAREA|SELECT|SUMMARY)$/.test(one.tagName) ? '' : [one.getAttribute('aria-label'), one.labels?.[0]?.textContent, one.textContent].join(' '); })()`;
  for (let pressed = 0; pressed < 60; pressed++) {
    if (name.test(await page.evaluate(said))) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the Tab key does not come to ${name}`);
}

describe('people in the studio', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.1' });
  const { visit } = useBrowser();

  it('come from the gate to a film of theirs without a mouse', async () => {
    const { page } = await visit();
    await page.goto(service.url);
    const type = async (label: RegExp, text: string) => {
      await tabTo(page, label);
      await page.keyboard.type(text);
    };
    await tabTo(page, /New here/);
    await page.keyboard.press('Enter');
    await type(/^ Name/, 'Grace');
    await type(/E-mail/, `grace-${Date.now()}@example.com`);
    await type(/Password/, password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Films' }).waitFor();
    await shoot(page, 'libraryEmpty');
    await tabTo(page, /Two children repair/);
    await page.keyboard.press('Enter');
    await page.getByText(/^\$\d.* · about /).waitFor();
    await tabTo(page, /Stop at the screenplay/);
    await page.keyboard.press('ArrowRight');
    await tabTo(page, /^\s*Begin/);
    await page.keyboard.press('Enter');
    await page.locator('.scene[data-scene="1"]').waitFor();
    await page.locator('.player video').waitFor();
    await tabTo(page, /More for scene/);
    await page.keyboard.press('Enter');
    await tabTo(page, /Takes/);
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  });

  it('talk to the director, whose answer is there after a reload', async () => {
    const { page } = await visit({ locale: 'zh-CN' });
    await page.goto(service.url);
    await page.getByRole('button', { name: '注册账号' }).click();
    await page.getByLabel('名字').fill('小林');
    await page.getByLabel('邮箱').fill(`lin-${Date.now()}@example.com`);
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '注册账号', exact: true }).click();
    await page.getByRole('heading', { name: '作品' }).waitFor();
    await page.getByText('和导演聊聊').click();
    await page.getByPlaceholder('聊聊影片').fill('拍一部小猫看海的短片');
    await page.keyboard.press('Enter');
    await page.locator('.line.user').waitFor();
    await page.locator('.line.assistant a').waitFor();
    const said = await page.locator('.line.assistant').textContent();
    await shoot(page, 'talkChinese', false);
    await page.reload();
    await page.getByText('和导演聊聊').click();
    await page.locator('.line.assistant a').waitFor();
    assert.equal(await page.locator('.line.assistant').textContent(), said);
    await page.locator('.line.assistant a').click();
    await page.locator('.scene[data-scene="1"]').waitFor();
    await page.getByRole('button', { name: '确认并开拍' }).waitFor();
    await shoot(page, 'reviewChinese', false);
  });

  it('talk about the film that is open, in one conversation or another, and nothing lies over the page', async () => {
    const { page } = await visit({ viewport: { width: 900, height: 800 } });
    await register(page, service.url);
    await order(page, { review: true });
    await page.getByRole('button', { name: 'Confirm and film' }).waitFor();
    await page.getByText('Talk to the director').click();
    const words = page.getByPlaceholder('Talk about this film');
    await words.fill('Could scene 2 be darker?');
    await page.keyboard.press('Enter');
    await page
      .locator('.line.assistant')
      .getByText(/^Scene 2 now says: /)
      .waitFor();
    await shoot(page, 'talkFilm', false);
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByText(/Ask about this film/).waitFor();
    await words.fill('A heron by the river');
    await page.keyboard.press('Enter');
    await page.locator('.line.assistant').getByText(/heron/).waitFor();
    const older = page.getByLabel('Conversations');
    await older.locator('option').nth(1).waitFor({ state: 'attached' });
    await older.selectOption({ index: 1 });
    await page.locator('.line.user').getByText('Could scene 2 be darker?').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await words.waitFor({ state: 'hidden' });
    const fixed = `[...document.querySelectorAll('.talk *, .talk')].filter((one) => one.checkVisibility() && getComputedStyle(one).position === 'fixed').length`;
    for (const width of [390, 900, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      assert.equal(await page.evaluate(fixed), 0);
    }
  });

  it('see all of their films, a shelf at a time', async () => {
    const client = await service.join('lena');
    const params = { prompt: 'a kitten who wants to see the sea', sceneCount: 1, characterCount: 1 };
    const write = () => client.tasks.create({ type: 'screenplay', params }).wait();
    for (let made = 0; made < 26; made += 2) await Promise.all([write(), write()]);
    const { page } = await visit();
    await page.goto(service.url);
    await page.getByLabel('E-mail').fill('lena@example.com');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.locator('a.poster').nth(23).waitFor();
    assert.equal(await page.locator('a.poster').count(), 24);
    await page.getByRole('button', { name: 'More' }).click();
    await page.locator('a.poster').nth(25).waitFor();
    const posters = `[...document.querySelectorAll('a.poster')]`;
    await holds(page, `document.activeElement === ${posters}[24]`);
    await holds(page, `new Set(${posters}.map(({ href }) => href)).size === 26`);
    await page.getByRole('button', { name: 'More' }).waitFor({ state: 'hidden' });
    await shoot(page, 'libraryFull');
  });

  it('use two tabs on one session, and leave both at once', async () => {
    const { page, excuse } = await visit();
    excuse(/status of 401/);
    await register(page, service.url);
    await page.evaluate(
      `localStorage.setItem('directorai.session', JSON.stringify({ ...JSON.parse(localStorage.getItem('directorai.session')), token: 'expired' }))`,
    );
    const other = await page.context().newPage();
    await Promise.all([page.reload(), other.goto(service.url)]);
    for (const tab of [page, other]) await tab.getByText('The first one starts with a sentence').waitFor();
    await holds(other, `JSON.parse(localStorage.getItem('directorai.session')).token !== 'expired'`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    for (const tab of [page, other]) await tab.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  });
});
