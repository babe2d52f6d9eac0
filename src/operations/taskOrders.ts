import type { BodyOf } from '../contract/operation.ts';
import { findConversation } from '../db/conversations.ts';
import { findMediaAmong } from '../db/media.ts';
import { findSubjectOwner, loadCharacterSheet, loadScene } from '../db/scenes.ts';
import { findScreenplay } from '../db/screenplays.ts';
import { errors } from '../errors.ts';
import type { ImageParams, TaskOrder, VideoParams } from '../film/params.ts';
import type { UserContext } from './context.ts';
import { found } from './found.ts';

type TaskBody = BodyOf<'createTask'>;

/** The order as the engine takes it. The validator has filled the defaults in; style stays away where none was given. */
export function orderOf(body: TaskBody): TaskOrder {
  switch (body.type) {
    case 'screenplay':
      return { type: body.type, params: body.params };
    case 'image':
      return { type: body.type, params: body.params };
    case 'video':
      return { type: body.type, params: body.params };
    case 'film':
      return { type: body.type, params: { ...body.params, render: { aspectRatio: body.params.render.aspectRatio } } };
  }
}

/** Everything an order names has to be there, the user's own, and fit to be used. */
export async function checkOrder(
  ctx: UserContext,
  order: TaskOrder,
  conversationId: string | undefined,
): Promise<void> {
  if (conversationId !== undefined) {
    found(await findConversation(ctx.db, conversationId, ctx.user.id), 'conversation');
  }
  await checkPictures(ctx, picturesOf(order));
  if (order.type === 'image') await checkImageSubject(ctx, order.params);
  if (order.type === 'video') await checkVideoSubject(ctx, order.params);
  if (order.type === 'film' && 'screenplayId' in order.params) await checkScreenplay(ctx, order.params.screenplayId);
}

type Picture = [mediaId: string, pointer: string];

function picturesOf({ params }: TaskOrder): Picture[] {
  const listed = (ids: readonly string[], field: string): Picture[] =>
    ids.map((id, index) => [id, `/body/params/${field}/${index}`]);
  const pictures: Picture[] = [];
  if ('images' in params) pictures.push(...listed(params.images, 'images'));
  if ('references' in params) pictures.push(...listed(params.references, 'references'));
  if ('firstFrame' in params && params.firstFrame) pictures.push([params.firstFrame, '/body/params/firstFrame']);
  return pictures;
}

async function checkPictures({ db, user }: UserContext, pictures: readonly Picture[]): Promise<void> {
  if (pictures.length === 0) return;
  const ids = pictures.map(([id]) => id);
  const own = new Map((await findMediaAmong(db, ids, user.id)).map((media) => [media.id, media.type]));
  if (ids.some((id) => !own.has(id))) throw errors.notFound('media');
  const faults = pictures.filter(([id]) => own.get(id) !== 'image');
  if (faults.length > 0) throw errors.invalid(faults.map(([, pointer]) => ({ pointer, detail: 'is not a picture' })));
}

async function checkImageSubject(ctx: UserContext, params: ImageParams): Promise<void> {
  if ('sceneUuid' in params) await ownScene(ctx, params.sceneUuid);
  if ('characterSheetId' in params) {
    const owner = await findSubjectOwner(ctx.db, 'character_sheets', params.characterSheetId);
    if (owner !== ctx.user.id) throw errors.notFound('character sheet');
    const { screenplayId } = found(await loadCharacterSheet(ctx.db, params.characterSheetId), 'character sheet');
    await refuseWhileGenerating(ctx, screenplayId);
  }
}

/** A scene's clip moves its picture, so there has to be one. */
async function checkVideoSubject(ctx: UserContext, params: VideoParams): Promise<void> {
  if (!('sceneUuid' in params)) return;
  const { scene } = await ownScene(ctx, params.sceneUuid);
  if (scene.imageUrl === null) throw errors.wrongState('scene', 'without a picture');
}

async function ownScene(ctx: UserContext, sceneUuid: string) {
  const owner = await findSubjectOwner(ctx.db, 'scenes', sceneUuid);
  if (owner !== ctx.user.id) throw errors.notFound('scene');
  const material = found(await loadScene(ctx.db, sceneUuid), 'scene');
  await refuseWhileGenerating(ctx, material.screenplayId);
  return material;
}

async function refuseWhileGenerating({ db, user }: UserContext, screenplayId: string): Promise<void> {
  const { status } = found(await findScreenplay(db, screenplayId, user.id), 'screenplay');
  if (status === 'generating') throw errors.wrongState('screenplay', status);
}

async function checkScreenplay({ db, user }: UserContext, screenplayId: string): Promise<void> {
  const { status } = found(await findScreenplay(db, screenplayId, user.id), 'screenplay');
  if (status === 'draft' || status === 'generating') throw errors.wrongState('screenplay', status);
}
