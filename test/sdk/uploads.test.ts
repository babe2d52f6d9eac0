import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { answer, hangUp, refuse, useScripted } from './scripted.ts';
import { sdk } from './sdk.ts';

const media = {
  ...{ id: '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e07', type: 'image', originalFilename: 'sea.png', mimeType: 'image/png' },
  ...{ size: 9, width: 1, height: 1, duration: null, url: 'http://films.example.com/x', thumbnailUrl: null },
  createdAt: '2026-11-23T09:30:00.000Z',
};
const large = () => new File([new Uint8Array(300_000)], 'sea.png', { type: 'image/png' });

describe('media.upload', () => {
  const service = useScripted();
  const bucket = useScripted();
  const bucketUrl = () => `${bucket.origin()}/films/uploads/1.png?X-Amz-Signature=secret`;
  const headers = { 'content-type': 'image/png', 'if-none-match': '*' };
  const ticket = () =>
    answer({ uploadId: media.id, method: 'PUT', url: bucketUrl(), headers, expiresAt: media.createdAt }, 201);
  const asked = () => service.heard.map(({ method, url }) => `${method} ${url.replace('/api/v1', '')}`);
  const completed = `POST /media/uploads/${media.id}/complete`;
  const taken = answer(null);

  it('sends a large picture to the bucket, without a token and with the headers that were signed', async () => {
    service.play(ticket(), answer(media, 201));
    bucket.play(taken);
    const made = await service.client().media.upload(large());
    assert.equal(made.id, media.id);
    assert.deepEqual(asked(), ['POST /media/uploads', completed]);
    const about = { name: 'sea.png', mimeType: 'image/png', byteSize: 300_000 };
    assert.deepEqual(JSON.parse(service.heard[0]?.body ?? ''), about);
    const [put] = bucket.heard;
    assert.deepEqual(
      [put?.method, put?.headers['content-length'], put?.headers['if-none-match']],
      ['PUT', '300000', '*'],
    );
    assert.deepEqual([put?.headers.authorization, put?.headers['idempotency-key']], [undefined, undefined]);
  });

  it('takes it for sent when the bucket has it already', async () => {
    service.play(ticket(), answer(media, 201));
    bucket.play(refuse(412, 'precondition'));
    await service.client().media.upload(large());
    assert.deepEqual(asked(), ['POST /media/uploads', completed]);
  });

  for (const [what, act] of [
    ['is out of reach', hangUp],
    ['refuses', refuse(403, 'signature')],
  ] as const) {
    it(`goes through the service when the bucket ${what}, and does not try that again`, async () => {
      const client = service.client();
      service.play(ticket(), answer(media, 201));
      bucket.play(act);
      await client.media.upload(large());
      await client.media.upload(large());
      assert.deepEqual(asked(), ['POST /media/uploads', 'POST /media', 'POST /media']);
    });
  }

  it('goes through a service that offers nothing else, and asks once only', async () => {
    for (const refusal of [refuse(409, 'direct_upload_unsupported'), refuse(405, 'method_not_allowed')]) {
      const client = service.client();
      service.play(refusal, answer(media, 201));
      await client.media.upload(large());
      await client.media.upload(large());
      assert.deepEqual(asked(), ['POST /media/uploads', 'POST /media', 'POST /media']);
    }
  });

  it('sends a small picture, one of another type, and one with a key, in one request', async () => {
    service.play(answer(media, 201));
    const client = service.client();
    await client.media.upload(new File(['small'], 'sea.png', { type: 'image/png' }));
    await client.media.upload(new File([large()], 'sea.bin'));
    await client.media.upload(large(), { idempotencyKey: 'one' });
    assert.deepEqual(asked(), ['POST /media', 'POST /media', 'POST /media']);
  });

  it('says it when the picture is refused, or there is no room', async () => {
    service.play(ticket(), refuse(400, 'media_unreadable'));
    bucket.play(taken);
    await assert.rejects(service.client().media.upload(large()), { status: 400 });
    service.play(refuse(409, 'quota_reached'));
    await assert.rejects(service.client().media.upload(large()), { status: 409 });
    assert.deepEqual(asked(), ['POST /media/uploads']);
  });
});

