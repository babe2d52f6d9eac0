import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Stage } from './stage.ts';

/** Runs a script of this folder in a process of its own until the stage is struck; answers its first line and its id. */
export async function startScript(stage: Stage, name: string, args: string[]): Promise<{ line: string; pid: number }> {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  stage.later(async () => {
    child.stdin.end();
    await ended;
  });
  for await (const line of createInterface({ input: child.stdout })) return { line, pid: child.pid ?? 0 };
  throw new Error(`${name} ended before it was ready`);
}
