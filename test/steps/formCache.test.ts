import assert from 'node:assert/strict';
import { createFormCache } from '../../src/steps/formCache.ts';

describe('createFormCache', () => {
  const counting = () => {
    const made: string[] = [];
    const make = (name: string, length: number) => async () => {
      made.push(name);
      return 'x'.repeat(length);
    };
    return { made, make };
  };

  it('makes a form once, for those who ask at the same time and for those who ask later', async () => {
    const { made, make } = counting();
    const cache = createFormCache(100);
    const forms = await Promise.all([cache.get('sheet', make('sheet', 10)), cache.get('sheet', make('sheet', 10))]);
    assert.deepEqual([...forms, await cache.get('sheet', make('sheet', 10))], Array(3).fill('x'.repeat(10)));
    assert.deepEqual(made, ['sheet']);
  });

  it('stays within its bound and lets go what was not asked for the longest', async () => {
    const { made, make } = counting();
    const cache = createFormCache(25);
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await cache.get(name, make(name, 10));
    assert.deepEqual(made, ['a', 'b', 'c', 'b']);
    assert.equal((await cache.get('huge', make('huge', 1_000))).length, 1_000);
    await cache.get('huge', make('huge', 1_000));
    assert.deepEqual(made.slice(4), ['huge', 'huge']);
  });

  it('tries again after a failure', async () => {
    const cache = createFormCache(25);
    await assert.rejects(
      cache.get('a', async () => {
        throw new Error('the store is away');
      }),
      /the store is away/,
    );
    assert.equal(await cache.get('a', async () => 'here'), 'here');
  });
});
