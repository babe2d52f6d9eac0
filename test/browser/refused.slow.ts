import assert from 'node:assert/strict';
import { useService } from '../sdk/service.ts';
import { order, playsFilm, register, shoot, tongues, useBrowser } from './studio.ts';
import { useVendors } from './vendors.ts';

describe('a scene that the vendor refuses', function () {
  this.timeout(240_000);
  const { vendors, settings } = useVendors();
  const service = useService(settings);
  const { visit } = useBrowser();

  for (const [tongue, locale] of [
    ['en', 'en-US'],
    ['zh', 'zh-CN'],
  ] as const)
    it(`says why on its own card, and is made there when one tries again (${tongue})`, async () => {
      const words = tongues[tongue];
      const { page } = await visit({ locale });
      await register(page, service.url, words);
      await vendors().script([{ path: 'images', nth: 3, fault: { refuse: true } }]);
      await order(page, { words });
      const trouble = page.locator('.scene .trouble');
      await trouble.getByRole('button', { name: words.tryAgain }).waitFor();
      assert.equal(await trouble.count(), 1);
      await trouble.getByText(/^\$0\.\d\d · /).waitFor();
      await shoot(page, tongue === 'zh' ? 'refusedZh' : 'refused');
      await trouble.getByRole('button', { name: words.tryAgain }).click();
      await playsFilm(page);
    });

  it('says what another try costs where there is no screenplay yet', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await vendors().script([{ path: 'chat', nth: 1, fault: { refuse: true } }]);
    await order(page);
    await page.getByRole('button', { name: tongues.en.tryAgain }).waitFor();
    await page
      .locator('.progress')
      .getByText(/^\$\d\.\d+ · about /)
      .waitFor();
    await shoot(page, 'refusedScreenplay');
    await page.getByRole('button', { name: tongues.en.tryAgain }).click();
    await playsFilm(page);
  });
});
