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

type Given = Pick<ClientOptions, 'apiKey' | 'token' | 'refreshToken' | 'email' | 'password' | 'onTokens' | 'session'>;

export function createCredentials(given: Given, entrance: Entrance): Credentials {
  checkGiven(given);
  const { apiKey, token, refreshToken, session: store } = given;
  if (apiKey !== undefined) return fixed(apiKey);
  if (typeof token === 'function') return fromOutside(token);
  return session(given, token === undefined ? store?.read() : { token, refreshToken }, entrance);
}

function checkGiven({ apiKey, token, refreshToken, email, password, session }: Given): void {
  const ways = [apiKey, token, email, session].filter((way) => way !== undefined);
  if (ways.length > 1) throw new DirectorAIError('give one of apiKey, token, session, or email with password');
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

/** The tokens in use, and in the store where others share them. */
function memory({ onTokens, session: store }: Given, first: Tokens | undefined) {
  let now = first;
  let renewAt = Number.POSITIVE_INFINITY;
  const use = (tokens: Tokens | undefined) => {
    now = tokens && { ...tokens };
    renewAt = Number.POSITIVE_INFINITY;
  };
  return {
    now: () => now,
    isOld: () => now?.refreshToken !== undefined && performance.now() >= renewAt,
    adopt(tokens: Tokens) {
      use(tokens);
      if (tokens.expiresIn !== undefined) renewAt = performance.now() + lifeOf(tokens.expiresIn);
      store?.write({ ...tokens });
      onTokens?.({ ...tokens });
    },
    drop() {
      use(undefined);
      store?.write(undefined);
    },
    /** True where the store holds others than those in use, because another client renewed or ended the session. */
    takesOver(): boolean {
      const kept = store?.read();
      if (!store || (kept && kept.token === now?.token)) return false;
      use(kept);
      return true;
    },
  };
}

function session(given: Given, first: Tokens | undefined, entrance: Entrance): Credentials {
  const { email, password, session: store } = given;
  const { now, isOld, adopt, drop, takesOver } = memory(given, first);
  let under: Promise<boolean> | undefined;

  const logIn = async () => {
    if (email === undefined || password === undefined) return false;
    adopt(await entrance.login(email, password));
    return true;
  };

  const enter = async () => {
    if (takesOver()) return now() !== undefined;
    const refreshToken = now()?.refreshToken;
    if (refreshToken === undefined) return logIn();
    try {
      adopt(await entrance.refresh(refreshToken));
      return true;
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      drop();
      return logIn();
    }
  };

  const enterOnce = () => {
    under ??= (store ? store.inTurn(enter) : enter()).finally(() => {
      under = undefined;
    });
    return under;
  };

  return {
    async token() {
      const missing = now() === undefined && email !== undefined;
      if (missing || isOld() || under) await enterOnce();
      return now()?.token;
    },
    async renew(refused) {
      const { token } = now() ?? {};
      return token !== undefined && token !== refused ? true : enterOnce();
    },
    adopt,
    drop,
  };
}

/** Short-lived tokens are renewed at half their life. */
const lifeOf = (seconds: number): number => Math.max(seconds * 500, seconds * 1000 - marginMs);
