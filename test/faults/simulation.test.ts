import assert from 'node:assert/strict';
import { runSchedules } from './simulation/campaign.ts';
import type { Guard } from './simulation/guards.ts';
import { runSchedule } from './simulation/run.ts';

/** Seeds at which a missing guard shows at once; `npm run faults` looks for such seeds by itself, for every guard. */
const telling: [Guard, number][] = [
  ['intent', 1],
  ['lookup', 1],
  ['take-id', 3],
  ['label', 60],
  ['same-request', 20],
  ['one-asks', 20261125],
  ['probe-ends', 20261125],
  ['known-away', 20261125],
  ['from-when-due', 20335248],
  ['sweep-stopped', 4215],
];

/**
 * Each of these broke a promise once: a worker frozen while it registered, an outage longer than anybody's patience, a vendor that nobody
 * asked because all took too long, a step given up for an absence that was over, one that waited from its first call on instead of from when it was
 * due, a clip that could not be fetched for as long as others could not be ordered, and what a worker that stopped had left behind.
 */
const lessons = [194_392_544, 20_704_324, 20_261_125, 20_263_449, 20_335_248, 20_428_985, 4215];

describe('the simulation', () => {
  it('keeps every promise in the schedules that once broke one', () => {
    for (const seed of lessons) assert.deepEqual(runSchedule(seed).violations, []);
  });

  it('keeps every promise in 120 schedules of crashes, freezes, cuts and lost answers', () => {
    const report = runSchedules(1, 121);
    assert.deepEqual(report.broken, []);
    assert.ok((report.faults.freeze ?? 0) > 100 && (report.faults.kill ?? 0) > 100);
  });

  it('is the same for the same seed', () => {
    assert.deepEqual(runSchedule(7), runSchedule(7));
  });

  for (const [guard, from] of telling) {
    it(`notices when a guard is taken away: ${guard}`, () => {
      const noticed = Array.from({ length: 60 }, (_, n) => n).some(
        (n) => runSchedule(from + n, [guard]).violations.length > 0,
      );
      assert.ok(noticed);
    });
  }
});
