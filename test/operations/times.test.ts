import assert from 'node:assert/strict';
import { readTime } from '../../src/operations/times.ts';
import { useApp } from '../http/testApp.ts';

describe('times', () => {
  const app = useApp({ users: ['ada'] });

  it('reads whatever RFC 3339 lets a time be, a leap second as the next', () => {
    const times = [
      ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
      ['2016-12-31T23:59:60.5Z', '2017-01-01T00:00:00.000Z'],
      ['2016-12-31t23:59:59.25z', '2016-12-31T23:59:59.250Z'],
      ['2017-01-01T07:59:60+08:00', '2017-01-01T00:00:00.000Z'],
    ];
    for (const [text = '', meant] of times) assert.equal(readTime(text).toISOString(), meant);
  });

  it('takes a leap second wherever a time is asked for', async () => {
    const leap = '2016-12-31T23:59:60Z';
    await app.as('ada').get(`/api/v1/tasks?createdAfter=${leap}`).expect(200);
    await app.as('ada').get(`/api/v1/tasks?createdBefore=${leap}`).expect(200);
    const window = `from=${leap}&to=2017-01-02T00:00:00Z`;
    const { body: usage } = await app.as('ada').get(`/api/v1/users/me/usage?${window}`).expect(200);
    assert.equal(usage.data.from, '2017-01-01T00:00:00.000Z');
    await app.as('ada').get(`/api/v1/analytics/overview?${window}`).expect(200);
    const key = { name: 'leaping', expiresAt: '2090-12-31T23:59:60Z' };
    const { body: made } = await app.as('ada').post('/api/v1/users/me/api-keys').send(key).expect(201);
    assert.equal(made.data.expiresAt, '2091-01-01T00:00:00.000Z');
  });
});
