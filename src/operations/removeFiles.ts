import type { DeletedFile } from '../db/takes.ts';
import type { Context } from './context.ts';
import { removeBytes } from './removeBytes.ts';

const atOnce = 8;

/** Removes the bytes of many files whose rows are deleted already, a few at a time. */
export async function removeFiles(ctx: Context, files: readonly DeletedFile[]): Promise<void> {
  for (let from = 0; from < files.length; from += atOnce) {
    await Promise.all(files.slice(from, from + atOnce).map((file) => removeBytes(ctx, file)));
  }
}
