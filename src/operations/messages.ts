import type { DataOf } from '../contract/operation.ts';
import { findConversation, lockConversation } from '../db/conversations.ts';
import { newId } from '../db/ids.ts';
import { insertMessage, listMessages as listRows, messageView } from '../db/messages.ts';
import { lockQuota } from '../db/quotas.ts';
import { countActiveTurns, findTurn, isAnswering, type Turn } from '../db/turns.ts';
import { cancelTurn as cancel, startTurn } from '../engine/turns.ts';
import { describeError, errors, fault } from '../errors.ts';
import { filmNote } from '../film/seenFilm.ts';
import type { Context, Operation, UserContext } from './context.ts';
import { pageOf, success } from './envelope.ts';
import { found } from './found.ts';
import { notice } from './noticed.ts';
import { renderingOf } from './screenplayStates.ts';
import { ownScreenplay } from './screenplayViews.ts';
import { checkPictures } from './taskOrders.ts';

/** The newest first; looking at them counts as looking at the conversation. */
export const listMessages: Operation<'listMessages'> = async (ctx, { path, query }) => {
  const conversation = found(await findConversation(ctx.db, path.conversationId, ctx.user.id), 'conversation');
  const page = await listRows(ctx.db, conversation.id, query);
  if (!page) throw errors.invalid([fault('/query/cursor', 'not_of_conversation')]);
  await notice(ctx, conversation);
  return { status: 200, body: success(ctx, { ...pageOf(page, messageView), nextCursor: page.nextCursor }) };
};

/** Message, turn and its work commit together; the lock on the conversation lets one turn begin at a time. */
export const createMessage: Operation<'createMessage'> = async (ctx, { path, body }) => {
  const { conversationId } = path;
  const { content, images, screenplayId } = body;
  const said = await ctx.db.transaction(async (trx) => {
    await checkTurns({ ...ctx, db: trx }, conversationId);
    const pictures = images.map((id, index): [string, string] => [id, `/body/images/${index}`]);
    await checkPictures({ ...ctx, db: trx }, pictures);
    const seen = screenplayId !== undefined && { seen: await noteOf({ ...ctx, db: trx }, screenplayId) };
    const params = { messageId: newId(), answerId: newId(), images, ...seen };
    const turn = await startTurn(trx, { userId: ctx.user.id, conversationId, params });
    const about = screenplayId !== undefined && { aboutScreenplayId: screenplayId };
    const metadata = { turnId: turn.id, ...(images.length > 0 && { images }), ...about };
    const type = images.length > 0 ? 'image' : 'text';
    const message = { id: params.messageId, conversationId, role: 'user', content, type, metadata } as const;
    return { turn, message: await insertMessage(trx, message) };
  });
  return {
    status: 202,
    body: success(ctx, { message: messageView(said.message), turn: turnView(ctx, said.turn) }, 'accepted'),
    headers: { location: `/api/v1/conversations/${conversationId}/turns/${said.turn.id}` },
  };
};

async function noteOf(ctx: UserContext, screenplayId: string): Promise<string> {
  const screenplay = await ownScreenplay(ctx, screenplayId);
  const { film, scenes } = (await renderingOf(ctx, screenplay)).states;
  const { title, status } = screenplay;
  const seen = screenplay.scenes.map((scene) => ({
    ...scene,
    ...(scenes.get(scene.id) ?? { image: 'missing' as const, video: 'missing' as const }),
  }));
  return filmNote({ title, status, film, scenes: seen });
}

/** Counted under the locks of user and conversation: what is asked at the same moment does not slip past together. */
async function checkTurns({ db, user, config }: UserContext, conversationId: string): Promise<void> {
  const most = await lockQuota(db, user.id, config.maxTasksPerUser);
  if (!(await lockConversation(db, conversationId, user.id))) throw errors.notFound('conversation');
  if (await isAnswering(db, conversationId)) throw errors.wrongState('conversation', 'being answered');
  if ((await countActiveTurns(db, user.id)) >= most) throw errors.quotaReached('running turns', most);
}

export const getTurn: Operation<'getTurn'> = async (ctx, { path }) => {
  const turn = found(await findTurn(ctx.db, { ...path, ownerId: ctx.user.id }), 'turn');
  return { status: 200, body: success(ctx, turnView(ctx, turn)) };
};

export const cancelTurn: Operation<'cancelTurn'> = async (ctx, { path }) => {
  const turn = await cancel(ctx.db, { ...path, ownerId: ctx.user.id });
  return { status: 200, body: success(ctx, turnView(ctx, turn), 'updated') };
};

function turnView({ language }: Context, turn: Turn): DataOf<'getTurn'> {
  const { id, conversationId, status, error, createdAt, completedAt } = turn;
  const { messageId, answerId } = turn.params;
  return {
    id,
    conversationId: conversationId ?? '',
    ...{ status, messageId, answerId },
    errorMessage: error && describeError(error.key, error.params, language).slice(0, 2000),
    createdAt: createdAt.toISOString(),
    completedAt: completedAt?.toISOString() ?? null,
  };
}
