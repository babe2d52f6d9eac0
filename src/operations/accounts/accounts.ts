import type { KeyObject } from 'node:crypto';
import type { ApiServices } from '../context.ts';
import { createLoginThrottle, type LoginThrottle } from './loginThrottle.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { accessKey } from './tokens.ts';

/** What accounts and their sessions need: the key, the live sessions, the brake on guessing. */
export interface Accounts {
  /** Signs access tokens. */
  key: KeyObject;
  /** Those that verify them: `key`, then former ones. */
  keys: readonly KeyObject[];
  sessions: Sessions;
  throttle: LoginThrottle;
}

export function createAccounts({
  db,
  secret,
  formerSecrets,
  realtime,
}: Pick<ApiServices, 'db' | 'secret' | 'formerSecrets' | 'realtime'>): Accounts {
  const sessions = createSessions(db);
  realtime.hub.onAccessChanged(sessions.forgetUser);
  const key = accessKey(secret);
  return { key, keys: [key, ...formerSecrets.map(accessKey)], sessions, throttle: createLoginThrottle(db) };
}
