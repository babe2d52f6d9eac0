import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { startProxy } from '../support/proxy.ts';
import { type Client, DirectorAI, type StreamEvent } from './sdk.ts';
import { password, useService } from './service.ts';

const streamsEach = 5;

describe('the SDK, when the network changes', function () {
  this.timeout(120_000);
  const service = useService({ MAX_STREAMS_PER_USER: String(streamsEach) });
  const leaving = new AbortController();

  const follow = async (client: Client, told: StreamEvent[], onOpen: () => void) => {
    for await (const event of client.events.stream({ signal: leaving.signal, onOpen })) told.push(event);
  };

  it('keeps every stream a user may have, though the service still holds the lost ones', async () => {
    const ada = await service.join('ada');
    const { token } = await ada.auth.login({ email: 'ada@example.com', password });
    const proxy = await startProxy(service.url);
    const client = new DirectorAI({ baseUrl: proxy.url, token });
    const told = Array.from({ length: streamsEach }, (): StreamEvent[] => []);
    let opened = 0;
    const following = told.map((events) => follow(client, events, () => opened++));
    for (const one of following) one.catch(() => undefined);
    await eventually('all are open', () => opened === streamsEach);
    proxy.loseClients();
    const { id } = await ada.images.create({ prompt: 'a lantern' });
    await ada.tasks.wait(id);
    const isTold = (events: StreamEvent[]) =>
      events.some((event) => event.type === 'task.progress' && event.data.status === 'completed');
    await eventually('all are told', () => told.every(isTold), 60_000);
    const numbers = told.map((events) => events.map((event) => event.id));
    const written = await service.database.db('events').where({ task_id: id }).orderBy('seq').pluck('seq');
    assert.deepEqual(numbers, Array(streamsEach).fill(written));
    leaving.abort();
    await Promise.allSettled(following);
    await proxy.close();
  });
});
