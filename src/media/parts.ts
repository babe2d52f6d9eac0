import path from 'node:path';
import { clipsAreEqual, normaliseClip } from './clips.ts';
import { MediaFailed, UnreadableMedia } from './failures.ts';
import type { MediaProbe } from './probe.ts';
import { probeClip } from './probeClip.ts';
import type { MediaTools } from './tools.ts';

/** One clip as it goes into the film. */
export interface Part {
  file: string;
  probe: MediaProbe;
  /** How long this part will be in the film. */
  seconds: number;
}
export type Report = (fraction: number) => void;

export interface PartsOptions {
  clips: readonly string[];
  width: number;
  height: number;
  fps?: number;
  signal?: AbortSignal | undefined;
}

export const totalSeconds = (parts: readonly Part[]) => parts.reduce((sum, part) => sum + part.seconds, 0);

/** Makes the clips ready to be joined: equal ones of the right shape as they are, others re-encoded into `dir`. */
export async function prepareParts(tools: MediaTools, options: PartsOptions, dir: string, report: Report) {
  const sources = await Promise.all(
    options.clips.map(async (file) => partOf(file, await probeClip(tools, file, options))),
  );
  report(0.06);
  if (canCopy(sources, options)) return { parts: sources, joined: 'copy' as const };
  return {
    parts: await normaliseParts(tools, options, sources, dir, (share) => report(0.06 + share * 0.94)),
    joined: 'encoded' as const,
  };
}

function partOf(file: string, probe: MediaProbe): Part {
  if (!probe.hasVideo || probe.videoSeconds <= 0) throw new UnreadableMedia('a clip without a moving picture');
  return { file, probe, seconds: Math.max(probe.durationSeconds, probe.videoSeconds) };
}

/** Joining by copy needs equal clips that every player understands, in the shape that was asked for. */
function canCopy(parts: readonly Part[], target: { width: number; height: number }): boolean {
  const probe = parts[0]?.probe;
  if (!probe || !clipsAreEqual(parts.map((part) => part.probe))) return false;
  const shape = probe.width / probe.height / (target.width / target.height);
  return isPlayable(probe) && Math.abs(shape - 1) < 0.02;
}

function isPlayable({ container, videoCodec, pixelFormat, audioCodec }: MediaProbe): boolean {
  const picture = videoCodec === 'h264' && (pixelFormat === 'yuv420p' || pixelFormat === 'yuvj420p');
  return container === 'mp4' && picture && (audioCodec === undefined || audioCodec === 'aac');
}

/**
 * Re-encodes what differs from the target. A clip that already looks like it is kept only if its stream headers equal
 * those of the re-encoded ones: a film must not change them midway, or some players lose the picture.
 */
async function normaliseParts(
  tools: MediaTools,
  options: PartsOptions,
  sources: readonly Part[],
  dir: string,
  report: Report,
): Promise<Part[]> {
  const target = targetOf(sources, options);
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const done = sources.map(() => 0);
  const encode = async (part: Part, index: number): Promise<Part> => {
    const file = path.join(dir, `part${index}.mp4`);
    const onProgress = (share: number) => {
      done[index] = share;
      report(done.reduce((sum, one) => sum + one, 0) / done.length);
    };
    const probe = await normaliseClip(tools, part.file, file, { ...target, signal, onProgress });
    return { file, probe, seconds: Math.max(part.probe.videoSeconds, probe.videoSeconds) };
  };
  const encodeWhere = (parts: readonly Part[], wanted: (part: Part) => boolean) =>
    settleAll(
      parts.map((part, index) => (wanted(part) ? encode(part, index) : part)),
      stop,
    );
  const misfits = sources.filter((part) => !fits(part.probe, target));
  const parts = await encodeWhere(sources, (part) => !misfits.length || misfits.includes(part));
  const ours = parts.find((part) => !sources.includes(part))?.probe.signature;
  const untouched = (part: Part) => sources.includes(part);
  const equal = await encodeWhere(parts, (part) => untouched(part) && part.probe.signature !== ours);
  if (!clipsAreEqual(equal.map((part) => part.probe)))
    throw new MediaFailed('the clips could not be brought to one format');
  return equal;
}

/** Waits for all to end; the first failure stops the others, so that none is still writing afterwards. */
async function settleAll(work: readonly (Part | Promise<Part>)[], stop: AbortController): Promise<Part[]> {
  const guarded = work.map((one) =>
    Promise.resolve(one).catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(guarded);
  return Promise.all(guarded);
}

type Target = { width: number; height: number; fps: number; audio: boolean };

function targetOf(parts: readonly Part[], options: PartsOptions): Target {
  const rates = parts.map((part) => Math.min(60, Math.max(1, Math.round(part.probe.frameRate) || 24)));
  const count = (rate: number) => rates.filter((other) => other === rate).length;
  const common = [...rates].sort((one, other) => count(other) - count(one))[0] ?? 24;
  const even = (side: number) => Math.max(16, Math.round(side / 2) * 2);
  return {
    width: even(options.width),
    height: even(options.height),
    fps: options.fps ?? common,
    audio: parts.some((part) => part.probe.hasAudio),
  };
}

function fits(probe: MediaProbe, target: Target): boolean {
  const sameFrame = probe.width === target.width && probe.height === target.height;
  return (
    isPlayable(probe) && sameFrame && Math.abs(probe.frameRate - target.fps) < 0.01 && probe.hasAudio === target.audio
  );
}
