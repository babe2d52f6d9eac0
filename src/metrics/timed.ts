import { traced } from '../tracing/origin.ts';
import type { SpanOptions } from '../tracing/tracer.ts';
import type { Watch } from './metrics.ts';

type Labels = Record<string, string>;

/**
 * The same function, watched: its result and its errors pass through untouched. `outcomeOf` names an end; `ok` and `failed` by
 * default. With a `span` it is one of the trace that is open, if there is one.
 */
export function timed<Arguments extends unknown[], Result>(
  { seconds, underWay }: Watch,
  labels: Labels,
  work: (...given: Arguments) => Promise<Result>,
  outcomeOf: {
    result?: (result: Result) => string;
    error?: (error: unknown, given: Arguments) => string;
    span?: SpanOptions;
  } = {},
): (...given: Arguments) => Promise<Result> {
  const { span } = outcomeOf;
  return async (...given) => {
    const since = performance.now();
    const end = (outcome: string) => seconds.observe({ ...labels, outcome }, (performance.now() - since) / 1000);
    underWay.inc(labels);
    try {
      const result = await (span ? traced(span, () => work(...given)) : work(...given));
      end(outcomeOf.result?.(result) ?? 'ok');
      return result;
    } catch (error) {
      end(outcomeOf.error?.(error, given) ?? 'failed');
      throw error;
    } finally {
      underWay.dec(labels);
    }
  };
}
