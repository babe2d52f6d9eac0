import { createHash } from 'node:crypto';

/** Hex SHA-256 over everything that shapes a take; `input` must be built in a fixed key order. */
export const inputHash = (input: object): string => createHash('sha256').update(JSON.stringify(input)).digest('hex');
