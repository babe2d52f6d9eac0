import assert from 'node:assert/strict';
import { hash } from '@node-rs/argon2';
import { findStillAllowed } from '../../src/db/listeners.ts';
import { findSessionUser } from '../../src/db/refreshTokens.ts';
import { password, useApp } from '../http/testApp.ts';

describe('auth', () => {
  const app = useApp({ users: ['ada', 'bob', 'eve'] });
  const register = (account: object) => app.anyone().post('/api/v1/auth/register').send(account);
  const login = (form: Record<string, string>) => app.anyone().post('/api/v1/auth/login').type('form').send(form);
  const refresh = (refreshToken: string) => app.anyone().post('/api/v1/auth/refresh').send({ refreshToken });
  const me = (token: string) => app.anyone().get('/api/v1/auth/me').set('Authorization', `Bearer ${token}`);

  describe('registerUser', () => {
    it('opens an account and its first session', async () => {
      const account = { username: '李雷', email: 'Li.Lei@Example.com', password };
      const { body } = await register(account).expect(201);
      assert.equal(body.code, 200);
      assert.equal(body.data.expiresIn, 3600);
      const answer = await me(body.data.token).expect(200);
      assert.equal(answer.body.data.username, '李雷');
      assert.equal(answer.body.data.email, 'li.lei@example.com');
      const row = await app.db('users').where({ id: body.data.userId }).first();
      assert.match(row.password_hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    it('refuses a taken e-mail in any case of letters, and a taken username', async () => {
      const email = await register({ username: 'ada2', email: 'ADA@example.com', password }).expect(409);
      assert.equal(email.body.code, 4001);
      assert.equal(email.body.errors[0].pointer, '/body/email');
      const username = await register({ username: 'ada', email: 'ada2@example.com', password }).expect(409);
      assert.equal(username.body.code, 4000);
      assert.equal(username.body.errors[0].pointer, '/body/username');
    });

    it('gives an e-mail to one of many who ask for it at once', async () => {
      const ask = (index: number) => register({ username: `crowd${index}`, email: 'crowd@example.com', password });
      const statuses = (await Promise.all([1, 2, 3, 4, 5].map(ask))).map(({ status }) => status);
      assert.deepEqual(statuses.sort(), [201, 409, 409, 409, 409]);
    });

    it('names the faulty field, and refuses passwords that everybody tries', async () => {
      const good = { username: 'zoe', email: 'zoe@example.com', password };
      const cases: [object, string][] = [
        [{ ...good, username: '' }, '/body/username'],
        [{ ...good, username: 'x'.repeat(51) }, '/body/username'],
        [{ ...good, username: 'a\u0000b' }, '/body/username'],
        [{ ...good, username: '\u0958'.repeat(50) }, '/body/username'],
        [{ ...good, email: 'nobody' }, '/body/email'],
        [{ ...good, password: 'short' }, '/body/password'],
        [{ ...good, password: 'x'.repeat(257) }, '/body/password'],
        [{ ...good, password: 'Password123' }, '/body/password'],
        [{ ...good, password: 'aaaaaaaaaaaa' }, '/body/password'],
        [{ ...good, isAdmin: true }, '/body/isAdmin'],
        [{ username: 'zoe', password }, '/body/email'],
      ];
      for (const [account, pointer] of cases) {
        const { body } = await register(account).expect(400);
        assert.equal(body.code, 1000);
        assert.equal(body.errors[0].pointer, pointer);
      }
      assert.equal(await app.db('users').where({ username: 'zoe' }).first(), undefined);
    });
  });

  describe('loginUser', () => {
    it('takes the OAuth2 password form', async () => {
      const form = { grant_type: 'password', username: 'ADA@example.com', password, scope: '', client_id: 'cli' };
      const { body } = await login(form).expect(200);
      await me(body.data.token).expect(200);
    });

    it('answers an unknown e-mail and a wrong password alike', async () => {
      const unknown = await login({ username: 'nobody@example.com', password }).expect(401);
      const wrong = await login({ username: 'ada@example.com', password: `${password}!` }).expect(401);
      assert.equal(wrong.body.code, 2000);
      assert.deepEqual({ ...unknown.body, requestId: '' }, { ...wrong.body, requestId: '' });
    });

    it('computes as many hashes for an unknown e-mail as for a known one', async () => {
      /** CPU, which other work on the machine does not change: a hash is most of what a login costs. */
      const cost = async (names: readonly string[]) => {
        const before = process.cpuUsage();
        for (const name of names)
          await login({ username: `${name}@example.com`, password: `${password}!` }).expect(401);
        const { user, system } = process.cpuUsage(before);
        return user + system;
      };
      await cost(['ada', 'nobody-at-all']);
      const known = await cost(['ada', 'bob', 'eve', 'ada', 'bob', 'eve']);
      const unknown = await cost(['n1', 'n2', 'n3', 'n1', 'n2', 'n3']);
      const ratio = unknown / known;
      assert.ok(ratio > 0.67 && ratio < 1.5, `${ratio.toFixed(2)}: none would be far below, two far above`);
    });

    it('makes a hash of a former, lower cost anew when its owner comes in, and leaves it alone otherwise', async () => {
      const weak = await hash(password, { memoryCost: 4_096, timeCost: 1, parallelism: 1 });
      const kept = async () => (await app.db('users').where({ username: 'eve' }).first('password_hash')).password_hash;
      await app.db('users').where({ username: 'eve' }).update({ password_hash: weak });
      await login({ username: 'eve@example.com', password: `${password}!` }).expect(401);
      assert.equal(await kept(), weak);
      await login({ username: 'eve@example.com', password }).expect(200);
      const strong = await kept();
      assert.match(strong, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      await login({ username: 'eve@example.com', password }).expect(200);
      assert.equal(await kept(), strong);
    });

    it('lets no disabled account in', async () => {
      await app.db('users').where({ username: 'bob' }).update({ is_active: false });
      await login({ username: 'bob@example.com', password }).expect(401);
      await app.db('users').where({ username: 'bob' }).update({ is_active: true });
      await login({ username: 'bob@example.com', password }).expect(200);
    });

    it('takes no JSON, no other grant and no unknown field', async () => {
      const json = await app.anyone().post('/api/v1/auth/login').send({ username: 'a', password }).expect(415);
      assert.equal(json.body.code, 1002);
      await login({ grant_type: 'implicit', username: 'ada@example.com', password }).expect(400);
      await login({ username: 'ada@example.com', password, role: 'admin' }).expect(400);
      await login({ username: 'ada@example.com' }).expect(400);
    });
  });

  describe('refreshSession', () => {
    const tokensOf = (userId: string) => app.db('refresh_tokens').where({ user_id: userId });
    const liveTokens = async (userId: string) =>
      (await tokensOf(userId).whereNull('used_at').whereNull('revoked_at').select('id')).length;
    /** The grace for answers that were lost is over. */
    const longAgo = (userId: string) =>
      tokensOf(userId).update({ used_at: app.db.raw("used_at - interval '11 seconds'") });

    it('renews a session, once per token', async () => {
      const first = await app.join('ken');
      const { body } = await refresh(first.refreshToken).expect(200);
      assert.notEqual(body.data.refreshToken, first.refreshToken);
      await me(body.data.token).expect(200);
      await refresh(body.data.refreshToken).expect(200);
    });

    it('ends the whole session when a token is shown twice', async () => {
      const stolen = await app.join('liz');
      const { body } = await refresh(stolen.refreshToken).expect(200);
      await me(body.data.token).expect(200);
      await longAgo(stolen.userId);
      const again = await refresh(stolen.refreshToken).expect(401);
      assert.equal(again.body.code, 2000);
      await refresh(body.data.refreshToken).expect(401);
      await me(body.data.token).expect(401);
    });

    it('goes on for longer than its first token would have lived, and ends after ninety days', async () => {
      const { userId, refreshToken } = await app.join('kim');
      const tokens = () => app.db('refresh_tokens').where({ user_id: userId });
      const age = (days: number) =>
        tokens().update({
          created_at: app.db.raw('created_at - make_interval(days => ?)', [days]),
          expires_at: app.db.raw('expires_at - make_interval(days => ?)', [days]),
        });
      let latest = refreshToken;
      for (let month = 0; month < 3; month += 1) {
        await age(29);
        latest = (await refresh(latest).expect(200)).body.data.refreshToken;
        await tokens().where('expires_at', '<', app.db.fn.now()).delete();
      }
      const { family_id } = await tokens().first('family_id');
      const listeners = [{ userId, grant: `session:${family_id}` }];
      const mayGoOn = async () => [
        (await findSessionUser(app.db, userId, family_id)) !== undefined,
        (await findStillAllowed(app.db, listeners)).size === 1,
      ];
      assert.deepEqual(await mayGoOn(), [true, true]);
      await age(4);
      await refresh(latest).expect(401);
      assert.deepEqual(await mayGoOn(), [false, false]);
    });

    it('takes no access token whose session has ended meanwhile', async () => {
      const { userId, token } = await app.join('lea');
      await tokensOf(userId).update({ expires_at: new Date() });
      assert.equal((await me(token).expect(401)).body.code, 2000);
    });

    it('forgives for ten seconds that a token is shown again whose answer was lost', async () => {
      const { userId, refreshToken } = await app.join('max');
      const lost = await refresh(refreshToken).expect(200);
      const { body } = await refresh(refreshToken).expect(200);
      assert.equal(await liveTokens(userId), 1);
      await me(body.data.token).expect(200);
      const next = await refresh(body.data.refreshToken).expect(200);
      assert.equal(await liveTokens(userId), 1);
      await refresh(lost.body.data.refreshToken).expect(401);
      await refresh(next.body.data.refreshToken).expect(401);
      await me(body.data.token).expect(401);
    });

    it('forgives nothing once the successor was used, nor a token that was replaced', async () => {
      const used = await app.join('mia');
      const { body } = await refresh(used.refreshToken).expect(200);
      await refresh(body.data.refreshToken).expect(200);
      await refresh(used.refreshToken).expect(401);
      assert.equal(await liveTokens(used.userId), 0);
      const { userId, refreshToken } = await app.join('mio');
      const replaced = await refresh(refreshToken).expect(200);
      await refresh(refreshToken).expect(200);
      await refresh(replaced.body.data.refreshToken).expect(401);
      assert.equal(await liveTokens(userId), 0);
    });

    it('leaves one live token of twenty exchanges at once', async () => {
      const { userId, refreshToken } = await app.join('mel');
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
      assert.ok(answers.every(({ status }) => status === 200));
      assert.equal(await liveTokens(userId), 1);
      await longAgo(userId);
      await refresh(refreshToken).expect(401);
      assert.equal(await liveTokens(userId), 0);
    });

    it('knows neither unknown nor expired tokens', async () => {
      await refresh('never-given-out').expect(401);
      const { userId, refreshToken } = await app.join('nan');
      await app
        .db('refresh_tokens')
        .where({ user_id: userId })
        .update({ expires_at: new Date(0) });
      await refresh(refreshToken).expect(401);
    });

    it('keeps hashes only', async () => {
      const { userId, refreshToken } = await app.join('oto');
      const [row] = await app.db('refresh_tokens').where({ user_id: userId });
      assert.equal(row.token_hash.length, 32);
      assert.equal(JSON.stringify(row).includes(refreshToken), false);
    });
  });

  describe('logoutUser', () => {
    it('ends the session with all its tokens, and no other session', async () => {
      const { body } = await login({ username: 'eve@example.com', password }).expect(200);
      await app
        .anyone()
        .post('/api/v1/auth/logout')
        .set('Authorization', `Bearer ${body.data.token}`)
        .expect(200, { code: 200, message: 'Logged out' });
      await me(body.data.token).expect(401);
      await refresh(body.data.refreshToken).expect(401);
      await app.as('eve').get('/api/v1/auth/me').expect(200);
    });

    it('needs a session', async () => {
      await app.anyone().post('/api/v1/auth/logout').expect(401);
    });
  });

  describe('getCurrentUser', () => {
    it('shows the user and nothing secret', async () => {
      const { body } = await app.as('ada').get('/api/v1/auth/me').expect(200);
      assert.deepEqual(Object.keys(body.data), ['id', 'username', 'email', 'avatar', 'isAdmin', 'createdAt']);
    });

    it('knows nobody without a token, nor a deleted user', async () => {
      const { body } = await app.anyone().get('/api/v1/auth/me').expect(401);
      assert.equal(body.code, 2000);
      const { userId, token } = await app.join('pip');
      await app.db('users').where({ id: userId }).delete();
      await me(token).expect(401);
    });
  });

  describe('createStreamTicket', () => {
    it('gives a ticket for one minute, kept as a hash', async () => {
      const { body } = await app.as('ada').post('/api/v1/auth/stream-tickets').expect(201);
      assert.equal(body.data.expiresIn, 60);
      const rows = await app.db('stream_tickets').select();
      assert.equal(rows.length, 1);
      assert.equal(rows[0].ticket_hash.includes(body.data.ticket), false);
    });

    it('needs a session', async () => {
      await app.anyone().post('/api/v1/auth/stream-tickets').expect(401);
    });
  });
});
