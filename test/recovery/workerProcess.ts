import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compileCache } from '../support/compileCache.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface WorkerProcess {
  child: ChildProcess;
  /** What it printed, for a failure's message. */
  output(): string;
}

/** The real program in the role of a worker, to be killed; built as one file it starts three times as fast. */
export function spawnWorker(settings: Record<string, string>, program = main): WorkerProcess {
  const child = spawn(process.execPath, [program, 'worker'], {
    env: { ...compileCache, PATH: process.env.PATH, LOG_LEVEL: 'info', SANDBOX_LATENCY_SCALE: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  return { child, output: () => lines.join('').slice(-4_000) };
}

/** How a process ended: its exit code or the signal that ended it. */
export async function endOf({ child }: WorkerProcess): Promise<number | string> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode ?? child.exitCode ?? 'unknown';
}

export async function stopWorker(worker: WorkerProcess): Promise<void> {
  worker.child.kill('SIGTERM');
  await endOf(worker);
}
