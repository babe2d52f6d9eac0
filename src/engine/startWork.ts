import type { Knex } from 'knex';
import { prepared } from '../db/prepared.ts';
import { errors } from '../errors.ts';
import type { WorkType } from '../film/glossary.ts';
import type { PlannedStep } from '../film/plan.ts';
import { origin } from '../tracing/origin.ts';
import { rowsOf } from './stepStore.ts';

/** A task that does not exist yet, with the steps it begins with. */
export interface NewWork {
  id: string;
  userId: string;
  conversationId: string | null;
  type: WorkType;
  params: object;
  totalWeight: number;
  steps: readonly PlannedStep[];
}

interface Started {
  exceeded: number | null;
  started_at: Date;
}

const startTask =
  'select exceeded, started_at from start_task(?::uuid, ?::uuid, ?::uuid, ?, ?::jsonb, ?::int, ?, ?, ?::jsonb, ?::jsonb, ?::int)';

/**
 * Task, first steps and their wake-ups in one statement, which needs no transaction around it. With `atOnce` it is refused where the user
 * has as many unfinished tasks as an administrator allows, or else that many; without, whoever calls has counted.
 */
export async function startWork(db: Knex, work: NewWork, atOnce?: number): Promise<{ startedAt: Date }> {
  const { requestId = null, traceparent = null } = origin();
  const { steps, edges } = rowsOf(work.steps);
  const task = [work.id, work.userId, work.conversationId, work.type, JSON.stringify(work.params), work.totalWeight];
  const [row] = await prepared<Started>(db, 'startTask', startTask, [
    ...task,
    requestId,
    traceparent,
    JSON.stringify(steps),
    JSON.stringify(edges),
    atOnce ?? null,
  ]);
  if (!row) throw new Error('the start of a task returned no row');
  if (row.exceeded !== null) throw errors.quotaReached('active tasks', row.exceeded);
  return { startedAt: row.started_at };
}
