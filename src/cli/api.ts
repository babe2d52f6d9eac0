import { setTimeout as sleep } from 'node:timers/promises';
import type { BodyOf, DataOf, JsonOperationId, PathOf, QueryOf } from '../contract/operation.ts';
import type { Language } from '../errors.ts';
import { ApiProblem, isTemporary, problemOf, unreachable } from './problem.ts';

/** Where the operations that the command line calls are. */
const addresses = {
  registerUser: ['POST', '/auth/register'],
  loginUser: ['POST', '/auth/login'],
  getReadiness: ['GET', '/health/ready'],
  listConversations: ['GET', '/conversations'],
  createConversation: ['POST', '/conversations'],
  createTask: ['POST', '/tasks'],
  listTasks: ['GET', '/tasks'],
  getTask: ['GET', '/tasks/{taskId}'],
  cancelTask: ['POST', '/tasks/{taskId}/cancel'],
  retryTask: ['POST', '/tasks/{taskId}/retry'],
  resolveTaskStep: ['POST', '/tasks/{taskId}/steps/{stepId}/resolve'],
  getScreenplay: ['GET', '/screenplays/{screenplayId}'],
  uploadMedia: ['POST', '/media'],
  getMedia: ['GET', '/media/{mediaId}'],
  listModels: ['GET', '/models'],
} as const satisfies Partial<Record<JsonOperationId, readonly ['GET' | 'POST', `/${string}`]>>;
type CalledId = keyof typeof addresses;

export interface Call<Id extends CalledId> {
  path?: PathOf<Id>;
  query?: Partial<QueryOf<Id>>;
  json?: BodyOf<Id>;
  form?: FormData | URLSearchParams;
  /** The Idempotency-Key: with it a call whose answer is lost is made again. */
  key?: string;
}

/** An access token, and how to get another one when the service does not take it any more. */
export interface Credentials {
  token(): Promise<string>;
  renew(): Promise<string>;
}

export interface Api {
  readonly url: string;
  /** Calls an operation and answers its `data`; throws `ApiProblem` or `Unreachable`, after a few tries where that is safe. */
  call<Id extends CalledId>(id: Id, call?: Call<Id>): Promise<DataOf<Id>>;
  /** A GET whose body is read by the caller: a stream or a file. Not tried again. */
  open(path: string, request?: { headers?: Record<string, string>; signal?: AbortSignal }): Promise<Response>;
}

interface Request {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string | FormData | URLSearchParams;
  signal: AbortSignal | undefined;
}

const answerWithinMs = 60_000;
const attempts = 5;
const longestWaitMs = 20_000;

export function createApi(settings: { url: string; language: Language; credentials?: Credentials }): Api {
  const { url, language, credentials } = settings;
  const send = async (request: Request, token: string | undefined): Promise<Response> => {
    const headers = { ...request.headers, 'accept-language': language, ...bearer(token) };
    const signal = request.signal ?? AbortSignal.timeout(answerWithinMs);
    const { method, body } = request;
    const init = { method, headers, signal, ...(body !== undefined && { body }) };
    const response = await fetch(`${url}/api/v1${request.path}`, init).catch((error: unknown) => {
      throw unreachable(error);
    });
    if (!response.ok) throw await problemOf(response);
    return response;
  };
  const sendSignedIn = async (request: Request): Promise<Response> => {
    try {
      return await send(request, await credentials?.token());
    } catch (error) {
      if (!credentials || !(error instanceof ApiProblem) || error.status !== 401) throw error;
      return send(request, await credentials.renew());
    }
  };
  return {
    url,
    async call<Id extends CalledId>(id: Id, call: Call<Id> = {}) {
      const request = requestOf(id, call);
      const repeatable = request.method === 'GET' || call.key !== undefined || id === 'cancelTask';
      const response = await patiently(() => sendSignedIn(request), repeatable);
      const answer = (await response.json()) as { data: DataOf<Id> };
      return answer.data;
    },
    open: (path, { headers = {}, signal } = {}) => sendSignedIn({ method: 'GET', path, headers, signal }),
  };
}

const bearer = (token: string | undefined) => (token === undefined ? {} : { authorization: `Bearer ${token}` });

function requestOf<Id extends CalledId>(id: Id, { path = {} as PathOf<Id>, query = {}, json, form, key }: Call<Id>) {
  const [method, template] = addresses[id];
  const values: Record<string, unknown> = { ...path };
  const filledIn = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  const request: Request = {
    method,
    path: search ? `${filledIn}?${search}` : filledIn,
    headers: {
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    signal: undefined,
  };
  if (json !== undefined) request.body = JSON.stringify(json);
  if (form !== undefined) request.body = form;
  return request;
}

/** A busy service took nothing of the call, so that is always tried again; a call without an answer only where it may be. */
async function patiently<Answer>(ask: () => Promise<Answer>, repeatable: boolean): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const refused = error instanceof ApiProblem && (error.status === 429 || error.code === 6001);
      if (attempt === attempts || !(refused || (repeatable && isTemporary(error)))) throw error;
      const asked = error instanceof ApiProblem ? error.retryAfterMs : undefined;
      await sleep(Math.min(asked ?? 250 * 2 ** attempt, longestWaitMs));
    }
  }
}
