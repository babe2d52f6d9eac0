import { hash } from 'node:crypto';
import { boundedMap } from '../boundedMap.ts';
import type { AccessClaims } from '../operations/accounts/tokens.ts';

/** Access tokens whose signature and claims were found good before; whether their session still lives is asked each time all the same. */
export interface KnownTokens {
  /** The claims of a token that was seen here and has not expired. */
  find(token: string): AccessClaims | undefined;
  remember(token: string, claims: AccessClaims): void;
}

const mostKept = 10_000;

/** Only digests are kept, so that no token can be read out of this process's memory that is not in use at the moment. */
export function createKnownTokens(now: () => number = Date.now): KnownTokens {
  const kept = boundedMap<string, AccessClaims>(mostKept);
  const digest = (token: string) => hash('sha256', token, 'base64');
  return {
    find(token) {
      const key = digest(token);
      const claims = kept.get(key);
      if (!claims || claims.exp * 1000 > now()) return claims;
      kept.delete(key);
      return undefined;
    },
    remember(token, claims) {
      kept.set(digest(token), claims);
    },
  };
}
