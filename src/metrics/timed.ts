import type { Watch } from './metrics.ts';

type Labels = Record<string, string>;

/** The same function, watched: its result and its errors pass through untouched. `outcomeOf` names an end; `ok` and `failed` by default. */
export function timed<Arguments extends unknown[], Result>(
  { seconds, underWay }: Watch,
  labels: Labels,
  work: (...given: Arguments) => Promise<Result>,
  outcomeOf: { result?: (result: Result) => string; error?: (error: unknown, given: Arguments) => string } = {},
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    const since = performance.now();
    const end = (outcome: string) => seconds.observe({ ...labels, outcome }, (performance.now() - since) / 1000);
    underWay.inc(labels);
    try {
      const result = await work(...given);
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
