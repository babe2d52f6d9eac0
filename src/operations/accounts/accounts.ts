import type { KeyObject } from 'node:crypto';
import type { ApiServices } from '../context.ts';
import { createLoginThrottle, type LoginThrottle } from './loginThrottle.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { accessKey } from './tokens.ts';

/** What accounts and their sessions need: the key, the live sessions, the brake on guessing. */
export interface Accounts {
  key: KeyObject;
  sessions: Sessions;
  throttle: LoginThrottle;
}

export function createAccounts({ db, secret, realtime }: Pick<ApiServices, 'db' | 'secret' | 'realtime'>): Accounts {
  const sessions = createSessions(db);
  realtime.hub.onAccessChanged(sessions.forgetUser);
  return { key: accessKey(secret), sessions, throttle: createLoginThrottle(db) };
}