describe('what media.upload is given', () => {
  const service = useScripted();
  const most = 20 * 1024 * 1024;
  let dir: string;
  let path: string;

  before(async () => {
    dir = await makeDataDir('sdk-uploads');
    path = join(dir, 'a b.jpg');
    await writeFile(path, 'a picture');
  });
  after(() => rm(dir, { recursive: true, force: true }));
  beforeEach(() => service.play(answer(media, 201)));

  /** A stream that goes on for good, or brings something once and then nothing. */
  const endless = (state: { cancelled?: unknown }, stuck: boolean) =>
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
      pull: (controller) => (stuck ? new Promise(() => undefined) : controller.enqueue(new Uint8Array(1024 * 1024))),
      cancel: (reason) => {
        state.cancelled = reason ?? true;
      },
    });
  async function* chunksFrom(state: { cancelled?: unknown }, stream: ReadableStream<Uint8Array>) {
    try {
      for await (const chunk of stream) yield chunk;
    } finally {
      state.cancelled ??= true;
    }
  }

  it('has the name of its file, also as a stream', async () => {
    const client = service.client();
    for (const upload of [path, pathToFileURL(path), createReadStream(path), new File(['x'], 'a b.jpg')]) {
      service.play(answer(media, 201));
      await client.media.upload(upload);
      assert.match(service.heard[0]?.body ?? '', /filename="a b\.jpg"\r\nContent-Type: image\/jpeg/i);
    }
  });

  it('is refused with an error of the package where it cannot be read', async () => {
    const client = service.client();
    const missing = join(dir, 'nope.jpg');
    // A stream is opened only when it is its turn: until somebody reads it, its error is nobody's.
    for (const source of [() => missing, () => createReadStream(missing)]) {
      await assert.rejects(client.media.upload(source()), (error: unknown) => {
        assert.ok(error instanceof sdk.DirectorAIError && error.cause instanceof Error);
        assert.match(error.message, /cannot be read: ENOENT/);
        return true;
      });
    }
    await assert.rejects(client.users.setAvatar(missing), sdk.DirectorAIError);
    assert.equal(service.heard.length, 0);
  });

  it('is no more than the service takes, and a stream is left where it is more', async () => {
    const client = service.client();
    const [web, iterated]: { cancelled?: unknown }[] = [{}, {}];
    const huge = join(dir, 'huge.jpg');
    await writeFile(huge, '');
    await truncate(huge, most + 1);
    const uploads = [
      endless(web ?? {}, false),
      chunksFrom(iterated ?? {}, endless({}, false)),
      huge,
      new Uint8Array(most + 1),
      new Blob([new Uint8Array(most + 1)]),
    ];
    for (const upload of uploads) await assert.rejects(client.media.upload(upload), /may have 20 MiB/);
    await eventually('both streams are told', () => web?.cancelled && iterated?.cancelled);
    assert.equal(service.heard.length, 0);
    await client.media.upload(new Uint8Array(most));
  });

  it('is given up on as soon as the signal is aborted', async () => {
    const state: { cancelled?: unknown } = {};
    const client = service.client();
    const options = () => ({ signal: AbortSignal.timeout(50) });
    await assert.rejects(client.media.upload(endless(state, true), options()), { name: 'TimeoutError' });
    await assert.rejects(client.media.upload(chunksFrom({}, endless({}, true)), options()), { name: 'TimeoutError' });
    const gone = AbortSignal.abort(new Error('no more'));
    await assert.rejects(client.users.setAvatar(path, { signal: gone }), /no more/);
    assert.ok(state.cancelled);
    assert.equal(service.heard.length, 0);
  });
});

describe('media.save', () => {
  const service = useScripted();
  let dir: string;

  before(async () => {
    dir = await makeDataDir('sdk-save');
  });
  after(() => rm(dir, { recursive: true, force: true }));

  it('tells a file that cannot be written from one that broke off on its way, and leaves nothing of it', async () => {
    const client = service.client({ maxRetries: 0 });
    service.play((res) => void res.writeHead(200).end('bytes'));
    const nowhere = client.media.save(media.id, join(dir, 'no/folder.mp4'));
    await assert.rejects(nowhere, { name: 'DirectorAIError', message: /cannot be written: ENOENT/ });
    service.play((res) => {
      res.writeHead(200, { 'content-length': '100' }).write('half', () => setImmediate(() => res.destroy()));
    });
    await assert.rejects(client.media.save(media.id, join(dir, 'half.mp4')), sdk.ConnectionError);
    assert.deepEqual(await readdir(dir), []);
  });
});
