import type { DataOf } from '../contract/operation.ts';
import { type CharacterSheet, findScreenplay, lockScreenplay, type Scene, type Screenplay } from '../db/screenplays.ts';
import { errors } from '../errors.ts';
import type { FilmStates } from '../film/staleness.ts';
import { type Addresses, addressesFor } from './addresses.ts';
import type { UserContext } from './context.ts';
import { found } from './found.ts';
import { type Rendering, renderingOf } from './screenplayStates.ts';

const sceneView = (scene: Scene, addresses: Addresses, { scenes }: FilmStates): DataOf<'updateScene'> => ({
  id: scene.id,
  sceneId: scene.sceneId,
  narration: scene.narration,
  imagePrompt: scene.imagePrompt,
  videoPrompt: scene.videoPrompt,
  characterDescription: scene.characterDescription,
  characterSheetIds: scene.characterSheetIds,
  imageUrl: addresses.ofPath(scene.imageUrl),
  videoUrl: addresses.ofPath(scene.videoUrl),
  imageState: scenes.get(scene.id)?.image ?? 'missing',
  videoState: scenes.get(scene.id)?.video ?? 'missing',
  narrationState: scenes.get(scene.id)?.said ?? 'missing',
  status: scene.status,
});

const sheetView = (
  sheet: CharacterSheet,
  addresses: Addresses,
  { sheets }: FilmStates,
): DataOf<'updateCharacterSheet'> => ({
  id: sheet.id,
  name: sheet.name,
  description: sheet.description,
  combinedViewUrl: addresses.ofPath(sheet.combinedViewUrl),
  frontViewUrl: addresses.ofPath(sheet.frontViewUrl),
  sideViewUrl: addresses.ofPath(sheet.sideViewUrl),
  backViewUrl: addresses.ofPath(sheet.backViewUrl),
  state: sheets.get(sheet.id) ?? 'missing',
});

function filmView(film: Rendering['film'], addresses: Addresses): DataOf<'getScreenplay'>['film'] {
  if (!film) return null;
  const { poster, srt, vtt } = film.take.parts;
  if (!poster || !srt || !vtt) return null;
  return {
    mediaId: film.media.id,
    url: addresses.content(film.media.id),
    posterUrl: addresses.content(poster),
    durationSeconds: film.media.duration ?? 0,
    subtitles: { srt: addresses.content(srt), vtt: addresses.content(vtt) },
    createdAt: film.take.createdAt.toISOString(),
  };
}

/** The screenplay, or the 404 that a missing one and somebody else's have in common. */
export const ownScreenplay = async ({ db, user }: UserContext, id: string): Promise<Screenplay> =>
  found(await findScreenplay(db, id, user.id), 'screenplay');

/** The screenplay as it is now, whole. */
export async function showScreenplay(ctx: UserContext, screenplayId: string): Promise<DataOf<'getScreenplay'>> {
  const screenplay = await ownScreenplay(ctx, screenplayId);
  const { states, film } = await renderingOf(ctx, screenplay);
  const addresses = addressesFor(ctx);
  const { id, taskId, title, status, costMicros, createdAt, updatedAt, scenes, characterSheets } = screenplay;
  return {
    id,
    taskId,
    title,
    status,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    filmState: states.film,
    costMicros,
    film: filmView(film, addresses),
    scenes: scenes.map((scene) => sceneView(scene, addresses, states)),
    characterSheets: characterSheets.map((sheet) => sheetView(sheet, addresses, states)),
  };
}

export async function showScene(ctx: UserContext, screenplayId: string, sceneUuid: string) {
  const screenplay = await ownScreenplay(ctx, screenplayId);
  const scene = found(
    screenplay.scenes.find(({ id }) => id === sceneUuid),
    'scene',
  );
  return sceneView(scene, addressesFor(ctx), (await renderingOf(ctx, screenplay)).states);
}

export async function showCharacterSheet(ctx: UserContext, screenplayId: string, characterSheetId: string) {
  const screenplay = await ownScreenplay(ctx, screenplayId);
  const sheet = found(
    screenplay.characterSheets.find(({ id }) => id === characterSheetId),
    'character sheet',
  );
  return sheetView(sheet, addressesFor(ctx), (await renderingOf(ctx, screenplay)).states);
}

/** Makes a change with the screenplay locked against films and other changes. While a film is made of it, it stands still. */
export function changeScreenplay<T>(
  ctx: UserContext,
  screenplayId: string,
  change: (ctx: UserContext) => Promise<T>,
): Promise<T> {
  return ctx.db.isTransaction
    ? changeWithin(ctx, screenplayId, change)
    : ctx.db.transaction((trx) => changeWithin({ ...ctx, db: trx }, screenplayId, change));
}

async function changeWithin<T>(
  ctx: UserContext,
  screenplayId: string,
  change: (ctx: UserContext) => Promise<T>,
): Promise<T> {
  const status = found(await lockScreenplay(ctx.db, screenplayId, ctx.user.id), 'screenplay');
  if (status === 'generating') throw errors.wrongState('screenplay', status);
  return change(ctx);
}
