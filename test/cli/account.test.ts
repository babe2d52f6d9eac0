import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, ownAccount } from '../../src/cli/account.ts';
import { createApi } from '../../src/cli/api.ts';
import { ApiProblem } from '../../src/cli/problem.ts';
import { useApp } from '../http/testApp.ts';

describe('ownAccount', () => {
  const app = useApp();
  const service = 'http://localhost:8080';
  const placeOf = (name: string) => ({ file: join(app.dir, name), service });
  const accountAt = (name: string) => ownAccount(createApi({ url: app.url, language: 'en' }), placeOf(name));
  const signedIn = (name: string) =>
    createApi({ url: app.url, language: 'en', credentials: accountAt(name) }).call('listTasks');
  const kept = async (name: string): Promise<Account> =>
    JSON.parse(await readFile(join(app.dir, name), 'utf8'))[service];
  const change = async (name: string, changes: Partial<Account>) =>
    writeFile(join(app.dir, name), JSON.stringify({ [service]: { ...(await kept(name)), ...changes } }));

  it('is made on first use, kept for its owner only, and used again', async () => {
    await signedIn('first.json');
    const made = await kept('first.json');
    assert.equal((await stat(join(app.dir, 'first.json'))).mode & 0o777, 0o600);
    await signedIn('first.json');
    assert.deepEqual(await kept('first.json'), made);
    assert.ok(made.password.length >= 32);
  });

  it('logs in again when its token is not taken any more', async () => {
    await signedIn('stale.json');
    const { email, token } = await kept('stale.json');
    await change('stale.json', { token: 'e30.e30.e30' });
    await signedIn('stale.json');
    const now = await kept('stale.json');
    assert.equal(now.email, email);
    assert.notEqual(now.token, 'e30.e30.e30');
    assert.equal(now.token.split('.').length, token.split('.').length);
  });

  it('is made anew when the service forgot it', async () => {
    await signedIn('lost.json');
    await change('lost.json', { email: 'gone@directorai.invalid', token: 'e30.e30.e30' });
    await signedIn('lost.json');
    assert.notEqual((await kept('lost.json')).email, 'gone@directorai.invalid');
  });

  it('keeps one account for each service', async () => {
    await signedIn('two.json');
    const other = { ...placeOf('two.json'), service: 'https://films.example' };
    await ownAccount(createApi({ url: app.url, language: 'en' }), other).token();
    const all: object = JSON.parse(await readFile(join(app.dir, 'two.json'), 'utf8'));
    assert.deepEqual(Object.keys(all), [service, 'https://films.example']);
  });

  it('says which file is damaged', async () => {
    await writeFile(join(app.dir, 'bad.json'), '{');
    await assert.rejects(accountAt('bad.json').token(), /bad\.json is damaged: delete it/);
  });

  it('tells a problem in the language asked for, with the fields at fault', async () => {
    const api = createApi({ url: app.url, language: 'zh', credentials: accountAt('zh.json') });
    await assert.rejects(api.call('getTask', { path: { taskId: 'x' } }), (error) => {
      assert.ok(error instanceof ApiProblem);
      assert.equal(error.code, 1000);
      assert.match(error.message, /请求无效。\n {2}\/path\/taskId/);
      return true;
    });
  });
});
