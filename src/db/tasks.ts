import type { Knex } from 'knex';
import type { StoredFailure } from '../errors.ts';
import type { Stage, StepKind, StepStatus, TaskStatus, TaskType, WorkType } from '../film/glossary.ts';
import type { WorkParamsOf } from '../film/params.ts';
import { origin } from '../tracing/origin.ts';
import { newestFirst, offsetOf, type Page, type PageRequest } from './pages.ts';
import { pausedSql } from './pauses.ts';
import { prepared } from './prepared.ts';

export interface ProgressDetails {
  stage: Stage;
  step: StepKind;
  done: number;
  total: number;
  sceneUuid?: string;
  message?: string;
}

interface TaskOf<Type extends WorkType> {
  id: string;
  userId: string;
  conversationId: string | null;
  type: Type;
  status: TaskStatus;
  /** 0 to 100. */
  progress: number;
  progressDetails: ProgressDetails | null;
  params: WorkParamsOf[Type];
  /** Ids only; addresses are signed when it is read. */
  result: Record<string, unknown> | null;
  error: StoredFailure | null;
  createdAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
  /** That it films or draws anew; the one it wrote is in its result. */
  screenplayId: string | null;
  /** Of the request that ordered it; its steps are part of that request's trace. */
  origin: { requestId?: string; traceparent?: string };
}

/**
 * Work of a user, its type telling its params apart; what no user may see as a task (a turn of the agent) is of another type than the
 * default.
 */
export type Task<Type extends WorkType = TaskType> = { [One in Type]: TaskOf<One> }[Type];

interface RowOf<Type extends WorkType> {
  id: string;
  user_id: string;
  conversation_id: string | null;
  type: Type;
  status: TaskStatus;
  progress: number;
  progress_details: ProgressDetails | null;
  params: WorkParamsOf[Type];
  result: Record<string, unknown> | null;
  error: StoredFailure | null;
  created_at: Date;
  updated_at: Date;
  completed_at: Date | null;
  screenplay_id: string | null;
  request_id: string | null;
  traceparent: string | null;
}

export type TaskRow<Type extends WorkType = TaskType> = { [One in Type]: RowOf<One> }[Type];

export const toTask = <Type extends WorkType = TaskType>(row: TaskRow<Type>): Task<Type> => ({
  id: row.id,
  userId: row.user_id,
  conversationId: row.conversation_id,
  type: row.type,
  status: row.status,
  progress: row.progress,
  progressDetails: row.progress_details,
  params: row.params,
  result: row.result,
  error: row.error,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  completedAt: row.completed_at,
  screenplayId: row.screenplay_id,
  origin: {
    ...(row.request_id !== null && { requestId: row.request_id }),
    ...(row.traceparent !== null && { traceparent: row.traceparent }),
  },
});

/** Everything but the agent's turns. */
export const isShown = (query: Knex.QueryBuilder): void => {
  query.whereNot({ type: 'message' });
};

export async function insertTask<Type extends WorkType>(
  db: Knex,
  task: {
    id: string;
    userId: string;
    conversationId: string | null;
    type: Type;
    params: WorkParamsOf[Type];
    totalWeight: number;
  },
): Promise<Task<Type>> {
  const { requestId, traceparent } = origin();
  const [row] = await db('tasks')
    .insert({
      id: task.id,
      user_id: task.userId,
      conversation_id: task.conversationId,
      type: task.type,
      params: task.params,
      total_weight: task.totalWeight,
      request_id: requestId,
      traceparent,
    })
    .returning<TaskRow<Type>[]>('*');
  if (!row) throw new Error('insert of a task returned no row');
  return toTask(row);
}

export async function findTask(db: Knex, id: string, ownerId: string): Promise<Task | undefined> {
  const [row] = await prepared<TaskRow>(
    db,
    'findTask',
    `select id, user_id, conversation_id, type, status, progress, progress_details, params, result, error, created_at, updated_at,
       completed_at, request_id, traceparent from tasks where id = ? and user_id = ? and type <> 'message'`,
    [id, ownerId],
  );
  return row && toTask(row);
}

export interface TaskFilter extends PageRequest {
  type?: TaskType | undefined;
  status?: TaskStatus | undefined;
  conversationId?: string | undefined;
  screenplayId?: string | undefined;
  createdAfter?: Date | undefined;
  createdBefore?: Date | undefined;
  /** The id of a task: those older than it, whatever came since; `page` counts for nothing then. */
  cursor?: string | undefined;
}

