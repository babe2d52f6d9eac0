import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { toMessage } from '../../../src/realtime/message.ts';
import type { Figure } from '../kit/figure.ts';
import { type Helper, nowMs, startHelper } from '../kit/helper.ts';
import type { RunningProgram } from '../kit/program.ts';
import { median, quantile, round } from '../kit/stats.ts';
import type { BareCommand } from './bareServer.ts';
import { assertWhole, commitEvent, dataOf, type Ground, type Watcher } from './ground.ts';
import type { Reading } from './readers.ts';

const clients = 500;
const events = 200;
const rounds = 5;
const paced = { events: 50, everyMs: 100 };

/** Where 500 clients watch one task. */
interface Arena {
  ground: Ground;
  node: RunningProgram;
  writer: pg.Client;
  bare: Helper<BareCommand>;
  watchers: Record<Way, Watcher>;
  /** The number of the next event. */
  next: Record<Way, number>;
}

type Way = 'sse' | 'ws';
const ways = ['sse', 'ws'] as const;
const nameOf = { sse: 'SSE', ws: 'WebSocket' } as const;

/** 500 clients of one task: deliveries beside a bare loop of the same bytes, and the time from commit to client. */
export async function fanOut(ground: Ground): Promise<Figure[]> {
  const arena = await openArena(ground);
  const rates = { sse: [] as number[], ws: [] as number[], turns: [] as number[], gathered: [] as number[] };
  for (let turn = 0; turn <= rounds; turn += 1) {
    const now = {
      turns: await writeBare(arena, false),
      sse: await burst(arena, 'sse'),
      gathered: await writeBare(arena, true),
      ws: await burst(arena, 'ws'),
    };
    if (turn > 0) for (const [name, rate] of Object.entries(now)) rates[name as keyof typeof rates].push(rate);
  }
  const bare = median(rates.turns);
  const figures: Figure[] = ways.map((way) => ({
    name: `deliveries by ${nameOf[way]} ÷ bare res.write loop`,
    value: median(rates[way]) / bare,
    unit: '×',
    target: { atLeast: 0.7 },
    raw: {
      'deliveries/s': round(median(rates[way]), 0),
      'bare, event by event': round(bare, 0),
      'bare, all in one turn': round(median(rates.gathered), 0),
      ...{ clients, events, rounds },
    },
  }));
  for (const way of ways) figures.push(await pacedFigure(arena, way));
  for (const group of [...ways, 'bare']) await ground.readers.ask({ do: 'close', group });
  await arena.node.stop();
  return figures;
}

async function openArena(ground: Ground): Promise<Arena> {
  const { stage, readers } = ground;
  const node = await ground.startNode({ MAX_STREAMS_PER_USER: String(clients) });
  const bare = await startHelper<BareCommand>(stage, new URL('./bareServer.ts', import.meta.url));
  const [one, other] = await ground.addWatchers(2);
  if (!one || !other) throw new Error('nobody watches');
  const watchers = { sse: one, ws: other };
  const open = (group: string, kind: Way, url: string, token: string) =>
    readers.ask({ do: 'open', group, kind, url, tokens: Array.from({ length: clients }, () => token) });
  await open('sse', 'sse', `${node.url}/api/v1/tasks/${one.taskId}/events`, one.key);
  await open('ws', 'ws', `${node.url}/ws`, other.key);
  await open('bare', 'sse', await bare.ask<string>({ do: 'listen' }), '');
  return { ground, node, bare, watchers, writer: await ground.connect(), next: { sse: 1, ws: 1 } };
}

const rateOf = (reading: Reading, began: number): number => {
  const last = Math.max(...reading.times.map((times) => times.at(-1) ?? 0));
  return (clients * events * 1000) / (last - began);
};

/** All events are committed one after the other as fast as it goes. */
async function burst({ ground, writer, watchers, next }: Arena, way: Way): Promise<number> {
  await ground.readers.ask({ do: 'forget', group: way });
  const from = next[way];
  next[way] += events;
  const began = nowMs();
  for (let made = 0; made < events; made += 1) await commitEvent(writer, watchers[way], from + made);
  const reading = await ground.readers.ask<Reading>({ do: 'read', group: way, upTo: events });
  assertWhole(reading.numbers, from, events);
  return rateOf(reading, began);
}

/** The same bytes as the stream's, by a loop that does nothing else. */
async function writeBare({ ground, bare, watchers, next }: Arena, gather: boolean): Promise<number> {
  await ground.readers.ask({ do: 'forget', group: 'bare' });
  const frames = Array.from({ length: events }, (_, index) => {
    const number = next.sse + index;
    return `id: ${number}\nevent: task.progress\ndata: ${toMessage('task.progress', watchers.sse.taskId, dataOf(number))}\n\n`;
  });
  const began = await bare.ask<number>({ do: 'write', frames, gather });
  return rateOf(await ground.readers.ask<Reading>({ do: 'read', group: 'bare', upTo: events }), began);
}

/** Ten events a second, 5,000 deliveries: how long after its commit an event is with each client. */
async function pacedFigure({ ground, writer, watchers, next }: Arena, way: Way): Promise<Figure> {
  await ground.readers.ask({ do: 'forget', group: way });
  const committed: number[] = [];
  for (let made = 0; made < paced.events; made += 1) {
    committed.push(await commitEvent(writer, watchers[way], next[way]++));
    await delay(paced.everyMs);
  }
  const { times } = await ground.readers.ask<Reading>({ do: 'read', group: way, upTo: paced.events });
  const lags = times.flatMap((each) => [...each].map((at, index) => at - (committed[index] ?? Number.NaN)));
  return {
    name: `commit to client by ${nameOf[way]}, ${clients} clients, ten events a second, p99`,
    value: quantile(lags, 0.99),
    unit: 'ms',
    raw: { 'p50 ms': round(quantile(lags, 0.5)), deliveries: lags.length },
  };
}
