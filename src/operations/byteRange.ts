import type { ByteRange } from '../storage/objectStore.ts';

const form = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * The part a Range header asks for (RFC 9110, 14.2): undefined for the whole file, which is also the answer to several ranges and
 * to what is no range at all; 'outside' where the file has no such part.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | 'outside' | undefined {
  const [, first = '', last = ''] = form.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? 'outside' : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= sizeBytes) return 'outside';
  return { start, end: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) };
}
