/** What happened to one request, for a log. It never holds a token, a key, a body, or a signature. */
export interface LogEntry {
  event: 'answer' | 'failure' | 'retry' | 'reconnect';
  method: string;
  /** Secrets in its query are blotted out. */
  url: string;
  /** Counted from 1. */
  attempt: number;
  durationMs: number;
  status?: number;
  requestId?: string;
  /** Why it failed or is tried again. */
  reason?: string;
  /** How long the client waits before it tries again. */
  waitMs?: number;
}

export type Logger = (entry: LogEntry) => void;

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A pair of tokens, as logging in and renewing give it. */
export interface Tokens {
  token: string;
  refreshToken?: string | undefined;
  /** Seconds until the access token expires. */
  expiresIn?: number | undefined;
}

/** Where a session is kept that several clients share, such as the tabs of a browser or the processes of a service. */
export interface SessionStore {
  /** The newest tokens, whichever client got them; undefined when the session is over. */
  read(): Tokens | undefined;
  /** Undefined: the session is over. */
  write(tokens: Tokens | undefined): void;
  /** Has one of all who share the store do this at a time: a refresh token works once. `(work) => navigator.locks.request('session', work)` */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
}

export interface ClientOptions {
  /** The service's origin: `https://films.example.com`. The path of the API is added. Default `http://localhost:8080`. */
  baseUrl?: string | URL | undefined;
  /** A key of `client.apiKeys.create` (`dai_…`): for servers. */
  apiKey?: string | undefined;
  /** An access token, or a function that gives one; it is asked again when the token is refused. */
  token?: string | (() => string | Promise<string>) | undefined;
  /** Beside `token`: the client renews the session by itself, once however many requests wait for it. */
  refreshToken?: string | undefined;
  /** In place of `token`: the session is read from, and kept in, a place that others use as well. */
  session?: SessionStore | undefined;
  /** With `password`: the client logs in when it first has to. */
  email?: string | undefined;
  password?: string | undefined;
  /** Told of every new pair of tokens, so that they can be kept. A refresh token works once. */
  onTokens?: ((tokens: Tokens) => void) | undefined;
  /** For one attempt, in milliseconds. Default 60,000. */
  timeoutMs?: number | undefined;
  /** How often a request is tried again. Default 3. */
  maxRetries?: number | undefined;
  /** In which language the service explains itself. */
  language?: 'en' | 'zh' | undefined;
  fetch?: Fetch | undefined;
  logger?: Logger | undefined;
  /** The secret of a webhook endpoint (`whsec_…`), or several while it is being replaced; see `client.webhooks.unwrap`. */
  webhookSecret?: string | readonly string[] | undefined;
}

export interface RequestOptions {
  signal?: AbortSignal | undefined;
  /** For one attempt, in milliseconds. */
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
  /** Made up for every POST where it is not given, and kept when that POST is tried again. */
  idempotencyKey?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

export interface ListOptions extends RequestOptions {
  /** Where to begin, counted from 1. */
  page?: number | undefined;
  /** 1 to 100; default 20. */
  pageSize?: number | undefined;
}
