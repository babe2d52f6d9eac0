import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { attachment } from '../../src/storage/contentDisposition.ts';
import { contentTypeOfKey, extensionOf, mediaKey } from '../../src/storage/keys.ts';

const userId = '0198c0de-0000-7000-8000-000000000001';
const mediaId = '0198c0de-0000-7000-8000-000000000002';

describe('mediaKey', () => {
  it('is made of ids, the fence, the variant and the type', () => {
    assert.equal(mediaKey({ userId, mediaId, extension: 'mp4' }), `media/${userId}/${mediaId}.mp4`);
    assert.equal(
      mediaKey({ userId, mediaId, fence: 12, variant: 'thumbnail', extension: 'webp' }),
      `media/${userId}/${mediaId}-f12-thumbnail.webp`,
    );
  });

  it('refuses what is not an id', () => {
    for (const odd of ['..', 'a/b', '', 'x'.repeat(36), `${userId}/..`]) {
      assert.throws(() => mediaKey({ userId: odd, mediaId, extension: 'png' }), TypeError);
      assert.throws(() => mediaKey({ userId, mediaId: odd, extension: 'png' }), TypeError);
    }
    assert.throws(() => mediaKey({ userId, mediaId, fence: -1, extension: 'png' }), TypeError);
    assert.throws(() => mediaKey({ userId, mediaId, fence: 1.5, extension: 'png' }), TypeError);
  });

  it('knows the type of a key and refuses every spelling of a path that leaves the store', () => {
    assert.equal(
      contentTypeOfKey(mediaKey({ userId: randomUUID(), mediaId: randomUUID(), extension: 'vtt' })),
      'text/vtt',
    );
    const key = `media/${userId}/${mediaId}.png`;
    const odd = [
      '..%2f..%2fetc',
      `${key}\n`,
      `${key}\0.png`,
      `C:\\${key}`,
      `./${key}`,
      `${key}/`,
      key.toUpperCase(),
      `media/${userId}/../${mediaId}.png`,
    ];
    for (const text of [
      ...odd,
      `media/${userId}/${mediaId}.exe`,
      `media/${userId}/${mediaId}.constructor`,
      'ａ'.repeat(5000),
    ]) {
      assert.throws(() => contentTypeOfKey(text), TypeError);
    }
  });

  it('finds the extension of a content type', () => {
    assert.equal(extensionOf('image/JPEG'), 'jpg');
    assert.equal(extensionOf('text/vtt; charset=utf-8'), 'vtt');
    assert.equal(extensionOf('image/svg+xml'), undefined);
    assert.equal(extensionOf('constructor'), undefined);
  });
});

describe('attachment', () => {
  it('keeps a name whole for new browsers and harmless for old ones', () => {
    assert.equal(attachment('film.mp4'), `attachment; filename="film.mp4"; filename*=UTF-8''film.mp4`);
    assert.equal(
      attachment("小猫's.mp4"),
      `attachment; filename="film.mp4"; filename*=UTF-8''%E5%B0%8F%E7%8C%AB%27s.mp4`,
    );
    for (const [name, plain] of [
      ['看海的小猫.zip', 'screenplay.zip'],
      ['小猫.PNG', 'picture.PNG'],
      ['a "b" c.jpg', 'a _b_ c.jpg'],
      ['小猫', 'download'],
      [`${'x'.repeat(300)}.mp4`, `${'x'.repeat(150)}.mp4`],
    ] as const) {
      assert.ok(attachment(name).startsWith(`attachment; filename="${plain}"; `), attachment(name));
    }
  });

  it('lets no name end the header or its own quotes', () => {
    for (const name of ['a"; filename="b', 'a\r\nset-cookie: x=1', '../../x', 'a\\"b', '\ud800', '']) {
      assert.match(attachment(name), /^attachment; filename="[^"\\\r\n/]+"; filename\*=UTF-8''[\w%.!~-]*$/);
    }
  });
});
