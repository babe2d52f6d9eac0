import type { components } from '../contract/operation.ts';

type Problem = components['schemas']['Problem'];

/** A failure the service answered with (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** The service's number for it; 0 where what answered was not the service. */
  readonly code: number;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, problem: Partial<Problem>, retryAfterMs?: number) {
    super(sentence(status, problem));
    this.status = status;
    this.code = problem.code ?? 0;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The service could not be asked at all: it is not there, or did not answer in time. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** `detail` begins with the first fault; here all of them follow. */
function sentence(status: number, { title, detail, errors = [] }: Partial<Problem>): string {
  const faults = errors.map(({ pointer, detail: fault }) => `${pointer}: ${fault}`);
  const first = errors.length > 0 ? (title ?? detail) : detail;
  return [first ?? `HTTP ${status}`, ...faults].join('\n  ');
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const body = await response.text();
  return new ApiProblem(response.status, parseProblem(body), Number.isFinite(seconds) ? seconds * 1000 : undefined);
}

function parseProblem(body: string): Partial<Problem> {
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed !== null && typeof parsed === 'object' ? parsed : {};
  } catch {
    return {};
  }
}

/** What `fetch` throws hides its reason one or two causes deep. */
export function unreachable(error: unknown): Unreachable {
  let reason = error instanceof Error ? error : new Error(String(error));
  while (reason.cause instanceof Error) reason = reason.cause;
  const code = 'code' in reason && typeof reason.code === 'string' ? reason.code : undefined;
  return new Unreachable(reason.message || code || reason.name, { cause: error });
}

/** Worth asking again later: the service is starting, draining, overloaded or out of reach. */
export const isTemporary = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof ApiProblem && [429, 502, 503, 504].includes(error.status));
