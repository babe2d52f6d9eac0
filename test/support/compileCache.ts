import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directory = join(tmpdir(), 'directorai-compile-cache');

/** For the environment of a process that runs the program: it then starts with less than half the CPU time. */
export const compileCache = { NODE_COMPILE_CACHE: directory };

/** The same for this process, and all that it loads from here on. */
export const useCompileCache = (): void => void enableCompileCache(directory);
