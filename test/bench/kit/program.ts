import { type ProgramProcess, spawnProgram } from '../../program/programProcess.ts';
import type { Stage } from './stage.ts';

export interface LaunchedProgram {
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Its exit code, or the signal that ended it. */
  end(): Promise<number | string>;
  /** Its origin, once it is ready. */
  ready(): Promise<string>;
  pid: number;
}

export interface RunningProgram extends LaunchedProgram {
  url: string;
}

/** The program as its users run it, in a process of its own. */
export function launchProgram(stage: Stage, settings: Record<string, string>, args: string[] = []): LaunchedProgram {
  const program = spawnProgram({ RATE_LIMIT_PER_MINUTE: '1000000', ...settings }, args);
  const { pid } = program.child;
  if (pid === undefined) throw new Error('the program could not be started');
  const stop = () => endBy(program, 'SIGINT');
  stage.later(stop);
  return {
    pid,
    stop,
    kill: () => endBy(program, 'SIGKILL'),
    end: () => program.end(),
    ready: async () => new URL(await program.url()).origin,
  };
}

export async function startProgram(
  stage: Stage,
  settings: Record<string, string>,
  args: string[] = [],
): Promise<RunningProgram> {
  const program = launchProgram(stage, settings, args);
  return { ...program, url: await program.ready() };
}

async function endBy(program: ProgramProcess, signal: NodeJS.Signals): Promise<void> {
  if (program.child.exitCode !== null || program.child.signalCode !== null) return;
  program.child.kill(signal);
  const how = await program.end();
  if (signal === 'SIGINT' && how !== 0) throw new Error(`the program ended with ${how}:\n${program.printed()}`);
}
