import { copyFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { clipsAreEqual, normaliseClip } from './clips.ts';
import { MediaFailed, UnreadableMedia } from './failures.ts';
import { withJobDir } from './jobDir.ts';
import { joinClips } from './join.ts';
import { bestFrame, sampleFrames } from './poster.ts';
import { type MediaProbe, probeMedia } from './probe.ts';
import { isCjk, type Spoken, toCues, toSrt, toVtt } from './subtitles.ts';
import type { MediaTools } from './tools.ts';

export interface FilmOptions {
  /** Files, in order. */
  clips: readonly string[];
  /** What is said in each clip, by position; `seconds` shortens the time it is shown. */
  subtitles: readonly { text: string; seconds?: number }[];
  /** Of the subtitles; taken from their script where it isn't given. */
  language?: 'zh' | 'en';
  /** The frame that clips are brought to where they are not equal. Equal clips of this shape keep their own size. */
  width: number;
  height: number;
  /** Where re-encoding is needed; by default the rate most clips have. */
  fps?: number;
  out: string;
  /** A JPEG of a good frame. */
  poster: string;
  srt: string;
  vtt: string;
  /** Temporary files are made under this directory and removed. */
  workDir: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((fraction: number) => void) | undefined;
}

export interface FilmFacts {
  durationSeconds: number;
  width: number;
  height: number;
  sizeBytes: number;
  hasAudio: boolean;
  joined: 'copy' | 'encoded';
  /** The joining process alone. */
  joinMs: number;
  /** Everything else: probing, normalising, poster and checks. */
  otherMs: number;
}

interface Part {
  file: string;
  probe: MediaProbe;
  /** How long this part will be in the film. */
  seconds: number;
}
type Report = (fraction: number) => void;

const maxMissingSeconds = 0.5;
const posterMoments = 5;

/**
 * Cuts clips together into an MP4 (H.264, subtitles as a soft track, index in front) with poster, `.srt` and `.vtt`
 * beside it. Equal clips are joined without re-encoding. The result has been probed: its length is within half a
 * second of its clips', and it is not black. Leaves none of the four files behind where it fails.
 */
export async function assembleFilm(tools: MediaTools, options: FilmOptions): Promise<FilmFacts> {
  if (!options.clips.length) throw new TypeError('a film needs at least one clip');
  const started = performance.now();
  const report = rising(options.onProgress);
  try {
    return await withJobDir(options.workDir, async (dir) => {
      const { parts, joined } = await prepareParts(tools, options, dir, report);
      const joinMs = await join(tools, options, parts, dir, report);
      const probe = await verify(tools, options, parts, dir);
      report(1);
      const { durationSeconds, width, height, sizeBytes, hasAudio } = probe;
      return {
        durationSeconds,
        width,
        height,
        sizeBytes,
        hasAudio,
        joined,
        joinMs,
        otherMs: performance.now() - started - joinMs,
      };
    });
  } catch (error) {
    await Promise.all([options.out, options.poster, options.srt, options.vtt].map((file) => rm(file, { force: true })));
    throw error;
  }
}

async function prepareParts(tools: MediaTools, options: FilmOptions, dir: string, report: Report) {
  const sources = await Promise.all(
    options.clips.map(async (file) => partOf(file, await probeMedia(tools, file, options))),
  );
  report(0.05);
  if (canCopy(sources, options)) return { parts: sources, joined: 'copy' as const };
  return {
    parts: await normaliseParts(tools, options, sources, dir, (share) => report(0.05 + share * 0.75)),
    joined: 'encoded' as const,
  };
}

function partOf(file: string, probe: MediaProbe): Part {
  if (!probe.hasVideo || probe.videoSeconds <= 0) throw new UnreadableMedia('a clip without a moving picture');
  return { file, probe, seconds: probe.durationSeconds };
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
  options: FilmOptions,
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
    return { file, probe, seconds: part.probe.videoSeconds };
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

function targetOf(parts: readonly Part[], options: FilmOptions): Target {
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

async function join(
  tools: MediaTools,
  options: FilmOptions,
  parts: readonly Part[],
  dir: string,
  report: Report,
): Promise<number> {
  const cues = toCues(spokenIn(parts, options.subtitles));
  const srt = toSrt(cues);
  await Promise.all([writeFile(options.srt, srt), writeFile(options.vtt, toVtt(cues))]);
  const chinese = options.language ? options.language === 'zh' : isCjk(srt);
  return joinClips(tools, {
    clips: parts.map((part) => part.file),
    srt,
    language: chinese ? 'zho' : 'eng',
    hasAudio: parts[0]?.probe.hasAudio ?? false,
    out: options.out,
    dir,
    expectedSeconds: totalSeconds(parts),
    signal: options.signal,
    ...(options.onProgress && { onProgress: (share: number) => report(0.8 + share * 0.1) }),
  });
}

function spokenIn(parts: readonly Part[], subtitles: FilmOptions['subtitles']): Spoken[] {
  let startSeconds = 0;
  return parts.map((part, index) => {
    const said = subtitles[index];
    const spoken = {
      text: said?.text ?? '',
      startSeconds,
      seconds: Math.min(said?.seconds ?? part.seconds, part.seconds),
    };
    startSeconds += part.seconds;
    return spoken;
  });
}

/** Looks at the finished film: its length, its picture, its poster. */
async function verify(
  tools: MediaTools,
  options: FilmOptions,
  parts: readonly Part[],
  dir: string,
): Promise<MediaProbe> {
  const probe = await probeMedia(tools, options.out, options);
  const expected = totalSeconds(parts);
  if (Math.abs(probe.durationSeconds - expected) > maxMissingSeconds)
    throw new MediaFailed(`the film is ${probe.durationSeconds.toFixed(2)} s long instead of ${expected.toFixed(2)} s`);
  const count = Math.min(posterMoments, Math.max(3, parts.length));
  const moments = Array.from({ length: count }, (_, index) => ((index + 0.5) / count) * probe.videoSeconds);
  const frames = await sampleFrames(tools, { file: options.out, container: 'mp4' }, moments, {
    dir,
    signal: options.signal,
  });
  const best = bestFrame(frames);
  if (!best) throw new MediaFailed('the picture of the film is black');
  await copyFile(best.file, options.poster);
  return probe;
}

const totalSeconds = (parts: readonly Part[]) => parts.reduce((sum, part) => sum + part.seconds, 0);

function rising(onProgress: FilmOptions['onProgress']): Report {
  let best = 0;
  return (fraction) => {
    if (fraction <= best) return;
    best = fraction;
    onProgress?.(fraction);
  };
}
