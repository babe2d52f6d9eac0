import { attempt } from './attempt.js';
import { DirectorAIError } from './errors.js';
import type { Fetch, ListOptions, Logger, RequestOptions } from './options.js';
import { listOf, type PageData, type PagePlace, type PageReply } from './page.js';
import { type Answer, type Reply, replyOf } from './reply.js';
import type { Send, Sending } from './transport.js';

/** What the generated code needs to send a request. */
export interface Wire {
  basePath: string;
  fetchApi: Fetch;
}

/** An answer as the generated code hands it over. */
export interface Raw<Body> {
  raw: Response;
  value(): Promise<Body>;
}

/** What resources are made from: it sends what the generated code wrote, and takes the envelope off. */
export interface Core {
  readonly basePath: string;
  readonly logger: Logger | undefined;
  call<T>(ask: (wire: Wire) => Promise<Raw<{ data: T }>>, sending?: Sending): Reply<T>;
  /** For an operation that answers without data. */
  done(ask: (wire: Wire) => Promise<Raw<object>>, sending?: Sending): Reply<void>;
  list<T>(
    ask: (wire: Wire, page: PagePlace & { pageSize?: number }) => Promise<Raw<{ data: PageData<T> }>>,
    options?: ListOptions,
  ): PageReply<T>;
  /** For an answer whose body the caller reads. */
  open(ask: (wire: Wire) => Promise<Raw<unknown>>, sending?: Sending): Promise<Response>;
  /** Asks another server, once and without credentials; its answer is given whatever its status. */
  elsewhere(url: string, init: RequestInit, options: RequestOptions): Promise<Response>;
}

export interface CoreSettings {
  basePath: string;
  send: Send;
  fetch: Fetch;
  timeoutMs: number;
  logger: Logger | undefined;
}

export function createCore({ basePath, send, fetch, logger, ...settings }: CoreSettings): Core {
  const ask = async <Body>(run: (wire: Wire) => Promise<Raw<Body>>, sending: Sending = {}): Promise<Raw<Body>> => {
    const fetchApi: Fetch = (url, init = {}) => send(String(url), init, sending);
    try {
      return await run({ basePath, fetchApi });
    } catch (error) {
      throw unwrapped(error);
    }
  };
  const core: Core = {
    basePath,
    logger,
    call: (run, sending) => replyOf(ask(run, sending).then(dataOf)),
    done: (run, sending) => replyOf(ask(run, sending).then(({ raw }) => ({ data: undefined, response: raw }))),
    list(run, { page, pageSize, ...sending } = {}) {
      const size = pageSize === undefined ? {} : { pageSize };
      return listOf(
        (place) => core.call((wire) => run(wire, { ...place, ...size }), sending),
        page === undefined ? {} : { page },
      );
    },
    elsewhere: (url, init, { signal, timeoutMs = settings.timeoutMs }) =>
      attempt({ fetch, url, init, timeoutMs, signal, stream: false }),
    open: async (run, sending) => (await ask(run, { ...sending, stream: true })).raw,
  };
  return core;
}

async function dataOf<T>(answer: Raw<{ data: T }>): Promise<Answer<T>> {
  try {
    return { data: (await answer.value()).data, response: answer.raw };
  } catch (cause) {
    throw new DirectorAIError('the service answered with something that is no JSON', { cause });
  }
}

/** The generated code wraps what its fetch throws, and has an error of its own for an id that was not given. */
function unwrapped(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'RequiredError') return new DirectorAIError(error.message, { cause: error });
  return error.name === 'FetchError' && error.cause !== undefined ? error.cause : error;
}
