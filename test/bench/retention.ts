import type { Knex } from 'knex';
import { connect } from '../../src/db/connect.ts';
import { pruneEvents } from '../../src/realtime/prunedEvents.ts';
import type { Bench, Figure } from './kit/figure.ts';
import { startPostgres } from './kit/postgres.ts';
import { round } from './kit/stats.ts';

/** A million events; the tasks of a tenth of them ended longer ago than is kept. */
const tasks = 20_000;
const eventsOfTask = 50;
const share = 10;
const users = 1_000;

export const retention: Bench = {
  name: 'retention',
  about: 'deleting old events out of a large table, which the hourly job does, and the same with nothing to do',
  async run(stage) {
    const databaseUrl = await startPostgres(stage);
    const db = connect(databaseUrl, { max: 2, applicationName: 'bench', statementTimeoutMs: 0 });
    stage.later(() => db.destroy());
    stage.say(`  ${tasks * eventsOfTask} events of ${tasks} tasks`);
    await fill(db);
    const before = new Date(Date.now() - 30 * 86_400_000);
    stage.say('  a run with much to delete, and one with nothing');
    const busy = await timed(() => pruneEvents(db, before));
    const idle = await timed(() => pruneEvents(db, before));
    return [deleted(busy), nothing(idle)];
  },
};

interface Run {
  count: number;
  seconds: number;
}

async function timed(work: () => Promise<number>): Promise<Run> {
  const from = performance.now();
  const count = await work();
  return { count, seconds: (performance.now() - from) / 1000 };
}

const deleted = ({ count, seconds }: Run): Figure => ({
  name: `old events deleted per second, of ${(tasks * eventsOfTask).toLocaleString('en')}`,
  value: count / seconds,
  unit: '/s',
  raw: { deleted: count, seconds: round(seconds), 'tasks ended': tasks / share, users },
});

const nothing = ({ seconds }: Run): Figure => ({
  name: 'the same job with nothing to delete',
  value: seconds * 1000,
  unit: 'ms',
  raw: { 'tasks that ended': tasks },
});

async function fill(db: Knex): Promise<void> {
  await db.raw(
    `insert into users (id, username, email, password_hash)
     select md5('user' || n)::uuid, 'user' || n, 'user' || n || '@example.com', '' from generate_series(1, ?) n`,
    [users],
  );
  await db.raw(
    `insert into tasks (id, user_id, type, status, total_weight, completed_at)
     select md5('task' || n)::uuid, md5('user' || 1 + n % ?)::uuid, 'film', 'completed', 1,
       now() - case when n % ? = 0 then interval '31 days' else interval '1 day' end - n * interval '1 second'
     from generate_series(1, ?) n`,
    [users, share, tasks],
  );
  await db.raw(
    `insert into events (user_id, seq, task_id, type, data)
     select t.user_id, row_number() over (partition by t.user_id), t.id, 'task.progress',
       '{"status":"processing","progress":10,"details":{"stage":"images","step":"drawSceneImage","done":1,"total":7}}'
     from tasks t, generate_series(1, ?) n`,
    [eventsOfTask],
  );
  await db.raw('vacuum analyze');
}
