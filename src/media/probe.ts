import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { MediaFailed, UnreadableMedia } from './failures.ts';
import { demuxers, fileUrl } from './ffmpeg.ts';
import { runProcess } from './runProcess.ts';
import { type Container, readHead, sniffContainer } from './sniff.ts';
import type { MediaTools } from './tools.ts';

/** Facts of a moving picture or sound file. Sizes are as shown (rotation applied); 0 where there is no video. */
export interface MediaProbe {
  container: Container;
  durationSeconds: number;
  /** Length of the picture alone; sound may be a little longer. */
  videoSeconds: number;
  width: number;
  height: number;
  frameRate: number;
  videoCodec: string | undefined;
  pixelFormat: string | undefined;
  audioCodec: string | undefined;
  sizeBytes: number;
  hasVideo: boolean;
  hasAudio: boolean;
  /** ISO 639-2 codes of the soft subtitle tracks. */
  subtitleLanguages: string[];
  /** Equal for two files exactly when their packets may follow each other in one file without re-encoding. */
  signature: string;
}

const text = z.string().max(200);
const whole = z.number().int().min(0).max(1_000_000_000);
const streamShape = z.object({
  index: whole,
  codec_type: text.optional(),
  codec_name: text.optional(),
  codec_tag_string: text.optional(),
  profile: z.union([text, z.number()]).optional(),
  width: whole.max(16_384).optional(),
  height: whole.max(16_384).optional(),
  pix_fmt: text.optional(),
  sample_aspect_ratio: text.optional(),
  avg_frame_rate: text.optional(),
  r_frame_rate: text.optional(),
  time_base: text.optional(),
  duration: text.optional(),
  sample_rate: text.optional(),
  channels: whole.max(64).optional(),
  extradata_hash: text.optional(),
  tags: z.object({ language: text.optional(), rotate: text.optional() }).optional(),
  side_data_list: z
    .array(z.object({ rotation: z.number().optional() }))
    .max(32)
    .optional(),
  disposition: z.object({ attached_pic: z.number().optional() }).optional(),
});
const reportShape = z.object({
  streams: z.array(streamShape).max(64),
  format: z.object({ duration: text.optional() }),
});
type Stream = z.infer<typeof streamShape>;

const maxDurationSeconds = 6 * 3600;

/** Asks ffprobe about an MP4 or WebM file; anything else, playlists in disguise above all, is refused unseen by ffmpeg. */
export async function probeMedia(
  tools: MediaTools,
  file: string,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<MediaProbe> {
  const { size: sizeBytes } = await stat(file);
  const container = sniffContainer(await readHead(file));
  if (!container) throw new UnreadableMedia('not an MP4 or WebM file');
  const report = await tools.quick.run(() => readReport(tools, file, container, options.signal), options.signal);
  return { ...factsOf(report, container), sizeBytes };
}

async function readReport(tools: MediaTools, file: string, container: Container, signal: AbortSignal | undefined) {
  const args = [
    '-v',
    'error',
    '-protocol_whitelist',
    'file',
    '-format_whitelist',
    demuxers[container],
    '-f',
    demuxers[container],
  ];
  const wanted = [
    '-show_format',
    '-show_streams',
    '-show_data_hash',
    'md5',
    '-print_format',
    'json',
    '-i',
    fileUrl(file),
  ];
  try {
    const { stdout } = await runProcess(tools.ffprobe, [...args, ...wanted], {
      signal,
      timeoutMs: 20_000,
      cpuSeconds: 20,
    });
    return reportShape.parse(JSON.parse(stdout));
  } catch (error) {
    if (error instanceof MediaFailed && error.exitCode === undefined) throw error;
    if (error instanceof MediaFailed || error instanceof SyntaxError || error instanceof z.ZodError)
      throw new UnreadableMedia('damaged or not playable', error);
    throw error;
  }
}

function factsOf(
  { streams, format }: z.infer<typeof reportShape>,
  container: Container,
): Omit<MediaProbe, 'sizeBytes'> {
  const video = streams.find((stream) => stream.codec_type === 'video' && !stream.disposition?.attached_pic);
  const audio = streams.find((stream) => stream.codec_type === 'audio');
  const durationSeconds = seconds(format.duration) ?? seconds(video?.duration) ?? seconds(audio?.duration) ?? 0;
  if (durationSeconds > maxDurationSeconds) throw new UnreadableMedia('longer than six hours');
  const turned = video !== undefined && Math.abs(rotationOf(video)) % 180 === 90;
  return {
    container,
    durationSeconds,
    videoSeconds: video ? (seconds(video.duration) ?? durationSeconds) : 0,
    width: (turned ? video?.height : video?.width) ?? 0,
    height: (turned ? video?.width : video?.height) ?? 0,
    frameRate: ratio(video?.avg_frame_rate) || ratio(video?.r_frame_rate),
    videoCodec: video?.codec_name,
    pixelFormat: video?.pix_fmt,
    audioCodec: audio?.codec_name,
    hasVideo: video !== undefined,
    hasAudio: audio !== undefined,
    subtitleLanguages: streams
      .filter((stream) => stream.codec_type === 'subtitle')
      .map((stream) => stream.tags?.language ?? 'und'),
    signature: JSON.stringify([container, signatureOf(video), signatureOf(audio)]),
  };
}

/** The sample aspect ratio counts as square where it is unknown. */
function signatureOf(stream: Stream | undefined): unknown {
  if (!stream) return null;
  const {
    codec_name,
    codec_tag_string,
    profile,
    width,
    height,
    pix_fmt,
    r_frame_rate,
    time_base,
    sample_rate,
    channels,
    extradata_hash,
  } = stream;
  const place = [stream.index, codec_name, codec_tag_string];
  const aspect = stream.sample_aspect_ratio?.replace('0:1', '1:1') ?? '1:1';
  const picture = [width, height, pix_fmt, aspect, r_frame_rate, rotationOf(stream)];
  const sound = [sample_rate, channels];
  return [...place, profile, time_base, extradata_hash, ...(width ? picture : sound)];
}

function rotationOf(stream: Stream): number {
  const rotation =
    stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? Number(stream.tags?.rotate ?? 0);
  return Number.isFinite(rotation) ? rotation : 0;
}

function seconds(value: string | undefined): number | undefined {
  const parsed = Number(value ?? Number.NaN);
  return Number.isFinite(parsed) && parsed >= 0 ? parsed : undefined;
}

function ratio(value: string | undefined): number {
  const [over, under] = (value ?? '').split('/').map(Number);
  const result = (over ?? 0) / (under ?? 0);
  return Number.isFinite(result) ? result : 0;
}
