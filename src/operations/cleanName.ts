import { basename } from 'node:path';

/** The name of a file to show, without folders, control characters or broken surrogates; never a path. */
export function cleanName(name: string): string {
  return basename(name.replaceAll('\\', '/'))
    .replace(/\p{Cc}|\p{Bidi_Control}/gu, '')
    .toWellFormed()
    .slice(0, 255)
    .toWellFormed()
    .trim();
}
