import { type DestinationStream, type LogFn, type Logger, pino } from 'pino';
import { origin } from './tracing/origin.ts';

export type Log = Logger;

const hidden = '[redacted]';

/** What a secret looks like wherever it stands, such as in the message of somebody else's error. */
const lookAlikes = [
  /(?<=\b[Bb]earer )[\w.~+/=-]+/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  /\b(?:dai|whsec|sk)_[\w+/=-]{8,}/g,
  /(?<=:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/g,
  /(?<=[?&](?:ticket|signature|token|key|X-Amz-\w+|X-Goog-\w+)=)[^\s&"\\]+/gi,
];

/** Found in every line that has such a one, and in few others: most lines are looked at once instead of five times. */
const hints = /earer |eyJ|dai_|whsec_|sk_|:\/\/|[?&]/;

/** What JSON leaves as it is and readers of lines or terminals obey: C1 controls, DEL, and the line ends of Unicode. */
const obeyed = /[\u007f-\u009f\u2028\u2029]/;
const eachObeyed = new RegExp(obeyed, 'g');
const spell = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Takes the given secrets, and what looks like one, out of a line. */
function scrubber(secrets: readonly string[]): (line: string) => string {
  const known = secrets.filter((secret) => secret.length >= 6).map((secret) => JSON.stringify(secret).slice(1, -1));
  return (line) => {
    const spelled = obeyed.test(line) ? line.replace(eachObeyed, spell) : line;
    const without = known.reduce((text, secret) => text.replaceAll(secret, hidden), spelled);
    if (!hints.test(without)) return without;
    return lookAlikes.reduce((text, form) => text.replace(form, hidden), without);
  };
}

/** Of an error what tells where it comes from; what a library hangs on it besides may be a whole request. */
function describe(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { name: type, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return { type, message, stack, code, ...(cause && depth < 3 ? { cause: describe(cause, depth + 1) } : {}) };
}

const secretNames = ['authorization', 'apiKey', 'password', 'token', 'refreshToken'];

/** By the name they stand under, one level down; what an error may hold is left to `describe`. */
function hideNamed(facts: Record<string, unknown>): Record<string, unknown> {
  let shown = facts;
  for (const [key, value] of Object.entries(facts)) {
    if (typeof value !== 'object' || value === null || value instanceof Error) continue;
    const named = secretNames.filter((name) => name in value);
    if (named.length > 0)
      shown = { ...shown, [key]: { ...value, ...Object.fromEntries(named.map((name) => [name, hidden])) } };
  }
  return shown;
}

export interface LogOptions {
  destination?: DestinationStream | undefined;
  /** Never shown, whatever line they come in. */
  secrets?: readonly string[];
}

/** The one logger, JSON lines; children carry requestId, taskId, stepId and nothing else, and every line its trace where there is one. */
export function createLog(level: string, { destination, secrets = [] }: LogOptions = {}): Log {
  const scrub = scrubber(secrets);
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describe },
    // Ten times as quick as pino's own, which is asked about every field of every line.
    formatters: { log: hideNamed },
    mixin: traceOf,
    hooks: { streamWrite: scrub, logMethod: flushWarnings },
  };
  return destination ? pino(options, destination) : pino(options);
}

const warnLevel = 40;

/** What is wrong is written at once, whatever waits to be written with it. */
function flushWarnings(this: Log, line: Parameters<LogFn>, write: LogFn, level: number): void {
  write.apply(this, line);
  if (level >= warnLevel) this.flush();
}

const flushMs = 200;

/**
 * Standard output, several lines to a write: a write of its own per request would be a twentieth of what a request costs. Lines wait a fifth
 * of a second at most, and none is left behind when the process ends by itself or by a signal that it heeds.
 */
export function buffered(): DestinationStream {
  const lines = pino.destination({ dest: 1, sync: true, minLength: 4096 });
  setInterval(() => lines.flush(), flushMs).unref();
  process.once('exit', () => lines.flushSync());
  // Each warning that is written at once waits for the same end of a write; there may be many of them.
  lines.setMaxListeners(0);
  return lines;
}

function traceOf(): object {
  const [, traceId, spanId] = origin().traceparent?.split('-') ?? [];
  return traceId ? { traceId, spanId } : {};
}

/** Lines for a person at a terminal; loaded only there. */
export async function terminal(destination: NodeJS.WritableStream = process.stdout): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  const ignore = 'requestId,userId,stepId,spanId';
  const screen = pretty({ destination, translateTime: 'SYS:HH:MM:ss', ignore, singleLine: true, sync: true });
  return { write: (line) => screen.write(`${JSON.stringify(JSON.parse(line, harmless))}\n`) };
}

/** A terminal obeys control characters: they are spelled out. A stack alone keeps its lines, which are shown indented. */
function harmless(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const lines = key === 'stack' ? value.split('\n') : [value];
  return lines.map((line) => line.replace(/[\p{Cc}\u2028\u2029]/gu, spell)).join('\n');
}
