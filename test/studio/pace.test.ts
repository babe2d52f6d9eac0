import assert from 'node:assert/strict';
import { measurePace } from '../../src/studio/pace.ts';

type Task = Parameters<ReturnType<typeof measurePace>>[0];
type Step = Task['steps'][number];

const began = Date.UTC(2026, 10, 24);
const task = (given: Partial<Task>): Task => ({
  ...{ id: 'a', status: 'processing', progress: 0, createdAt: new Date(began), steps: [step('running')] },
  ...given,
});
const step = (status: Step['status'], more: Partial<Step> = {}): Step => ({
  status,
  attempts: 1,
  paused: false,
  ...more,
});

describe('the time left in the studio', () => {
  let now = began;
  let pace = measurePace(() => now);
  /** What is told so many seconds after the beginning. */
  const at = (seconds: number, given: Partial<Task>) => {
    now = began + seconds * 1000;
    return pace(task(given));
  };
  beforeEach(() => {
    pace = measurePace(() => now);
  });

  it('is told by the pace so far', () => {
    assert.equal(at(60, { progress: 25 }), 180);
    assert.equal(at(120, { progress: 50 }), 120);
  });

  it('counts down between two steps of progress, below zero where the next one is late', () => {
    assert.equal(at(60, { progress: 50 }), 60);
    assert.equal(at(61, { progress: 50 }), 59);
    assert.equal(at(100, { progress: 50 }), 20);
    assert.equal(at(130, { progress: 50 }), -10);
    assert.equal(at(150, { progress: 75 }), 50);
  });

  it('is not told while there is too little to tell, and when all is done', () => {
    assert.equal(at(2, { progress: 40 }), undefined);
    assert.equal(at(60, { progress: 4 }), undefined);
    assert.equal(at(60, { progress: 100 }), undefined);
  });

  it('leaves out the time for which a task lay failed or cancelled', () => {
    at(60, { progress: 50 });
    for (const status of ['failed', 'cancelled'] as const) assert.equal(at(70, { progress: 50, status }), undefined);
    assert.equal(at(90_000, { progress: 50 }), undefined);
    assert.equal(at(90_020, { progress: 60 }), 80);
  });

  it('leaves it out as well where the page came later', () => {
    assert.equal(at(90_000, { progress: 50, steps: [step('running', { attempts: 2 })] }), undefined);
    assert.equal(at(90_020, { progress: 60, steps: [step('running', { attempts: 2 })] }), 80);
  });

  for (const [what, still] of [
    ['waited for a decision', step('needs_review')],
    ['was paused', step('ready', { paused: true })],
  ] as const)
    it(`leaves out the time for which it ${what}`, () => {
      at(60, { progress: 50 });
      assert.equal(at(70, { progress: 50, steps: [still, step('blocked')] }), undefined);
      assert.equal(at(90_000, { progress: 50 }), undefined);
      assert.equal(at(90_010, { progress: 75 }), 10);
    });

  it('goes on while other steps move beside one in doubt', () => {
    assert.equal(at(60, { progress: 50, steps: [step('needs_review'), step('waiting')] }), 60);
  });

  it('begins anew with another task', () => {
    at(60, { progress: 50, status: 'failed' });
    assert.equal(at(100, { id: 'b', progress: 50, createdAt: new Date(began + 90_000) }), 10);
  });
});
