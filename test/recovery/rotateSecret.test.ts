import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import sharp from 'sharp';
import { loadConfig, secretsOf } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type Program, startProgram } from '../../src/program.ts';
import { openWebhookSecret } from '../../src/webhooks/secrets.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';

describe('another JWT_SECRET', () => {
  const database = useDatabase();
  let dataDir: string;
  let program: Program | undefined;

  const start = async (secret: string) => {
    const settings = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0', JWT_SECRET: secret };
    const config = loadConfig(settings);
    program = await startProgram({ config, role: 'api', log: createLog('silent'), onLost: assert.fail });
  };
  const stop = async () => {
    await program?.stop(0);
    program = undefined;
  };
  const call = async (method: string, path: string, token?: string, body?: object) => {
    const answer = await fetch(`${program?.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, data: ((await answer.json()) as { data: Record<string, string> }).data };
  };

  before(async () => {
    dataDir = await makeDataDir('rotate');
  });
  after(async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('ends access tokens and signed addresses; sessions and API keys go on, and webhook secrets are made anew', async () => {
    await start('the first secret of this service, long enough');
    const account = { username: 'ada', email: 'ada@example.com', password: 'correct horse battery staple' };
    const { data: session } = await call('POST', '/auth/register', undefined, account);
    const { data: made } = await call('POST', '/users/me/api-keys', session.token, { name: 'films' });
    const hook = { url: 'https://films.example.com/hook', events: ['task.failed'] };
    const { data: endpoint } = await call('POST', '/webhooks', session.token, hook);
    await stop();

    await start('the second secret of this service, long enough');
    assert.equal((await call('GET', '/auth/me', session.token)).status, 401);
    assert.equal((await call('GET', '/auth/me', made.key)).status, 200);
    const renewed = await call('POST', '/auth/refresh', undefined, { refreshToken: session.refreshToken });
    assert.equal(renewed.status, 200);
    const { token } = renewed.data;
    assert.equal((await call('GET', '/auth/me', token)).status, 200);
    const rotated = await call('POST', `/webhooks/${endpoint.id}/rotate-secret`, token);
    assert.match(rotated.data.secret ?? '', /^whsec_/);
  });
});

describe('JWT_SECRET_PREVIOUS', function () {
  this.timeout(90_000);
  const database = useDatabase();
  const old = 'the old secret of this service, long enough';
  const fresh = 'the fresh secret of this service, long enough';
  const running = new Set<Program>();
  let dataDir: string;

  const settingsOf = (secret: string, previous: string) => ({ JWT_SECRET: secret, JWT_SECRET_PREVIOUS: previous });
  const start = async (role: 'api' | 'worker', secret: string, previous = '') => {
    const settings = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0', ...settingsOf(secret, previous) };
    const config = loadConfig(settings);
    const program = await startProgram({ config, role, log: createLog('silent'), onLost: assert.fail });
    running.add(program);
    return program;
  };
  const stop = async (program: Program) => {
    running.delete(program);
    await program.stop(0);
  };
  const call = async (node: Program, method: string, path: string, token?: string, body?: object, key?: string) => {
    const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(key && { 'idempotency-key': key }) };
    const sent = body instanceof FormData ? { body } : body && { body: JSON.stringify(body) };
    const json = body && !(body instanceof FormData) && { 'content-type': 'application/json' };
    const answer = await fetch(`${node.url}/api/v1${path}`, { method, headers: { ...headers, ...json }, ...sent });
    return { status: answer.status, data: ((await answer.json()) as { data: Record<string, string> }).data };
  };
  const account = { username: 'ada', email: 'ada@example.com', password: 'correct horse battery staple' };
  const logIn = async (node: Program) => {
    const form = new URLSearchParams({ username: account.email, password: account.password });
    const answer = await fetch(`${node.url}/api/v1/auth/login`, { method: 'POST', body: form });
    return ((await answer.json()) as { data: { token: string } }).data.token;
  };
  const upload = async (node: Program, token: string) => {
    const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'navy' } })
      .png()
      .toBuffer();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'sea.png');
    const { data } = await call(node, 'POST', '/media', token, form);
    return data.id;
  };
  const addressOf = async (node: Program, token: string, mediaId: string | undefined) => {
    const { pathname, search } = new URL((await call(node, 'GET', `/media/${mediaId}`, token)).data.url ?? '');
    return pathname + search;
  };

  before(async () => {
    dataDir = await makeDataDir('rotate');
  });
  after(async () => {
    await Promise.all([...running].map(stop));
    await rm(dataDir, { recursive: true, force: true });
  });

  it('is kept out of the log like the other', () => {
    assert.deepEqual(secretsOf(loadConfig(settingsOf(fresh, old))), [fresh, old]);
  });

  it('lets nodes change the secret one by one, and nobody notices', async () => {
    let nodes = await Promise.all([start('api', old), start('api', old)]);
    const [first] = nodes;
    const { data: session } = await call(first, 'POST', '/auth/register', undefined, account);
    const token = session.token ?? '';
    const hook = { url: 'https://films.example.com/hook', events: ['task.failed'] };
    const { data: endpoint } = await call(first, 'POST', '/webhooks', token, hook);
    const keyed = (node: Program) => call(node, 'POST', '/users/me/api-keys', token, { name: 'films' }, 'once');
    const { data: made } = await keyed(first);
    const mediaId = await upload(first, token);
    const tokens = new Set([token]);
    const addresses = new Set([await addressOf(first, token, mediaId)]);

    /** Whatever any node signed or sealed so far is good at every node. */
    const nobodyNotices = async (step: string) => {
      for (const node of nodes) {
        const signed = await logIn(node);
        addresses.add(await addressOf(node, signed, mediaId));
        tokens.add(signed);
      }
      for (const node of nodes) {
        for (const one of tokens) assert.equal((await call(node, 'GET', '/auth/me', one)).status, 200, step);
        for (const address of addresses) assert.equal((await fetch(`${node.url}${address}`)).status, 200, step);
        assert.equal((await keyed(node)).data.key, made.key, step);
      }
    };
    for (const [secret, previous] of [
      [old, fresh],
      [fresh, old],
    ] as const)
      for (const place of [0, 1] as const) {
        const replaced = nodes[place];
        nodes =
          place === 0
            ? [await start('api', secret, previous), nodes[1]]
            : [nodes[0], await start('api', secret, previous)];
        await stop(replaced);
        await nobodyNotices(`node ${place} has ${secret}`);
      }
    const sealed = async () =>
      (await database.db('webhook_endpoints').where({ id: endpoint.id }).first<{ secret: Buffer }>('secret')).secret;
    const opened = async () => openWebhookSecret(fresh, endpoint.id ?? '', await sealed());
    assert.equal(await opened(), undefined);
    await stop(await start('worker', fresh, old));
    assert.equal(await opened(), endpoint.secret, 'the worker has sealed it anew');

    const last = await start('api', fresh);
    assert.equal((await call(last, 'GET', '/auth/me', token)).status, 401, 'the old one is void');
    assert.equal((await call(last, 'GET', '/auth/me', [...tokens].at(-1))).status, 200);
  });
});
