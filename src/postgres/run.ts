import { execFile } from 'node:child_process';
import type { Identity } from './serverUser.ts';

export interface RunOutcome {
  code: number;
  /** Standard output and standard error, joined. */
  output: string;
}

export interface RunOptions {
  identity?: Identity | undefined;
  cwd?: string;
}

/** Postgres programs get no settings or secrets of ours; on Windows they can't load their libraries without the system's own variables. */
export const bareEnvironment = (): NodeJS.ProcessEnv | undefined =>
  process.platform === 'win32' ? undefined : { LC_ALL: 'C', TZ: 'UTC' };

/** Runs a program to its end; a program that can't be started at all has code 127. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunOutcome> {
  const { promise, resolve } = Promise.withResolvers<RunOutcome>();
  const env = bareEnvironment();
  execFile(
    file,
    [...args],
    {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(env === undefined ? {} : { env }),
      ...options.identity,
      maxBuffer: 4 * 1024 * 1024,
    },
    (error, stdout, stderr) => {
      if (!error) return resolve({ code: 0, output: stdout + stderr });
      const code = typeof error.code === 'number' ? error.code : 127;
      resolve({ code, output: stdout + stderr || error.message });
    },
  );
  return promise;
}
