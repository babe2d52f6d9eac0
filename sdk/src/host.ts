import { DirectorAIError } from './errors.js';

/** The little of Node's file system that is used, where there is one: Node, Bun and Deno. */
interface Files {
  promises: {
    stat(path: string | URL): Promise<{ size: number }>;
    readFile(path: string | URL, options: { signal?: AbortSignal | undefined }): Promise<Uint8Array>;
    writeFile(path: string | URL, bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<void>;
    rename(from: string | URL, to: string | URL): Promise<void>;
    rm(path: string | URL, options: { force: boolean }): Promise<void>;
  };
}

type Host = typeof globalThis & { process?: { getBuiltinModule?(name: string): unknown } };

/** Asked of the running process, so that bundles for browsers need not know of it. */
export function files(): Files {
  const found = (globalThis as Host).process?.getBuiltinModule?.('node:fs');
  if (found === undefined) throw new DirectorAIError('there are no files here: give a Blob, bytes or a stream');
  return found as Files;
}
