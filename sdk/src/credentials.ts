import { AuthenticationError, DirectorAIError } from './errors.js';
import type { ClientOptions, Tokens } from './options.js';

/** What the client shows the service to be let in. */
export interface Credentials {
  /** The token to send; undefined where the client has none. May log in. */
  token(): Promise<string | undefined>;
  /** Gets another token in place of a refused one, once for all who ask; false where there is no way to. */
  renew(refused: string): Promise<boolean>;
  /** Uses these from now on. */
  adopt(tokens: Tokens): void;
  /** Forgets the session: what follows is sent without a token, or after a new login. */
  drop(): void;
}

/** The two ways to get a session, which the API itself offers. */
export interface Entrance {
  login(email: string, password: string): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
}

/** An access token is renewed when it has less than this left. */
const marginMs = 15_000;

type Given = Pick<ClientOptions, 'apiKey' | 'token' | 'refreshToken' | 'email' | 'password' | 'onTokens'>;

export function createCredentials(given: Given, entrance: Entrance): Credentials {
  checkGiven(given);
  const { apiKey, token } = given;
  if (apiKey !== undefined) return fixed(apiKey);
  return typeof token === 'function' ? fromOutside(token) : session(given, token, entrance);
}

function checkGiven({ apiKey, token, refreshToken, email, password }: Given): void {
  const ways = [apiKey, token, email].filter((way) => way !== undefined);
  if (ways.length > 1) throw new DirectorAIError('give one of apiKey, token, or email with password');
  if ((email === undefined) !== (password === undefined)) throw new DirectorAIError('email and password go together');
  if (refreshToken !== undefined && typeof token === 'function') {
    throw new DirectorAIError('a refreshToken goes with a token, not with a function that gives one');
  }
}

const nothingToAdopt = { adopt: () => undefined, drop: () => undefined };

const fixed = (apiKey: string): Credentials => ({
  ...nothingToAdopt,
  token: async () => apiKey,
  renew: async () => false,
});

const fromOutside = (ask: () => string | Promise<string>): Credentials => ({
  ...nothingToAdopt,
  token: async () => ask(),
  renew: async (refused) => (await ask()) !== refused,
});

function session({ email, password, refreshToken, onTokens }: Given, token: string | undefined, entrance: Entrance) {
  let now: Tokens | undefined = token === undefined ? undefined : { token, refreshToken };
  let renewAt = Number.POSITIVE_INFINITY;
  let under: Promise<boolean> | undefined;

  const adopt = (tokens: Tokens) => {
    now = { ...tokens };
    renewAt = tokens.expiresIn === undefined ? Number.POSITIVE_INFINITY : performance.now() + lifeOf(tokens.expiresIn);
    onTokens?.(now);
  };

  const logIn = async () => {
    if (email === undefined || password === undefined) return false;
    adopt(await entrance.login(email, password));
    return true;
  };

  const enter = async () => {
    if (now?.refreshToken === undefined) return logIn();
    try {
      adopt(await entrance.refresh(now.refreshToken));
      return true;
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      now = undefined;
      return logIn();
    }
  };

  const enterOnce = () => {
    under ??= enter().finally(() => {
      under = undefined;
    });
    return under;
  };

  const credentials: Credentials = {
    async token() {
      const missing = now === undefined && email !== undefined;
      const old = now?.refreshToken !== undefined && performance.now() >= renewAt;
      if (missing || old || under) await enterOnce();
      return now?.token;
    },
    async renew(refused) {
      return now !== undefined && now.token !== refused ? true : enterOnce();
    },
    adopt,
    drop() {
      now = undefined;
      renewAt = Number.POSITIVE_INFINITY;
    },
  };
  return credentials;
}

/** Short-lived tokens are renewed at half their life. */
const lifeOf = (seconds: number): number => Math.max(seconds * 500, seconds * 1000 - marginMs);
