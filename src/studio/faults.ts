import { plain } from './client.ts';
import { APIError } from './vendor/sdk.js';

/** What is wrong with a request: by the last name of each pointer, and what belongs to no field. */
export function faultsOf(error: unknown): { byField: Record<string, string>; rest: string } {
  if (!(error instanceof APIError)) return { byField: {}, rest: plain(error) };
  const named = error.errors.filter(({ pointer }) => pointer.startsWith('/body/'));
  const byField: Record<string, string> = {};
  for (const { pointer, detail } of named) byField[nameOf(pointer)] ??= detail;
  const others = error.errors.filter((one) => !named.includes(one)).map(({ detail }) => detail);
  return { byField, rest: named.length > 0 ? others.join(' ') : plain(error) };
}

const nameOf = (pointer: string): string => pointer.split('/').at(-1) ?? '';
