import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';

const launcher = fileURLToPath(new URL('../../src/launch.js', import.meta.url));
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface ProgramProcess {
  child: ChildProcess;
  /** All it printed so far. */
  printed(): string;
  /** Where its API listens, once it says so. */
  url(): Promise<string>;
  /** Its exit code, or the signal that ended it. */
  end(): Promise<number | string>;
}

/** The program as `npm start` runs it, on a free port unless the settings name one. */
export function spawnProgram(settings: Record<string, string>, args: string[] = []): ProgramProcess {
  const child = spawn(process.execPath, [launcher, main, ...args], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      LOG_LEVEL: 'warn',
      SANDBOX_LATENCY_SCALE: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const ended = once(child, 'exit');
  return {
    child,
    printed: () => printed,
    async url() {
      const match = await eventually(
        `the program is ready; it printed:\n${printed}`,
        () => /API\s+(http\S+)/.exec(printed),
        60_000,
      );
      return match[1] ?? '';
    },
    async end() {
      await ended;
      return child.signalCode ?? child.exitCode ?? 'unknown';
    },
  };
}

/** For each test a folder of its own, and programs on it, of which none outlives the test. */
export function usePrograms(name: string) {
  const place = { dataDir: '' };
  const running = new Set<ProgramProcess>();

  beforeEach(async () => {
    place.dataDir = await makeDataDir(name);
  });

  afterEach(async () => {
    for (const program of running) {
      program.child.kill('SIGINT');
      await program.end();
    }
    running.clear();
    await rm(place.dataDir, { recursive: true, force: true });
  });

  function start(settings: Record<string, string> = {}, args: string[] = []): ProgramProcess {
    const program = spawnProgram({ DATA_DIR: place.dataDir, ...settings }, args);
    running.add(program);
    return program;
  }

  return { place, start };
}
