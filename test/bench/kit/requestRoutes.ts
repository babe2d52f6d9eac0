import { join as path } from 'node:path';
import type { Load } from 'autocannon';
import { connect } from '../../../src/db/connect.ts';
import { startScript } from './childScript.ts';
import { type Account, openAccount, usualFilm } from './filming.ts';
import { startPostgres } from './postgres.ts';
import { startProgram } from './program.ts';
import type { Stage } from './stage.ts';

/** 100,000 conversations in all. */
const rows = { own: 100, owners: 999 };

/** One sort of request, and the process that answers it. */
export interface Route {
  name: string;
  pid: number;
  load: Pick<Load, 'url' | 'method' | 'headers' | 'body' | 'setupClient'>;
  /** Requests of a round. */
  amount: number;
  /** CPU at most, as a multiple of the bare route's. */
  atMost?: number;
}

export interface Routes {
  /** A select by primary key and nothing else. */
  bare: Route;
  ours: Route[];
  /** One of ours, and a bare route that writes the same rows in one statement. */
  written: readonly [ours: Route, bare: Route];
  /** Pairs of one request to the program, and to the program without its validator. */
  validated: (readonly [checked: Route, unchecked: Route])[];
}

/** Bare route, program, and program without validator, over one database; the log is on and goes to a pipe. */
export async function openRoutes(stage: Stage): Promise<Routes> {
  const databaseUrl = await startPostgres(stage);
  const settings = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: path(stage.dir, 'data'),
    MAX_TASKS_PER_USER: '100000',
    LOG_LEVEL: 'info',
  };
  const ours = await startProgram(stage, settings, ['api']);
  const preloaded = `--import ${new URL('withoutChecks.ts', import.meta.url).href}`;
  const unchecked = await startProgram(stage, { ...settings, NODE_OPTIONS: preloaded }, ['api']);
  const bare = await startScript(stage, './bareServer.ts', [databaseUrl]);
  const [reader, writer] = await Promise.all(['ada', 'bob'].map((name) => openAccount(ours.url, name)));
  if (!reader || !writer) throw new Error('there are no accounts');
  await fillConversations(databaseUrl, reader.userId);
  const { items } = await reader.api.call('listConversations', {});
  const id = items[0]?.id ?? '';
  const get = reading(ours, reader, '/conversations/{id}', `/conversations/${id}`, { amount: 3_000, atMost: 2 });
  const post = writing(ours, writer, '/conversations', { title: 'The sea' }, { amount: 1_000, atMost: 3 });
  const film = { type: 'film', params: usualFilm };
  const queued = writing(ours, writer, '/tasks', film, { amount: 500, atMost: 3 });
  const order = await byMany(ours, { ...queued, name: 'POST /tasks, each of another user' });
  const bareOrder = { ...queued.load, url: `${bare.line}/tasks/${writer.userId}` };
  return {
    bare: { name: 'bare route', pid: bare.pid, load: { url: `${bare.line}/conversations/${id}` }, amount: 3_000 },
    ours: [
      get,
      reading(ours, reader, '/auth/me', '/auth/me', { amount: 3_000, atMost: 2 }),
      reading(ours, reader, '/conversations, 20 of 100', '/conversations', { amount: 1_000, atMost: 3 }),
      post,
      order,
      { ...queued, name: 'POST /tasks, all of one user, who wait for each other' },
    ],
    written: [order, { name: 'bare POST /tasks', pid: bare.pid, load: bareOrder, amount: 500 }],
    validated: [get, post].map((route) => [route, sentTo(unchecked, ours, route)] as const),
  };
}

interface Answering {
  url: string;
  pid: number;
}

const reading = (
  { url, pid }: Answering,
  { token }: Account,
  name: string,
  address: string,
  rest: Pick<Route, 'amount' | 'atMost'>,
): Route => ({
  name: `GET ${name}`,
  pid,
  load: { url: `${url}/api/v1${address}`, headers: { authorization: `Bearer ${token}` } },
  ...rest,
});

const writing = (
  { url, pid }: Answering,
  { token }: Account,
  address: string,
  body: object,
  rest: Pick<Route, 'amount' | 'atMost'>,
): Route => ({
  name: `POST ${address}`,
  pid,
  load: {
    url: `${url}/api/v1${address}`,
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  },
  ...rest,
});

/** Every connection is another user's. */
async function byMany(ours: Answering, route: Route): Promise<Route> {
  const accounts = await Promise.all(Array.from({ length: 10 }, (_, index) => openAccount(ours.url, `crowd${index}`)));
  let next = 0;
  const setupClient: Load['setupClient'] = (connection) => {
    const token = accounts[next % accounts.length]?.token;
    next += 1;
    connection.setHeaders({ ...route.load.headers, authorization: `Bearer ${token}` });
  };
  return { ...route, load: { ...route.load, setupClient } };
}

/** The same request to another process. */
const sentTo = ({ url, pid }: Answering, from: Answering, route: Route): Route => ({
  ...route,
  name: `${route.name}, not validated`,
  pid,
  load: { ...route.load, url: route.load.url.replace(from.url, url) },
});

/** A table of usual size, of which the reader owns a few. */
async function fillConversations(databaseUrl: string, readerId: string): Promise<void> {
  const db = connect(databaseUrl, { max: 1, applicationName: 'bench', statementTimeoutMs: 0 });
  try {
    await db.raw(
      `insert into users (id, username, email, password_hash)
       select gen_random_uuid(), 'owner' || n, 'owner' || n || '@example.com', '' from generate_series(1, ?) n`,
      [rows.owners],
    );
    await db.raw(
      `insert into conversations (id, user_id, title, updated_at)
       select gen_random_uuid(), id, 'A film about the sea, number ' || n, now() - n * interval '1 minute'
       from users, generate_series(1, ?) n where username like 'owner%' or id = ?`,
      [rows.own, readerId],
    );
    await db.raw('vacuum analyze');
  } finally {
    await db.destroy();
  }
}
