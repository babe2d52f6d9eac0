import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { MediaFailed } from './failures.ts';
import { owner, ownerName } from './orphans.ts';

export interface ProcessOptions {
  /** Wall clock; the whole process group is ended when it has passed. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** CPU seconds after which the kernel ends the process, even when we are no longer there to do it. */
  cpuSeconds?: number;
  niceness?: number;
  /** How long a process asked to end may take before it is killed. */
  graceMs?: number;
  onStderrLine?: (line: string) => void;
  onStdoutLine?: (line: string) => void;
  /** Called with the process id as soon as there is one. */
  onStart?: (pid: number) => void;
}

/** A program that ends takes its tools with it; only a SIGKILL leaves them to the next start. */
const atWork = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of atWork) signalGroup(child, 'SIGKILL');
});

const tailChars = 4_096;
const notStarted = 'the media tool could not be started';
const stdoutLimitChars = 1_048_576;
const addressSpaceKiB = 8 * 1024 * 1024;
const fileBlocks = (16 * 1024 ** 3) / 512;

// The script is constant; everything that varies arrives as positional arguments and is never parsed by the shell.
const launcher = `ulimit -t "$1" 2>/dev/null; ulimit -f "$2" 2>/dev/null; ulimit -v "$3" 2>/dev/null; n="$4"; export ${ownerName}="$5"; shift 5; exec nice -n "$n" "$@"`;

/**
 * Runs a media tool to its end under CPU, memory and file size limits, in a process group of its own, without a stdin.
 * Settles only after the process has been reaped: with `signal.reason` after an abort, `MediaFailed` after any other bad end.
 */
export async function runProcess(
  binary: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<{ stdout: string; stderrTail: string }> {
  options.signal?.throwIfAborted();
  const child = launch(binary, args, options);
  atWork.add(child);
  const stdout = collect(child.stdout, stdoutLimitChars, options.onStdoutLine);
  const stderr = collect(child.stderr, tailChars, options.onStderrLine);
  const guard = guardEnd(child, options);
  try {
    const { code, killedBy } = await ended(child, options.onStart);
    options.signal?.throwIfAborted();
    if (guard.timedOut()) throw new MediaFailed('processing took too long', { stderrTail: stderr.tail() });
    if (killedBy) throw new MediaFailed(`processing was ended by ${killedBy}`, { stderrTail: stderr.tail() });
    if (code === 126 || code === 127) throw new MediaFailed(notStarted, { stderrTail: stderr.tail() });
    if (code !== 0)
      throw new MediaFailed(`processing ended with code ${code}`, { stderrTail: stderr.tail(), exitCode: code ?? 1 });
    return { stdout: stdout.tail(), stderrTail: stderr.tail() };
  } finally {
    atWork.delete(child);
    guard.disarm();
  }
}

function launch(binary: string, args: readonly string[], options: ProcessOptions): ChildProcess {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  if (process.platform === 'win32') return spawn(binary, args, { stdio, shell: false, windowsHide: true });
  const cpuSeconds = Math.ceil(options.cpuSeconds ?? options.timeoutMs / 250);
  const limits = [cpuSeconds, fileBlocks, addressSpaceKiB, options.niceness ?? 0].map(String);
  return spawn('/bin/sh', ['-c', launcher, 'media', ...limits, owner, binary, ...args], {
    stdio,
    shell: false,
    detached: true,
  });
}

/** Waits for exit and for the pipes to drain. What the process may have forked goes with it. */
function ended(
  child: ChildProcess,
  onStart?: (pid: number) => void,
): Promise<{ code: number | null; killedBy: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    let cut: NodeJS.Timeout | undefined;
    child.once('spawn', () => child.pid !== undefined && onStart?.(child.pid));
    child.once('error', (cause) => reject(new MediaFailed(notStarted, { cause })));
    child.once('exit', () => {
      signalGroup(child, 'SIGKILL');
      cut = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, 1_000);
    });
    child.once('close', (code, killedBy) => {
      clearTimeout(cut);
      resolve({ code, killedBy });
    });
  });
}

/** Ends the process on abort or time-out: politely first, for certain after the grace. */
function guardEnd(child: ChildProcess, { signal, timeoutMs, graceMs = 5_000 }: ProcessOptions) {
  let late = false;
  let kill: NodeJS.Timeout | undefined;
  const end = () => {
    if (kill) return;
    signalGroup(child, 'SIGTERM');
    kill = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  };
  const alarm = setTimeout(() => {
    late = true;
    end();
  }, timeoutMs);
  signal?.addEventListener('abort', end, { once: true });
  return {
    timedOut: () => late,
    disarm() {
      clearTimeout(alarm);
      clearTimeout(kill);
      signal?.removeEventListener('abort', end);
    },
  };
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Keeps the last `limit` characters of a stream and hands out its lines; carriage returns count as line ends. */
function collect(stream: ChildProcess['stdout'], limit: number, onLine?: (line: string) => void) {
  const decoder = new StringDecoder('utf8');
  let kept = '';
  let open = '';
  stream?.on('data', (bytes: Buffer) => {
    const text = decoder.write(bytes);
    kept = (kept + text).slice(-limit);
    if (!onLine) return;
    const lines = (open + text).split(/[\r\n]+/);
    open = (lines.pop() ?? '').slice(-tailChars);
    for (const line of lines) if (line) onLine(line);
  });
  return { tail: () => kept };
}
