import type { KeyObject } from 'node:crypto';
import type { Knex } from 'knex';
import { createLoginThrottle, type LoginThrottle } from './loginThrottle.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { accessKey } from './tokens.ts';

/** What accounts and their sessions need: the key, the live sessions, the brake on guessing. */
export interface Accounts {
  key: KeyObject;
  sessions: Sessions;
  throttle: LoginThrottle;
}

export const createAccounts = ({ db, secret }: { db: Knex; secret: string }): Accounts => ({
  key: accessKey(secret),
  sessions: createSessions(db),
  throttle: createLoginThrottle(db),
});
