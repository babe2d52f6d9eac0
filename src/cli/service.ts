import { mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, secretsOf } from '../config.ts';
import { SetupError } from '../errors.ts';
import { localUrl } from '../localUrl.ts';
import { createLog, type Log } from '../log.ts';
import type { OnLost } from '../program.ts';
import { createApi } from './api.ts';
import { ApiProblem, Unreachable } from './problem.ts';
import type { Words } from './words.ts';

export interface Service {
  url: string;
  /** Under which one's account of it is kept: `local` is that of DATA_DIR, whoever started it and wherever it listens. */
  name: string;
  /** Where a service that was started here writes its log. */
  logFile: string | undefined;
  /** Ends what was started here, and only that. */
  stop(): Promise<void>;
}

export interface ServiceSearch {
  config: Config;
  /** Undefined: the service at PORT, or one started here. */
  url: string | undefined;
  words: Words;
  say: (text: string) => void;
  signal: AbortSignal;
}

type Found = { state: 'ready' | 'starting' } | { state: 'absent' | 'stranger'; why: string };

const patienceMs = 60_000;
const lookAgainMs = 500;
const graceMs = 5_000;
/** sysexits.h, as in `main.ts`: to be started anew. */
const exitLost = 70;

export async function findService(search: ServiceSearch): Promise<Service> {
  const local = localUrl(search.config.host, search.config.port);
  const { url = local, words, say } = search;
  const found = await whenReady(url, search);
  if (found.state === 'ready') {
    say(words.using(url));
    return { url, name: url === local ? 'local' : url, logFile: undefined, stop: async () => undefined };
  }
  if (search.url !== undefined) throw new Unreachable(words.notAnswering(url, reasonOf(found, words)));
  say(words.starting(url));
  return startOwn(search);
}

function reasonOf(found: Found, words: Words): string {
  if (found.state === 'stranger') return `${words.notOurs} (${found.why})`;
  return found.state === 'absent' ? found.why : words.stillStarting;
}

/** A service that is starting is waited for. */
async function whenReady(url: string, { words, say, signal }: ServiceSearch): Promise<Found> {
  const giveUp = performance.now() + patienceMs;
  let found = await lookAt(url, signal);
  if (found.state === 'starting') say(words.waiting(url));
  while (found.state === 'starting' && performance.now() < giveUp) {
    await sleep(lookAgainMs, undefined, { signal });
    found = await lookAt(url, signal);
  }
  return found;
}

async function lookAt(url: string, signal: AbortSignal): Promise<Found> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(5_000)]);
  try {
    const response = await createApi({ url, language: 'en' }).open('/health/ready', { signal: patience });
    const answer: unknown = await response.json();
    const isOurs = answer !== null && typeof answer === 'object' && 'code' in answer && answer.code === 200;
    return isOurs ? { state: 'ready' } : { state: 'stranger', why: `HTTP ${response.status}` };
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof ApiProblem && error.code === 6001) return { state: 'starting' };
    if (error instanceof Unreachable) return { state: 'absent', why: error.message };
    return { state: 'stranger', why: error instanceof Error ? error.message : String(error) };
  }
}

/** The whole program on a free port of this machine, over the same data as `npm start`. */
async function startOwn({ config, words, say }: ServiceSearch): Promise<Service> {
  const { log, file } = openLogFile(config);
  const onLost: OnLost = (reason, answers) => {
    process.stderr.write(`${words.lost} (${reason})\n`);
    void answers.then(() => process.exit(exitLost));
  };
  // Only here, so that everything else the command line does starts without loading the whole program.
  const { startProgram } = await import('../program.ts');
  const own = { ...config, port: 0, host: '127.0.0.1', publicUrl: undefined };
  const program = await startProgram({ config: own, role: 'all', log, onLost }).catch((error: Error) => {
    throw explained(error, words);
  });
  const { url = '' } = program;
  say(words.started(url, file));
  return { url, name: 'local', logFile: file, stop: () => program.stop(graceMs) };
}

/** The other process may well be a service that could be used. */
function explained(error: Error, words: Words): Error {
  if (!(error instanceof SetupError) || !error.message.startsWith('Another DirectorAI')) return error;
  return new SetupError(`${error.message}\n${words.heldElsewhere}`, { cause: error });
}

/** The service's own log would tear the progress display, so it goes to a file, the latest run's only. */
function openLogFile(config: Config): { log: Log; file: string } {
  const { dataDir, logLevel } = config;
  const file = join(dataDir, 'film.log');
  try {
    mkdirSync(dataDir, { recursive: true });
    const descriptor = openSync(file, 'w', 0o600);
    const destination = { write: (line: string) => void writeSync(descriptor, line) };
    return { log: createLog(logLevel, { destination, secrets: secretsOf(config) }), file };
  } catch {
    return { log: createLog('silent'), file };
  }
}
