import assert from 'node:assert/strict';
import { english as en } from '../../src/studio/wordsEn.ts';
import { useService } from '../sdk/service.ts';
import { eventually } from '../support/eventually.ts';
import { holds, order, register, useBrowser } from './studio.ts';

describe('around every page of the studio', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.3' });
  const { visit } = useBrowser();

  it('the tab says how far a film is, and that it was finished while nobody looked', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 2 });
    await eventually('a percentage', async () => /^\d+ % · .*Studio$/.test(await page.title()), 60_000);
    await page.evaluate(
      `Object.defineProperty(document, 'hidden', { value: true, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))`,
    );
    await eventually('a word', async () => (await page.title()).startsWith(`${en.tabFinished} · `), 90_000);
    await page.evaluate(`delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))`);
    await eventually('nothing before it', async () => !/[%✓]/.test(await page.title()));
  });

  it('the light tells whether it is on', async () => {
    const { page } = await visit({ colorScheme: 'dark' });
    await page.goto(service.url);
    const dark = page.getByRole('button', { name: en.dark, exact: true });
    assert.equal(await dark.getAttribute('aria-pressed'), 'true');
    assert.equal(await dark.getAttribute('title'), en.toLight);
    await dark.click();
    assert.equal(await dark.getAttribute('aria-pressed'), 'false');
    assert.equal(await dark.getAttribute('title'), en.toDark);
    await holds(page, `getComputedStyle(document.body).backgroundColor === 'rgb(245, 240, 231)'`);
  });
});
