import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { photo } from '../operations/fixtures.ts';
import { password, useService } from './service.ts';
import './sdk.ts';

const entry = fileURLToPath(new URL('../../sdk/dist/index.js', import.meta.url));
const story = { prompt: 'a kitten sees the sea', sceneCount: 1, characterCount: 1, sceneSeconds: 5 };

/** What runs in the page: a story of a person who makes a film there. */
const program = (baseUrl: string, picture: number[]) => `
  import { DirectorAI, NotFoundError } from '/sdk.js';
  const entries = [];
  const visitor = new DirectorAI({ baseUrl: '${baseUrl}', maxRetries: 40 });
  const session = await visitor.auth.register({ username: 'ada', email: 'ada@example.com', password: '${password}' });
  const client = new DirectorAI({
    baseUrl: '${baseUrl}', token: session.token, refreshToken: session.refreshToken, maxRetries: 40,
    logger: (entry) => entries.push(entry),
  });
  const missing = await client.tasks.get(session.userId).catch((error) => error);
  const { requestId } = await client.auth.me().withResponse();
  const file = new File([new Uint8Array(${JSON.stringify(picture)})], 'kitten.jpg', { type: 'image/jpeg' });
  const uploaded = await client.media.upload(file);
  const noPath = await client.media.upload('/etc/passwd').catch((error) => error.message);
  const order = client.films.create({ ...${JSON.stringify(story)}, images: [uploaded.id] });
  const ids = [];
  for await (const { id } of order.stream()) {
    ids.push(id);
    if (ids.length === 3) window.killService();
  }
  const film = await order.wait();
  const whole = [];
  for await (const { id } of client.tasks.stream(film.id)) whole.push(id);
  const bytes = await (await client.media.content(film.result.mediaId)).arrayBuffer();
  window.told = {
    requestId, noPath, ids, whole,
    missing: missing instanceof NotFoundError && missing.code,
    filename: uploaded.originalFilename,
    isDate: film.createdAt instanceof Date,
    seconds: film.result.durationSeconds,
    bytes: bytes.byteLength,
    reconnects: entries.filter(({ event }) => event === 'reconnect').length,
  };
`;

interface Told {
  requestId: string;
  noPath: string;
  ids: number[];
  whole: number[];
  missing: number;
  filename: string;
  isDate: boolean;
  seconds: number;
  bytes: number;
  reconnects: number;
}

describe('the SDK in Chromium', function () {
  this.timeout(120_000);
  let site: Server;
  let browser: Browser;
  let page: Page;
  const pages = new Map<string, { type: string; body: string }>();
  const origin = () => `http://127.0.0.1:${(site.address() as AddressInfo).port}`;

  before(async () => {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    });
    await stop();
    pages.set('/sdk.js', { type: 'text/javascript', body: outputFiles[0]?.text ?? '' });
    pages.set('/', { type: 'text/html', body: '<!doctype html><script type="module" src="/story.js"></script>' });
    site = createServer((req, res) => {
      const { type, body } = pages.get(req.url ?? '') ?? { type: 'text/plain', body: '' };
      res.writeHead(200, { 'content-type': type }).end(body);
    });
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    page = await browser.newPage();
  });
  after(async () => {
    await browser?.close();
    site?.closeAllConnections();
    await new Promise((closed) => site?.close(closed));
  });
  const service = useService(() => ({ CORS_ORIGINS: origin(), SANDBOX_LATENCY_SCALE: '0.2' }));

  it('makes a film from another origin, across a service that is killed in mid-stream', async () => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.exposeFunction('killService', async () => {
      await service.kill();
      await service.start();
    });
    pages.set('/story.js', { type: 'text/javascript', body: program(service.url, [...(await photo())]) });
    await page.goto(origin());
    await page
      .waitForFunction('window.told', undefined, { timeout: 60_000 })
      .catch(() => assert.fail(errors.join('\n')));
    const told: Told = await page.evaluate('window.told');
    assert.deepEqual(errors, []);
    assert.deepEqual(told.ids, told.whole);
    assert.equal(new Set(told.ids).size, told.ids.length);
    assert.ok(told.reconnects > 0 && told.bytes > 1000 && told.requestId);
    assert.deepEqual([told.missing, told.filename, told.isDate, told.seconds], [3000, 'kitten.jpg', true, 5]);
    assert.match(told.noPath, /no files here/);
  });
});
