import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { buildProgram, removeBuild } from './campaign/build.ts';
import { type Cluster, startCluster } from './campaign/cluster.ts';
import { join, order, type Person } from './campaign/people.ts';
import { createRandom } from './random.ts';

const build = `fairness-${process.pid}`;
const random = createRandom(1);
const inFlightAtMost = 4;
const films = 100;
/** Pictures of the films that stand in the queue when the nine come. */
const waitingAtLeast = 10;

const median = (values: number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

/** Three worker processes, vendors that take four calls at once, and somebody who orders a hundred films. */
describe('one vendor for all', () => {
  let cluster: Cluster;
  const quiet: Person[] = [];
  const told: string[] = [];

  before(async function () {
    this.timeout(90_000);
    const program = await buildProgram(build);
    const settings = Object.fromEntries(['GLM', 'GEMINI', 'TUZI'].map((name) => [`${name}_MAX_IN_FLIGHT`, '4']));
    const modes = { glm: 'key', gemini: 'key', tuzi: 'key' } as const;
    cluster = await startCluster({ program, modes, settings, latencyScale: 0.3 });
    for (let n = 0; n < 9; n += 1) quiet.push(await join(cluster, `quiet${n}`));
  });
  after(async function () {
    this.timeout(60_000);
    await cluster.close(false);
    await removeBuild(build);
    for (const line of told) process.stdout.write(`    ${line}\n`);
  });

  /** How long each of the nine waits for one picture, ordered by all of them at the same moment. */
  const waits = async (): Promise<number[]> => {
    const since = new Date();
    const startedAt = performance.now();
    await Promise.all(quiet.map((person) => order(cluster, random, person, 'image')));
    const ids = quiet.map(({ id }) => id);
    const rows = () =>
      cluster
        .db('tasks')
        .whereIn('user_id', ids)
        .where('created_at', '>=', since)
        .where({ type: 'image', status: 'completed' })
        .select<{ created_at: Date; completed_at: Date }[]>('created_at', 'completed_at');
    await eventually('nine pictures', async () => (await rows()).length === ids.length, 120_000);
    assert.ok(performance.now() > startedAt);
    return (await rows()).map(({ created_at: from, completed_at: to }) => to.getTime() - from.getTime());
  };

  it('makes nine quiet users wait at most three times as long as they do alone', async function () {
    this.timeout(400_000);
    await waits();
    const alone = await waits();
    const busy = await join(cluster, 'busy');
    for (let n = 0; n < films; n += 10)
      await Promise.all(Array.from({ length: 10 }, () => order(cluster, random, busy, 'film')));
    const pictures = () => cluster.db('steps').where({ vendor: 'gemini', status: 'ready' }).limit(waitingAtLeast);
    await eventually('pictures of the films wait', async () => (await pictures()).length >= waitingAtLeast, 180_000);
    const beside = await waits();
    const [one, other] = [alone, beside].map((all) => ({ median: median(all), most: Math.max(...all) }));
    told.push(
      `alone: median ${one?.median} ms, longest ${one?.most} ms; beside ${films} films: median ${other?.median} ms, longest ${other?.most} ms`,
    );
    assert.ok((other?.median ?? 0) <= 3 * (one?.median ?? 0));
    assert.ok((other?.most ?? 0) <= 3 * (one?.most ?? 0));
  });

  it('never has more calls in flight than its limit, over three processes', async function () {
    this.timeout(60_000);
    const seen: number[] = [];
    for (let n = 0; n < 100; n += 1) {
      const row = await cluster.db('provider_calls').where({ vendor: 'gemini', status: 'sending' }).count({ n: '*' });
      seen.push(Number(row[0]?.n));
      await delay(30);
    }
    told.push(`calls of gemini in flight, looked at ${seen.length} times: ${Math.max(...seen)} at most`);
    assert.equal(Math.max(...seen), inFlightAtMost);
  });

  it('stops them all after one 429', async function () {
    this.timeout(60_000);
    const site = cluster.vendors.find(({ name }) => name === 'gemini');
    const fault = { status: 429, retryAfter: 4 };
    await fetch(`${site?.url}/_sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify([{ path: 'images', count: 1, fault }]),
    });
    const cooled = () => cluster.db('vendor_limits').where({ vendor: 'gemini' }).whereRaw('cool_until > now()').first();
    await eventually('the vendor cools down', cooled, 20_000);
    await delay(500);
    const calls = () =>
      cluster.db('provider_calls').where({ vendor: 'gemini' }).sum<{ n: string }[]>({ n: 'send_count' });
    const [before] = await calls();
    await delay(2_000);
    const [after] = await calls();
    assert.equal(after?.n, before?.n);
  });
});
