import type { StepContext, StepOutcome, StepRegistry } from '../engine/step.ts';
import { endOfRun } from '../engine/stepRules.ts';
import { VendorError } from '../errors.ts';
import type { WorkKind } from '../film/glossary.ts';
import type { MediaRoom } from '../media/room.ts';
import type { Providers } from '../providers/abilities.ts';
import { ObjectConflict, ObjectMissing, type ObjectStore } from '../storage/objectStore.ts';
import { isStorageAway } from '../storage/storageAway.ts';
import type { SpanOptions } from '../tracing/tracer.ts';
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
    provider: { vendor: string; model: string },
    call: keyof typeof operations,
    work: (...given: Arguments) => Promise<Result>,
  ) => timed(vendors, { vendor: provider.vendor, call }, work, { error: failureOf, span: spanOf(provider, call) });
  return {
    text: {
      ...text,
      complete: of(text, 'complete', text.complete),
      lookup: of(text, 'look_up', text.lookup),
    },
    image: {
      ...image,
      generate: of(image, 'generate', image.generate),
      lookup: of(image, 'look_up', image.lookup),
      download: of(image, 'download', image.download),
    },
    video: {
      ...video,
      submit: of(video, 'submit', video.submit),
      lookup: of(video, 'look_up', video.lookup),
      poll: of(video, 'poll', video.poll),
      download: of(video, 'download', video.download),
      cancel: of(video, 'cancel', video.cancel),
    },
  };
}

/** What OpenTelemetry's conventions for generative AI call the paid ones; they have no word for the others. */
const operations = {
  complete: 'chat',
  generate: 'generate_content',
  submit: 'generate_content',
  look_up: 'look_up',
  poll: 'poll',
  download: 'download',
  cancel: 'cancel',
} as const;

const spanOf = ({ vendor, model }: { vendor: string; model: string }, call: keyof typeof operations): SpanOptions => ({
  name: `${operations[call]} ${model}`,
  kind: 'client',
  attributes: {
    'gen_ai.operation.name': operations[call],
    'gen_ai.provider.name': vendor,
    'gen_ai.request.model': model,
  },
});

function failureOf(error: unknown): string {
  if (!(error instanceof VendorError)) return 'lost';
  return error.retryable ? 'busy' : 'refused';
}

/** The media room, its uses of ffmpeg watched. */
export function watchedMedia(media: MediaRoom, { media: watch }: { media: Watch }): MediaRoom {
  const of = <Arguments extends unknown[], Result>(task: string, work: (...given: Arguments) => Promise<Result>) =>
    timed(watch, { task }, work, { span: { name: task } });
  return {
    ...media,
    checkClip: of('check_clip', media.checkClip),
    normaliseClip: of('normalise_clip', media.normaliseClip),
    takePoster: of('take_poster', media.takePoster),
    assembleFilm: of('assemble_film', media.assembleFilm),
  };
}

/** The object store, watched; a read until its first byte can be had. `away` where the same may work a little later. */
export function watchedStore(store: ObjectStore, { storage: watch }: Pick<Metrics, 'storage'>): ObjectStore {
  const of = <Arguments extends unknown[], Result>(operation: string, work: (...given: Arguments) => Promise<Result>) =>
    timed(watch, { operation }, work, { error: refusalOf });
  return {
    ...store,
    put: of('put', store.put),
    read: of('read', store.read),
    stat: timed(watch, { operation: 'stat' }, store.stat, {
      result: (object) => (object ? 'ok' : 'missing'),
      error: refusalOf,
    }),
    download: of('download', store.download),
    remove: of('remove', store.remove),
    signedUrl: of('sign', store.signedUrl),
    signedPut: of('sign', store.signedPut),
  };
}

function refusalOf(error: unknown): string {
  if (error instanceof ObjectMissing) return 'missing';
  if (error instanceof ObjectConflict || error instanceof RangeError) return 'refused';
  return isStorageAway(error) ? 'away' : 'failed';
}
