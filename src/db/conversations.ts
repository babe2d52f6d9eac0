import type { Knex } from 'knex';
import { newId } from './ids.ts';
import { offsetOf, type Page, type PageRequest } from './pages.ts';
import { prepared } from './prepared.ts';
import { deleteTurns, isAnswering } from './turns.ts';

export interface Conversation {
  id: string;
  userId: string;
  title: string;
  previewText: string | null;
  messageCount: number;
  isPinned: boolean;
  lastAccessedAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

interface ConversationRow {
  id: string;
  user_id: string;
  title: string;
  preview_text: string | null;
  message_count: number;
  is_pinned: boolean;
  last_accessed_at: Date;
  created_at: Date;
  updated_at: Date;
}

const columns =
  'id, user_id, title, preview_text, message_count, is_pinned, last_accessed_at, created_at, updated_at' as const;

const toConversation = (row: ConversationRow): Conversation => ({
  id: row.id,
  userId: row.user_id,
  title: row.title,
  previewText: row.preview_text,
  messageCount: row.message_count,
  isPinned: row.is_pinned,
  lastAccessedAt: row.last_accessed_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export async function insertConversation(db: Knex, ownerId: string, title: string): Promise<Conversation> {
  const [row] = await prepared<ConversationRow>(
    db,
    'insertConversation',
    `insert into conversations (id, user_id, title) values (?, ?, ?) returning ${columns}`,
    [newId(), ownerId, title],
  );
  if (!row) throw new Error('insert of a conversation returned no row');
  return toConversation(row);
}

/** The owner's conversation, locked against other messages until the transaction ends; the lock leaves the key alone. */
export async function lockConversation(trx: Knex, id: string, ownerId: string): Promise<boolean> {
  const row = await trx('conversations').where({ id, user_id: ownerId }).forNoKeyUpdate().first('id');
  return row !== undefined;
}

export async function findConversation(db: Knex, id: string, ownerId: string): Promise<Conversation | undefined> {
  const [row] = await prepared<ConversationRow>(
    db,
    'findConversation',
    `select ${columns} from conversations where id = ? and user_id = ?`,
    [id, ownerId],
  );
  return row && toConversation(row);
}

/** Notes that the owner looked at it. */
export async function touchConversation(db: Knex, id: string): Promise<void> {
  await db('conversations').where({ id }).update({ last_accessed_at: db.fn.now() });
}

/** The newest activity first. The count comes with the rows; only a page beyond the last one has to ask for it. */
export async function listConversations(
  db: Knex,
  ownerId: string,
  { pinned, ...page }: PageRequest & { pinned?: boolean | undefined },
): Promise<Page<Conversation>> {
  const own = pinned === undefined ? [ownerId] : [ownerId, pinned];
  const kept = `from conversations where user_id = ?${pinned === undefined ? '' : ' and is_pinned = ?'}`;
  const name = pinned === undefined ? 'Conversations' : 'PinnedConversations';
  const rows = await prepared<ConversationRow & { total: number }>(
    db,
    `list${name}`,
    `select ${columns}, (select count(*) ${kept}) as total ${kept} order by updated_at desc, id desc limit ? offset ?`,
    [...own, ...own, page.pageSize, offsetOf(page)],
  );
  const [counted] =
    rows.length > 0 || page.page === 1
      ? rows
      : await prepared<{ total: number }>(db, `count${name}`, `select count(*) as total ${kept}`, own);
  return { ...page, total: counted?.total ?? 0, items: rows.map(toConversation) };
}

export async function updateConversation(
  db: Knex,
  id: string,
  ownerId: string,
  changes: { title?: string | undefined; isPinned?: boolean | undefined },
): Promise<Conversation | undefined> {
  const [row] = await db('conversations')
    .where({ id, user_id: ownerId })
    .update({ title: changes.title, is_pinned: changes.isPinned, updated_at: db.fn.now() })
    .returning<ConversationRow[]>('*');
  return row && toConversation(row);
}

/**
 * False when there was none. Tasks of it stay, without it; the agent's turns go, and so does what the event log holds of it. A turn that
 * began while the conversation was being locked is found by going round again: its task has to be locked first.
 */
export async function deleteConversation(db: Knex, id: string, ownerId: string): Promise<boolean> {
  for (;;) {
    const outcome = await db.transaction(async (trx) => {
      await deleteTurns(trx, id, ownerId);
      if (!(await lockConversation(trx, id, ownerId))) return 'missing';
      if (await isAnswering(trx, id)) return 'answering';
      await trx('conversations').where({ id, user_id: ownerId }).delete();
      await deleteConversationEvents(trx, id, ownerId);
      return 'deleted';
    });
    if (outcome !== 'answering') return outcome === 'deleted';
  }
}

async function deleteConversationEvents(trx: Knex, id: string, ownerId: string): Promise<void> {
  await trx('events')
    .where({ user_id: ownerId })
    .whereNull('task_id')
    .whereRaw("data ->> 'conversationId' = ?", [id])
    .delete();
}
