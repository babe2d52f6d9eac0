import { setTimeout as delay } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import type { Cluster } from './cluster.ts';
import type { Person } from './people.ts';

interface Told {
  taskId?: string;
  data?: { status?: string; progress?: number };
}

export const digestOf = (taskId: string | null, status: unknown, progress: unknown): string =>
  `${taskId ?? ''} ${status ?? ''} ${progress ?? ''}`;

/** Follows everything a person is told, over every reconnect, now from this node and now from that. */
export function follow(
  cluster: Cluster,
  person: Person,
  reader: string,
): { lastSeq(): number; close(): Promise<void> } {
  const closing = new AbortController();
  const state = { last: 0, node: 0 };
  const run = async () => {
    while (!closing.signal.aborted) {
      state.node += 1;
      await session(cluster, person, reader, state, closing.signal).catch(() => undefined);
      await delay(150, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };
  const done = run();
  return {
    lastSeq: () => state.last,
    async close() {
      closing.abort();
      await done;
    },
  };
}

async function session(
  cluster: Cluster,
  person: Person,
  reader: string,
  state: { last: number; node: number },
  signal: AbortSignal,
): Promise<void> {
  const url = cluster.apis[state.node % cluster.apis.length]?.url;
  const headers = { authorization: `Bearer ${person.token}`, 'last-event-id': String(state.last) };
  const answer = await fetch(`${url}/events`, { headers, signal });
  if (!answer.ok || !answer.body) return;
  const parser = createParser({
    onEvent({ id, data }) {
      if (!id) return;
      const told = JSON.parse(data) as Told;
      const digest = digestOf(told.taskId ?? null, told.data?.status, told.data?.progress);
      state.last = Number(id);
      cluster.history.record({ type: 'event', user: person.id, reader, seq: state.last, digest });
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of answer.body) parser.feed(decoder.decode(chunk, { stream: true }));
}
