import * as audit from './audit.ts';
import * as pauses from './pauses.ts';
import * as queue from './queue.ts';
import * as users from './users.ts';

export const adminOperations = { ...users, ...queue, ...pauses, ...audit };

/**
 * For administrators only, and for nothing but their sessions: an API key lies about in programs that make films, and is no good here.
 * Whatever is exported as an operation of this room is in it.
 */
export const adminOnly: ReadonlySet<string> = new Set(Object.keys(adminOperations));
