import { isWorkedOn } from '../db/sceneEdits.ts';
import {
  confirmScreenplay as confirmRow,
  deleteScreenplay as deleteRow,
  findScreenplaysAmong,
  listScreenplays as listRows,
  renameScreenplay,
  type ScreenplaySummary,
} from '../db/screenplays.ts';
import { deleteTakesOf } from '../db/takes.ts';
import { errors } from '../errors.ts';
import type { TakeState } from '../film/staleness.ts';
import { addressesFor } from './addresses.ts';
import type { Operation, UserContext } from './context.ts';
import { done, pageOf, success } from './envelope.ts';
import { removeFiles } from './removeFiles.ts';
import { renderingsOf } from './screenplayStates.ts';
import { changeScreenplay, ownScreenplay, showScreenplay } from './screenplayViews.ts';

export const listScreenplays: Operation<'listScreenplays'> = async (ctx, { query }) => {
  const page = await listRows(ctx.db, ctx.user.id, query);
  const addresses = addressesFor(ctx);
  const states = await filmStatesOf(ctx, page.items);
  const items = pageOf(page, ({ posterMediaId, hasFilm: _, createdAt, updatedAt, ...screenplay }) => ({
    ...screenplay,
    filmState: states.get(screenplay.id) ?? 'missing',
    posterUrl: posterMediaId && addresses.thumbnail(posterMediaId),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }));
  return { status: 200, body: success(ctx, items) };
};

/** Of those that have a film; only these are read whole. */
async function filmStatesOf(ctx: UserContext, listed: ScreenplaySummary[]): Promise<Map<string, TakeState>> {
  const ids = listed.flatMap(({ id, hasFilm }) => (hasFilm ? id : []));
  const screenplays = await findScreenplaysAmong(ctx.db, ids, ctx.user.id);
  const renderings = await renderingsOf(ctx, screenplays);
  return new Map(screenplays.map(({ id }, at) => [id, renderings[at]?.states.film ?? 'missing']));
}

export const getScreenplay: Operation<'getScreenplay'> = async (ctx, { path }) => {
  return { status: 200, body: success(ctx, await showScreenplay(ctx, path.screenplayId)) };
};

/** A title is not part of the film, so the film stays what it is. */
export const updateScreenplay: Operation<'updateScreenplay'> = async (ctx, { path, body }) => {
  const { screenplayId } = path;
  await changeScreenplay(ctx, screenplayId, ({ db, user }) => renameScreenplay(db, screenplayId, user.id, body.title));
  return { status: 200, body: success(ctx, await showScreenplay(ctx, screenplayId), 'updated') };
};

/** Spends nothing: it only says that films may be made of it now. */
export const confirmScreenplay: Operation<'confirmScreenplay'> = async (ctx, { path }) => {
  const confirmed = await confirmRow(ctx.db, path.screenplayId, ctx.user.id);
  const screenplay = await ownScreenplay(ctx, path.screenplayId);
  if (!confirmed) throw errors.wrongState('screenplay', screenplay.status);
  return { status: 200, body: success(ctx, await showScreenplay(ctx, screenplay.id), 'updated') };
};

/** The rows go first: from then on no address of a file works, whatever becomes of the bytes. */
export const deleteScreenplay: Operation<'deleteScreenplay'> = async (ctx, { path }) => {
  const files = await changeScreenplay(ctx, path.screenplayId, async (within) => {
    const { db, user } = within;
    const { id, scenes, characterSheets } = await ownScreenplay(within, path.screenplayId);
    const parts = [...scenes, ...characterSheets].map((part) => part.id);
    if (await isWorkedOn(db, user.id, [id, ...parts])) throw errors.inUse('screenplay');
    await deleteRow(db, id, user.id);
    return deleteTakesOf(db, user.id, [id, ...parts]);
  });
  await removeFiles(ctx, files);
  return { status: 200, body: done(ctx, 'deleted') };
};
