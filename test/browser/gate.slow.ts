import assert from 'node:assert/strict';
import { chinese as zh } from '../../src/studio/wordsZh.ts';
import { useService } from '../sdk/service.ts';
import { holds, password, shoot, useBrowser } from './studio.ts';

describe('the gate of the studio', function () {
  this.timeout(120_000);
  const service = useService();
  const { visit } = useBrowser();

  it('says beside an input what is wrong with it, until it is changed', async () => {
    const { page, excuse } = await visit();
    excuse(/status of 400/);
    await page.goto(service.url);
    await page.getByRole('button', { name: /New here/ }).click();
    await page.getByLabel('Name', { exact: true }).fill('Mika');
    const email = page.getByLabel('E-mail');
    await email.fill('mika@example');
    const secret = page.getByLabel('Password');
    assert.equal(await secret.getAttribute('minlength'), '8');
    await page.getByText('At least 8 characters.').waitFor();
    await secret.fill(password);
    await page.getByRole('button', { name: 'Create an account', exact: true }).click();
    await page.locator('input[name="email"][aria-invalid="true"]').waitFor();
    await holds(page, `document.activeElement.name === 'email'`);
    const said = await page.locator(`#${await email.getAttribute('aria-describedby')}`).textContent();
    assert.match(said ?? '', /\w/);
    assert.equal(await page.getByRole('alert').count(), 0);
    await shoot(page, 'registerFault');
    await email.fill('mika@example.com');
    assert.equal(await email.getAttribute('aria-invalid'), null);
    assert.equal(await page.getByText(said ?? '').count(), 0);
  });

  it('breaks the Chinese headline between its parts, and shows stills of a film', async () => {
    const { page } = await visit({ locale: 'zh-CN' });
    await page.goto(service.url);
    await page.getByRole('button', { name: zh.signIn, exact: true }).waitFor();
    const lines = `[...document.querySelectorAll('.lead h1 span')].map((part) => part.getClientRects().length)`;
    const most = `document.documentElement.scrollWidth - document.documentElement.clientWidth`;
    for (const width of [390, 800, 900, 1024, 1280, 1800]) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await page.evaluate(lines), [1, 1], `${width}`);
      assert.equal(await page.evaluate(most), 0);
      const isInside = `document.querySelector('.lead').scrollWidth <= document.querySelector('.lead').clientWidth`;
      assert.ok(await page.evaluate(isInside), `${width}`);
    }
    await page.setViewportSize({ width: 1280, height: 860 });
    assert.equal(await page.locator('.strip img').count(), 5);
    assert.equal(await page.locator('.strip img').first().getAttribute('alt'), zh.still1);
    await holds(page, `[...document.querySelectorAll('.strip img')].every((one) => one.naturalWidth === 480)`);
    await shoot(page, 'gateChinese');
  });
});
