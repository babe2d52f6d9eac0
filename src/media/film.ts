import { copyFile, rm, writeFile } from 'node:fs/promises';
import { MediaFailed } from './failures.ts';
import { withJobDir } from './jobDir.ts';
import { joinClips } from './join.ts';
import { type Part, prepareParts, type Report, totalSeconds } from './parts.ts';
import { bestFrame, lookAt } from './poster.ts';
import { type MediaProbe, probeMedia } from './probe.ts';
import { isCjk } from './subtitleLines.ts';
import { type Spoken, toCues, toSrt, toVtt } from './subtitles.ts';
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

const maxMissingSeconds = 0.5;

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
      const { parts, joined } = await prepareParts(tools, options, dir, (share) => report(share * 0.8));
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
    clips: parts,
    srt,
    language: chinese ? 'zho' : 'eng',
    hasAudio: parts[0]?.probe.hasAudio ?? false,
    out: options.out,
    dir,
    signal: options.signal,
    ...(options.onProgress && { onProgress: (share: number) => report(0.8 + share * 0.1) }),
  });
}

function spokenIn(parts: readonly Part[], subtitles: FilmOptions['subtitles']): Spoken[] {
  const beginnings = beginningsOf(parts);
  return parts.map((part, index) => ({
    text: subtitles[index]?.text ?? '',
    startSeconds: beginnings[index] ?? 0,
    seconds: Math.min(subtitles[index]?.seconds ?? part.seconds, part.seconds),
  }));
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
  const film = {
    file: options.out,
    container: 'mp4' as const,
    seconds: probe.videoSeconds,
    beginnings: beginningsOf(parts),
  };
  const frames = await lookAt(tools, film, { dir, signal: options.signal });
  const best = bestFrame(frames);
  if (!best) throw new MediaFailed('the picture of the film is black');
  await copyFile(best.file, options.poster);
  return probe;
}

function beginningsOf(parts: readonly Part[]): number[] {
  let seconds = 0;
  return parts.map((part) => {
    const begin = seconds;
    seconds += part.seconds;
    return begin;
  });
}

function rising(onProgress: FilmOptions['onProgress']): Report {
  let best = 0;
  return (fraction) => {
    if (fraction <= best) return;
    best = fraction;
    onProgress?.(fraction);
  };
}
