import { SetupError } from '../errors.ts';

const advice: readonly [RegExp, string][] = [
  [/ENOSPC|EDQUOT|No space left|disk is full/i, 'the disk is full: free some space'],
  [/EROFS|read-only file/i, 'it is read-only: set DATA_DIR to a folder that can be written'],
  [
    /EACCES|EPERM|Permission denied|readonly database|unable to open database/i,
    'permission denied: start as the user that owns it, or set DATA_DIR to another folder',
  ],
  [
    /ENOTDIR|EEXIST|Not a directory/i,
    'there is a file where a folder is needed: remove it, or set DATA_DIR to another folder',
  ],
];

/** What the program's or the system's words mean for the person at the keyboard. */
export function adviceFor(words: string, otherwise: string): string {
  return advice.find(([pattern]) => pattern.test(words))?.[1] ?? otherwise;
}

/** Turns a failure of the file system into one sentence that says what to do. */
export function setupFailure(what: string, cause: unknown): SetupError {
  if (cause instanceof SetupError) return cause;
  const words = cause instanceof Error ? cause.message : String(cause);
  return new SetupError(`${what}: ${adviceFor(words, words)}. / 无法使用该文件或目录。`, { cause });
}
