import assert from 'node:assert/strict';
import { nextAskMs } from '../../src/engine/poller.ts';

describe('nextAskMs', () => {
  it('goes by the usual interval where nothing is known of the progress', () => {
    for (const progress of [undefined, 0, 100, 250]) assert.equal(nextAskMs(5_000, 60_000, progress), 5_000);
    assert.equal(nextAskMs(5_000, null, 50), 5_000);
  });

  it('comes back when the clip should be done', () => {
    assert.equal(nextAskMs(5_000, 60_000, 90), 60_000 / 9);
    assert.equal(nextAskMs(500, 5_700, 95), 300);
  });

  it('neither hurries nor waits too long, whatever a vendor says', () => {
    assert.equal(nextAskMs(5_000, 60_000, 1), 10_000);
    assert.equal(nextAskMs(5_000, 60_000, 99.9), 1_000);
  });
});
