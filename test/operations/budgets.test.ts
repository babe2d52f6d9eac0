import assert from 'node:assert/strict';
import { useApp } from '../http/testApp.ts';

describe('budgets', () => {
  const app = useApp({ users: ['ada', 'bob'] });
  const path = '/api/v1/users/me/budget';
  const set = (body: object, name = 'ada') => app.as(name).put(path).send(body);
  const nothing = { spentMicros: 0, reservedMicros: 0, inDoubtMicros: 0 };

  it('getBudget shows no limit and nothing spent at first, in the periods of UTC', async () => {
    const { data } = (await app.as('bob').get(path).expect(200)).body;
    assert.deepEqual([data.dayMicros, data.monthMicros], [null, null]);
    for (const { startsAt, endsAt, ...money } of [data.day, data.month]) {
      assert.deepEqual(money, nothing);
      assert.match(startsAt, /T00:00:00.000Z$/);
      assert.ok(Date.parse(startsAt) <= Date.now() && Date.now() < Date.parse(endsAt));
    }
    await app.anyone().get(path).expect(401);
  });

  it('setBudget changes what is given, leaves the rest, and takes a limit away with null', async () => {
    const limits = async (body: object) => {
      const { dayMicros, monthMicros } = (await set(body).expect(200)).body.data;
      return [dayMicros, monthMicros];
    };
    assert.deepEqual(await limits({ dayMicros: 5_000_000, monthMicros: 0 }), [5_000_000, 0]);
    assert.deepEqual(await limits({ monthMicros: 90_000_000 }), [5_000_000, 90_000_000]);
    assert.deepEqual(await limits({ dayMicros: null }), [null, 90_000_000]);
    assert.equal((await app.as('bob').get(path).expect(200)).body.data.monthMicros, null);
  });

  it('setBudget refuses what is no amount, and changes nothing then', async () => {
    const before = (await app.as('ada').get(path).expect(200)).body.data;
    for (const dayMicros of [-1, 1.5, '5', 2 ** 53]) {
      const { body } = await set({ dayMicros, monthMicros: 1 }).expect(400);
      assert.equal(body.errors[0].pointer, '/body/dayMicros');
    }
    await set({}).expect(400);
    await set({ weekMicros: 1 }).expect(400);
    await app.anyone().put(path).send({ dayMicros: 1 }).expect(401);
    assert.deepEqual((await app.as('ada').get(path).expect(200)).body.data, before);
  });
});
