import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { useService } from '../sdk/service.ts';
import { openTinyBucket, type TinyBucket } from '../storage/tinyBucket.ts';
import { order, playsFilm, register, tongues, useBrowser } from './studio.ts';

const { en } = tongues;

describe('a film in a bucket that clients reach', function () {
  this.timeout(240_000);
  let bucket: TinyBucket;
  before(async () => {
    bucket = await openTinyBucket({ isOpenToPages: true });
  });
  const service = useService(() => ({ SANDBOX_LATENCY_SCALE: '0.1', ...bucket.settings }));
  const { visit } = useBrowser();
  after(() => bucket.close());

  it('has its subtitles, and is saved without leaving the page', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 1 });
    await playsFilm(page);
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 20_000 }),
      page.getByText(en.download).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'film.mp4');
    assert.ok(
      readFileSync(await download.path())
        .subarray(0, 12)
        .includes('ftyp'),
    );
    assert.ok(page.url().startsWith(service.url));
  });
});
