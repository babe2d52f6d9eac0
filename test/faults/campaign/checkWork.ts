import { type Evidence, factsOf } from './evidence.ts';

const some = (ids: readonly unknown[]): string => ids.slice(0, 3).join(', ');

/** Promise 1: every accepted order is a task, once, and has come to its end. */
export async function checkTasks(evidence: Evidence): Promise<string[]> {
  const { db } = evidence;
  const faults: string[] = [];
  const tasks: { id: string; status: string; prompt: string }[] = await db('tasks').select(
    'id',
    'status',
    db.raw("params ->> 'prompt' as prompt"),
  );
  const open = tasks.filter(({ status }) => status === 'pending' || status === 'processing');
  if (open.length > 0) faults.push(`${open.length} tasks have not ended: ${some(open.map(({ id }) => id))}`);
  const ids = new Set(tasks.map(({ id }) => id));
  for (const { key, taskId, status } of factsOf(evidence, 'ordered')) {
    const taken = tasks.filter(({ prompt }) => prompt?.startsWith(key));
    if (taskId !== null && !ids.has(taskId)) faults.push(`task ${taskId} was accepted and is not there`);
    if (taken.length > 1) faults.push(`order ${key} was taken ${taken.length} times`);
    if (status === 202 && taken.length === 0) faults.push(`order ${key} was accepted and is not there`);
  }
  return faults;
}

interface Change {
  step_id: string;
  from_status: string | null;
  to_status: string;
  from_fence: number;
  to_fence: number;
  result_changed: boolean;
}

const revivals = new Set(['failed', 'dead', 'cancelled', 'needs_review']);

/** Promise 2: a result is recorded once and never changes; fences only rise, and only a claim raises them. */
export async function checkSteps({ db }: Evidence): Promise<string[]> {
  const faults: string[] = [];
  const changes: Change[] = await db('fault_audit').orderBy('id').select('*');
  const done = new Map<string, number>();
  for (const change of changes) {
    const { step_id: id, from_status: from, to_status: to } = change;
    if (change.result_changed) done.set(id, (done.get(id) ?? 0) + 1);
    if (from === 'done') faults.push(`step ${id} changed after it was done`);
    if (
      from !== null &&
      revivals.has(from) &&
      to !== 'ready' &&
      to !== 'blocked' &&
      to !== 'failed' &&
      to !== 'cancelled'
    )
      faults.push(`step ${id} went from ${from} to ${to}`);
    if (from !== null && change.to_fence !== change.from_fence) {
      const isClaim = from === 'ready' && to === 'running' && change.to_fence === change.from_fence + 1;
      if (!isClaim)
        faults.push(`step ${id} went from fence ${change.from_fence} to ${change.to_fence} as ${from} → ${to}`);
    }
  }
  const twice = [...done].filter(([, count]) => count > 1);
  if (twice.length > 0)
    faults.push(`${twice.length} steps took more than one result: ${some(twice.map(([id]) => id))}`);
  const moving = await db('steps')
    .whereIn('status', ['ready', 'running', 'waiting', 'needs_review'])
    .select('id', 'status');
  if (moving.length > 0) faults.push(`${moving.length} steps still move: ${some(moving.map(({ id }) => id))}`);
  return faults;
}

/** Nothing is locked by a worker that is gone. */
export async function checkLocks({ db }: Evidence): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    'select id from graphile_worker.jobs where locked_by is not null',
  );
  const { rows: sessions } = await db.raw<{ rows: { pool_id: string }[] }>(
    'select pool_id from worker_sessions where fenced_at is null',
  );
  return [
    ...(rows.length > 0 ? [`${rows.length} wake-ups are still locked`] : []),
    ...(sessions.length > 0 ? [`${sessions.length} workers that are gone were never fenced`] : []),
  ];
}
