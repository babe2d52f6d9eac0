import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { useApp } from './testApp.ts';

const room = fileURLToPath(new URL('../../src/studio/css/', import.meta.url));
const sheets = readdirSync(room);

describe('the files of the studio', () => {
  const app = useApp();

  it('are code that is asked after each time, and pictures that may be kept for a day', async () => {
    const code = await app.anyone().get('/studio/main.ts').expect(200);
    assert.match(code.headers['content-type'] ?? '', /^text\/javascript/);
    assert.equal(code.headers['cache-control'], 'no-cache');
    const picture = await app.anyone().get('/studio/stills/still1.webp').expect(200);
    assert.equal(picture.headers['content-type'], 'image/webp');
    assert.equal(picture.headers['cache-control'], 'public, max-age=86400');
    assert.equal(picture.headers['content-encoding'], undefined);
    assert.equal(picture.body.subarray(8, 12).toString(), 'WEBP');
    const known = app.anyone().get('/studio/stills/still1.webp').set('if-none-match', `${picture.headers.etag}`);
    await known.expect(304);
  });

  it('are one style sheet, with every sheet of the room in the place where it is imported', async () => {
    const page = await app.anyone().get('/').expect(200);
    const links = [...page.text.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, href]) => href);
    assert.deepEqual(links, ['/studio/css/studio.css']);
    const sheet = await app.anyone().get('/studio/css/studio.css').expect(200);
    assert.equal(sheet.headers['cache-control'], 'no-cache');
    assert.doesNotMatch(sheet.text, /@import/);
    for (const name of sheets.filter((one) => one !== 'studio.css'))
      assert.ok(sheet.text.includes(readFileSync(room + name, 'utf8')), name);
    for (const [, url = ''] of sheet.text.matchAll(/url\(([^)]+)\)/g))
      await app.anyone().get(new URL(url, 'http://studio/studio/css/studio.css').pathname).expect(200);
  });

  it('are sheets of at most 300 lines', () => {
    const lines = (name: string) => readFileSync(room + name, 'utf8').split('\n').length - 1;
    assert.deepEqual(
      sheets.filter((name) => lines(name) > 300),
      [],
    );
  });
});
