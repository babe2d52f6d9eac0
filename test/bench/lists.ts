import { join as path } from 'node:path';
import { connect } from '../../src/db/connect.ts';
import { idsOf, type Sizes, seed } from '../plans/seed.ts';
import type { Bench, Figure } from './kit/figure.ts';
import { openAccount } from './kit/filming.ts';
import { hammer } from './kit/hammer.ts';
import { startDatabases } from './kit/postgres.ts';
import { startProgram } from './kit/program.ts';
import type { Stage } from './kit/stage.ts';
import { median, quantile, round } from './kit/stats.ts';

const rounds = 5;
const amount = 200;

/** The reader has the same few rows in both: 100 conversations, 1,000 messages, tasks and events. */
const few: Sizes = {
  every: 20,
  users: 100,
  conversations: 2_000,
  messages: 20_000,
  tasks: 4_000,
  events: 20_000,
  films: 2_000,
  deliveries: 2_000,
  audits: 100,
};
const many: Sizes = {
  every: 1_000,
  users: 10_000,
  conversations: 100_000,
  messages: 1_000_000,
  tasks: 200_000,
  events: 1_000_000,
  films: 100_000,
  deliveries: 100_000,
  audits: 100,
};

const paths = {
  'GET /conversations': () => '/conversations',
  'GET /conversations?page=5': () => '/conversations?page=5',
  'GET /conversations/{id}/messages': ({ conversation }: Ids) => `/conversations/${conversation}/messages`,
  'GET /tasks': () => '/tasks',
  'GET /tasks?status=processing': () => '/tasks?status=processing',
  'GET /screenplays': () => '/screenplays',
  'GET /media': () => '/media',
  'GET /users/me/usage': () => '/users/me/usage',
};

interface Ids {
  conversation: string;
}

interface Place {
  url: string;
  token: string;
  ids: Ids;
}

export const lists: Bench = {
  name: 'lists',
  about: 'latency of lists out of large tables, beside small ones with the same answer',
  async run(stage) {
    const [smallUrl = '', largeUrl = ''] = await startDatabases(stage, ['small', 'large']);
    const small = await openPlace(stage, 'small', smallUrl, few);
    stage.say('filling the large tables');
    const large = await openPlace(stage, 'large', largeUrl, many);
    const figures: Figure[] = [];
    for (const [name, pathOf] of Object.entries(paths)) figures.push(await compare(name, pathOf, small, large));
    return figures;
  },
};

async function openPlace(stage: Stage, name: string, databaseUrl: string, sizes: Sizes): Promise<Place> {
  const { url } = await startProgram(stage, { DATABASE_URL: databaseUrl, DATA_DIR: path(stage.dir, name) }, ['api']);
  const { token, userId } = await openAccount(url, 'ada');
  const db = connect(databaseUrl, { max: 1, applicationName: 'bench', statementTimeoutMs: 0 });
  try {
    await seed(db, userId, sizes);
    return { url, token, ids: await idsOf(db, { conversation: sizes.every }) };
  } finally {
    await db.destroy();
  }
}

async function compare(name: string, pathOf: (ids: Ids) => string, small: Place, large: Place): Promise<Figure> {
  const latencies = { small: [] as number[], large: [] as number[] };
  for (let turn = 0; turn <= rounds; turn += 1) {
    const pair = { small: await ask(small, pathOf), large: await ask(large, pathOf) };
    if (turn === 0) continue;
    latencies.small.push(...pair.small);
    latencies.large.push(...pair.large);
  }
  const [few, many] = [median(latencies.small), median(latencies.large)];
  return {
    name: `${name}, large tables ÷ small ones`,
    value: many / few,
    unit: '×',
    raw: {
      'p50 ms large': round(many),
      'p50 ms small': round(few),
      'p99 ms large': round(quantile(latencies.large, 0.99)),
      'p99 ms small': round(quantile(latencies.small, 0.99)),
    },
  };
}

/** One after the other, so that it is the latency of each and not of a queue. */
async function ask({ url, token, ids }: Place, pathOf: (ids: Ids) => string): Promise<number[]> {
  const load = { url: `${url}/api/v1${pathOf(ids)}`, headers: { authorization: `Bearer ${token}` } };
  return (await hammer(load, { connections: 1, amount })).latencies;
}
