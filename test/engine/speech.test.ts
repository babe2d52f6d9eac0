import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { readEvents } from '../../src/realtime/eventLog.ts';
import { startTalk } from '../steps/agentRig.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, startRig, statusOf, stopRigs } from './engineRig.ts';

const pieces = Array.from({ length: 60 }, (_, index) => `${index} 🐱 `);

describe('what a step says while it writes', () => {
  const database = useDatabase();
  after(stopRigs);

  it('is told in order and whole, gathered to four events a second', async () => {
    const userId = await addUser(database.db);
    const talk = await startTalk(database, userId);
    const rig = await startRig(database, {
      steps: allSteps(async ({ speak }) => {
        for (const piece of pieces) {
          speak(piece);
          await pause(10);
        }
        return { end: 'done', result: {} };
      }),
    });
    const started = performance.now();
    const turn = await talk.say('x');
    await eventually('it is said', async () => (await statusOf(database.db, turn.id)) === 'completed');
    const seconds = (performance.now() - started) / 1000;
    const events = await readEvents(database.db, { userId, after: 0, limit: 500 });
    const told = events.map(({ message }) => JSON.parse(message).data as { offset: number; text: string });
    let whole = '';
    for (const { offset, text } of told) {
      assert.equal(offset, whole.length);
      whole += text;
    }
    assert.equal(whole, pieces.join(''));
    assert.ok(told.length >= 2 && told.length <= seconds * 4 + 2, `${told.length} events in ${seconds} s`);
    await rig.stop();
  });
});
