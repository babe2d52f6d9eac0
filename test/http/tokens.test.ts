import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import jwt, { type SignOptions } from 'jsonwebtoken';
import { secret, useApp } from './testApp.ts';

describe('access tokens', () => {
  const app = useApp({ users: ['ada', 'bob'] });
  const ask = (authorization: string) => app.anyone().get('/api/v1/auth/me').set('Authorization', authorization);
  const claimsOf = (name: string) => {
    const { sub, sid, typ, iss, aud } = jwt.decode(app.sessionOf(name).token, { json: true }) ?? {};
    return { sub, sid, typ, iss, aud };
  };
  const sign = (claims: object, options: SignOptions = {}, key = secret) =>
    jwt.sign(claims, key, { algorithm: 'HS256', expiresIn: 60, ...options });
  const refused = async (token: string, code = 2000) => {
    const { body, headers } = await ask(`Bearer ${token}`).expect(401);
    assert.equal(body.code, code);
    assert.match(headers['www-authenticate'] ?? '', /^Bearer/);
  };

  it('are signed with HS256 and say whom, which session and how long', () => {
    const { header, payload } = jwt.decode(app.sessionOf('ada').token, { complete: true }) ?? {};
    assert.deepEqual(header, { alg: 'HS256', typ: 'JWT' });
    assert.ok(payload && typeof payload === 'object');
    assert.deepEqual([payload.iss, payload.aud, payload.typ], ['directorai', 'directorai-api', 'access']);
    assert.equal(Number(payload.exp) - Number(payload.iat), 3600);
    assert.ok(payload.jti);
  });

  it('open nothing when another issuer, audience, type or end is written in them', async () => {
    const good = claimsOf('ada');
    await ask(`Bearer ${sign(good)}`).expect(200);
    await refused(sign({ ...good, iss: 'somebody' }));
    await refused(sign({ ...good, aud: 'something' }));
    await refused(sign({ ...good, typ: 'refresh' }));
    await refused(sign({ ...good, typ: undefined }));
    await refused(sign({ ...good, nbf: Math.floor(Date.now() / 1000) + 60 }));
    await refused(jwt.sign(good, secret, { algorithm: 'HS256' }));
    await refused(sign(good, { expiresIn: -1 }), 2001);
  });

  it('open nothing when another algorithm or key stands behind them', async () => {
    const good = claimsOf('ada');
    await refused(sign(good, {}, 'another secret of thirty-two letters'));
    await refused(sign(good, { algorithm: 'HS512' }));
    for (const header of [
      { kid: '../../dev/null' },
      { jku: 'https://example.com/keys' },
      { x5u: 'https://example.com' },
    ]) {
      await refused(sign(good, { header: { alg: 'HS256', ...header } }));
    }
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const body = encode({ ...good, exp: Math.floor(Date.now() / 1000) + 60 });
    await refused(`${encode({ alg: 'none', typ: 'JWT' })}.${body}.`);
    const named = `${encode({ alg: 'none', typ: 'JWT' })}.${body}`;
    await refused(`${named}.${createHmac('sha256', secret).update(named).digest('base64url')}`);
  });

  it('open nothing for another user, another session or a deleted one', async () => {
    const [ada, bob] = [claimsOf('ada'), claimsOf('bob')];
    await refused(sign({ ...ada, sid: bob.sid }));
    await refused(sign({ ...ada, sub: bob.sub }));
    await refused(sign({ ...ada, sub: "' or 1=1" }));
    await refused(sign({ ...ada, sid: '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e02' }));
  });

  it('are not refresh tokens, and those are no access tokens', async () => {
    const { token, refreshToken } = app.sessionOf('ada');
    await refused(refreshToken);
    await app.anyone().post('/api/v1/auth/refresh').send({ refreshToken: token }).expect(401);
  });

  it('come as a bearer and in no other way', async () => {
    const { token } = app.sessionOf('ada');
    for (const header of [
      token,
      `Basic ${token}`,
      `Bearer`,
      `Bearer ${token}x`,
      `Bearer ${token.slice(0, -5)}`,
      'Bearer .',
    ]) {
      await ask(header).expect(401);
    }
    await ask(`bearer ${token}`).expect(200);
    await app.anyone().get(`/api/v1/auth/me?access_token=${token}`).expect(401);
  });
});
