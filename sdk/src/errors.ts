import type { FieldFault } from './generated/models/FieldFault.js';
import type { Task } from './generated/models/Task.js';
import type { Turn } from './generated/models/Turn.js';

/** Everything this package throws, but for a signal's own reason when a call is aborted. */
export class DirectorAIError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** What the service said about a failure; it is empty where something between answered in its place. */
export interface Answered {
  status: number;
  headers: Headers;
  code?: number | undefined;
  type?: string | undefined;
  detail?: string | undefined;
  requestId?: string | undefined;
  errors?: FieldFault[] | undefined;
  retryAfterMs?: number | undefined;
}

/** The service answered with a failure. */
export class APIError extends DirectorAIError {
  readonly status: number;
  /** The number of the failure, stable over releases: 1000 invalid, 3000 not found, 5000 too many requests, … */
  readonly code: number | undefined;
  /** `urn:directorai:problem:` and the failure's name. */
  readonly type: string | undefined;
  readonly detail: string | undefined;
  /** To be quoted when asking for help. */
  readonly requestId: string | undefined;
  /** The faulty fields, each with a JSON pointer that begins with /body, /query, /path or /header. */
  readonly errors: readonly FieldFault[];
  readonly headers: Headers;
  /** How long the service asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(answered: Answered) {
    super(describe(answered));
    this.status = answered.status;
    this.code = answered.code;
    this.type = answered.type;
    this.detail = answered.detail;
    this.requestId = answered.requestId;
    this.errors = answered.errors ?? [];
    this.headers = answered.headers;
    Object.defineProperty(this, 'headers', { enumerable: false });
    this.retryAfterMs = answered.retryAfterMs;
  }
}

/** The service's `detail` goes on with the first fault, which is not told twice. */
function describe({ status, detail, code, requestId, errors = [] }: Answered): string {
  const untold = errors.filter((fault) => !detail?.includes(fault.detail));
  const fields = untold.map((fault) => ` ${fault.pointer}: ${fault.detail}.`).join('');
  const marks = [code && `code ${code}`, requestId && `request ${requestId}`].filter(Boolean).join(', ');
  return `${status} ${detail ?? 'without an explanation'}${fields}${marks && ` (${marks})`}`;
}

/** 400 */
export class BadRequestError extends APIError {}
/** 401: no credentials, or none the service takes. */
export class AuthenticationError extends APIError {}
/** 402: the work would cost more than the budget or its own limit allows. */
export class BudgetError extends APIError {}
/** 403 */
export class PermissionError extends APIError {}
/** 404: it does not exist, or it is somebody else's. */
export class NotFoundError extends APIError {}
/** 408 */
export class RequestTimeoutError extends APIError {}
/** 409: taken, in the wrong state, or over a quota; `code` says which. */
export class ConflictError extends APIError {}
/** 413 */
export class ContentTooLargeError extends APIError {}
/** 415 */
export class UnsupportedMediaTypeError extends APIError {}
/** 422: the idempotency key was used for another request. */
export class UnprocessableError extends APIError {}
/** 429: `retryAfterMs` says when to come back. */
export class RateLimitError extends APIError {}
/** 500 and above. */
export class ServerError extends APIError {}

const byStatus: Readonly<Record<number, typeof APIError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  402: BudgetError,
  403: PermissionError,
  404: NotFoundError,
  408: RequestTimeoutError,
  409: ConflictError,
  413: ContentTooLargeError,
  415: UnsupportedMediaTypeError,
  422: UnprocessableError,
  429: RateLimitError,
};

export function apiError(answered: Answered): APIError {
  const Kind = byStatus[answered.status] ?? (answered.status >= 500 ? ServerError : APIError);
  return new Kind(answered);
}

/** There was no answer, or not all of it: the service may have done what was asked, or not. */
export class ConnectionError extends DirectorAIError {}
/** There was no answer in `timeoutMs`. */
export class ConnectionTimeoutError extends ConnectionError {}

/** A task that was waited for ended otherwise than completed. */
export class TaskError extends DirectorAIError {
  readonly task: Task;

  constructor(message: string, task: Task) {
    super(message);
    this.task = task;
  }
}
export class TaskFailedError extends TaskError {}
export class TaskCancelledError extends TaskError {}

/** Nothing of the task goes on before somebody decides, by `tasks.resolveStep`, about the steps whose paid call may have been lost. */
export class TaskNeedsReviewError extends TaskError {
  /** The ids of those steps. */
  get stepIds(): string[] {
    return this.task.steps.filter(({ status }) => status === 'needs_review').map(({ id }) => id);
  }
}

/** The task goes on, but was not over in the time one wanted to wait. */
export class TaskWaitTimeoutError extends DirectorAIError {
  readonly taskId: string;

  constructor(taskId: string, timeoutMs: number) {
    super(`the task ${taskId} was not over within ${timeoutMs} ms; it goes on`);
    this.taskId = taskId;
  }
}

/** The agent did not answer: its turn failed or was cancelled. */
export class AnswerError extends DirectorAIError {
  readonly turn: Turn;

  constructor(message: string, turn: Turn) {
    super(message);
    this.turn = turn;
  }
}

/** A webhook whose signature, time or form is not right: do not act on it. */
export class WebhookVerificationError extends DirectorAIError {}
