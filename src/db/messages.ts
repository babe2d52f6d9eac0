import type { Knex } from 'knex';
import { clip, oneLine } from '../film/text.ts';
import { newestFirst, offsetOf, type PageRequest } from './pages.ts';

export type MessageType = 'text' | 'image' | 'video' | 'screenplay';

/** Ids only; which are there depends on the type. */
export interface MessageMetadata {
  /** The screenplay that was looked at. */
  aboutScreenplayId?: string;
  images?: string[];
  turnId?: string;
  taskId?: string;
  screenplayId?: string | null;
}

export interface Message {
  id: string;
  conversationId: string;
  role: 'user' | 'assistant';
  content: string;
  type: MessageType;
  metadata: MessageMetadata;
  createdAt: Date;
}

interface MessageRow {
  id: string;
  conversation_id: string;
  role: Message['role'];
  content: string;
  type: MessageType;
  metadata: MessageMetadata;
  created_at: Date;
}

const toMessage = (row: MessageRow): Message => ({
  id: row.id,
  conversationId: row.conversation_id,
  role: row.role,
  content: row.content,
  type: row.type,
  metadata: row.metadata,
  createdAt: row.created_at,
});

/** A message as answers and events show it. */
export const messageView = ({ id, conversationId, role, content, type, metadata, createdAt }: Message) => ({
  ...{ id, conversationId, role, content, type },
  metadata: {
    ...(metadata.aboutScreenplayId && { aboutScreenplayId: metadata.aboutScreenplayId }),
    ...(metadata.images && { images: metadata.images }),
    ...(metadata.turnId && { turnId: metadata.turnId }),
    ...(metadata.taskId && { taskId: metadata.taskId, screenplayId: metadata.screenplayId ?? null }),
  },
  createdAt: createdAt.toISOString(),
});

const previewLength = 120;

/** Adds a message and keeps its conversation's count, preview and times true in the same transaction. */
export async function insertMessage(trx: Knex, message: Omit<Message, 'createdAt'>): Promise<Message> {
  const { id, conversationId, role, content, type, metadata } = message;
  const preview = oneLine(content, previewLength + 1);
  await trx('conversations')
    .where({ id: conversationId })
    .update({
      message_count: trx.raw('message_count + 1'),
      preview_text: preview.length > previewLength ? `${clip(preview, previewLength)}…` : preview,
      updated_at: trx.fn.now(),
      ...(role === 'user' && { last_accessed_at: trx.fn.now() }),
    });
  const [row] = await trx('messages')
    .insert({ id, conversation_id: conversationId, role, content, type, metadata })
    .returning<MessageRow[]>('*');
  if (!row) throw new Error('insert of a message returned no row');
  return toMessage(row);
}

export interface MessagePage extends PageRequest {
  total: number;
  items: Message[];
  /** The id to ask older messages by; null at the beginning of the conversation. */
  nextCursor: string | null;
}

/** The newest first. `cursor` is the id of a message: those older than it, whatever came since; undefined where there is no such one. */
export async function listMessages(
  db: Knex,
  conversationId: string,
  { cursor, ...page }: PageRequest & { cursor?: string | undefined },
): Promise<MessagePage | undefined> {
  const all = db('messages').where({ conversation_id: conversationId });
  if (cursor && !(await all.clone().where({ id: cursor }).first('id'))) return undefined;
  const older = db('messages')
    .where({ id: cursor ?? null })
    .select('created_at', 'id');
  const [rows, [counted]] = await Promise.all([
    all
      .clone()
      .modify((query) => (cursor ? query.whereRaw('(created_at, id) < (?)', [older]) : query.offset(offsetOf(page))))
      .orderBy(newestFirst)
      .limit(page.pageSize + 1)
      .select<MessageRow[]>('*'),
    all.clone().count({ total: '*' }),
  ]);
  const items = rows.slice(0, page.pageSize).map(toMessage);
  const nextCursor = rows.length > page.pageSize ? (items.at(-1)?.id ?? null) : null;
  return { ...page, total: Number(counted?.total ?? 0), items, nextCursor };
}

/** The latest messages up to and with the given one, oldest first; empty where it is gone. */
export async function readHistory(db: Knex, messageId: string, limit: number): Promise<Message[]> {
  const last = db('messages').where({ id: messageId });
  const rows = await db('messages')
    .whereIn('conversation_id', last.clone().select('conversation_id'))
    .whereRaw('(created_at, id) <= (?)', [last.clone().select('created_at', 'id')])
    .orderBy(newestFirst)
    .limit(limit)
    .select<MessageRow[]>('*');
  return rows.reverse().map(toMessage);
}

/** Writes a finished screenplay's id into the message that announced it; undefined where there is none (any more). */
export async function noteScreenplay(
  trx: Knex,
  { taskId, conversationId }: { taskId: string; conversationId: string },
  screenplayId: string,
): Promise<Message | undefined> {
  const [row] = await trx('messages')
    .where({ conversation_id: conversationId, type: 'screenplay' })
    .whereRaw("metadata ->> 'taskId' = ?", [taskId])
    .update({ metadata: trx.raw('metadata || ?', [JSON.stringify({ screenplayId })]) })
    .returning<MessageRow[]>('*');
  return row && toMessage(row);
}
