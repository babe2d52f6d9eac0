import type { BodyOf } from '../contract/operation.ts';
import { findConversation } from '../db/conversations.ts';
import { findMediaAmong } from '../db/media.ts';
import { findSubjectOwner, loadCharacterSheet, loadScene } from '../db/scenes.ts';
import { findScreenplay, lockScreenplay, type Scene, type Screenplay } from '../db/screenplays.ts';
import { errors, fault } from '../errors.ts';
import type { TaskOrder } from '../film/params.ts';
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

/** What an order names, found and the user's own: the screenplay it works on, and the scene of it. */
export interface Named {
  screenplay?: Screenplay;
  scene?: Scene;
}

/** Everything an order names has to be there and the user's own; a missing thing and somebody else's are the same 404. */
export async function findNamed(
  ctx: UserContext,
  order: TaskOrder,
  conversationId: string | undefined,
): Promise<Named> {
  if (conversationId !== undefined) {
    found(await findConversation(ctx.db, conversationId, ctx.user.id), 'conversation');
  }
  await checkPictures(ctx, picturesOf(order));
  const { params } = order;
  if ('sceneUuid' in params) return ofScene(ctx, params.sceneUuid);
  if ('characterSheetId' in params) return ofCharacterSheet(ctx, params.characterSheetId);
  if ('screenplayId' in params) return { screenplay: await ownScreenplay(ctx, params.screenplayId) };
  return {};
}

/** Such an order can be refused for nothing but the number of tasks: what it says is all there is to it. */
export const namesNothing = (order: TaskOrder): boolean =>
  order.params.maxCost === undefined &&
  !['sceneUuid', 'characterSheetId', 'screenplayId'].some((name) => name in order.params) &&
  picturesOf(order).length === 0;

/** The same under a lock on the screenplay: what is checked and planned is what the order begins with, and edits come before or after. */
export async function claimNamed(
  ctx: UserContext,
  order: TaskOrder,
  conversationId: string | undefined,
): Promise<Named> {
  const named = await findNamed(ctx, order, conversationId);
  if (!named.screenplay) return named;
  found(await lockScreenplay(ctx.db, named.screenplay.id, ctx.user.id), 'screenplay');
  return findNamed(ctx, order, conversationId);
}

/** What is named has to be fit to be worked on now: not while a film is made of it, a clip only of a picture, a film of no draft. */
export function checkFit(order: TaskOrder, { screenplay, scene }: Named): void {
  const status = screenplay?.status;
  if (status === 'generating') throw errors.wrongState('screenplay', status);
  if (order.type === 'film' && status === 'draft') throw errors.wrongState('screenplay', status);
  if (order.type === 'video' && scene && scene.imageUrl === null) throw errors.wrongState('scene', 'without a picture');
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

/** Pictures by id, each with the pointer to where the request names it. */
export async function checkPictures({ db, user }: UserContext, pictures: readonly Picture[]): Promise<void> {
  if (pictures.length === 0) return;
  const ids = pictures.map(([id]) => id);
  const own = new Map((await findMediaAmong(db, ids, user.id)).map((media) => [media.id, media.type]));
  const missing = pictures.filter(([id]) => !own.has(id));
  if (missing.length > 0)
    throw errors.notFound(
      'media',
      missing.map(([, pointer]) => fault(pointer, 'not_found')),
    );
  const faults = pictures.filter(([id]) => own.get(id) !== 'image');
  if (faults.length > 0) throw errors.invalid(faults.map(([, pointer]) => fault(pointer, 'not_a_picture')));
}

async function ofScene(ctx: UserContext, sceneUuid: string): Promise<Named> {
  const owner = await findSubjectOwner(ctx.db, 'scenes', sceneUuid);
  if (owner !== ctx.user.id) throw errors.notFound('scene');
  const { scene, screenplayId } = found(await loadScene(ctx.db, sceneUuid), 'scene');
  return { scene, screenplay: await ownScreenplay(ctx, screenplayId) };
}

async function ofCharacterSheet(ctx: UserContext, id: string): Promise<Named> {
  const owner = await findSubjectOwner(ctx.db, 'character_sheets', id);
  if (owner !== ctx.user.id) throw errors.notFound('character sheet');
  const { screenplayId } = found(await loadCharacterSheet(ctx.db, id), 'character sheet');
  return { screenplay: await ownScreenplay(ctx, screenplayId) };
}

const ownScreenplay = async ({ db, user }: UserContext, id: string): Promise<Screenplay> =>
  found(await findScreenplay(db, id, user.id), 'screenplay');
