import { createSemaphore } from '../semaphore.ts';
import type { Binaries } from './binaries.ts';
import { checkClip, type NormaliseOptions, normaliseClip } from './clips.ts';
import { assembleFilm, type FilmFacts, type FilmOptions } from './film.ts';
import { sweepJobDirs, withJobDir } from './jobDir.ts';
import * as pictures from './pictures.ts';
import { takePoster } from './poster.ts';
import { type MediaProbe, probeMedia } from './probe.ts';
import { probeClip } from './probeClip.ts';
import { type SheetFiles, type SplitSheet, splitSheet } from './sheet.ts';
import type { MediaTools } from './tools.ts';

type Abortable = { signal?: AbortSignal | undefined };

/** Everything the service does with pictures and moving pictures: files in, files out, at most `cores` of each sort at once. */
export interface MediaRoom {
  inspectPicture(file: string): Promise<pictures.PictureFacts>;
  cleanPicture(file: string, out: string, options: { maxSide: number }): Promise<pictures.WrittenPicture>;
  pictureAsDataUrl(file: string, options?: { maxSide?: number }): Promise<string>;
  fitPicture(file: string, out: string, size: { width: number; height: number }): Promise<pictures.WrittenPicture>;
  thumbnail(file: string, out: string, size: { width: number }): Promise<pictures.WrittenPicture>;
  splitSheet(file: string, out: SheetFiles): Promise<SplitSheet>;
  probe(file: string, options?: Abortable): Promise<MediaProbe>;
  /** The facts of a clip, mostly without a process. */
  probeClip(file: string, options?: Abortable): Promise<MediaProbe>;
  checkClip(file: string, options?: Abortable): Promise<MediaProbe>;
  normaliseClip(file: string, out: string, options: NormaliseOptions): Promise<MediaProbe>;
  takePoster(file: string, out: string, options?: Abortable): Promise<void>;
  assembleFilm(options: Omit<FilmOptions, 'workDir'>): Promise<FilmFacts>;
  /** A temporary directory for one job, removed however it ends. */
  withJobDir<T>(work: (dir: string) => Promise<T>): Promise<T>;
}

/** Opens the room: sweeps what killed processes left under `jobsDir`, and narrows sharp for the whole process. */
export async function createMediaRoom(options: {
  binaries: Pick<Binaries, 'ffmpeg' | 'ffprobe'>;
  cores: number;
  jobsDir: string;
}): Promise<MediaRoom> {
  const { binaries, cores, jobsDir } = options;
  const quick = createSemaphore(cores);
  const tools: MediaTools = {
    ffmpeg: binaries.ffmpeg,
    ffprobe: binaries.ffprobe,
    heavy: createSemaphore(cores),
    quick,
  };
  pictures.guardPictureLoaders();
  await sweepJobDirs(jobsDir, 24 * 3_600_000);
  return {
    inspectPicture: (file) => quick.run(() => pictures.inspectPicture(file)),
    cleanPicture: (file, out, wanted) => quick.run(() => pictures.cleanPicture(file, out, wanted)),
    pictureAsDataUrl: (file, wanted) => quick.run(() => pictures.pictureAsDataUrl(file, wanted)),
    fitPicture: (file, out, size) => quick.run(() => pictures.fitPicture(file, out, size)),
    thumbnail: (file, out, size) => quick.run(() => pictures.thumbnail(file, out, size)),
    splitSheet: (file, out) => quick.run(() => splitSheet(file, out)),
    probe: (file, wanted) => probeMedia(tools, file, wanted),
    probeClip: (file, wanted) => probeClip(tools, file, wanted),
    checkClip: (file, wanted) => checkClip(tools, file, wanted),
    normaliseClip: (file, out, wanted) => normaliseClip(tools, file, out, wanted),
    takePoster: (file, out, wanted) => takePoster(tools, file, out, { workDir: jobsDir, ...wanted }),
    assembleFilm: (wanted) => assembleFilm(tools, { ...wanted, workDir: jobsDir }),
    withJobDir: (work) => withJobDir(jobsDir, work),
  };
}
