import { orAborted } from './abort.js';
import { AuthenticationError, DirectorAIError } from './errors.js';
import type { ClientOptions, SessionStore, Tokens } from './options.js';

/** What the client shows the service to be let in. */
export interface Credentials {
  /** The token to send; undefined where the client has none. May log in; an abort ends the wait, not what others wait for too. */
  token(signal?: AbortSignal): Promise<string | undefined>;
  /** Gets another token in place of a refused one, once for all who ask; false where there is no way to. */
  renew(refused: string, signal?: AbortSignal): Promise<boolean>;
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

const fromOutside = (give: () => string | Promise<string>): Credentials => {
  const token = (signal?: AbortSignal) => orAborted(Promise.resolve(give()), signal);
  return {
    ...nothingToAdopt,
    token: async (signal) => token(signal),
    renew: async (refused, signal) => (await token(signal)) !== refused,
  };
};

type Memory = ReturnType<typeof memory>;

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
  const tokens = memory(given, first);
  const enter = oneAtATime(() => enterWith(given, tokens, entrance), given.session);
  return {
    async token(signal) {
      const missing = tokens.now() === undefined && given.email !== undefined;
      if (missing || tokens.isOld() || enter.isUnderWay()) await orAborted(enter(), signal);
      return tokens.now()?.token;
    },
    async renew(refused, signal) {
      const token = tokens.now()?.token;
      return token !== undefined && token !== refused ? true : orAborted(enter(), signal);
    },
    adopt: tokens.adopt,
    drop: tokens.drop,
  };
}

/** By the tokens another client has put into the store, by a refresh, or by a login; false where none of them is possible. */
async function enterWith({ email, password }: Given, tokens: Memory, entrance: Entrance): Promise<boolean> {
  if (tokens.takesOver()) return tokens.now() !== undefined;
  const refreshToken = tokens.now()?.refreshToken;
  if (refreshToken !== undefined) {
    try {
      tokens.adopt(await entrance.refresh(refreshToken));
      return true;
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      tokens.drop();
    }
  }
  if (email === undefined || password === undefined) return false;
  tokens.adopt(await entrance.login(email, password));
  return true;
}

/** Whoever asks while it is under way gets the same answer. */
function oneAtATime(work: () => Promise<boolean>, store: SessionStore | undefined) {
  let under: Promise<boolean> | undefined;
  const run = () => {
    under ??= (store ? store.inTurn(work) : work()).finally(() => {
      under = undefined;
    });
    return under;
  };
  return Object.assign(run, { isUnderWay: () => under !== undefined });
}

/** Short-lived tokens are renewed at half their life. */
const lifeOf = (seconds: number): number => Math.max(seconds * 500, seconds * 1000 - marginMs);
