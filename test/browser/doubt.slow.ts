import assert from 'node:assert/strict';
import { useService } from '../sdk/service.ts';
import { order, playsFilm, register, shoot, tongues, useBrowser } from './studio.ts';
import { useVendors } from './vendors.ts';

const { en, zh } = tongues;

describe('a paid call whose answer was lost', function () {
  this.timeout(240_000);
  const { vendors, settings } = useVendors();
  const service = useService(() => ({ ...settings(), GLM_ON_DOUBT: 'hold', GEMINI_ON_DOUBT: 'hold' }));
  const { visit } = useBrowser();
  const loses = (path: 'chat' | 'images' | 'videos', nth: number) =>
    vendors().script([{ path, nth, fault: { lost: true } }]);

  it('waits on the card of its scene with what it may have cost, until one buys it again', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await loses('images', 2);
    await order(page);
    const trouble = page.locator('.scene .trouble');
    await trouble.getByText('It may have cost $0.13 already.').waitFor();
    await page.locator('.progress[data-status="held"]').getByText(en.held).waitFor();
    assert.equal(await page.locator('.trouble').count(), 1);
    assert.doesNotMatch((await page.locator('.progress .left').textContent()) ?? '', /left/);
    await shoot(page, 'doubt');
    await page.getByRole('link', { name: en.library, exact: true }).click();
    await page.locator('a.poster').getByText(en.held).click();
    await trouble.waitFor();
    await page.reload();
    await trouble.getByRole('button', { name: en.buyAgain }).click();
    await trouble.waitFor({ state: 'detached' });
    await playsFilm(page);
    await page.getByText(/^It cost \$1\.55 · pictures: 3 · clips: 2$/).waitFor();
  });

  it('is given up where one accepts the loss, and can be tried again later', async () => {
    const { page } = await visit({ locale: 'zh-CN' });
    await register(page, service.url, zh);
    await loses('videos', 1);
    await order(page, { words: zh });
    const trouble = page.locator('.scene .trouble');
    await trouble.getByRole('button', { name: zh.buyAgain }).waitFor();
    await page.locator('.progress').getByText(zh.held).waitFor();
    await shoot(page, 'doubtZh');
    await trouble.getByRole('button', { name: zh.acceptLoss }).click();
    await trouble.getByRole('button', { name: zh.tryAgain }).click();
    await playsFilm(page);
  });

  it('waits on a sheet, and before there is a screenplay', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await vendors().script([
      { path: 'chat', nth: 1, fault: { lost: true } },
      { path: 'images', nth: 1, fault: { lost: true } },
    ]);
    await order(page);
    await page.getByText(/A paid call to glm was sent/).waitFor();
    await shoot(page, 'doubtScreenplay');
    await page.getByRole('button', { name: en.buyAgain }).click();
    const trouble = page.locator('.sheet .trouble');
    await trouble.getByText(/A paid call to gemini was sent/).waitFor();
    await shoot(page, 'doubtSheet');
    await trouble.getByRole('button', { name: en.buyAgain }).click();
    await playsFilm(page);
  });
});
