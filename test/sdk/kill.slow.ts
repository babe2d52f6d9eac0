import assert from 'node:assert/strict';
import type { TaskEvent } from './sdk.ts';
import { useService } from './service.ts';

const story = { prompt: 'a kitten sees the sea', sceneCount: 2, characterCount: 1, sceneSeconds: 5 } as const;

describe('the SDK, when the service is killed', function () {
  this.timeout(120_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.2' });

  it('goes on with the stream where it was: nothing is lost and nothing is repeated', async () => {
    let reconnects = 0;
    const ada = await service.join('ada', { logger: ({ event }) => event === 'reconnect' && reconnects++ });
    const task = ada.films.create(story);
    const waiting = task.wait();
    const events: TaskEvent[] = [];
    let restart = Promise.resolve();
    for await (const event of task.stream()) {
      events.push(event);
      if (events.length !== 2 && events.length !== 5) continue;
      await service.kill();
      restart = service.start();
    }
    await restart;
    const film = await waiting;
    assert.equal(film.status, 'completed');
    assert.ok(reconnects >= 2);
    const whole: TaskEvent[] = [];
    for await (const event of ada.tasks.stream(film.id)) whole.push(event);
    assert.deepEqual(events, whole);
    const written = await service.database.db('events').where({ task_id: film.id }).orderBy('seq').pluck('seq');
    assert.deepEqual(
      events.map(({ id }) => id),
      written,
    );
  });

  it('asks again for what it asked for while the service was away, and buys it once', async () => {
    const bob = await service.join('bob', { maxRetries: 40 });
    await service.kill();
    const asked = bob.images.create({ prompt: 'a lantern' });
    asked.catch(() => undefined);
    await service.start();
    const picture = await asked.wait();
    assert.equal((await bob.tasks.list()).total, 1);
    assert.ok(picture.result.url);
  });
});
