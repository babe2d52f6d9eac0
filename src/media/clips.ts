import type { FfmpegCommand } from 'fluent-ffmpeg';
import { MediaFailed, UnreadableMedia } from './failures.ts';
import { addInput, addOutput, demuxers, runFfmpeg } from './ffmpeg.ts';
import { type MediaProbe, probeMedia } from './probe.ts';
import { probeClip } from './probeClip.ts';
import type { MediaTools } from './tools.ts';

export interface NormaliseOptions {
  width: number;
  height: number;
  fps: number;
  /** Cuts the clip to this length; a shorter one stays as long as it is. */
  seconds?: number;
  /** With `true` the result has stereo sound, silent where the clip has none; with `false` it has none. */
  audio: boolean;
  /** `crop` fills the frame, `pad` keeps the whole picture between bars; by default crop where little is lost. */
  fit?: 'crop' | 'pad';
  signal?: AbortSignal | undefined;
  onProgress?: (fraction: number) => void;
  onStart?: (pid: number) => void;
}

const bt709 = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
const littleLost = 1.15;
// Divisible by 24, 25, 30, 50 and 60, so that frames of every usual rate begin on a whole tick.
const ticksPerSecond = 90_000;

/** True when all clips may be joined without re-encoding. */
export function clipsAreEqual(probes: readonly Pick<MediaProbe, 'signature'>[]): boolean {
  return probes.every((probe) => probe.signature === probes[0]?.signature);
}

/**
 * Re-encodes a clip as H.264 4:2:0 at a constant rate with square pixels and bt709 colours. Two results with
 * the same size, rate and `audio` have equal signatures. Returns the facts of the result.
 */
export async function normaliseClip(
  tools: MediaTools,
  file: string,
  out: string,
  options: NormaliseOptions,
): Promise<MediaProbe> {
  const source = await probeClip(tools, file, options);
  if (!source.hasVideo || source.videoSeconds <= 0) throw new UnreadableMedia('no moving picture in it');
  const seconds = Math.min(options.seconds ?? Number.POSITIVE_INFINITY, source.videoSeconds);
  const { signal, onProgress, onStart } = options;
  const describe = (command: FfmpegCommand) => describeNormalised(command, { file, out, source, seconds, ...options });
  const limits = { timeoutMs: 60_000 + seconds * 30_000, expectedSeconds: seconds };
  const work = () => runFfmpeg(tools, describe, { ...limits, signal, onProgress, ...(onStart && { onStart }) });
  await tools.heavy.run(work, signal);
  return probeClip(tools, out, { signal });
}

type Normalising = NormaliseOptions & { file: string; out: string; source: MediaProbe; seconds: number };

function describeNormalised(command: FfmpegCommand, job: Normalising): void {
  addInput(command, job.file, demuxers[job.source.container], '-threads', '1');
  const silence = job.audio && !job.source.hasAudio;
  if (silence) command.input('anullsrc=r=48000:cl=stereo').inputOptions('-f', 'lavfi');
  const video = [
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '19',
    '-profile:v',
    'high',
    '-g',
    String(job.fps * 2),
  ];
  addOutput(command, job.out, '-map', '0:v:0', '-threads', '1', ...video, ...bt709);
  command.videoFilters(pictureFilters(job));
  if (job.audio) {
    command.outputOptions(
      '-map',
      silence ? '1:a:0' : '0:a:0',
      '-c:a',
      'aac',
      '-b:a',
      '128k',
      '-ar',
      '48000',
      '-ac',
      '2',
    );
    command.audioFilters(['aresample=48000:async=1:first_pts=0', 'aformat=channel_layouts=stereo', 'apad']);
  }
  const container = ['-f', 'mp4', '-video_track_timescale', String(ticksPerSecond), '-movflags', '+faststart'];
  command.outputOptions(
    '-t',
    job.seconds.toFixed(3),
    '-map_metadata',
    '-1',
    '-map_chapters',
    '-1',
    '-sn',
    '-dn',
    ...container,
  );
}

function pictureFilters({ width, height, fps, fit, source, seconds }: Normalising): string[] {
  const change = source.width / source.height / (width / height);
  const crop = (fit ?? (Math.max(change, 1 / change) <= littleLost ? 'crop' : 'pad')) === 'crop';
  // Whole frames only, never longer than the clip was: thirty roundings up would be felt.
  const frames = Math.max(1, Math.floor(seconds * fps + 0.02));
  const colours = 'flags=bicubic:out_color_matrix=bt709:out_range=tv';
  const scale = `scale=${width}:${height}:force_original_aspect_ratio=${crop ? 'increase' : 'decrease'}:${colours}`;
  const shape = crop ? `crop=${width}:${height}` : `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:color=black`;
  return ['scale=iw*sar:ih', scale, shape, 'setsar=1', `fps=${fps}`, `trim=end_frame=${frames}`, 'format=yuv420p'];
}

/** Decodes a clip to its end and refuses one that is damaged, cut off, too short or black. Returns its facts. */
export async function checkClip(
  tools: MediaTools,
  file: string,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<MediaProbe> {
  const probe = await probeMedia(tools, file, options);
  if (!probe.hasVideo || probe.width < 16 || probe.height < 16) throw new UnreadableMedia('no moving picture in it');
  if (probe.videoSeconds < 0.2) throw new UnreadableMedia('the moving picture is too short');
  const { decodedSeconds, blackSeconds } = await tools.heavy.run(
    () => decode(tools, file, probe, options.signal),
    options.signal,
  );
  if (decodedSeconds < Math.min(probe.videoSeconds * 0.9, probe.videoSeconds - 0.5))
    throw new UnreadableMedia('cut off before its end');
  if (blackSeconds >= probe.videoSeconds * 0.95) throw new UnreadableMedia('the picture is black');
  return probe;
}

async function decode(tools: MediaTools, file: string, probe: MediaProbe, signal: AbortSignal | undefined) {
  let fraction = 0;
  let blackSeconds = 0;
  const describe = (command: FfmpegCommand) => {
    addInput(command, file, demuxers[probe.container]);
    addOutput(command, '/dev/null', '-map', '0:v:0', '-an', '-sn', '-f', 'null');
    command.videoFilters('blackdetect=d=0.05:pix_th=0.10');
  };
  const limits = { timeoutMs: 30_000 + probe.videoSeconds * 10_000, expectedSeconds: probe.videoSeconds };
  const onProgress = (done: number) => {
    fraction = done;
  };
  const onLine = (line: string) => {
    blackSeconds += Number(/black_duration:([\d.]+)/.exec(line)?.[1] ?? 0);
  };
  try {
    await runFfmpeg(tools, describe, { ...limits, signal, onProgress, onLine });
  } catch (error) {
    if (error instanceof MediaFailed && error.exitCode !== undefined)
      throw new UnreadableMedia('damaged or not playable', error);
    throw error;
  }
  return { decodedSeconds: fraction * probe.videoSeconds, blackSeconds };
}
