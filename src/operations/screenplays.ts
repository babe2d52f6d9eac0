import type { CharacterSheet, Scene, Screenplay } from '../db/screenplays.ts';
import {
  confirmScreenplay as confirmRow,
  findScreenplay,
  listScreenplays as listRows,
  renameScreenplay,
  updateScene as updateSceneRow,
  updateCharacterSheet as updateSheetRow,
} from '../db/screenplays.ts';
import { errors } from '../errors.ts';
import { type Addresses, addressesFor } from './addresses.ts';
import type { Operation, UserContext } from './context.ts';
import { pageOf, success } from './envelope.ts';
import { found } from './found.ts';

const sceneView = (scene: Scene, addresses: Addresses) => ({
  id: scene.id,
  sceneId: scene.sceneId,
  narration: scene.narration,
  imagePrompt: scene.imagePrompt,
  videoPrompt: scene.videoPrompt,
  characterDescription: scene.characterDescription,
  imageUrl: addresses.ofPath(scene.imageUrl),
  videoUrl: addresses.ofPath(scene.videoUrl),
  status: scene.status,
});

const sheetView = (sheet: CharacterSheet, addresses: Addresses) => ({
  id: sheet.id,
  name: sheet.name,
  description: sheet.description,
  combinedViewUrl: addresses.ofPath(sheet.combinedViewUrl),
  frontViewUrl: addresses.ofPath(sheet.frontViewUrl),
  sideViewUrl: addresses.ofPath(sheet.sideViewUrl),
  backViewUrl: addresses.ofPath(sheet.backViewUrl),
});

function screenplayView(screenplay: Screenplay, addresses: Addresses) {
  const { id, taskId, title, status, createdAt, updatedAt, scenes, characterSheets } = screenplay;
  return {
    id,
    taskId,
    title,
    status,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    scenes: scenes.map((scene) => sceneView(scene, addresses)),
    characterSheets: characterSheets.map((sheet) => sheetView(sheet, addresses)),
  };
}

const ownScreenplay = async ({ db, user }: UserContext, id: string): Promise<Screenplay> =>
  found(await findScreenplay(db, id, user.id), 'screenplay');

/** While a film is being made of it, its words stand still. */
async function editableScreenplay(ctx: UserContext, id: string): Promise<Screenplay> {
  const screenplay = await ownScreenplay(ctx, id);
  if (screenplay.status === 'generating') throw errors.wrongState('screenplay', screenplay.status);
  return screenplay;
}

export const listScreenplays: Operation<'listScreenplays'> = async (ctx, { query }) => {
  const page = await listRows(ctx.db, ctx.user.id, query);
  const items = pageOf(page, ({ id, taskId, title, status, sceneCount, createdAt, updatedAt }) => ({
    id,
    taskId,
    title,
    status,
    sceneCount,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }));
  return { status: 200, body: success(ctx, items) };
};

export const getScreenplay: Operation<'getScreenplay'> = async (ctx, { path }) => {
  const screenplay = await ownScreenplay(ctx, path.screenplayId);
  return { status: 200, body: success(ctx, screenplayView(screenplay, addressesFor(ctx))) };
};

export const updateScreenplay: Operation<'updateScreenplay'> = async (ctx, { path, body }) => {
  const { id } = await editableScreenplay(ctx, path.screenplayId);
  await renameScreenplay(ctx.db, id, ctx.user.id, body.title);
  const changed = await ownScreenplay(ctx, id);
  return { status: 200, body: success(ctx, screenplayView(changed, addressesFor(ctx)), 'updated') };
};

/** Spends nothing: it only says that films may be made of it now. */
export const confirmScreenplay: Operation<'confirmScreenplay'> = async (ctx, { path }) => {
  const confirmed = await confirmRow(ctx.db, path.screenplayId, ctx.user.id);
  const screenplay = await ownScreenplay(ctx, path.screenplayId);
  if (!confirmed) throw errors.wrongState('screenplay', screenplay.status);
  return { status: 200, body: success(ctx, screenplayView(screenplay, addressesFor(ctx)), 'updated') };
};

export const updateScene: Operation<'updateScene'> = async (ctx, { path, body }) => {
  const { id } = await editableScreenplay(ctx, path.screenplayId);
  const scene = found(await updateSceneRow(ctx.db, id, path.sceneUuid, body), 'scene');
  return { status: 200, body: success(ctx, sceneView(scene, addressesFor(ctx)), 'updated') };
};

export const updateCharacterSheet: Operation<'updateCharacterSheet'> = async (ctx, { path, body }) => {
  const { id } = await editableScreenplay(ctx, path.screenplayId);
  const sheet = found(await updateSheetRow(ctx.db, id, path.characterSheetId, body), 'character sheet');
  return { status: 200, body: success(ctx, sheetView(sheet, addressesFor(ctx)), 'updated') };
};
