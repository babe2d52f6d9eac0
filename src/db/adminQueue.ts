import type { Knex } from 'knex';
import type { StoredFailure } from '../errors.ts';
import type { StepStatus, WorkKind, WorkType } from '../film/glossary.ts';
import { offsetOf, type Page, type PageRequest } from './pages.ts';
import { pausedSql } from './pauses.ts';

/** A step of anybody. */
export interface QueueStep {
  id: string;
  taskId: string;
  taskType: WorkType;
  userId: string;
  username: string;
  kind: WorkKind;
  status: StepStatus;
  vendor: string | null;
  /** It could start, but nothing is bought of its vendor now. */
  paused: boolean;
  attempts: number;
  failures: number;
  interruptions: number;
  nextTryAt: Date | null;
  error: StoredFailure | null;
  createdAt: Date;
  updatedAt: Date;
}

const queueStatuses = ['ready', 'running', 'waiting', 'needs_review', 'dead'] as const;
export type QueueStatus = (typeof queueStatuses)[number];

export interface QueueFilter extends PageRequest {
  status?: QueueStatus | undefined;
  kind?: WorkKind | undefined;
  userId?: string | undefined;
}

const seen = (db: Knex) => [
  ...['s.id', 's.task_id as taskId', 't.type as taskType', 's.user_id as userId', 'u.username', 's.kind', 's.status'],
  ...['s.vendor', 's.attempts', 's.failures', 's.crash_count as interruptions', 's.error'],
  ...['s.created_at as createdAt', 's.updated_at as updatedAt'],
  db.raw(`${pausedSql} as paused`),
  db.raw(`case when s.status in ('ready', 'waiting') and s.not_before > now() then s.not_before end as "nextTryAt"`),
];

/** Of chosen steps only: joined before they are chosen, all tasks and users would be read. */
const named = (query: Knex.QueryBuilder) =>
  query.join('tasks as t', 't.id', 's.task_id').join('users as u', 'u.id', 's.user_id');

/** What is not at rest, and of that what has stood longest first. */
export async function listQueue(db: Knex, filter: QueueFilter): Promise<Page<QueueStep>> {
  const { page, pageSize, status, kind, userId } = filter;
  const kept = () =>
    db('steps as s')
      .whereRaw("s.status in ('ready', 'running', 'waiting', 'needs_review', 'dead')")
      .where({ ...(status && { 's.status': status }), ...(kind && { 's.kind': kind }) })
      .where({ ...(userId && { 's.user_id': userId }) });
  const order = [{ column: 's.updated_at' }, { column: 's.id' }];
  const shown = kept().orderBy(order).limit(pageSize).offset(offsetOf(filter)).select('s.*').as('s');
  const [items, [counted]] = await Promise.all([
    named(db.from(shown)).orderBy(order).select<QueueStep[]>(seen(db)),
    kept().count({ total: '*' }),
  ]);
  return { page, pageSize, total: Number(counted?.total ?? 0), items };
}

/** A step of anybody's, in whatever state. */
export async function findQueueStep(db: Knex, id: string): Promise<QueueStep | undefined> {
  return named(db('steps as s')).where({ 's.id': id }).first<QueueStep | undefined>(seen(db));
}

/** Tasks that have not ended, the agent's turns not among them. */
export async function countOpenTasks(db: Knex): Promise<{ pending: number; processing: number }> {
  const rows = await db('tasks')
    .whereIn('status', ['pending', 'processing'])
    .whereNot({ type: 'message' })
    .groupBy('status')
    .select<{ status: 'pending' | 'processing'; n: number }[]>('status', db.raw('count(*)::int as n'));
  const of = (status: string) => rows.find((row) => row.status === status)?.n ?? 0;
  return { pending: of('pending'), processing: of('processing') };
}
