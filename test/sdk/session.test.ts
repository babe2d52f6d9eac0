import assert from 'node:assert/strict';
import { answer, hangUp, refuse, stayAway, user, useScripted } from './scripted.ts';
import { sdk } from './sdk.ts';

describe('a session of the SDK', () => {
  const server = useScripted();
  const session = { userId: user.id, token: 'new', refreshToken: 'next', expiresIn: 3600 };
  const tokens = { apiKey: undefined, token: 'old', refreshToken: 'once' };
  const login = { apiKey: undefined, email: user.email, password: 'correct horse' };
  const paths = () => server.heard.map(({ url }) => url.replace('/api/v1', ''));

  it('outlives an answer to its refresh that is lost', async () => {
    server.play(refuse(401, 'expired'), hangUp, answer(session), answer(user));
    assert.equal((await server.client(tokens).auth.me()).username, 'ada');
    assert.deepEqual(paths(), ['/auth/me', '/auth/refresh', '/auth/refresh', '/auth/me']);
    const refreshes = server.heard.filter(({ url }) => url.endsWith('/auth/refresh'));
    assert.deepEqual(
      refreshes.map(({ body }) => JSON.parse(body)),
      [{ refreshToken: 'once' }, { refreshToken: 'once' }],
    );
  });

  it('asks again for an answer that never comes while the service takes the token again, and lastly waits for a slow one', async () => {
    const slowly: typeof stayAway = (res, heard) => void setTimeout(() => answer(session)(res, heard), 3_500);
    server.play(refuse(401, 'expired'), stayAway, stayAway, slowly, answer(user));
    assert.equal((await server.client(tokens).auth.me()).username, 'ada');
    const [first, , last, ...more] = server.heard.filter(({ url }) => url.endsWith('/auth/refresh'));
    assert.ok(first && last && more.length === 0);
    // The service has 10 s for this, counted from when it got the first.
    assert.ok(last.at - first.at < 9_000, `${last.at - first.at} ms`);
  });

  it('is not renewed for a wrong password, which is sent once', async () => {
    server.play(refuse(401, 'wrong_credentials'));
    const client = server.client(tokens);
    await assert.rejects(client.users.delete('wrong'), sdk.AuthenticationError);
    const change = { currentPassword: 'wrong', newPassword: 'a longer phrase' };
    await assert.rejects(client.users.changePassword(change), sdk.AuthenticationError);
    assert.deepEqual(
      server.heard.map(({ method }) => method),
      ['DELETE', 'POST'],
    );
  });

  it('is renewed once where the new token is refused as well', async () => {
    server.play(refuse(401, 'expired'), answer(session), refuse(401, 'unauthenticated'));
    await assert.rejects(server.client(tokens).auth.me(), sdk.AuthenticationError);
    assert.deepEqual(paths(), ['/auth/me', '/auth/refresh', '/auth/me']);
  });

  for (const [what, given, ...acts] of [
    ['a login', login, stayAway],
    ['a refresh', tokens, refuse(401, 'expired'), stayAway],
  ] as const) {
    it(`does not hold up a call that is aborted while ${what} is under way`, async () => {
      server.play(...acts);
      const client = server.client({ ...given, timeoutMs: 250, maxRetries: 0 });
      const another = assert.rejects(client.auth.me(), sdk.ConnectionTimeoutError);
      await assert.rejects(client.auth.me({ signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
      assert.equal(server.heard.filter(({ url }) => /login|refresh/.test(url)).length, 1);
      await assert.rejects(client.auth.me({ signal: AbortSignal.abort(new Error('no more')) }), /no more/);
      await another;
    });
  }

  it('does not hold up an aborted call either where a function is asked for the token', async () => {
    const client = server.client({ apiKey: undefined, token: () => new Promise(() => undefined) });
    await assert.rejects(client.auth.me({ signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
  });
});
