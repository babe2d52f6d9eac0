import { join as path } from 'node:path';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connect.ts';
import type { Bench, Figure } from './kit/figure.ts';
import { type Account, openAccount, usualFilm } from './kit/filming.ts';
import { startPostgres } from './kit/postgres.ts';
import { launchProgram, startProgram } from './kit/program.ts';
import { startVendors } from './kit/sandbox.ts';
import type { Stage } from './kit/stage.ts';
import { median, quantile, round } from './kit/stats.ts';

const amount = 10_000;
const users = 50;
const workers = 4;
const scrapes = 15;
const pages = 50;
/** The database is asked for its figures once a second at most. */
const freshMs = 1_050;

export const queue: Bench = {
  name: 'queue',
  about: 'ten thousand queued tasks: what it costs to look at them, and how 4 workers drain them',
  async run(stage) {
    const vendors = await startVendors(stage, { latencyScale: 0 });
    const databaseUrl = await startPostgres(stage);
    const db = connect(databaseUrl, { max: 2, applicationName: 'bench', statementTimeoutMs: 0 });
    stage.later(() => db.destroy());
    const settings = {
      ...{ DATABASE_URL: databaseUrl, DATA_DIR: path(stage.dir, 'data'), METRICS: 'on' },
      ...{ MAX_TASKS_PER_USER: String(amount), RATE_LIMIT_PER_MINUTE: '1000000', GLM_MAX_IN_FLIGHT: '1000' },
      ...{ ADMIN_EMAILS: 'user0@example.com', ...vendors.settings },
    };
    const { url } = await startProgram(stage, settings, ['api']);
    const accounts: Account[] = [];
    for (let index = 0; index < users; index += 1) accounts.push(await openAccount(url, `user${index}`));
    await queueUp(stage, accounts);
    const looks = await look(stage, url, accounts);
    return [...looks, await drain(stage, settings, db)];
  },
};

const { render: _, ...written } = usualFilm;
const order = {
  type: 'screenplay' as const,
  params: { ...written, sceneCount: 3, characterCount: 1 },
};

/** In the order in which they come in: the users in turn, each one after their own last. */
async function queueUp(stage: Stage, accounts: readonly Account[]): Promise<void> {
  stage.say(`${amount} tasks of ${users} users are ordered`);
  await Promise.all(
    accounts.map(async ({ api }) => {
      for (let made = 0; made < amount / users; made += 1) await api.call('createTask', { json: order });
    }),
  );
}

async function look(stage: Stage, url: string, [admin]: readonly Account[]): Promise<Figure[]> {
  stage.say(`${scrapes} scrapes, ${pages} pages of the queue`);
  const scraped = await times(scrapes, async () => {
    await new Promise((resolve) => setTimeout(resolve, freshMs));
    return () => fetch(`${url}/metrics`).then((answer) => answer.text());
  });
  const asked = (address: string) =>
    times(pages, async () => async () => {
      const headers = { authorization: `Bearer ${admin?.token}` };
      const answer = await fetch(`${url}/api/v1/admin/queue${address}`, { headers });
      if (!answer.ok) throw new Error(`the queue is not shown: ${answer.status}`);
      return answer.text();
    });
  const summed = await asked('');
  const listed = await asked('/steps?status=ready');
  const figure = (name: string, taken: readonly number[]): Figure => ({
    name: `${name} with ${amount.toLocaleString('en')} ready steps, p50`,
    value: median(taken),
    unit: 'ms',
    raw: { 'p99 ms': round(quantile(taken, 0.99)), times: taken.length },
  });
  return [figure('/metrics', scraped), figure('getQueue', summed), figure('listQueueSteps', listed)];
}

/** Each after what comes before it, which does not count. */
async function times(count: number, prepare: () => Promise<() => Promise<unknown> | undefined>): Promise<number[]> {
  const taken: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const work = await prepare();
    const from = performance.now();
    await work();
    taken.push(performance.now() - from);
  }
  return taken;
}

/** The first tenth beside the last: a claim out of a long queue costs little more than one out of a short one. */
async function drain(stage: Stage, settings: Record<string, string>, db: Knex): Promise<Figure> {
  stage.say(`${workers} worker processes drain them`);
  const from = performance.now();
  const processes = Array.from({ length: workers }, () => launchProgram(stage, settings, ['worker']));
  const at = { first: 0, tenth: 0, most: 0, all: 0 };
  const after = (done: number) => async () => (await completed(db)) >= done;
  for (const [name, done] of [
    ['first', 1],
    ['tenth', amount / 10],
    ['most', (amount * 9) / 10],
    ['all', amount],
  ] as const) {
    await until(after(done));
    at[name] = (performance.now() - from) / 1000;
  }
  for (const { stop } of processes) await stop();
  const failed = await countOf(db('tasks').whereIn('status', ['failed', 'cancelled']));
  const twice = await countOf(db('provider_calls').where('send_count', '>', 1));
  return {
    name: `tasks per second, ${amount.toLocaleString('en')} queued, ${workers} worker processes`,
    value: amount / (at.all - at.first),
    unit: '/s',
    raw: {
      seconds: round(at.all - at.first, 1),
      'seconds until the first is done': round(at.first, 1),
      'first tenth /s': round(amount / 10 / (at.tenth - at.first), 1),
      'last tenth /s': round(amount / 10 / (at.all - at.most), 1),
      failed,
      'calls sent twice': twice,
    },
  };
}

const countOf = async (rows: Knex.QueryBuilder): Promise<number> => {
  const [row] = await rows.count<{ n: number }[]>({ n: '*' });
  return Number(row?.n ?? 0);
};

const completed = (db: Knex): Promise<number> => countOf(db('tasks').where({ status: 'completed' }));

async function until(holds: () => Promise<boolean>, withinMs = 1_800_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('this takes too long');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
