import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { History } from './history.ts';

export interface Command {
  name: string;
  role: string;
  args: string[];
  env: Record<string, string>;
  logFile: string;
  /** How wrong its wall clock is. */
  clockAheadMs?: number;
}

/** A process that is started again whenever it ends, as a supervisor would. */
export interface Member {
  readonly name: string;
  readonly role: string;
  readonly pid: number | undefined;
  readonly clockAheadMs: number;
  /** Settings for the next start only. */
  once(env: Record<string, string>): void;
  /** Until then nothing else is done to it, so that one fault can be watched by itself. */
  spare(forMs: number): void;
  isSpared(): boolean;
  signal(signal: NodeJS.Signals, note?: string): number | undefined;
  /** The named places at which it has killed itself, by its own account. */
  killedAt(): Promise<string[]>;
  /** Resolves when the present run has ended, with the signal that ended it. */
  ended(): Promise<NodeJS.Signals | null>;
  /** Ends it and does not start it again before `resume`. */
  rest(): void;
  resume(): void;
  /** Ends it for good; how long that took, in ms. */
  stop(signal: NodeJS.Signals): Promise<number>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const wrongClock = new URL('../../support/wrongClock.ts', import.meta.url).href;

const clockSettings = (aheadMs: number): Record<string, string> =>
  aheadMs === 0 ? {} : { NODE_OPTIONS: `--import ${wrongClock}`, CLOCK_AHEAD_MS: String(aheadMs) };

export function keepRunning(command: Command, history: History): Member {
  const { name, role, clockAheadMs = 0 } = command;
  const log = openSync(command.logFile, 'a');
  const state = { stopping: false, resting: false, wanted: '', sparedUntil: 0, next: {} as Record<string, string> };
  let child: ChildProcess | undefined;
  let exit: Promise<NodeJS.Signals | null> = Promise.resolve(null);
  const start = () => {
    const env: Record<string, string> = {
      PATH: process.env.PATH ?? '',
      ...clockSettings(clockAheadMs),
      ...command.env,
      ...state.next,
    };
    state.next = {};
    state.wanted = env.CRASH_AT ? 'SIGKILL' : '';
    const running = spawn(process.execPath, command.args, { env, stdio: ['ignore', log, log] });
    child = running;
    const { pid = 0 } = running;
    history.record({ type: 'spawn', name, role, pid });
    exit = once(running, 'exit').then(async () => {
      const { exitCode: code, signalCode: signal } = running;
      history.record({ type: 'exit', name, role, pid, code, signal, wanted: state.wanted });
      await delay(20);
      if (!state.stopping && !state.resting) start();
      return signal;
    });
  };
  const hasEnded = () => child === undefined || child.exitCode !== null || child.signalCode !== null;
  start();
  return {
    name,
    role,
    clockAheadMs,
    get pid() {
      return child?.pid;
    },
    once(env) {
      state.next = env;
    },
    spare(forMs) {
      state.sparedUntil = performance.now() + forMs;
    },
    isSpared: () => performance.now() < state.sparedUntil,
    rest() {
      if (state.resting) return;
      state.resting = true;
      this.signal('SIGTERM', 'to rest');
    },
    resume() {
      if (!state.resting) return;
      state.resting = false;
      void exit.then(() => (hasEnded() && !state.stopping ? start() : undefined));
    },
    signal(signal, note) {
      if (!child || hasEnded()) return undefined;
      // A second signal may come before the first has ended it: either may be the one.
      if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') state.wanted += ` ${signal}`;
      history.record({
        type: 'fault',
        kind: signal,
        target: name,
        ...(child.pid && { pid: child.pid }),
        ...(note && { note }),
      });
      child.kill(signal);
      return child.pid;
    },
    killedAt: async () =>
      [...(await readFile(command.logFile, 'utf8')).matchAll(/^killed at (\S+)$/gm)].map(([, place]) => place ?? ''),
    ended: () => exit,
    async stop(signal) {
      state.stopping = true;
      state.wanted += ` ${signal}`;
      const at = performance.now();
      if (!hasEnded()) child?.kill(signal);
      const kill = setTimeout(() => child?.kill('SIGKILL'), 60_000);
      await exit;
      clearTimeout(kill);
      return performance.now() - at;
    },
  };
}
