import type { Knex } from 'knex';
import { boundedMap } from '../../boundedMap.ts';
import { findSessionUser } from '../../db/refreshTokens.ts';
import type { User } from '../../db/users.ts';

/** Who may still use a session. Answers are kept for a few seconds, so that most requests ask nobody; an end is told of at once. */
export interface Sessions {
  /** The user of a live session; where the notification of its end is lost, until the kept answer has aged. */
  find(userId: string, sessionId: string): Promise<User | undefined>;
  /** To be called when a session ended here. */
  forget(sessionId: string): void;
  /** To be called when some session of this user, or the account, may have ended. */
  forgetUser(userId: string): void;
}

interface Answer {
  userId: string;
  user: Promise<User | undefined>;
  until: number;
}

const mostKept = 10_000;

export function createSessions(db: Knex, { keepMs = 10_000 }: { keepMs?: number } = {}): Sessions {
  const kept = boundedMap<string, Answer>(mostKept);

  const ask = (userId: string, sessionId: string): Promise<User | undefined> => {
    const user = findSessionUser(db, userId, sessionId);
    const answer = { userId, user, until: performance.now() + keepMs };
    kept.set(sessionId, answer);
    const drop = () => {
      if (kept.get(sessionId) === answer) kept.delete(sessionId);
    };
    user.then((found) => {
      if (!found) drop();
    }, drop);
    return user;
  };

  return {
    async find(userId, sessionId) {
      const answer = kept.get(sessionId);
      const user = await (answer && answer.until > performance.now() ? answer.user : ask(userId, sessionId));
      return user?.id === userId ? user : undefined;
    },
    forget: (sessionId) => {
      kept.delete(sessionId);
    },
    forgetUser(userId) {
      for (const [sessionId, answer] of kept.entries()) if (answer.userId === userId) kept.delete(sessionId);
    },
  };
}
