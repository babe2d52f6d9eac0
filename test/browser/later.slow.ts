import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { statusOf } from '../providers/sandbox/client.ts';
import { useService } from '../sdk/service.ts';
import { holds, order, playsFilm, register, shoot, useBrowser } from './studio.ts';

const aDayMs = 86_400_000;

describe('a page that is looked at again later', function () {
  this.timeout(240_000);
  let secret = 'the secret that signs addresses today';
  const service = useService(() => ({ SANDBOX_LATENCY_SCALE: '0.5', JWT_SECRET: secret }));
  const { visit } = useBrowser();

  it('plays clips and the film, and saves it, though every address on it has run out', async () => {
    const { page, excuse } = await visit();
    await register(page, service.url);
    await order(page);
    await playsFilm(page);
    const old: string = await page.evaluate(`document.querySelector('.player video').src`);
    excuse(/status of (401|403|503)|net::ERR_/);
    await service.kill();
    secret = 'the secret that signs addresses tomorrow';
    await service.start();
    assert.equal(await statusOf(fetch(old)), 403);

    // What the browser still keeps of the old addresses is of no use under another one.
    const clip = `document.querySelector('.scene[data-scene="1"] video')`;
    await page.evaluate(`${clip}.src += '&'`);
    await page.getByRole('button', { name: 'Play Scene 1' }).click();
    await holds(page, `${clip}.currentTime > 0.5`);
    const film = `document.querySelector('.player video')`;
    await page.evaluate(`${film}.src += '&'; ${film}.play().catch(() => {})`);
    await holds(page, `${film}.currentTime > 0.5`);
    assert.equal(await statusOf(fetch(await page.evaluate(`${film}.src`))), 200);
    await page.evaluate(`document.querySelector('.sheet img').src += '&'`);
    await holds(page, `document.querySelector('.sheet img').naturalWidth > 0`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download').click()]);
    assert.ok(
      readFileSync(await download.path())
        .subarray(0, 12)
        .includes('ftyp'),
    );
    await shoot(page, 'later');
  });

  it('tells the time left by the pace since one tried again, not by the day in between', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 4 });
    await page.locator('.scene[data-scene="1"]').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await service.database.db('tasks').update({ created_at: new Date(Date.now() - aDayMs) });
    await page.reload();
    await again.waitFor();
    await page.evaluate(`(() => {
      window.told = [];
      const left = document.querySelector('.progress .left');
      new MutationObserver(() => window.told.push(left.textContent)).observe(left, { childList: true });
    })()`);
    await again.click();
    await page.locator('.player video').waitFor();
    const told: string[] = await page.evaluate('window.told');
    const times = told.flatMap((text) => /about (\d+) (s|min) left/.exec(text)?.slice(1, 3).join(' ') ?? []);
    assert.ok(times.length > 0, told.join('; '));
    for (const time of times) assert.ok(time.endsWith(' s') || Number.parseInt(time, 10) < 60, time);
  });
});
