import { join } from 'node:path';
import type { Knex } from 'knex';
import { mediaIdOf } from '../db/ids.ts';
import { findMediaAmong, insertMedia, type Media, type NewMedia } from '../db/media.ts';
import { findScreenplay, type Screenplay, setScreenplayStatus } from '../db/screenplays.ts';
import { insertTake } from '../db/takes.ts';
import { readUsage } from '../db/tasks.ts';
import type { Step, StepContext } from '../engine/step.ts';
import { frameSizes } from '../film/params.ts';
import type { FilmResult } from '../film/results.ts';
import { filmHash, narrationHash } from '../film/takeInputs.ts';
import type { FilmFacts } from '../media/film.ts';
import { allEnded } from './allEnded.ts';
import { frameOf } from './frame.ts';
import { gone } from './gone.ts';
import { keepFile } from './keepFile.ts';
import type { StepTools } from './tools.ts';

interface Cut {
  film: NewMedia;
  poster: NewMedia;
  srt: NewMedia;
  vtt: NewMedia;
}

/** Cuts all clips into the film, with subtitles from the narration, and keeps film, poster and subtitle files. */
export const assembleFilm =
  (tools: StepTools): Step =>
  async (context) => {
    const { db, step, task } = context;
    const screenplay = await findScreenplay(db, step.subjectId ?? '', step.userId);
    if (!screenplay) throw gone('screenplay');
    const clips = await clipsOf(db, screenplay);
    const cut = await tools.media.withJobDir((dir) => cutFilm(tools, context, { screenplay, clips, dir }));
    return {
      end: 'done',
      result: { mediaId: cut.film.id },
      record: async (trx) => {
        for (const media of Object.values(cut)) await insertMedia(trx, media as NewMedia);
        await insertTake(trx, takeOf(context, screenplay, clips, cut));
        await setScreenplayStatus(trx, screenplay.id, 'completed');
        return undefined;
      },
      taskResult: async (trx): Promise<FilmResult> => ({
        screenplayId: screenplay.id,
        mediaId: cut.film.id,
        durationSeconds: cut.film.duration ?? 0,
        posterMediaId: cut.poster.id,
        subtitleMediaIds: { srt: cut.srt.id, vtt: cut.vtt.id },
        usage: await readUsage(trx, task.id),
      }),
    };
  };

async function clipsOf(db: Knex, { scenes, userId }: Screenplay): Promise<Media[]> {
  const ids = scenes.flatMap(({ videoUrl }) => mediaIdOf(videoUrl) ?? []);
  const clips = await findMediaAmong(db, ids, userId);
  if (clips.length < scenes.length) throw gone('media');
  return clips;
}

interface CutJob {
  screenplay: Screenplay;
  clips: Media[];
  dir: string;
}

async function cutFilm(tools: StepTools, context: StepContext, job: CutJob): Promise<Cut> {
  const { media, store } = tools;
  const files = job.clips.map((_, index) => join(job.dir, `clip-${index}`));
  await allEnded(job.clips.map(({ storagePath }, index) => store.download(storagePath, files[index] ?? '')));
  const path = (name: string) => join(job.dir, name);
  const out = { out: path('film.mp4'), poster: path('poster.jpg'), srt: path('film.srt'), vtt: path('film.vtt') };
  const { width, height } = frameSizes[frameOf(context.task)];
  const facts = await media.assembleFilm({
    clips: files,
    subtitles: job.screenplay.scenes.map(({ narration }) => ({ text: narration })),
    language: job.screenplay.language,
    width,
    height,
    ...out,
    signal: context.signal,
    onProgress: (fraction) => context.report(`${Math.round(fraction * 100)} %`),
  });
  return keepCut(tools, context, out, facts);
}

async function keepCut(
  { store }: StepTools,
  { step }: StepContext,
  files: { out: string; poster: string; srt: string; vtt: string },
  { width, height, durationSeconds: duration }: FilmFacts,
): Promise<Cut> {
  const [film, poster, srt, vtt] = await allEnded([
    keepFile(store, step, files.out, {
      type: 'video',
      mimeType: 'video/mp4',
      extension: 'mp4',
      width,
      height,
      duration,
    }),
    keepFile(store, step, files.poster, { type: 'image', mimeType: 'image/jpeg', extension: 'jpg', width, height }),
    keepFile(store, step, files.srt, { type: 'subtitle', mimeType: 'application/x-subrip', extension: 'srt' }),
    keepFile(store, step, files.vtt, { type: 'subtitle', mimeType: 'text/vtt', extension: 'vtt' }),
  ]);
  return { film, poster, srt, vtt };
}

function takeOf({ step, task }: StepContext, { id, scenes }: Screenplay, clips: Media[], cut: Cut) {
  const shown = clips.map(({ sha256 }) => sha256.toString('hex'));
  return {
    kind: 'film' as const,
    subjectId: id,
    mediaId: cut.film.id,
    parts: { poster: cut.poster.id, srt: cut.srt.id, vtt: cut.vtt.id },
    userId: step.userId,
    stepId: step.id,
    prompt: '',
    vendor: null,
    model: null,
    referencesSent: clips.map((clip) => clip.id),
    referencesDropped: [],
    costMicros: 0,
    inputHash: filmHash({
      clips: shown,
      narration: scenes.map(({ narration }) => narration),
      frame: frameOf(task),
    }),
    narrationHashes: Object.fromEntries(scenes.map((scene) => [scene.id, narrationHash(scene.narration)])),
  };
}
