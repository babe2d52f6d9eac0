import assert from 'node:assert/strict';
import pg from 'pg';
import { listOperations } from '../../src/contract/document.ts';
import { readEvents } from '../../src/realtime/eventLog.ts';
import { pruneEvents } from '../../src/realtime/prunedEvents.ts';
import { useApp } from '../http/testApp.ts';
import { idsOf, type Sizes, seed } from './seed.ts';

const sizes: Sizes = {
  every: 50,
  users: 5_000,
  conversations: 10_000,
  messages: 15_000,
  tasks: 15_000,
  events: 20_000,
  films: 15_000,
  deliveries: 15_000,
  audits: 5_000,
};

/** Tables that grow with use; no list may read one of them from end to end. */
const growing = [
  ...['conversations', 'messages', 'tasks', 'steps', 'events', 'screenplays', 'scenes', 'takes', 'media_files'],
  ...['provider_calls', 'webhook_deliveries', 'audit_log', 'users', 'step_edges'],
];

/** How many there are of everything is asked for administrators only, and there is no way but to count. */
const countsAll =
  /^select count\(\*\) as "total" from "(users|audit_log)" as "\w"( where "u"."closed_at" is null( and "u"."is_active" = \$1)?)?$/;

/** Few rows by nature: settings, models, keys of one person. */
const small = new Set(['listModels', 'listPauses', 'listApiKeys', 'listWebhookEndpoints']);

type Path = (
  ids: Record<'conversation' | 'scene' | 'sheet' | 'screenplay' | 'endpoint' | 'task' | 'message', string>,
) => string;

/** Every list, with each of its filters. */
const lists: Record<string, Path[]> = {
  listConversations: [() => '/conversations', () => '/conversations?pinned=true', () => '/conversations?page=5'],
  listMessages: [
    ({ conversation }) => `/conversations/${conversation}/messages`,
    ({ conversation, message }) => `/conversations/${conversation}/messages?cursor=${message}`,
  ],
  listTasks: [
    () => '/tasks',
    () => '/tasks?status=processing',
    () => '/tasks?type=film',
    () => '/tasks?type=film&status=completed',
    ({ conversation }) => `/tasks?conversationId=${conversation}`,
    ({ screenplay }) => `/tasks?screenplayId=${screenplay}`,
    () => `/tasks?createdAfter=${new Date(Date.now() - 600_000).toISOString()}`,
    ({ task }) => `/tasks?cursor=${task}`,
  ],
  listScreenplays: [() => '/screenplays', () => '/screenplays?page=5'],
  listSceneTakes: [
    ({ screenplay, scene }) => `/screenplays/${screenplay}/scenes/${scene}/takes`,
    ({ screenplay, scene }) => `/screenplays/${screenplay}/scenes/${scene}/takes?kind=image`,
  ],
  listCharacterSheetTakes: [({ screenplay, sheet }) => `/screenplays/${screenplay}/character-sheets/${sheet}/takes`],
  listMedia: [() => '/media', () => '/media?type=video'],
  listWebhookDeliveries: [
    ({ endpoint }) => `/webhooks/${endpoint}/deliveries`,
    ({ endpoint }) => `/webhooks/${endpoint}/deliveries?status=failed`,
  ],
  listUsers: [() => '/admin/users', () => '/admin/users?search=seed77', () => '/admin/users?status=active'],
  listQueueSteps: [() => '/admin/queue/steps', () => '/admin/queue/steps?status=ready'],
  listAuditEntries: [() => '/admin/audit', () => '/admin/audit?action=step.redrive'],
};

interface Query {
  sql: string;
  bindings: unknown[];
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Plan Rows': number;
  Plans?: Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

describe('the plans of lists', () => {
  const app = useApp({ users: ['ada'] });
  let client: pg.Client;
  let ids: Parameters<Path>[0];

  before(async () => {
    const { userId } = app.sessionOf('ada');
    await app.db('users').where({ id: userId }).update({ is_admin: true });
    await seed(app.db, userId, sizes);
    ids = await idsOf(app.db, {
      conversation: 50,
      scene: 50,
      sheet: 50,
      screenplay: 50,
      endpoint: 50,
      task: 5_000,
      message: 500,
    });
    const { connection } = app.db.client.config;
    client = new pg.Client({ connectionString: connection.connectionString });
    await client.connect();
  });

  after(() => client.end());

  /** The statements that `work` really sends. */
  async function sentBy(work: () => PromiseLike<unknown>): Promise<Query[]> {
    const { db } = app.services;
    const seen: Query[] = [];
    const note = ({ sql, bindings = [] }: Query) => void seen.push({ sql, bindings });
    db.on('query', note);
    await work();
    db.removeListener('query', note);
    return seen.filter(({ sql }) => /^\s*(select|with)\b/i.test(sql) && !countsAll.test(sql));
  }

  async function readFromEndToEnd({ sql, bindings }: Query): Promise<string[]> {
    const { rows } = await client.query(`explain (format json) ${sql}`, bindings);
    const nodes = nodesOf(rows[0]['QUERY PLAN'][0].Plan);
    const read = nodes
      .filter(({ 'Node Type': type }) => type === 'Seq Scan')
      .map((node) => node['Relation Name'] ?? '');
    return read.filter((table) => growing.includes(table));
  }

  async function holdsToIndexes(what: string, work: () => PromiseLike<unknown>): Promise<void> {
    const queries = await sentBy(work);
    assert.ok(queries.length > 0, `${what} asked the database nothing`);
    for (const query of queries) assert.deepEqual(await readFromEndToEnd(query), [], `${what}:\n${query.sql}`);
  }

  it('are looked at for every list of the contract', () => {
    const all = listOperations().map(({ operationId }) => operationId as string);
    const expected = all.filter((name) => name.startsWith('list') && !small.has(name));
    assert.deepEqual(Object.keys(lists).sort(), expected.sort());
  });

  for (const [operationId, paths] of Object.entries(lists)) {
    it(`stay on an index: ${operationId}`, async () => {
      for (const path of paths) {
        const address = `/api/v1${path(ids)}`;
        await holdsToIndexes(address, () => app.as('ada').get(address).expect(200));
      }
    });
  }

  it('stay on an index where a stream is resumed', async () => {
    const { userId } = app.sessionOf('ada');
    const from = { userId, after: 19_000, limit: 100 };
    await holdsToIndexes('all events', () => readEvents(app.services.db, from));
    await holdsToIndexes('events of a task', () => readEvents(app.services.db, { ...from, taskId: ids.task }));
  });

  it('stay on an index where the hourly job looks for what has served its time', async () => {
    await holdsToIndexes('events', () => pruneEvents(app.services.db, new Date(0)));
  });

  it('stay on an index where usage and budget are summed', async () => {
    for (const path of ['/users/me/usage', '/users/me/usage?groupBy=film', '/users/me/budget'])
      await holdsToIndexes(path, () => app.as('ada').get(`/api/v1${path}`).expect(200));
  });
});
