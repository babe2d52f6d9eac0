import assert from 'node:assert/strict';
import { useApp } from './testApp.ts';

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
});
