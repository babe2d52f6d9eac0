import { errors } from '../errors.ts';

/** The thing itself, or the 404 that a missing one and somebody else's have in common. */
export function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw errors.notFound(what);
  return thing;
}
