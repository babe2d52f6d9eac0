import { readFile } from 'node:fs/promises';
import { frameSizes } from '../../src/film/params.ts';
import { partsOf } from '../../src/film/screenplayParts.ts';
import type { MediaRoom } from '../../src/media/room.ts';
import type { Copy } from './develop.ts';

export interface Examined {
  durationSeconds: number;
  size: string;
  megabytes: number;
  streams: string;
  cues: number;
  calls: number;
  /** What is not as it has to be; empty for a good film. */
  faults: string[];
}

/** Looks at a film's file with ffprobe and at its subtitles by reading them, and names every fault. */
export async function examine(room: MediaRoom, copy: Copy): Promise<Examined> {
  const probe = await room.probe(copy.files.film);
  const srt = await readFile(copy.files.srt, 'utf8');
  const cues = readCues(srt);
  const { params } = copy.wish;
  const wanted = frameSizes[params.render.aspectRatio];
  const { calls } = copy.result.usage;
  const writing = partsOf(params, 4095).length;
  const least = writing + params.characterCount + 2 * params.sceneCount;
  const made = calls.screenplay + calls.image + calls.video;
  const seconds = params.sceneCount * params.sceneSeconds;
  const language = params.language === 'zh' ? 'zho' : 'eng';
  const checks: Record<string, boolean> = {
    [`it is ${probe.durationSeconds} s long instead of ${seconds} s`]: Math.abs(probe.durationSeconds - seconds) <= 0.5,
    [`its frame is ${probe.width}×${probe.height}`]: probe.width === wanted.width && probe.height === wanted.height,
    [`its picture is ${probe.videoCodec}`]: probe.videoCodec === 'h264',
    'it has a sound track, though nobody made one': !probe.hasAudio,
    [`its subtitle tracks are ${probe.subtitleLanguages}`]: probe.subtitleLanguages.join() === language,
    [`it has ${copy.screenplay.scenes.length} scenes`]: copy.screenplay.scenes.length === params.sceneCount,
    [`it has ${copy.screenplay.characterSheets.length} characters`]:
      copy.screenplay.characterSheets.length === params.characterCount,
    'the narration is not all in the subtitles': saysAll(cues, copy),
    'the subtitles overlap or run past the end': areInOrder(cues, probe.durationSeconds),
    'the narration is in the wrong language': copy.screenplay.scenes.every(
      ({ narration }) => /\p{Script=Han}/u.test(narration) === (params.language === 'zh'),
    ),
    'a photograph was kept in another way than it has to be': arePhotographsFine(copy),
    [`it took ${made} paid calls instead of ${least}`]: made === least,
  };
  return {
    durationSeconds: probe.durationSeconds,
    size: `${probe.width}×${probe.height}`,
    megabytes: probe.sizeBytes / 1e6,
    streams: [probe.videoCodec, probe.hasAudio ? probe.audioCodec : 'no sound', `${language} subtitles`].join(', '),
    cues: cues.length,
    calls: made,
    faults: Object.entries(checks).flatMap(([fault, fine]) => (fine ? [] : [fault])),
  };
}

/** Turned upright, nothing cut off or filled in, and nothing left of what the camera wrote into it. */
const arePhotographsFine = ({ wish, kept }: Copy): boolean =>
  (wish.photographs ?? []).every(({ upright }, index) => {
    const { width, height, hasAlpha, hasMetadata } = kept[index] ?? {};
    return width === upright.width && height === upright.height && hasAlpha === upright.hasAlpha && !hasMetadata;
  });

interface Cue {
  from: number;
  to: number;
  text: string;
}

function readCues(srt: string): Cue[] {
  const time = (text = '') => {
    const [hours = 0, minutes = 0, seconds = 0] = text.replace(',', '.').split(':').map(Number);
    return hours * 3600 + minutes * 60 + seconds;
  };
  return srt
    .trim()
    .split(/\r?\n\r?\n/)
    .map((block) => {
      const [, times = '', ...lines] = block.split(/\r?\n/);
      const [from, to] = times.split(' --> ');
      return { from: time(from), to: time(to), text: lines.join('\n') };
    });
}

const bare = (text: string) => text.replaceAll(/\s+/g, '');

const saysAll = (cues: readonly Cue[], { screenplay }: Copy): boolean =>
  bare(cues.map(({ text }) => text).join('')) === bare(screenplay.scenes.map(({ narration }) => narration).join(''));

const areInOrder = (cues: readonly Cue[], end: number): boolean =>
  cues.every(({ from, to }, index) => from < to && to <= (cues[index + 1]?.from ?? end + 0.1));
