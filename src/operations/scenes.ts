import { listCharacterSheetIds } from '../db/characterSheets.ts';
import {
  deleteScene as deleteRow,
  insertScene,
  isWorkedOn,
  reorderScenes as reorderRows,
  updateScene as updateRow,
} from '../db/sceneEdits.ts';
import { reopenScreenplay } from '../db/screenplays.ts';
import { deleteTakesOf } from '../db/takes.ts';
import { errors, type FieldFault, fault } from '../errors.ts';
import type { Operation, UserContext } from './context.ts';
import { done, success } from './envelope.ts';
import { found } from './found.ts';
import { removeFiles } from './removeFiles.ts';
import { changeScreenplay, ownScreenplay, showScene, showScreenplay } from './screenplayViews.ts';

const mostScenes = 30;

/** A list that may name each of these ids at most once. */
function faultsIn(field: string, given: readonly string[], known: readonly string[]): FieldFault[] {
  return given.flatMap((id, index) => {
    const pointer = `/body/${field}/${index}`;
    if (given.indexOf(id) < index) return [fault(pointer, 'listed_twice')];
    return known.includes(id) ? [] : [fault(pointer, 'not_of_screenplay')];
  });
}

async function checkCast(ctx: UserContext, screenplayId: string, cast: readonly string[] | undefined): Promise<void> {
  if (cast === undefined) return;
  const faults = faultsIn('characterSheetIds', cast, await listCharacterSheetIds(ctx.db, screenplayId));
  if (faults.length > 0) throw errors.invalid(faults);
}

export const addScene: Operation<'addScene'> = async (ctx, { path: { screenplayId }, body }) => {
  const { position, ...words } = body;
  const id = await changeScreenplay(ctx, screenplayId, async (within) => {
    const { scenes } = await ownScreenplay(within, screenplayId);
    if (scenes.length >= mostScenes) throw errors.quotaReached('scenes', mostScenes);
    const end = scenes.length + 1;
    if (position !== undefined && position > end) {
      throw errors.invalid([fault('/body/position', 'at_most', { n: end })]);
    }
    await checkCast(within, screenplayId, words.characterSheetIds);
    await reopenScreenplay(within.db, screenplayId);
    return insertScene(within.db, screenplayId, position ?? end, words);
  });
  const location = `/api/v1/screenplays/${screenplayId}/scenes/${id}`;
  return { status: 201, body: success(ctx, await showScene(ctx, screenplayId, id), 'created'), headers: { location } };
};

export const updateScene: Operation<'updateScene'> = async (ctx, { path: { screenplayId, sceneUuid }, body }) => {
  await changeScreenplay(ctx, screenplayId, async (within) => {
    await checkCast(within, screenplayId, body.characterSheetIds);
    found((await updateRow(within.db, screenplayId, sceneUuid, body)) || undefined, 'scene');
    await reopenScreenplay(within.db, screenplayId);
  });
  return { status: 200, body: success(ctx, await showScene(ctx, screenplayId, sceneUuid), 'updated') };
};

/** A film of nothing cannot be made, so the last scene stays. */
export const deleteScene: Operation<'deleteScene'> = async (ctx, { path: { screenplayId, sceneUuid } }) => {
  const files = await changeScreenplay(ctx, screenplayId, async (within) => {
    const { db, user } = within;
    const { scenes } = await ownScreenplay(within, screenplayId);
    const scene = found(
      scenes.find(({ id }) => id === sceneUuid),
      'scene',
    );
    if (scenes.length === 1) throw errors.wrongState('scene', 'the last one');
    if (await isWorkedOn(db, user.id, [sceneUuid])) throw errors.inUse('scene');
    await reopenScreenplay(db, screenplayId);
    await deleteRow(db, scene);
    return deleteTakesOf(db, user.id, [sceneUuid]);
  });
  await removeFiles(ctx, files);
  return { status: 200, body: done(ctx, 'deleted') };
};

export const reorderScenes: Operation<'reorderScenes'> = async (ctx, { path: { screenplayId }, body }) => {
  await changeScreenplay(ctx, screenplayId, async (within) => {
    const { scenes } = await ownScreenplay(within, screenplayId);
    const faults = faultsIn(
      'sceneIds',
      body.sceneIds,
      scenes.map(({ id }) => id),
    );
    if (faults.length === 0 && body.sceneIds.length < scenes.length) {
      faults.push(fault('/body/sceneIds', 'scenes_missing', { n: scenes.length }));
    }
    if (faults.length > 0) throw errors.invalid(faults);
    await reopenScreenplay(within.db, screenplayId);
    await reorderRows(within.db, screenplayId, body.sceneIds);
  });
  return { status: 200, body: success(ctx, await showScreenplay(ctx, screenplayId), 'updated') };
};
