import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type Program, startProgram } from '../../src/program.ts';
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
