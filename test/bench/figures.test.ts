import assert from 'node:assert/strict';
import { type Figure, isMet } from './kit/figure.ts';
import { median, quantile } from './kit/stats.ts';
import { toTable } from './kit/table.ts';

const ratio = (value: number, target?: Figure['target']): Figure => ({
  name: 'ours ÷ theirs',
  value,
  unit: '×',
  ...(target && { target }),
  raw: { ours: 3, theirs: 2 },
});

describe('figures', () => {
  it('are met up to and including their target, and a count only exactly', () => {
    assert.equal(isMet(ratio(1.5, { atMost: 1.5 })), true);
    assert.equal(isMet(ratio(1.51, { atMost: 1.5 })), false);
    assert.equal(isMet(ratio(1, { exactly: 1 })), true);
    assert.equal(isMet(ratio(1.001, { exactly: 1 })), false);
    assert.equal(isMet(ratio(7)), undefined);
  });

  it('come out as a table with target, verdict and raw numbers', () => {
    const [head, , row, ...rest] = toTable([ratio(1.6, { atMost: 1.5 })]).split('\n');
    assert.match(head ?? '', /^\| figure +\| measured +\| target +\|/);
    assert.match(row ?? '', /^\| ours ÷ theirs \| 1\.60 × +\| ≤ 1\.5 × \| missed \| ours 3, theirs 2 \|$/);
    assert.deepEqual(rest, []);
  });

  it('have medians and quantiles between their samples', () => {
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.equal(quantile([0, 10], 0.99), 9.9);
    assert.equal(quantile([7], 0.99), 7);
  });
});
