import path from 'node:path';
import fluent, { type FfmpegCommand } from 'fluent-ffmpeg';
import { runProcess } from './runProcess.ts';
import type { Container } from './sniff.ts';
import type { MediaTools } from './tools.ts';

export interface FfmpegOptions {
  signal?: AbortSignal | undefined;
  timeoutMs: number;
  niceness?: number;
  /** The share of `expectedSeconds` already written, 0 to 1, never falling. */
  onProgress?: ((fraction: number) => void) | undefined;
  expectedSeconds?: number;
  onLine?: (line: string) => void;
  onStart?: (pid: number) => void;
}

/** Demuxers by container: always forced, so that ffmpeg never guesses a playlist out of a file's content. */
export const demuxers: Record<Container, string> = { mp4: 'mov', webm: 'matroska' };
const maxOutputBytes = 4 * 1024 ** 3;

type CommandWithArguments = FfmpegCommand & { _getArguments(): string[] };

/**
 * Runs the command that `describe` puts together with fluent-ffmpeg.
 * Only its description is used: fluent's own process handling loses a kill before the spawn, throws out of an event handler
 * when a spawn fails, and probes inputs without a protocol whitelist.
 */
export async function runFfmpeg(
  tools: MediaTools,
  describe: (command: FfmpegCommand) => void,
  options: FfmpegOptions,
): Promise<void> {
  const command = fluent() as CommandWithArguments;
  describe(command);
  const args = [
    '-y',
    '-nostdin',
    '-hide_banner',
    '-nostats',
    '-loglevel',
    options.onLine ? 'info' : 'error',
    '-max_alloc',
    '1000000000',
  ];
  if (options.onProgress) args.push('-progress', 'pipe:1');
  await runProcess(tools.ffmpeg, [...args, ...command._getArguments()], {
    signal: options.signal,
    timeoutMs: options.timeoutMs,
    niceness: options.niceness ?? 10,
    ...(options.onLine && { onStderrLine: options.onLine }),
    ...(options.onStart && { onStart: options.onStart }),
    ...(options.onProgress && { onStdoutLine: progressReader(options.onProgress, options.expectedSeconds ?? 0) }),
  });
}

/** The one spelling of a local path that ffmpeg cannot mistake for an option or another protocol. */
export const fileUrl = (file: string): string => `file:${path.resolve(file)}`;

export function addInput(command: FfmpegCommand, file: string, demuxer: string, ...more: string[]): void {
  command
    .input(fileUrl(file))
    .inputOptions('-protocol_whitelist', 'file', '-format_whitelist', whitelistFor(demuxer), '-f', demuxer, ...more);
}

/** Adds an output: `options` go before its path, and it is cut off at a size no film of ours reaches. */
export function addOutput(command: FfmpegCommand, file: string, ...options: string[]): void {
  command.output(fileUrl(file)).outputOptions('-fs', String(maxOutputBytes), ...options);
}

const whitelistFor = (demuxer: string) => (demuxer === 'concat' ? 'concat,mov' : demuxer);

/** Reads `-progress` lines; old and new versions of ffmpeg agree that `out_time_ms` is in microseconds. */
function progressReader(onProgress: (fraction: number) => void, expectedSeconds: number): (line: string) => void {
  let best = 0;
  return (line) => {
    const micros = Number(/^out_time_ms=(\d+)$/.exec(line)?.[1] ?? Number.NaN);
    if (!(expectedSeconds > 0) || !Number.isFinite(micros)) return;
    const fraction = Math.min(1, micros / 1e6 / expectedSeconds);
    if (fraction <= best) return;
    best = fraction;
    onProgress(fraction);
  };
}
