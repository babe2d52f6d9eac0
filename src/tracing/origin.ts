import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span, SpanOptions, Tracer } from './tracer.ts';

/** What a piece of work belongs to, known to everything it calls, and written into the tasks it starts. */
export interface Origin {
  requestId?: string | undefined;
  /** W3C trace context of the span that is open, or of the request that a step was ordered by. */
  traceparent?: string | undefined;
  /** Undefined while tracing is off. */
  tracer?: Tracer | undefined;
  span?: Span | undefined;
}

const active = new AsyncLocalStorage<Origin>();
const nowhere: Origin = {};

export const origin = (): Origin => active.getStore() ?? nowhere;

/** Runs `work`, and all that comes of it, as work of this origin. */
export const withOrigin = <Result>(given: Origin, work: () => Result): Result => active.run(given, work);

/** Runs `work` in a span under the one that is open; with tracing off it is just run. */
export function traced<Result>(options: SpanOptions, work: () => Promise<Result>): Promise<Result> {
  const here = active.getStore();
  if (!here?.tracer) return work();
  const span = here.tracer.start(options, here.traceparent);
  return active.run({ ...here, span, traceparent: span.traceparent }, async () => {
    try {
      return await work();
    } catch (error) {
      span.fail(errorTypeOf(error));
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A word for a failure, never its message: messages may quote what was sent. */
export function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('failure' in error && error.failure && typeof error.failure === 'object' && 'key' in error.failure)
    return String(error.failure.key);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
