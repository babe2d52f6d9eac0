import { cpus } from 'node:os';
import { join as path } from 'node:path';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connect.ts';
import { claimStep } from '../../src/engine/stepStore.ts';
import { addUser } from '../support/rows.ts';
import type { Bench, Figure } from './kit/figure.ts';
import { join, usualFilm } from './kit/filming.ts';
import { startPostgres } from './kit/postgres.ts';
import { launchProgram, startProgram } from './kit/program.ts';
import { startVendors } from './kit/sandbox.ts';
import type { Stage } from './kit/stage.ts';
import { median, quantile, round, sum } from './kit/stats.ts';
import { busySeconds, cpuWithChildren } from './kit/usage.ts';

const counts = [1, 2, 4];
const films = 16;
/** So few that one worker's room is the limit at first: a film needs 20 s of one slot. */
const slots = 8;
const queues = [100, 1_000, 10_000];
const claims = 100;
const users = 50;

export const workers: Bench = {
  name: 'workers',
  about: 'films per minute with 1, 2 and 4 worker processes; claims out of long queues',
  async run(stage) {
    const vendors = await startVendors(stage, { latencyScale: 1 });
    const databaseUrl = await startPostgres(stage);
    const db = connect(databaseUrl, { max: 2, applicationName: 'bench', statementTimeoutMs: 0 });
    stage.later(() => db.destroy());
    const settings = {
      DATABASE_URL: databaseUrl,
      DATA_DIR: path(stage.dir, 'data'),
      MAX_TASKS_PER_USER: '1000',
      WORKER_CONCURRENCY: String(slots),
      ...vendors.settings,
    };
    const figures: Figure[] = [];
    const { url } = await startProgram(stage, settings, ['api']);
    for (const count of counts) figures.push(await filmsWith(stage, { count, settings, url, db }));
    return [...figures, ...(await claimFigures(stage, db))];
  },
};

interface Crew {
  count: number;
  settings: Record<string, string>;
  url: string;
  db: Knex;
}

/** Asks for all films at once; each of the processes is one of the program, so nothing but the database is between them. */
async function filmsWith(stage: Stage, { count, settings, url, db }: Crew): Promise<Figure> {
  stage.say(`${films} films by ${count} worker processes`);
  const processes = Array.from({ length: count }, () => launchProgram(stage, settings, ['worker']));
  await until(async () => (await living(db)) === count, 60_000);
  const names = ['ada', 'bob', 'cleo', 'dan'].map((name) => `${name}${count}`);
  const apis = await Promise.all(names.map((name) => join(url, name)));
  const before = { done: await completed(db), told: await countOf(db('events')), busy: busySeconds() };
  const from = performance.now();
  const order = { type: 'film' as const, params: usualFilm };
  for (let index = 0; index < films; index += 1)
    await apis[index % apis.length]?.call('createTask', { json: order, key: crypto.randomUUID() });
  await until(async () => (await completed(db)) === before.done + films, 280_000);
  const seconds = (performance.now() - from) / 1000;
  const spent = processes.map(({ pid }) => cpuWithChildren(pid));
  const busy = busySeconds() - before.busy;
  const told = (await countOf(db('events'))) - before.told;
  for (const { stop } of processes) await stop();
  await until(async () => (await living(db)) === 0, 30_000);
  return {
    name: `films per minute, ${count} worker processes of ${slots} slots`,
    value: (films / seconds) * 60,
    unit: '/min',
    raw: {
      films,
      seconds: round(seconds, 1),
      'worker CPU s a film': round(sum(spent.map(({ own }) => own)) / films),
      'ffmpeg CPU s a film': round(sum(spent.map(({ children }) => children)) / films),
      'events a film': round(told / films, 0),
      'cores busy, of all': `${round(busy / seconds, 1)} of ${cpus().length}`,
    },
  };
}

const countOf = async (rows: Knex.QueryBuilder): Promise<number> => {
  const [row] = await rows.count<{ n: number }[]>({ n: '*' });
  return Number(row?.n ?? 0);
};

const completed = (db: Knex): Promise<number> => countOf(db('tasks').where({ status: 'completed' }));
const living = (db: Knex): Promise<number> =>
  countOf(db('worker_sessions').whereNull('fenced_at').whereNull('draining_at'));

async function until(holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('this takes too long');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** One claim after the other by one worker, the same number of users in all queues; the queue stays as long as it is. */
async function claimFigures(stage: Stage, db: Knex): Promise<Figure[]> {
  const owners = await Promise.all(Array.from({ length: users }, (_, index) => addUser(db, `queue${index}`)));
  const session = { pool_id: 'bench', slot: 1_000, backend_pid: 1, backend_start: db.fn.now(), host: 'bench' };
  await db('worker_sessions').insert(session);
  const figures: Figure[] = [];
  for (const [index, length] of queues.entries()) {
    stage.say(`claims out of ${length} tasks`);
    await queueUp(db, owners, { from: (queues[index - 1] ?? 0) + 1, to: length });
    const times: number[] = [];
    for (let turn = 0; turn < claims; turn += 1) {
      const from = performance.now();
      const claimed = await claimStep(db, { poolId: 'bench', kinds: ['writeScreenplay'], caps: {} });
      times.push(performance.now() - from);
      if (!claimed) throw new Error('there was nothing to claim');
      await db('steps').where({ id: claimed.step.id }).update({ status: 'ready', owner_pool: null });
    }
    figures.push({
      name: `a claim out of ${length.toLocaleString('en')} queued tasks, p50`,
      value: median(times),
      unit: 'ms',
      raw: { 'p99 ms': round(quantile(times, 0.99)), claims, users },
    });
  }
  return figures;
}

async function queueUp(db: Knex, owners: string[], range: { from: number; to: number }): Promise<void> {
  const numbers = 'generate_series(cast(:from as int), cast(:to as int)) n';
  const owner = `(cast(:owners as uuid[]))[1 + n % ${users}]`;
  const given = { ...range, owners };
  await db.raw(
    `insert into tasks (id, user_id, type, status, total_weight)
     select md5('queued' || n)::uuid, ${owner}, 'film', 'pending', 1 from ${numbers}`,
    given,
  );
  await db.raw(
    `insert into steps (id, task_id, user_id, kind, stage, vendor, status)
     select gen_random_uuid(), md5('queued' || n)::uuid, ${owner}, 'writeScreenplay', 'screenplay', 'glm', 'ready' from ${numbers}`,
    given,
  );
  await db.raw('vacuum analyze steps');
}
