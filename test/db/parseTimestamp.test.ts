import assert from 'node:assert/strict';
import { types } from 'pg';
import { parseTimestamp } from '../../src/db/parseTimestamp.ts';

const pgs: (text: string) => unknown = types.getTypeParser(1184, 'text');

const texts = [
  '2026-11-24 09:30:00+00',
  '2026-11-24 09:30:00.1+00',
  '2026-11-24 09:30:00.129+00',
  '2026-11-24 09:30:00.123999+00',
  '1969-12-31 23:59:59.999999+00',
  '2024-02-29 23:59:59.001+00',
  '9999-12-31 23:59:59.999+00',
  '2026-11-24 09:30:00.5+05:30',
  '2026-11-24 09:30:00.5-08',
  '0050-01-01 00:00:00+00',
  '12026-11-24 09:30:00+00',
  '0044-03-15 00:00:00+00 BC',
];

describe('parseTimestamp', () => {
  for (const text of texts) {
    it(`reads ${text} as pg does`, () => {
      assert.deepEqual(parseTimestamp(text), pgs(text));
    });
  }

  it('leaves what is no date to pg', () => {
    assert.equal(parseTimestamp('infinity'), Number.POSITIVE_INFINITY);
  });
});
