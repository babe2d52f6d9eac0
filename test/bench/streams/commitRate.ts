import type pg from 'pg';
import type { Figure } from '../kit/figure.ts';
import { nowMs } from '../kit/helper.ts';
import { median, quantile, round } from '../kit/stats.ts';
import { commitEvent, type Ground, type Watcher } from './ground.ts';
import type { Reading } from './readers.ts';

const writers = 20;
const usersPerWriter = 5;
const runMs = 3_000;
const rounds = 5;

/** Events committed as fast as the machine can, each user's being read meanwhile: beside a loop that inserts and notifies. */
export async function commitRate(ground: Ground): Promise<Figure[]> {
  const node = await ground.startNode();
  const watchers = await ground.addWatchers(writers * usersPerWriter);
  for (const { userId, taskId, key } of watchers) {
    const url = `${node.url}/api/v1/tasks/${taskId}/events`;
    await ground.readers.ask({ do: 'open', group: userId, kind: 'sse', url, tokens: [key] });
  }
  const clients = await Promise.all(Array.from({ length: writers }, () => ground.connect()));
  const rates = { ours: [] as number[], bare: [] as number[] };
  const lags: number[] = [];
  for (let turn = 0; turn <= rounds; turn += 1) {
    const bare = await commitBare(ground, clients, watchers);
    const ours = await commitEvents(ground, clients, watchers);
    if (turn === 0) continue;
    rates.bare.push(bare);
    rates.ours.push(ours.rate);
    lags.push(...ours.lags);
  }
  for (const { userId } of watchers) await ground.readers.ask({ do: 'close', group: userId });
  await node.stop();
  return [
    {
      name: 'events committed and delivered per second ÷ bare insert and notify',
      value: median(rates.ours) / median(rates.bare),
      unit: '×',
      target: { atLeast: 0.5 },
      raw: {
        'events/s': round(median(rates.ours), 0),
        'bare/s': round(median(rates.bare), 0),
        ...{ writers, users: watchers.length, rounds },
      },
    },
    {
      name: 'commit to client at that rate, p99',
      value: quantile(lags, 0.99),
      unit: 'ms',
      raw: { 'p50 ms': round(quantile(lags, 0.5)), events: lags.length },
    },
  ];
}

/** Each writer commits for users of its own, one after the other, until the time is up. */
async function commitEach(
  clients: readonly pg.Client[],
  watchers: readonly Watcher[],
  commit: (client: pg.Client, watcher: Watcher) => Promise<unknown>,
): Promise<void> {
  const until = nowMs() + runMs;
  await Promise.all(
    clients.map(async (client, index) => {
      const own = watchers.slice(index * usersPerWriter, (index + 1) * usersPerWriter);
      for (let turn = 0; nowMs() < until; turn += 1) {
        const watcher = own[turn % own.length];
        if (watcher) await commit(client, watcher);
      }
    }),
  );
}

async function commitBare(_: Ground, clients: readonly pg.Client[], watchers: readonly Watcher[]): Promise<number> {
  const began = nowMs();
  let made = 0;
  await commitEach(clients, watchers, async (client, { userId }) => {
    await client.query({
      name: 'bare',
      text: `with made as (insert into bare_events (user_id, data) values ($1, $2) returning id) select pg_notify('bench_rate', id::text) from made`,
      values: [userId, '{"status":"processing","progress":38}'],
    });
    made += 1;
  });
  return (made * 1000) / (nowMs() - began);
}

/** The rate counts until the last event is with its reader, so that it is one that can be kept up. */
async function commitEvents({ readers }: Ground, clients: readonly pg.Client[], watchers: readonly Watcher[]) {
  for (const { userId } of watchers) await readers.ask({ do: 'forget', group: userId });
  const committed = new Map<string, number[]>(watchers.map(({ userId }) => [userId, []]));
  const began = nowMs();
  await commitEach(clients, watchers, async (client, watcher) => {
    const own = committed.get(watcher.userId) ?? [];
    own.push(await commitEvent(client, watcher, own.length + 1));
  });
  let last = began;
  const lags: number[] = [];
  for (const [userId, times] of committed) {
    const reading = await readers.ask<Reading>({ do: 'read', group: userId, upTo: times.length });
    for (const [index, at] of (reading.times[0] ?? []).entries()) {
      last = Math.max(last, at);
      lags.push(at - (times[index] ?? Number.NaN));
    }
  }
  return { rate: (lags.length * 1000) / (last - began), lags };
}
