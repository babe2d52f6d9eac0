import { type Conversation, touchConversation } from '../db/conversations.ts';
import type { Context } from './context.ts';

const noticedEveryMs = 60_000;

/** Looking at a conversation is noted, at most once a minute. */
export async function notice({ db }: Context, { id, lastAccessedAt }: Conversation): Promise<void> {
  if (Date.now() - lastAccessedAt.getTime() > noticedEveryMs) await touchConversation(db, id);
}
