import type { Knex } from 'knex';
import { newId } from '../db/ids.ts';
import { insertTask, type TaskRow } from '../db/tasks.ts';
import { findTurn, type Turn } from '../db/turns.ts';
import { errors } from '../errors.ts';
import type { TurnParams } from '../film/params.ts';
import { planTurn } from '../film/plan.ts';
import { addSteps } from './stepStore.ts';
import { stopTask } from './tasks.ts';

/** A turn of the agent with its one step; it commits with the message it answers. */
export async function startTurn(
  trx: Knex,
  turn: { userId: string; conversationId: string; params: TurnParams },
): Promise<Turn> {
  const { steps, totalWeight } = planTurn();
  const task = await insertTask(trx, { id: newId(), type: 'message', totalWeight, ...turn });
  await addSteps(trx, task, steps);
  return task;
}

/** Stops the agent before it has answered: nothing of the answer is kept, what was paid stays on the books. */
export async function cancelTurn(
  db: Knex,
  which: { turnId: string; conversationId: string; ownerId: string },
): Promise<Turn> {
  await db.transaction(async (trx) => {
    const row = await trx<TaskRow<'message'>>('tasks')
      .where({ id: which.turnId, conversation_id: which.conversationId, user_id: which.ownerId, type: 'message' })
      .forUpdate()
      .first();
    if (!row) throw errors.notFound('turn');
    await stopTask(trx, { id: row.id, status: row.status, what: 'turn' });
  });
  const turn = await findTurn(db, which);
  if (!turn) throw errors.notFound('turn');
  return turn;
}
