import type { StepContext, StepOutcome, StepRegistry } from '../engine/step.ts';
import { endOfRun } from '../engine/stepRules.ts';
import { VendorError } from '../errors.ts';
import type { WorkKind } from '../film/glossary.ts';
import type { MediaRoom } from '../media/room.ts';
import type { Providers } from '../providers/abilities.ts';
import type { Metrics, Watch } from './metrics.ts';
import { timed } from './timed.ts';

/** The steps, each run of them watched. A run that will be tried again ends as `retried`, one that was handed back as `returned`. */
export function watchedSteps(steps: StepRegistry, { steps: watch }: Pick<Metrics, 'steps'>): StepRegistry {
  const watched = { ...steps };
  for (const kind of Object.keys(steps) as WorkKind[]) {
    watched[kind] = timed(watch, { kind }, steps[kind], {
      result: ({ end }: StepOutcome) => end,
      error: (error, [{ step }]: [StepContext]) => endOf(error, step),
    });
  }
  return watched;
}

function endOf(error: unknown, step: StepContext['step']): string {
  const end = endOfRun(error, step);
  if (end.kind === 'release') return end.countsFailure ? 'retried' : 'returned';
  if (end.kind === 'give-up') return 'gave_up';
  return end.kind === 'fail' ? end.status : 'left';
}

/** The vendors, each call to them watched: `refused` by the vendor, `busy` where it may be tried again, `lost` where nothing is known. */
export function watchedProviders({ text, image, video }: Providers, { vendors }: Pick<Metrics, 'vendors'>): Providers {
  const of = <Arguments extends unknown[], Result>(
    vendor: string,
    call: string,
    work: (...given: Arguments) => Promise<Result>,
  ) => timed(vendors, { vendor, call }, work, { error: failureOf });
  return {
    text: {
      ...text,
      complete: of(text.vendor, 'complete', text.complete),
      lookup: of(text.vendor, 'look_up', text.lookup),
    },
    image: {
      ...image,
      generate: of(image.vendor, 'generate', image.generate),
      lookup: of(image.vendor, 'look_up', image.lookup),
      download: of(image.vendor, 'download', image.download),
    },
    video: {
      ...video,
      submit: of(video.vendor, 'submit', video.submit),
      lookup: of(video.vendor, 'look_up', video.lookup),
      poll: of(video.vendor, 'poll', video.poll),
      download: of(video.vendor, 'download', video.download),
      cancel: of(video.vendor, 'cancel', video.cancel),
    },
  };
}

function failureOf(error: unknown): string {
  if (!(error instanceof VendorError)) return 'lost';
  return error.retryable ? 'busy' : 'refused';
}

/** The media room, its uses of ffmpeg watched. */
export function watchedMedia(media: MediaRoom, { media: watch }: { media: Watch }): MediaRoom {
  return {
    ...media,
    checkClip: timed(watch, { task: 'check_clip' }, media.checkClip),
    normaliseClip: timed(watch, { task: 'normalise_clip' }, media.normaliseClip),
    takePoster: timed(watch, { task: 'take_poster' }, media.takePoster),
    assembleFilm: timed(watch, { task: 'assemble_film' }, media.assembleFilm),
  };
}
