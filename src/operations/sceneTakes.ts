import { findScene, updateScene } from '../db/sceneEdits.ts';
import type { Scene } from '../db/screenplays.ts';
import { reopenScreenplay } from '../db/screenplays.ts';
import { pickSceneTake } from '../db/selections.ts';
import { findTakeOf, listTakesOf, type Take } from '../db/takes.ts';
import { errors } from '../errors.ts';
import { type Addresses, addressesFor } from './addresses.ts';
import type { Operation, UserContext } from './context.ts';
import { pageOf, success } from './envelope.ts';
import { found } from './found.ts';
import { changeScreenplay, ownScreenplay, showScene } from './screenplayViews.ts';
import { startRedraw } from './startRedraw.ts';
import { takeView } from './takeView.ts';

const isSceneKind = (kind: Take['kind']): kind is 'image' | 'clip' => kind === 'image' || kind === 'clip';

function sceneTakeView(take: Take, { imageTakeId, videoTakeId }: Scene, addresses: Addresses) {
  const { id, kind, mediaId } = take;
  if (!isSceneKind(kind)) throw new Error(`take ${id} is none of a scene`);
  const selected = id === imageTakeId || id === videoTakeId;
  return { ...takeView(take, addresses), kind, url: addresses.content(mediaId), selected };
}

async function ownScene(ctx: UserContext, screenplayId: string, sceneUuid: string): Promise<Scene> {
  await ownScreenplay(ctx, screenplayId);
  return found(await findScene(ctx.db, screenplayId, sceneUuid), 'scene');
}

export const listSceneTakes: Operation<'listSceneTakes'> = async (ctx, { path, query: { kind, ...page } }) => {
  const scene = await ownScene(ctx, path.screenplayId, path.sceneUuid);
  const takes = await listTakesOf(ctx.db, scene.id, { ...page, ...(kind && { kind }) });
  const addresses = addressesFor(ctx);
  const items = pageOf(takes, (take) => sceneTakeView(take, scene, addresses));
  return { status: 200, body: success(ctx, items) };
};

export const selectTake: Operation<'selectTake'> = async (ctx, { path: { screenplayId, sceneUuid, takeId } }) => {
  await changeScreenplay(ctx, screenplayId, async (within) => {
    await ownScene(within, screenplayId, sceneUuid);
    const { id, kind, mediaId } = found(await findTakeOf(within.db, sceneUuid, takeId), 'take');
    if (!isSceneKind(kind)) throw errors.notFound('take');
    await reopenScreenplay(within.db, screenplayId);
    await pickSceneTake(within.db, sceneUuid, { id, kind, mediaId });
  });
  return { status: 200, body: success(ctx, await showScene(ctx, screenplayId, sceneUuid), 'updated') };
};

export const regenerateSceneImage: Operation<'regenerateSceneImage'> = async (ctx, { path, body: { prompt } }) => {
  const { screenplayId, sceneUuid } = path;
  return startRedraw(ctx, screenplayId, { type: 'image', params: { sceneUuid } }, async ({ db }) => {
    if (prompt !== undefined) await updateScene(db, screenplayId, sceneUuid, { imagePrompt: prompt });
  });
};

export const regenerateSceneVideo: Operation<'regenerateSceneVideo'> = async (ctx, { path, body: { prompt } }) => {
  const { screenplayId, sceneUuid } = path;
  return startRedraw(ctx, screenplayId, { type: 'video', params: { sceneUuid } }, async ({ db }) => {
    if (prompt !== undefined) await updateScene(db, screenplayId, sceneUuid, { videoPrompt: prompt });
  });
};
