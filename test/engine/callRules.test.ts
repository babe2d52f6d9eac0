import assert from 'node:assert/strict';
import { lookAgainMs } from '../../src/engine/callRules.ts';
import { policy } from './engineRig.ts';

describe('a call that its vendor does not know', () => {
  const waits = (shownWithinMs: number, ages: number[]) =>
    ages.map((ageMs) => lookAgainMs(ageMs, { ...policy, shownWithinMs }));

  it('is looked up again after 5 s, 30 s and 2 min, and never arrived if it is unknown then', () => {
    assert.deepEqual(waits(120_000, [0, 4_000, 5_000, 29_999, 30_000, 119_000, 120_000, 500_000]), [
      ...[5_000, 1_000, 25_000, 1, 90_000, 1_000, 0, 0],
    ]);
  });

  it('is waited for no longer than its vendor takes to show one', () => {
    assert.deepEqual(waits(5_000, [0, 4_000, 5_000, 6_000]), [5_000, 1_000, 0, 0]);
    assert.deepEqual(waits(1_000, [0, 900, 1_000]), [1_000, 100, 0]);
  });
});
