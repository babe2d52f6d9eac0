import assert from 'node:assert/strict';
import { answer, refuse, user, useScripted } from './scripted.ts';
import { type SessionStore, sdk, type Tokens } from './sdk.ts';

/** What the tabs of a browser have in common. */
function sharedStore(kept: Tokens | undefined): SessionStore & { kept(): Tokens | undefined } {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    kept: () => kept,
    read: () => kept,
    write: (tokens) => {
      kept = tokens;
    },
    inTurn(work) {
      const mine = turn.then(work);
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

describe('clients of the SDK that share a session', () => {
  const server = useScripted();
  const both = (session: SessionStore) =>
    [0, 1].map(() => server.client({ apiKey: undefined, session, maxRetries: 0 }));
  const refreshes = () => server.heard.filter(({ url }) => url.endsWith('/auth/refresh'));

  it('renew it once, and the other takes what the first one got', async () => {
    const store = sharedStore({ token: 'old', refreshToken: 'once' });
    server.play((res, heard) => {
      if (heard.url.endsWith('/auth/refresh')) {
        const isFirst = refreshes().length === 1;
        const session = { userId: user.id, token: 'new', refreshToken: 'next', expiresIn: 3600 };
        return (isFirst ? answer(session) : refuse(401, 'refresh_rejected'))(res, heard);
      }
      return (heard.headers.authorization === 'Bearer new' ? answer(user) : refuse(401, 'expired'))(res, heard);
    });
    const names = await Promise.all(both(store).map(async (client) => (await client.auth.me()).username));
    assert.deepEqual(names, ['ada', 'ada']);
    assert.equal(refreshes().length, 1);
    assert.equal(store.kept()?.refreshToken, 'next');
  });

  it('all stop when one of them logs out or is refused, and the store is empty', async () => {
    const store = sharedStore({ token: 'old', refreshToken: 'used' });
    server.play(refuse(401, 'expired'));
    for (const client of both(store)) await assert.rejects(client.auth.me(), sdk.AuthenticationError);
    assert.equal(refreshes().length, 1);
    assert.equal(store.kept(), undefined);
  });

  it('keep there what a login brings', async () => {
    const store = sharedStore(undefined);
    const [client] = both(store);
    server.play(answer({ userId: user.id, token: 't', refreshToken: 'r', expiresIn: 3600 }), answer(user));
    await client?.auth.login({ email: 'ada@example.com', password: 'secret' });
    assert.equal(store.kept()?.token, 't');
    assert.equal((await client?.auth.me())?.username, 'ada');
    assert.equal(server.heard.at(-1)?.headers.authorization, 'Bearer t');
  });
});
