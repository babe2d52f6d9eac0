import assert from 'node:assert/strict';
import { useApp } from '../http/testApp.ts';

describe('auth', () => {
  const app = useApp({ users: ['ada', 'bob'] });
  it('says who one is', async () => {
    const { body, headers } = await app.as('ada').get('/api/v1/auth/me').expect(200);
    console.log(body, headers);
    const r = await app.anyone().get('/api/v1/auth/me').expect(401);
    console.log(r.body, r.headers);
    assert.equal(body.data.username, 'ada');
  });
});
