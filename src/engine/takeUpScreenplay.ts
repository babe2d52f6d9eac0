import type { Knex } from 'knex';
import { beginFilm } from '../db/screenplays.ts';
import type { Task } from '../db/tasks.ts';
import { errors } from '../errors.ts';
import type { WorkType } from '../film/glossary.ts';

/**
 * What a task that has ended worked on is taken up with it again: refused while something else is made of the screenplay, as an order is. So is
 * a film of whose screenplay scenes came or went since: its plan knows nothing of that. An order of the film makes only what is missing.
 */
export async function takeUpScreenplay(
  trx: Knex,
  { id: taskId, params, screenplayId }: Pick<Task<WorkType>, 'id' | 'params' | 'screenplayId'>,
): Promise<void> {
  const filmed = await trx('steps')
    .where({ task_id: taskId, kind: 'assembleFilm' })
    .first<{ id: string } | undefined>('subject_id as id');
  const id = filmed?.id ?? screenplayId;
  if (id === null) return;
  const screenplay = await trx('screenplays').where({ id }).forNoKeyUpdate().first<{ status: string } | undefined>();
  if (screenplay?.status === 'generating') throw errors.wrongState('screenplay', screenplay.status);
  if (!filmed) return;
  if (!screenplay || (await isPlannedOtherwise(trx, taskId, id))) throw errors.filmOutdated();
  await beginFilm(trx, id, 'render' in params ? params.render.aspectRatio : '16:9');
}

async function isPlannedOtherwise(trx: Knex, taskId: string, screenplayId: string): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: [{ otherwise: boolean }] }>(
    `select exists (
       select from (select id from scenes where screenplay_id = :screenplayId) present
       full join (select subject_id as id from steps where task_id = :taskId and kind = 'shootSceneClip') planned using (id)
       where present is null or planned is null) as otherwise`,
    { taskId, screenplayId },
  );
  return rows[0].otherwise;
}
