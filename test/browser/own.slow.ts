import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { useService } from '../sdk/service.ts';
import { holds, isDrawnAnew, order, playsFilm, register, shoot, useBrowser } from './studio.ts';

/** Lets a picture fall on the page, as a hand with a mouse would. */
async function drop(page: Page): Promise<void> {
  const png = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#c8602a' } })
    .png()
    .toBuffer();
  const dataTransfer = await page.evaluateHandle(
    `(() => {
      const all = new DataTransfer();
      const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (one) => one.charCodeAt(0));
      all.items.add(new File([bytes], 'fox.png', { type: 'image/png' }));
      return all;
    })()`,
  );
  await page.dispatchEvent('.drop', 'drop', { dataTransfer });
  await page.locator('.previews li:not(.developing) img[alt="fox.png"]').waitFor();
}

const narrations = (page: Page) => page.locator('.board .said').allTextContents();

describe('a film made one’s own', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.1' });
  const { visit } = useBrowser();

  it('begins with a dropped picture, is rearranged and recast before it is paid for, and goes home as files', async () => {
    const { page } = await visit();
    page.on('dialog', (dialog) => void dialog.accept());
    await register(page, service.url);
    await page.getByRole('navigation').getByRole('link', { name: 'New film' }).click();
    await drop(page);
    await shoot(page, 'droppedPicture');
    await order(page, { review: true, shape: '9:16', stay: true });
    await page.getByRole('button', { name: 'Confirm and film' }).waitFor();
    assert.equal(await page.getByLabel('Format').inputValue(), '9:16');
    const [first = '', second = ''] = await narrations(page);

    await page.locator('.scene[data-scene="1"]').getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Later' }).click();
    await page.locator('.scene[data-scene="1"]').getByText(second).waitFor();
    assert.deepEqual(await narrations(page), [second, first]);
    await page.getByRole('button', { name: 'Add a scene' }).click();
    await page.getByLabel('What happens in it?').fill('A gull takes the boat in tow.');
    await shoot(page, 'addingScene');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('.scene[data-scene="3"]').waitFor();
    await page.locator('.scene[data-scene="2"]').getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.locator('.scene[data-scene="3"]').waitFor({ state: 'detached' });
    assert.deepEqual(await narrations(page), [second, 'A gull takes the boat in tow.']);

    await page.locator('.sheet').getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Looks').fill('a small fox with a green scarf and bright eyes');
    await shoot(page, 'characterEdited');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.sheet').getByText('green scarf').waitFor();
    await page.getByRole('button', { name: 'Confirm and film' }).click();

    await playsFilm(page);
    const { width = 0, height = 0 } = (await page.locator('.player video').boundingBox()) ?? {};
    assert.ok(Math.abs(width / height - 9 / 16) < 0.02, `the screen is ${width} × ${height}`);
    await shoot(page, 'portrait');
    await page.getByRole('checkbox', { name: 'Subtitles' }).uncheck();
    await holds(page, `document.querySelector('.player video').textTracks[0].mode === 'hidden'`);
    await page.getByRole('checkbox', { name: 'Subtitles' }).check();
    await holds(page, `document.querySelector('.player video').textTracks[0].mode === 'showing'`);
    for (const [button, begin] of [
      ['Download', 'ftyp'],
      ['Everything (ZIP)', 'PK'],
    ] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByText(button).click()]);
      const head = readFileSync(await download.path()).subarray(0, 12);
      assert.ok(head.includes(begin), `${button} is ${head}`);
    }
    await page.locator('.sheet').getByRole('button', { name: 'New picture' }).click();
    await isDrawnAnew(page.locator('.sheet'), () => page.getByRole('button', { name: 'Draw it' }).click());
    await page.locator('.sheet').getByRole('button', { name: 'New picture' }).waitFor();
    await page.reload();
    await page.locator('.player video').waitFor();
  });
});
