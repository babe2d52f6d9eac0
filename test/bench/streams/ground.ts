import { join } from 'node:path';
import type { Knex } from 'knex';
import pg from 'pg';
import { v7 } from 'uuid';
import { connect } from '../../../src/db/connect.ts';
import { hashSecret, newApiKey } from '../../../src/operations/accounts/tokens.ts';
import { addTask, addUser } from '../../support/rows.ts';
import { type Helper, nowMs, startHelper } from '../kit/helper.ts';
import { startPostgres } from '../kit/postgres.ts';
import { type RunningProgram, startProgram } from '../kit/program.ts';
import type { Stage } from '../kit/stage.ts';
import type { ReaderCommand } from './readers.ts';

/** Somebody with a task that is told about, and a key that opens streams. */
export interface Watcher {
  userId: string;
  taskId: string;
  key: string;
}

export interface Ground {
  stage: Stage;
  databaseUrl: string;
  db: Knex;
  readers: Helper<ReaderCommand>;
  /** An API node as its users run it. */
  startNode(settings?: Record<string, string>): Promise<RunningProgram>;
  addWatchers(count: number): Promise<Watcher[]>;
  /** A connection to the database of one's own. */
  connect(): Promise<pg.Client>;
}

export async function openGround(stage: Stage): Promise<Ground> {
  const databaseUrl = await startPostgres(stage);
  const db = connect(databaseUrl, { max: 4, applicationName: 'bench' });
  stage.later(() => db.destroy());
  await db.raw('create table bare_events (id bigserial primary key, user_id uuid not null, data jsonb not null)');
  const readers = await startHelper<ReaderCommand>(stage, new URL('./readers.ts', import.meta.url));
  const base = { DATABASE_URL: databaseUrl, DATA_DIR: join(stage.dir, 'data'), JWT_SECRET: 'streams '.repeat(5) };
  return {
    ...{ stage, databaseUrl, db, readers },
    startNode: (settings = {}) => startProgram(stage, { ...base, ...settings }, ['api']),
    addWatchers: async (count) => {
      const watchers: Watcher[] = [];
      for (let index = 0; index < count; index += 1) watchers.push(await addWatcher(db));
      return watchers;
    },
    async connect() {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      stage.later(() => client.end());
      return client;
    },
  };
}

async function addWatcher(db: Knex): Promise<Watcher> {
  const userId = await addUser(db, `watcher-${v7()}`);
  const { key, prefix } = newApiKey();
  const row = { id: v7(), user_id: userId, name: 'bench', prefix, key_hash: hashSecret(key), expires_at: null };
  await db('api_keys').insert(row);
  return { userId, taskId: await addTask(db, userId), key };
}

/** The numbered event of a task, as the engine tells of its steps. */
export const dataOf = (number: number) => ({
  status: 'processing',
  progress: 38,
  details: { stage: 'images', step: 'drawSceneImage', done: number, total: 7, sceneUuid: sample },
});
const sample = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e05';

/** Commits one event, in a transaction of its own, and answers when the commit was known. */
export async function commitEvent(client: pg.Client, { userId, taskId }: Watcher, number: number): Promise<number> {
  await client.query({
    name: 'append',
    text: "select append_event($1, $2, 'task.progress', $3)",
    values: [userId, taskId, JSON.stringify(dataOf(number))],
  });
  return nowMs();
}

/** Throws unless every reader was told each of these numbers once, in order. */
export function assertWhole(numbers: readonly number[][], from: number, count: number): void {
  for (const told of numbers) {
    const isWhole = told.length === count && told.every((number, index) => number === from + index);
    if (!isWhole) throw new Error(`a reader was told ${told.length} of ${count} events: ${told.join(' ')}`);
  }
}
