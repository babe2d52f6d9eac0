import { copyFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { FfmpegCommand } from 'fluent-ffmpeg';
import sharp from 'sharp';
import { UnreadableMedia } from './failures.ts';
import { addInput, addOutput, demuxers, runFfmpeg } from './ffmpeg.ts';
import { withJobDir } from './jobDir.ts';
import { probeClip } from './probeClip.ts';
import type { Container } from './sniff.ts';
import type { MediaTools } from './tools.ts';

export interface Frame {
  file: string;
  /** True where nearly every pixel is black. */
  dark: boolean;
  /** Higher is brighter and richer in detail. */
  score: number;
}

const darkLuma = 32;
const darkShare = 0.98;

interface Sampling {
  dir: string;
  signal?: AbortSignal | undefined;
}

/** So many moments, as shares of the whole. */
const spread = (count: number) => Array.from({ length: count }, (_, index) => (index + 0.5) / count);

/**
 * Seconds into a clip: past any rounding of where it begins, and past the 3/23 s by which ffmpeg before 5 seeks too early where frames are
 * reordered (dts_heuristic in ffmpeg_opt.c), which would have it decode all of the clip before.
 */
const justAfter = 0.2;

/**
 * Looks just after these beginnings of clips, where a frame costs next to nothing, and only if all is black there at moments spread
 * over the whole: what fades in shows nothing at its beginning. The frames of the second look replace those of the first.
 */
export async function lookAt(
  tools: MediaTools,
  film: { file: string; container: Container; seconds: number; beginnings: readonly number[] },
  options: Sampling,
): Promise<Frame[]> {
  const { beginnings, seconds } = film;
  const begins = new Set(spread(3).map((share) => beginnings[Math.floor(share * beginnings.length)] ?? 0));
  const after = Math.min(justAfter, seconds / 10);
  const first = await sampleFrames(
    tools,
    film,
    [...begins].map((begin) => begin + after),
    options,
  );
  if (first.some(({ dark }) => !dark)) return first;
  return sampleFrames(
    tools,
    film,
    spread(5).map((share) => share * seconds),
    options,
  );
}

/** Takes the frames at these moments as JPEG files into `dir`, in one ffmpeg process, and judges each. */
export async function sampleFrames(
  tools: MediaTools,
  film: { file: string; container: Container },
  moments: readonly number[],
  options: Sampling,
): Promise<Frame[]> {
  const describe = (command: FfmpegCommand) => {
    for (const moment of moments)
      addInput(command, film.file, demuxers[film.container], '-ss', moment.toFixed(3), '-threads', '1');
    moments.forEach((_, index) => {
      const picture = [
        '-map',
        `${index}:v:0`,
        '-frames:v',
        '1',
        '-q:v',
        '2',
        '-pix_fmt',
        'yuvj420p',
        '-f',
        'image2',
        '-update',
        '1',
        '-threads',
        '1',
      ];
      addOutput(command, path.join(options.dir, `frame${index}.jpg`), ...picture);
      command.videoFilters(["scale='min(1920,iw*sar)':-2", 'setsar=1']);
    });
  };
  await tools.heavy.run(
    () => runFfmpeg(tools, describe, { signal: options.signal, timeoutMs: 120_000 }),
    options.signal,
  );
  const taken = (await readdir(options.dir)).filter((name) => /^frame\d+\.jpg$/.test(name)).sort();
  return Promise.all(taken.map((name) => judge(path.join(options.dir, name))));
}

async function judge(file: string): Promise<Frame> {
  const { data } = await sharp(file).greyscale().resize({ width: 160 }).raw().toBuffer({ resolveWithObject: true });
  const counts = new Array<number>(256).fill(0);
  for (const luma of data) counts[luma] = (counts[luma] ?? 0) + 1;
  const shares = counts.map((count) => count / data.length);
  const mean = shares.reduce((sum, share, luma) => sum + share * luma, 0);
  const entropy = -shares.reduce((sum, share) => sum + (share > 0 ? share * Math.log2(share) : 0), 0);
  const dark = shares.slice(0, darkLuma).reduce((sum, share) => sum + share, 0) >= darkShare;
  return { file, dark, score: entropy + Math.min(mean, 255 - mean / 2) / 64 };
}

/** The frame that says most, or undefined where all are black. */
export function bestFrame(frames: readonly Frame[]): Frame | undefined {
  return frames.filter((frame) => !frame.dark).sort((one, other) => other.score - one.score)[0];
}

/** Writes a good frame of a clip or film as a JPEG. */
export async function takePoster(
  tools: MediaTools,
  file: string,
  out: string,
  options: { workDir: string; signal?: AbortSignal | undefined },
): Promise<void> {
  const probe = await probeClip(tools, file, options);
  if (!probe.hasVideo) throw new UnreadableMedia('no moving picture in it');
  await withJobDir(options.workDir, async (dir) => {
    const whole = { file, container: probe.container, seconds: probe.videoSeconds, beginnings: [0] };
    const frames = await lookAt(tools, whole, { dir, signal: options.signal });
    const frame = bestFrame(frames) ?? frames[0];
    if (!frame) throw new UnreadableMedia('no picture can be taken from it');
    await copyFile(frame.file, out);
  });
}
