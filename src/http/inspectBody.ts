import { errors, type FieldFault, fault } from '../errors.ts';
import { jsonDepth, jsonKeys } from './limits.ts';

/**
 * Refuses what no schema is asked about: text that Postgres can't keep (a NUL, half of a surrogate pair), nesting without end,
 * and fields without number.
 */
export function inspectBody(body: unknown): void {
  const seen = { keys: 0 };
  inspect(body, '/body', 0, seen);
}

function inspect(value: unknown, pointer: string, depth: number, seen: { keys: number }): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) refuse(fault(pointer, 'unstorable'));
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth >= jsonDepth) refuse(fault('/body', 'too_deep', { n: jsonDepth }));
  for (const [key, inner] of Object.entries(value)) {
    seen.keys += 1;
    if (seen.keys > jsonKeys) refuse(fault('/body', 'too_many_fields', { n: jsonKeys }));
    if (!isStorable(key)) refuse(fault(pointer, 'unstorable'));
    inspect(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1, seen);
  }
}

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

function refuse(found: FieldFault): never {
  throw errors.invalid([found]);
}
