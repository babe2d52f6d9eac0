import { join as path } from 'node:path';
import autocannon, { type Load } from 'autocannon';
import { connect } from '../../src/db/connect.ts';
import { startScript } from './kit/childScript.ts';
import type { Bench, Figure } from './kit/figure.ts';
import { openAccount, usualFilm } from './kit/filming.ts';
import { startPostgres } from './kit/postgres.ts';
import { startProgram } from './kit/program.ts';
import type { Stage } from './kit/stage.ts';
import { median, round } from './kit/stats.ts';
import { cpuSeconds } from './kit/usage.ts';

const rounds = 7;
const connections = 10;
/** 100,000 conversations in all. */
const rows = { own: 100, owners: 999 };
const atMostForGet = 2.5;

/** One sort of request, and the process that answers it. */
interface Route {
  name: string;
  pid: number;
  load: Pick<Load, 'url' | 'method' | 'headers' | 'body'>;
  amount: number;
}

export const requests: Bench = {
  name: 'requests',
  about: 'CPU time per request, beside a bare Express route with one select',
  async run(stage) {
    const routes = await openRoutes(stage);
    const spent = new Map<Route, number[]>(routes.map((route) => [route, []]));
    for (let turn = 0; turn <= rounds; turn += 1) {
      stage.say(turn === 0 ? 'a round to warm up' : `round ${turn} of ${rounds}`);
      for (const route of routes) {
        const each = await microsPerRequest(route);
        if (turn > 0) spent.get(route)?.push(each);
      }
    }
    const [bare, ...ours] = routes.map((route) => ({ route, micros: median(spent.get(route) ?? []) }));
    if (!bare) throw new Error('there is nothing to compare with');
    return ours.map(({ route, micros }) => figureFor(route, micros, bare.micros));
  },
};

function figureFor({ name, amount }: Route, micros: number, bareMicros: number): Figure {
  return {
    name: `CPU of ${name} ÷ bare Express route`,
    value: micros / bareMicros,
    unit: '×',
    ...(name === 'GET /conversations/{id}' && { target: { atMost: atMostForGet } }),
    raw: { 'µs per request': Math.round(micros), 'bare µs': round(bareMicros, 0), requests: amount * rounds },
  };
}

/** User and system time of the answering process, divided by its requests. Any answer but a success is an error. */
async function microsPerRequest({ name, pid, load, amount }: Route): Promise<number> {
  const before = cpuSeconds(pid);
  const outcome = await autocannon({ ...load, connections, amount });
  const seconds = cpuSeconds(pid) - before;
  if (outcome['2xx'] !== amount) throw new Error(`${name}: ${outcome.non2xx} refused, ${outcome.errors} broken`);
  return (seconds / amount) * 1e6;
}

async function openRoutes(stage: Stage): Promise<Route[]> {
  const databaseUrl = await startPostgres(stage);
  const settings = { DATABASE_URL: databaseUrl, DATA_DIR: path(stage.dir, 'data'), MAX_TASKS_PER_USER: '100000' };
  const { url, pid } = await startProgram(stage, settings, ['api']);
  const bare = await startScript(stage, './bareServer.ts', [databaseUrl]);
  const [reader, writer] = await Promise.all(['ada', 'bob'].map((name) => openAccount(url, name)));
  if (!reader || !writer) throw new Error('there are no accounts');
  await fillConversations(databaseUrl, reader.userId);
  const { items } = await reader.api.call('listConversations', {});
  const id = items[0]?.id ?? '';
  const read = (name: string, path: string, amount: number): Route => ({
    name: `GET ${name}`,
    pid,
    load: { url: `${url}/api/v1${path}`, headers: { authorization: `Bearer ${reader.token}` } },
    amount,
  });
  const write = (path: string, body: object, amount: number): Route => ({
    name: `POST ${path}`,
    pid,
    load: {
      url: `${url}/api/v1${path}`,
      method: 'POST',
      headers: { authorization: `Bearer ${writer.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
    amount,
  });
  return [
    { name: 'bare route', pid: bare.pid, load: { url: `${bare.line}/conversations/${id}` }, amount: 3_000 },
    read('/conversations/{id}', `/conversations/${id}`, 3_000),
    read('/auth/me', '/auth/me', 3_000),
    read('/conversations, 20 of 100', '/conversations', 1_000),
    write('/conversations', { title: 'The sea' }, 1_000),
    write('/tasks', { type: 'film', params: usualFilm }, 300),
  ];
}

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
