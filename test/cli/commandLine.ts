import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { compileCache } from '../support/compileCache.ts';

const root = join(import.meta.dirname, '../..');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  /** What it has printed until now. */
  printed(): string;
  ended: Promise<Ended>;
}

export interface CommandOptions {
  cwd: string;
  settings: Record<string, string>;
  input?: string;
}

/** The command as npm runs it, in a process of its own. */
export function runCommand(
  entry: 'film' | 'seed' | 'doctor' | 'storageCheck' | 'docs',
  args: readonly string[],
  options: CommandOptions,
): Running {
  const { cwd, settings, input } = options;
  const argv = [join(root, 'src/launch.js'), join(root, `src/cli/${entry}.ts`), ...args];
  const env = { ...compileCache, PATH: process.env.PATH, LANG: 'C.UTF-8', SANDBOX_LATENCY_SCALE: '0', ...settings };
  const child = spawn(process.execPath, argv, { cwd, env, stdio: 'pipe' });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  child.stdin.end(input ?? '');
  const ended = once(child, 'close').then(([code]): Ended => ({ code, ...output }));
  return { child, printed: () => output.stdout + output.stderr, ended };
}

/** A port on which nothing listens. */
export async function quietPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return String(port);
}
