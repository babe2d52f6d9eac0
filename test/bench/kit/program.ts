import { type ProgramProcess, spawnProgram } from '../../program/programProcess.ts';
import type { Stage } from './stage.ts';

export interface RunningProgram {
  /** Its origin. */
  url: string;
  pid: number;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Its exit code, or the signal that ended it. */
  end(): Promise<number | string>;
}

/** The program as its users run it, in a process of its own; ready when the promise settles. */
export async function startProgram(
  stage: Stage,
  settings: Record<string, string>,
  args: string[] = [],
): Promise<RunningProgram> {
  const program = spawnProgram({ RATE_LIMIT_PER_MINUTE: '1000000', ...settings }, args);
  const stop = () => endBy(program, 'SIGINT');
  stage.later(stop);
  const api = await program.url();
  const { pid } = program.child;
  if (pid === undefined) throw new Error('the program has no process id');
  return { url: new URL(api).origin, pid, stop, kill: () => endBy(program, 'SIGKILL'), end: () => program.end() };
}

async function endBy(program: ProgramProcess, signal: NodeJS.Signals): Promise<void> {
  if (program.child.exitCode !== null || program.child.signalCode !== null) return;
  program.child.kill(signal);
  const how = await program.end();
  if (signal === 'SIGINT' && how !== 0) throw new Error(`the program ended with ${how}:\n${program.printed()}`);
}
