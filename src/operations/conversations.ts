import {
  deleteConversation as deleteRow,
  findConversation,
  insertConversation,
  listConversations as listRows,
  updateConversation as updateRow,
} from '../db/conversations.ts';
import type { Operation } from './context.ts';
import { done, pageOf, success } from './envelope.ts';
import { found } from './found.ts';
import { isoTime } from './isoTime.ts';
import { notice } from './noticed.ts';

export const createConversation: Operation<'createConversation'> = async (ctx, { body }) => {
  const { id, title, messageCount, isPinned, createdAt } = await insertConversation(ctx.db, ctx.user.id, body.title);
  return {
    status: 201,
    body: success(ctx, { id, title, messageCount, isPinned, createdAt: createdAt.toISOString() }, 'created'),
    headers: { location: `/api/v1/conversations/${id}` },
  };
};

export const listConversations: Operation<'listConversations'> = async (ctx, { query }) => {
  const page = await listRows(ctx.db, ctx.user.id, query);
  const items = pageOf(page, ({ id, title, previewText, messageCount, isPinned, lastAccessedAt, createdAt }) => ({
    id,
    title,
    previewText,
    messageCount,
    isPinned,
    lastAccessedAt: isoTime(lastAccessedAt),
    createdAt: isoTime(createdAt),
  }));
  return { status: 200, body: success(ctx, items) };
};

export const getConversation: Operation<'getConversation'> = async (ctx, { path }) => {
  const conversation = found(await findConversation(ctx.db, path.conversationId, ctx.user.id), 'conversation');
  const { id, title, messageCount, isPinned, createdAt, updatedAt } = conversation;
  await notice(ctx, conversation);
  const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  return { status: 200, body: success(ctx, { id, title, messageCount, isPinned, ...times }) };
};

export const updateConversation: Operation<'updateConversation'> = async (ctx, { path, body }) => {
  const changed = await updateRow(ctx.db, path.conversationId, ctx.user.id, body);
  const { id, title, isPinned } = found(changed, 'conversation');
  return { status: 200, body: success(ctx, { id, title, isPinned }, 'updated') };
};

export const deleteConversation: Operation<'deleteConversation'> = async (ctx, { path }) => {
  const deleted = await deleteRow(ctx.db, path.conversationId, ctx.user.id);
  found(deleted || undefined, 'conversation');
  return { status: 200, body: done(ctx, 'deleted') };
};
