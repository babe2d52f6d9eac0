import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Figure } from '../kit/figure.ts';
import { nowMs } from '../kit/helper.ts';
import { quantile, round } from '../kit/stats.ts';
import { assertWhole, commitEvent, type Ground } from './ground.ts';
import type { Reading } from './readers.ts';

const samples = 300;
const warmUp = 30;
const pauseMs = 15;
const channel = 'bench_bare';

/** From the commit of an event by one process to its bytes at a client of another: beside a notification and one select. */
export async function latency(ground: Ground): Promise<Figure[]> {
  const { readers, databaseUrl } = ground;
  const node = await ground.startNode();
  const [watcher] = await ground.addWatchers(1);
  if (!watcher) throw new Error('nobody watches');
  const url = `${node.url}/api/v1/tasks/${watcher.taskId}/events`;
  await readers.ask({ do: 'open', group: 'one', kind: 'sse', url, tokens: [watcher.key] });
  const query = 'select user_id, last_seq from event_cursors where user_id = $1';
  await readers.ask({ do: 'listen', databaseUrl, channel, query });
  const writer = await ground.connect();
  const sent = { ours: [] as number[], bare: [] as number[] };
  for (let turn = 0; turn < warmUp + samples; turn += 1) {
    sent.bare.push(await commitBare(writer, watcher.userId));
    await delay(pauseMs);
    sent.ours.push(await commitEvent(writer, watcher, turn + 1));
    await delay(pauseMs);
  }
  const reading = await readers.ask<Reading>({ do: 'read', group: 'one', upTo: warmUp + samples });
  assertWhole(reading.numbers, 1, warmUp + samples);
  const heard = await readers.ask<number[]>({ do: 'heard', count: warmUp + samples });
  await readers.ask({ do: 'close', group: 'one' });
  await node.stop();
  return figuresOf(
    lagsOf(sent.ours, reading.times[0] ?? new Float64Array()),
    lagsOf(sent.bare, Float64Array.from(heard)),
  );
}

/** Inserts and notifies, so that what it waits for is a commit on disk as well. */
async function commitBare(client: pg.Client, userId: string): Promise<number> {
  await client.query({
    name: 'bare',
    text: `with made as (insert into bare_events (user_id, data) values ($1, '{}') returning user_id) select pg_notify('${channel}', user_id::text) from made`,
    values: [userId],
  });
  return nowMs();
}

const lagsOf = (sent: readonly number[], came: Float64Array): number[] =>
  sent.map((at, index) => (came[index] ?? Number.NaN) - at).slice(warmUp);

function figuresOf(ours: readonly number[], bare: readonly number[]): Figure[] {
  const at = (share: number) => ({ ours: quantile(ours, share), bare: quantile(bare, share) });
  const [half, most] = [at(0.5), at(0.99)];
  const raw = { ms: round(half.ours), 'bare ms': round(half.bare), samples };
  return [
    {
      name: 'commit to bytes of a stream on another node ÷ notification and one select, p50',
      value: half.ours / half.bare,
      unit: '×',
      target: { atMost: 2 },
      raw,
    },
    {
      name: 'the same, p99',
      value: most.ours / most.bare,
      unit: '×',
      raw: { ms: round(most.ours), 'bare ms': round(most.bare) },
    },
  ];
}