/** The newest first; undefined where the cursor is none. */
export async function listTasks(
  db: Knex,
  ownerId: string,
  { cursor, page, pageSize, ...filter }: TaskFilter,
): Promise<(Page<Task> & { nextCursor: string | null }) | undefined> {
  const own = db<TaskRow>('tasks').where({ user_id: ownerId }).modify(isShown).modify(keepOnly, filter);
  const from = cursor === undefined ? undefined : await findPlace(db, ownerId, cursor);
  if (cursor !== undefined && !from) return undefined;
  const older = own.clone().modify((query) => {
    if (from) query.whereRaw('(created_at, id) < (?::timestamptz, ?)', [from.at, from.id]);
    else query.offset(offsetOf({ page, pageSize }));
  });
  const [rows, [counted]] = await Promise.all([
    older.orderBy(newestFirst).limit(pageSize + 1),
    own.clone().count({ total: '*' }),
  ]);
  const items = rows.slice(0, pageSize).map(toTask);
  const nextCursor = rows.length > pageSize ? (items.at(-1)?.id ?? null) : null;
  return { page, pageSize, total: Number(counted?.total ?? 0), items, nextCursor };
}

/** The one that wrote it, and all that name it or a part of it. */
const tasksOfScreenplay =
  'select task_id from screenplays where id = :screenplayId union all select id from tasks where screenplay_id = :screenplayId';

function keepOnly(query: Knex.QueryBuilder, filter: Omit<TaskFilter, 'cursor' | 'page' | 'pageSize'>): void {
  const { type, status, conversationId, screenplayId, createdAfter, createdBefore } = filter;
  if (type) query.where({ type });
  if (status) query.where({ status });
  if (conversationId) query.where({ conversation_id: conversationId });
  if (screenplayId) query.whereRaw(`id = any (array(${tasksOfScreenplay}))`, { screenplayId });
  if (createdAfter) query.where('created_at', '>', createdAfter);
  if (createdBefore) query.where('created_at', '<', createdBefore);
}

/** A task's place in the list, to the microsecond: as text, since dates here end at milliseconds. */
const findPlace = (db: Knex, ownerId: string, id: string) =>
  db('tasks')
    .where({ id, user_id: ownerId })
    .modify(isShown)
    .first<{ id: string; at: string } | undefined>('id', db.raw('created_at::text as at'));

/** As of now: it holds only where the user's row is locked. */
export async function countUnfinishedTasks(trx: Knex, userId: string): Promise<number> {
  const [counted] = await prepared<{ total: number }>(
    trx,
    'countUnfinishedTasks',
    `select count(*) as total from tasks
     where user_id = ? and status in ('pending', 'processing') and type <> 'message'`,
    [userId],
  );
  return counted?.total ?? 0;
}

/** A step as its owner may see it. */
export interface StepView {
  id: string;
  kind: StepKind;
  status: StepStatus;
  attempts: number;
  failures: number;
  /** How often its worker died under it. */
  interruptions: number;
  /** Predecessors not yet done. */
  waitsFor: number;
  nextTryAt: Date | null;
  /** It could start, but spending is paused. */
  paused: boolean;
  sceneUuid: string | null;
  error: StoredFailure | null;
  /** Micro-USD of its calls: accepted, on their way, and those that may have been charged. */
  costMicros: number | null;
}

export async function listSteps(db: Knex, taskId: string): Promise<StepView[]> {
  return prepared<StepView>(
    db,
    'listSteps',
    `select s.id, s.kind, s.status, s.attempts, s.failures, s.crash_count as interruptions, s.waits_for as "waitsFor", s.error,
       case when s.status in ('ready', 'waiting') and s.not_before > now() then s.not_before end as "nextTryAt",
       ${pausedSql} as paused, case when s.kind in ('drawSceneImage', 'shootSceneClip') then s.subject_id end as "sceneUuid",
       (select sum(c.spent_micros + c.reserved_micros + c.doubt_micros)::float8 from provider_calls c
          where c.step_id = s.id and (c.cost_micros is not null or c.lost_micros + c.reserved_micros + c.doubt_micros > 0)) as "costMicros"
     from steps s where s.task_id = ?
     order by array_position(array['screenplay', 'characters', 'images', 'clips', 'film'], s.stage), s.position, s.id`,
    [taskId],
  );
}

/** Accepted paid calls of a task, and what was spent on it in micro-USD: they, and lost ones that were given up. */
export interface TaskUsage {
  calls: { screenplay: number; image: number; video: number };
  costMicros: number;
}

export async function readUsage(db: Knex, taskId: string): Promise<TaskUsage> {
  const { rows } = await db.raw<{ rows: { screenplay: number; image: number; video: number; costMicros: number }[] }>(
    `select count(cost_micros) filter (where purpose = 'screenplay')::int as screenplay,
       count(cost_micros) filter (where purpose = 'image')::int as image, count(cost_micros) filter (where purpose = 'video')::int as video,
       coalesce(sum(spent_micros), 0)::float8 as "costMicros"
     from provider_calls where task_id = ? and (cost_micros is not null or lost_micros > 0)`,
    [taskId],
  );
  const { costMicros, ...calls } = rows[0] ?? { screenplay: 0, image: 0, video: 0, costMicros: 0 };
  return { calls, costMicros };
}
