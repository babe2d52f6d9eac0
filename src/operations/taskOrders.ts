import type { BodyOf } from '../contract/operation.ts';
import { findConversation } from '../db/conversations.ts';
import { findMediaAmong } from '../db/media.ts';
import { findScreenplayWith } from '../db/scenes.ts';
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
export const findNamed = (ctx: UserContext, order: TaskOrder, conversationId: string | undefined): Promise<Named> =>
  named(ctx, order, { conversationId, locked: false });

/** Such an order can be refused for nothing but the number of tasks: what it says is all there is to it. */
export const namesNothing = (order: TaskOrder): boolean =>
  order.params.maxCost === undefined &&
  !['sceneUuid', 'characterSheetId', 'screenplayId'].some((name) => name in order.params) &&
  picturesOf(order).length === 0;

/** The same under a lock on the screenplay: what is checked and planned is what the order begins with, and edits come before or after. */
export const claimNamed = (ctx: UserContext, order: TaskOrder, conversationId: string | undefined): Promise<Named> =>
  named(ctx, order, { conversationId, locked: true });

async function named(
  ctx: UserContext,
  order: TaskOrder,
  { conversationId, locked }: { conversationId: string | undefined; locked: boolean },
): Promise<Named> {
  const { db, user } = ctx;
  if (conversationId !== undefined) found(await findConversation(db, conversationId, user.id), 'conversation');
  await checkPictures(ctx, picturesOf(order));
  const screenplayId = await screenplayOf(ctx, order);
  if (screenplayId === undefined) return {};
  if (locked) found(await lockScreenplay(db, screenplayId, user.id), 'screenplay');
  return namedIn(found(await findScreenplay(db, screenplayId, user.id), 'screenplay'), order);
}

async function screenplayOf({ db, user }: UserContext, { params }: TaskOrder): Promise<string | undefined> {
  if ('sceneUuid' in params)
    return found(await findScreenplayWith(db, 'scenes', { id: params.sceneUuid, ownerId: user.id }), 'scene');
  if ('characterSheetId' in params) {
    const sheet = { id: params.characterSheetId, ownerId: user.id };
    return found(await findScreenplayWith(db, 'character_sheets', sheet), 'character sheet');
  }
  return 'screenplayId' in params ? params.screenplayId : undefined;
}

/** What an order is about, in a screenplay that is loaded already. */
export function namedIn(screenplay: Screenplay, { params }: TaskOrder): Named {
  const { scenes, characterSheets } = screenplay;
  if ('sceneUuid' in params) {
    const scene = scenes.find(({ id }) => id === params.sceneUuid);
    return { screenplay, scene: found(scene, 'scene') };
  }
  if ('characterSheetId' in params) {
    const sheet = characterSheets.find(({ id }) => id === params.characterSheetId);
    found(sheet, 'character sheet');
  }
  return { screenplay };
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
