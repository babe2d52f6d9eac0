import assert from 'node:assert/strict';
import { useDatabase } from '../support/database.ts';
import { addTask, addUser } from '../support/rows.ts';
import { type Stage, startStage, tell } from './stage.ts';
import { idsOf, openStream, range, type StreamClient } from './streamClient.ts';

const users = 200;
const streamsEach = 5;

describe('a thousand readers', () => {
  const database = useDatabase();
  const watched: { userId: string; taskId: string }[] = [];
  let stage: Stage;

  before(async () => {
    stage = await startStage(database, { maxStreamsPerUser: streamsEach });
    for (const count of range(1, users)) {
      const userId = await addUser(database.db, `user${count}`);
      watched.push({ userId, taskId: await addTask(database.db, userId) });
    }
    await tellAll();
  });
  after(() => stage.close());

  const tellAll = () => Promise.all(watched.map((one) => tell(database, one)));
  const openAll = (after: number): Promise<StreamClient[]> =>
    Promise.all(
      watched.flatMap(({ userId, taskId }) =>
        range(1, streamsEach).map(() => openStream(`${stage.url}/${userId}/${taskId}/events`, { after })),
      ),
    );

  it('whose node goes away come back to another at once, and lose nothing', async () => {
    const cut = await openAll(0);
    await Promise.all(cut.map((stream) => stream.until(1)));
    await stage.close();
    await Promise.all(cut.map(({ ended }) => ended));
    await tellAll();
    stage = await startStage(database, { maxStreamsPerUser: streamsEach });
    const meanwhile = tellAll();
    const back = await openAll(1);
    await meanwhile;
    await Promise.all(back.map((stream) => stream.until(3)));
    assert.equal(stage.realtime.open().sse, users * streamsEach);
    for (const stream of back) {
      assert.deepEqual([stream.status, idsOf(stream.events)], [200, [2, 3]]);
      stream.close();
    }
  });
});
