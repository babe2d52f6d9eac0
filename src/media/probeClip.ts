import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { InputAudioTrack, InputTrack, InputVideoTrack } from 'mediabunny';
import { hasBoundedIndex } from './boundedIndex.ts';
import { UnreadableMedia } from './failures.ts';
import { type MediaProbe, probeMedia } from './probe.ts';
import { readHead, sniffContainer } from './sniff.ts';
import type { MediaTools } from './tools.ts';

/** Larger files are left to ffprobe, which runs under limits of its own. */
const mostBytes = 256 * 1024 * 1024;
const longestSeconds = 600;
/** Enough to tell the rate of frames by. */
const packetsCounted = 60;

type Library = typeof import('mediabunny');
let loaded: Promise<Library> | undefined;

/** Only clips need it, and loading it takes a tenth of a second. */
async function library(): Promise<Library> {
  loaded ??= import('mediabunny').then((found) => {
    found.Logging.level = found.LogLevel.Silent;
    return found;
  });
  return loaded;
}

/**
 * The facts of a clip. What nearly every vendor sends, 8-bit H.264 with or without AAC in an MP4, is read here, in two milliseconds
 * instead of a process; anything else, and whatever can't be read, is for ffprobe to judge. Signatures of the two never equal.
 */
export async function probeClip(
  tools: MediaTools,
  file: string,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<MediaProbe> {
  options.signal?.throwIfAborted();
  return (await readUsual(file)) ?? probeMedia(tools, file, options);
}

async function readUsual(file: string): Promise<MediaProbe | undefined> {
  const { size } = await stat(file);
  if (size > mostBytes || sniffContainer(await readHead(file)) !== 'mp4' || !(await hasBoundedIndex(file)))
    return undefined;
  const { FilePathSource, Input, MP4 } = await library();
  const input = new Input({ formats: [MP4], source: new FilePathSource(file) });
  try {
    return await factsOf(await input.getTracks(), size);
  } catch (error) {
    if (error instanceof UnreadableMedia) throw error;
    return undefined;
  } finally {
    input.dispose();
  }
}

async function factsOf(tracks: InputTrack[], sizeBytes: number): Promise<MediaProbe | undefined> {
  const [video, audio, ...more] = tracks;
  if (!video?.isVideoTrack() || (audio && !audio.isAudioTrack()) || more.length > 0) return undefined;
  const picture = await pictureOf(video);
  const sound = audio && (await soundOf(audio));
  if (!picture || (audio && !sound)) return undefined;
  const durationSeconds = Math.max(picture.seconds, sound?.seconds ?? 0);
  if (!(durationSeconds > 0 && durationSeconds < longestSeconds)) return undefined;
  for (const track of tracks) await refuseCutOff(track);
  return {
    container: 'mp4',
    durationSeconds,
    videoSeconds: picture.seconds,
    width: video.displayWidth,
    height: video.displayHeight,
    frameRate: picture.frameRate,
    videoCodec: 'h264',
    pixelFormat: 'yuv420p',
    audioCodec: sound && 'aac',
    sizeBytes,
    hasVideo: true,
    hasAudio: sound !== undefined,
    subtitleLanguages: [],
    signature: JSON.stringify(['usual', picture.signature, sound?.signature ?? null]),
  };
}

/** Packets may follow each other when the decoder is set up by the same bytes, on one clock, for one frame. */
async function pictureOf(track: InputVideoTrack) {
  const setUp = descriptionOf(await track.getDecoderConfig());
  if (track.codec !== 'avc' || track.internalCodecId !== 'avc1' || !setUp || !isUsualPicture(setUp)) return undefined;
  const { averagePacketRate } = await track.computePacketStats(packetsCounted);
  const frameRate = Math.round(averagePacketRate * 1000) / 1000;
  const { codedWidth, codedHeight, rotation, pixelAspectRatio, timeResolution } = track;
  const frame = [codedWidth, codedHeight, rotation, pixelAspectRatio.num / pixelAspectRatio.den, frameRate];
  const signature = [hashOf(setUp), timeResolution, ...frame];
  return { seconds: await track.computeDuration(), frameRate, signature };
}

async function soundOf(track: InputAudioTrack) {
  const setUp = descriptionOf(await track.getDecoderConfig());
  if (track.codec !== 'aac' || track.internalCodecId !== 'mp4a' || !setUp) return undefined;
  const signature = [hashOf(setUp), track.timeResolution, track.sampleRate, track.numberOfChannels];
  return { seconds: await track.computeDuration(), signature };
}

/** `avcC` (ISO/IEC 14496-15): 4:2:0 at 8 bits, by the profile alone or, in High, by the chroma format after the parameter sets. */
function isUsualPicture(avcC: Uint8Array): boolean {
  const profile = avcC[1];
  if (profile === 66 || profile === 77 || profile === 88) return true;
  const [chroma, luma, depth] = avcC.subarray(-4);
  return profile === 100 && chroma === 0xfd && luma === 0xf8 && depth === 0xf8 && avcC.at(-1) === 0;
}

/** The index may be whole while the media behind it is not. */
async function refuseCutOff(track: InputTrack): Promise<void> {
  const { EncodedPacketSink } = await library();
  const last = await new EncodedPacketSink(track).getPacket(Number.POSITIVE_INFINITY).catch(() => undefined);
  if (!last || last.data.byteLength === 0) throw new UnreadableMedia('cut off before its end');
}

function descriptionOf(config: { description?: ArrayBufferLike | ArrayBufferView } | null): Uint8Array | undefined {
  const bytes = config?.description;
  if (!bytes) return undefined;
  return ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
