import assert from 'node:assert/strict';
import { isoTime } from '../../src/operations/isoTime.ts';

describe('isoTime', () => {
  it('writes every moment as toISOString does', () => {
    const edges = [
      '1969-12-31T23:59:59.999Z',
      '1970-01-01T00:00:00.000Z',
      '2024-02-29T23:59:59.999Z',
      '-000001-01-01T00:00:00.001Z',
    ];
    const steps = Array.from({ length: 2_000 }, (_, index) => new Date(index * 7_654_321_987 - 5e12));
    for (const moment of [...edges.map((text) => new Date(text)), ...steps])
      assert.equal(isoTime(moment), moment.toISOString());
  });

  it('has no word for a moment that is none', () => {
    assert.throws(() => isoTime(new Date(Number.NaN)), RangeError);
  });
});
