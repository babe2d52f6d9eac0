import type { Knex } from 'knex';
import type { StoredFailure } from '../errors.ts';
import type { Stage, StepKind, StepStatus, TaskStatus, TaskType } from '../film/glossary.ts';
import { offsetOf, type Page, type PageRequest } from './pages.ts';

export interface ProgressDetails {
  stage: Stage;
  step: StepKind;
  done: number;
  total: number;
  sceneUuid?: string;
  message?: string;
}

export interface Task {
  id: string;
  userId: string;
  conversationId: string | null;
  type: TaskType;
  status: TaskStatus;
  /** 0 to 100. */
  progress: number;
  progressDetails: ProgressDetails | null;
  params: Record<string, unknown>;
  /** Ids only; addresses are signed when it is read. */
  result: Record<string, unknown> | null;
  error: StoredFailure | null;
  createdAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
}

export interface TaskRow {
  id: string;
  user_id: string;
  conversation_id: string | null;
  type: TaskType;
  status: TaskStatus;
  progress: number;
  progress_details: ProgressDetails | null;
  params: Record<string, unknown>;
  result: Record<string, unknown> | null;
  error: StoredFailure | null;
  created_at: Date;
  updated_at: Date;
  completed_at: Date | null;
}

export const toTask = (row: TaskRow): Task => ({
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
});

export async function insertTask(
  db: Knex,
  task: {
    id: string;
    userId: string;
    conversationId: string | null;
    type: TaskType;
    params: object;
    totalWeight: number;
  },
): Promise<Task> {
  const [row] = await db<TaskRow>('tasks')
    .insert({
      id: task.id,
      user_id: task.userId,
      conversation_id: task.conversationId,
      type: task.type,
      params: task.params as TaskRow['params'],
      ...{ total_weight: task.totalWeight },
    })
    .returning('*');
  if (!row) throw new Error('insert of a task returned no row');
  return toTask(row);
}

export async function findTask(db: Knex, id: string, ownerId: string): Promise<Task | undefined> {
  const row = await db<TaskRow>('tasks').where({ id, user_id: ownerId }).first();
  return row && toTask(row);
}

export async function listTasks(db: Knex, ownerId: string, page: PageRequest): Promise<Page<Task>> {
  const own = db<TaskRow>('tasks').where({ user_id: ownerId });
  const [rows, [counted]] = await Promise.all([
    own
      .clone()
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(page.pageSize)
      .offset(offsetOf(page)),
    own.clone().count({ total: '*' }),
  ]);
  return { ...page, total: Number(counted?.total ?? 0), items: rows.map(toTask) };
}

/**
 * Unfinished tasks of a user, counted under a lock that makes the count hold until the transaction ends. The lock leaves the
 * key alone, so that workers writing rows of this user never wait for it.
 */
export async function countActiveTasks(trx: Knex, userId: string): Promise<number> {
  await trx('users').where({ id: userId }).select('id').forNoKeyUpdate();
  const [counted] = await trx<TaskRow>('tasks')
    .where({ user_id: userId })
    .whereIn('status', ['pending', 'processing'])
    .count({ total: '*' });
  return Number(counted?.total ?? 0);
}

/** A step as its owner may see it. */
export interface StepView {
  id: string;
  kind: StepKind;
  status: StepStatus;
  attempts: number;
  sceneUuid: string | null;
  error: StoredFailure | null;
  /** Micro-USD of its accepted calls; for one in review, what may have been charged. */
  costMicros: number | null;
}

export async function listSteps(db: Knex, taskId: string): Promise<StepView[]> {
  const { rows } = await db.raw<{ rows: StepView[] }>(
    `select s.id, s.kind, s.status, s.attempts, s.error,
       case when s.kind in ('drawSceneImage', 'shootSceneClip') then s.subject_id end as "sceneUuid",
       (select sum(coalesce(c.cost_micros, case when c.status in ('sending', 'ambiguous') then c.max_cost_micros end))::float8
          from provider_calls c where c.step_id = s.id) as "costMicros"
     from steps s where s.task_id = ?
     order by array_position(array['screenplay', 'characters', 'images', 'clips', 'film'], s.stage), s.position, s.id`,
    [taskId],
  );
  return rows;
}

/** Accepted paid calls of a task and what they cost in micro-USD. */
export interface TaskUsage {
  calls: { screenplay: number; image: number; video: number };
  costMicros: number;
}

export async function readUsage(db: Knex, taskId: string): Promise<TaskUsage> {
  const { rows } = await db.raw<{ rows: { screenplay: number; image: number; video: number; costMicros: number }[] }>(
    `select count(*) filter (where purpose = 'screenplay')::int as screenplay,
       count(*) filter (where purpose = 'image')::int as image, count(*) filter (where purpose = 'video')::int as video,
       coalesce(sum(cost_micros), 0)::float8 as "costMicros"
     from provider_calls where task_id = ? and cost_micros is not null`,
    [taskId],
  );
  const { costMicros, ...calls } = rows[0] ?? { screenplay: 0, image: 0, video: 0, costMicros: 0 };
  return { calls, costMicros };
}
