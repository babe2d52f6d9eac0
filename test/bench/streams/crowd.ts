import { setTimeout as delay } from 'node:timers/promises';
import type { Figure } from '../kit/figure.ts';
import { nowMs } from '../kit/helper.ts';
import type { RunningProgram } from '../kit/program.ts';
import { median, round } from '../kit/stats.ts';
import { residentKiB } from '../kit/usage.ts';
import { assertWhole, commitEvent, type Ground, type Watcher } from './ground.ts';
import type { Reading } from './readers.ts';

const users = 200;
const streamsEach = 5;
const clients = users * streamsEach;
const eventsBefore = 3;
const eventsMeanwhile = 3;

/** 1,000 clients: what each costs while nothing happens, and how long it takes until all have come back from a node that was killed. */
export async function crowd(ground: Ground): Promise<Figure[]> {
  const watchers = await ground.addWatchers(users);
  const [first, second] = [await ground.startNode(), await ground.startNode()];
  await openAll(ground, first, watchers);
  await closeAll(ground, watchers);
  const before = await settled(first);
  const openedMs = await openAll(ground, first, watchers);
  const after = await settled(first);
  const figures: Figure[] = [
    {
      name: 'memory per idle client',
      value: (after - before) / clients,
      unit: 'KiB',
      raw: { clients, users, 'node with them MiB': round(after / 1024, 0), 'opened within ms': round(openedMs, 0) },
    },
    await storm(ground, watchers, first, second),
  ];
  await closeAll(ground, watchers);
  await second.stop();
  return figures;
}

/** Every user's streams are a group, all of them opened at once. */
async function openAll(
  { readers }: Ground,
  { url }: RunningProgram,
  watchers: readonly Watcher[],
  after = 0,
): Promise<number> {
  return readers.ask<number>({
    do: 'openMany',
    readers: watchers.map(({ userId, taskId, key }) => ({
      ...{ group: userId, kind: 'sse' as const, after },
      url: `${url}/api/v1/tasks/${taskId}/events`,
      tokens: Array.from({ length: streamsEach }, () => key),
    })),
  });
}

async function closeAll({ readers }: Ground, watchers: readonly Watcher[]): Promise<void> {
  for (const { userId } of watchers) await readers.ask({ do: 'close', group: userId });
}

/** Resident memory, once garbage has had time to be collected. */
async function settled({ pid }: RunningProgram): Promise<number> {
  await delay(4_000);
  const looks: number[] = [];
  for (let look = 0; look < 10; look += 1) {
    looks.push(residentKiB(pid));
    await delay(200);
  }
  return median(looks);
}

/** The node is killed, events happen, and all clients come to the other one at once, each naming the last event it has. */
async function storm(
  ground: Ground,
  watchers: readonly Watcher[],
  killed: RunningProgram,
  left: RunningProgram,
): Promise<Figure> {
  const writer = await ground.connect();
  const tell = async (from: number, count: number) => {
    for (let made = 0; made < count; made += 1)
      for (const watcher of watchers) await commitEvent(writer, watcher, from + made);
  };
  await tell(1, eventsBefore);
  const read = (userId: string, upTo: number) => ground.readers.ask<Reading>({ do: 'read', group: userId, upTo });
  for (const { userId } of watchers) assertWhole((await read(userId, eventsBefore)).numbers, 1, eventsBefore);
  await killed.kill();
  const meanwhile = tell(eventsBefore + 1, eventsMeanwhile);
  const began = nowMs();
  await openAll(ground, left, watchers, eventsBefore);
  await meanwhile;
  let last = began;
  for (const { userId } of watchers) {
    const { numbers, times } = await read(userId, eventsMeanwhile);
    assertWhole(numbers, eventsBefore + 1, eventsMeanwhile);
    last = Math.max(last, ...times.map((each) => each.at(-1) ?? 0));
  }
  return {
    name: `${clients} clients of a killed node have come back to another and know everything`,
    value: (last - began) / 1000,
    unit: 's',
    raw: { clients, 'events meanwhile': eventsMeanwhile * users, lost: 0, repeated: 0 },
  };
}
