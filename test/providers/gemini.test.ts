import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ImageRequest } from '../../src/providers/abilities.ts';
import { gemini } from '../../src/providers/gemini.ts';
import { callOf, failureOf, meaningOf, never, serving, settingsFor, useSandbox } from './support.ts';

const request: ImageRequest = { prompt: 'anime style, a cat on a roof', size: '256x144', references: [] };

/** What the provider makes of an answer, and the body it sent. */
async function answering(answer: unknown, asked = request) {
  let body = '';
  const made = await serving(
    (req, res) => {
      req.on('data', (chunk) => {
        body += chunk;
      });
      req.on('end', () => res.end(JSON.stringify(answer)));
    },
    (origin) => gemini(settingsFor('gemini', origin)).generate(asked, callOf('k')),
  );
  return { made, sent: JSON.parse(body) };
}

describe('gemini', () => {
  const sandbox = useSandbox();
  const provider = () => gemini(settingsFor('gemini', sandbox.url, 'key'));
  const fileFor = (name: string) => join(sandbox.dir, `${name}-${randomBytes(3).toString('hex')}`);

  it('draws a picture of the asked size and fetches it', async () => {
    const answer = await provider().generate(request, callOf('picture-1'));
    assert.ok('url' in answer);
    const file = fileFor('picture');
    await provider().download(answer, file, never);
    const { format, width, height } = await sharp(await readFile(file)).metadata();
    assert.deepEqual([format, width, height], ['png', 256, 144]);
  });

  it('takes pictures that come as bytes', async () => {
    await sandbox.misbehave({ path: 'images', fault: { b64: true } });
    const answer = await provider().generate(request, callOf('picture-2'));
    assert.ok('base64' in answer);
    const file = fileFor('bytes');
    await provider().download(answer, file, never);
    assert.equal((await sharp(await readFile(file)).metadata()).width, 256);
  });

  it('keeps nothing that is no picture', async () => {
    const answer = await provider().generate(request, callOf('picture-3'));
    for (const fault of [{ notMedia: true }, { truncate: true }, { status: 404 }, { status: 500 }]) {
      await sandbox.misbehave({ path: 'media', count: 1, fault });
      assert.match(meaningOf(await failureOf(provider().download(answer, fileFor('broken'), never))), / no retry$/);
    }
    const text = { base64: Buffer.from('<html></html>').toString('base64') };
    assert.match(meaningOf(await failureOf(provider().download(text, fileFor('broken'), never))), /7003.* no retry$/);
    assert.deepEqual(
      (await readdir(sandbox.dir)).filter((name) => name.startsWith('broken')),
      [],
    );
  });

  it('says that a prompt was refused and which setting a retired model needs', async () => {
    await sandbox.misbehave({ path: 'images', count: 1, fault: { refuse: true } });
    const refused = await failureOf(provider().generate(request, callOf('picture-4')));
    assert.equal(meaningOf(refused), '7001 provider_refused no final');
    await sandbox.misbehave({ path: 'images', count: 1, fault: { retired: true } });
    assert.match((await failureOf(provider().generate(request, callOf('picture-5')))).message, /IMAGE_MODEL/);
  });

  it('waits as long as a busy vendor asks', async () => {
    await sandbox.misbehave({ path: 'images', fault: { status: 429, retryAfter: 3 } });
    const busy = await failureOf(provider().generate(request, callOf('picture-6')));
    assert.equal(meaningOf(busy), '7002 provider_unavailable no retry cool');
    assert.equal(busy.retryAfterMs, 3000);
  });
});

describe('gemini requests and answers', () => {
  const url = 'https://files.example.com/a.png';
  const url_ = { url };

  it('name references only where there are some', async () => {
    const plain = await answering({ data: [{ url }] });
    const { prompt, size } = request;
    const body = { model: 'gemini-3-pro-image-preview-hd', prompt, size, response_format: 'url', n: 1 };
    assert.deepEqual(plain.sent, body);
    const references = ['https://files.example.com/r.png', 'data:image/png;base64,AA=='];
    assert.deepEqual((await answering({ data: [{ url }] }, { ...request, references })).sent, {
      ...body,
      image: references,
    });
  });

  const content = (text: string) => ({ choices: [{ message: { content: text } }] });
  const parts = (...list: object[]) => ({ candidates: [{ content: { parts: list } }] });
  const shapes: [string, object, object][] = [
    ['an address', { data: [{ url }] }, url_],
    ['bytes', { data: [{ b64_json: 'QUJD' }] }, { base64: 'QUJD' }],
    ['a data URL for an address', { data: [{ url: 'data:image/png;base64,QUJD' }] }, { base64: 'QUJD' }],
    ['a data URL for bytes', { data: [{ b64_json: 'data:image/png;base64,QUJD' }] }, { base64: 'QUJD' }],
    ['a markdown picture in chat text', content(`Here: ![cat](${url}) enjoy`), url_],
    ['a bare address in chat text', content(`Here: ${url} enjoy`), url_],
    ['a data URL in chat text', content('![cat](data:image/webp;base64,QUJD)'), { base64: 'QUJD' }],
    [
      "Gemini's own parts",
      parts({ text: 'a cat' }, { inlineData: { mimeType: 'image/png', data: 'QUJD' } }),
      { base64: 'QUJD' },
    ],
    ['parts with an address', parts({ text: url }), url_],
  ];
  for (const [name, answer, expected] of shapes) {
    it(`understand ${name}`, async () => assert.deepEqual((await answering(answer)).made, expected));
  }

  const failures: [string, object, string][] = [
    ['no picture', { data: [] }, '7003 provider_bad_output unknown retry'],
    [
      'an error in a success',
      { error: { code: 'overloaded', message: 'later' } },
      '7003 provider_bad_output unknown retry',
    ],
    ['a refusal in a success', { error: { code: 'content_filter', message: 'no' } }, '7001 provider_refused no final'],
    ['a safety stop', { candidates: [{ finishReason: 'IMAGE_SAFETY' }] }, '7001 provider_refused no final'],
    ['a list', [], '7003 provider_bad_output unknown retry'],
  ];
  for (const [name, answer, meaning] of failures) {
    it(`know ${name}`, async () => assert.equal(meaningOf(await failureOf(answering(answer))), meaning));
  }

  it('stay quick on megabytes of bytes and brackets', async () => {
    const before = performance.now();
    const bytes = 'A'.repeat(20_000_000);
    const { made } = await answering(content(`![cat](data:image/png;base64,${bytes})`));
    assert.deepEqual('base64' in made && made.base64.length, bytes.length);
    await failureOf(answering(content('!['.repeat(500_000))));
    assert.ok(performance.now() - before < 5000);
  });
});

describe('gemini with look-up', () => {
  const sandbox = useSandbox('lookup');

  it('finds the picture whose answer was lost', async () => {
    const provider = gemini(settingsFor('gemini', sandbox.url, 'lookup'));
    await sandbox.misbehave({ path: 'images', fault: { lost: true } });
    await failureOf(provider.generate(request, callOf('lost-1')));
    const found = await provider.lookup('lost-1', never);
    assert.ok(found && 'url' in found && found.url.startsWith(sandbox.url));
  });
});
