import { join } from 'node:path';
import type { Media, NewMedia } from '../db/media.ts';
import type { NewTake, Take, TakeKind } from '../db/takes.ts';
import type { Bought, StepContext } from '../engine/step.ts';
import { VendorError } from '../errors.ts';
import { pictureHash } from '../film/takeInputs.ts';
import { UnreadableMedia } from '../media/failures.ts';
import type { WrittenPicture } from '../media/pictures.ts';
import type { ImageAnswer } from '../providers/abilities.ts';
import { keepFile } from './keepFile.ts';
import { attachReferences, chooseReferences, type TakeLabel } from './references.ts';
import { findUsableTake, type Selected } from './reuse.ts';
import { costMicros, type StepTools } from './tools.ts';

/** A picture to be drawn: words, size in pixels (`WxH`), and pictures to hold on to, the most important first. */
export interface PictureOrder {
  kind: Extract<TakeKind, 'character_sheet' | 'image'>;
  subjectId: string | null;
  prompt: string;
  size: string;
  references: Media[];
  selected?: Selected;
}

export type Drawn<More> =
  | { reused: true; take: Take }
  | { reused: false; take: NewTake; media: NewMedia[]; more: More };

/**
 * Draws a picture, or finds the one a film need not buy; the take tells what was bought, also where the scene was edited since. `keep` turns the downloaded file into stored media,
 * the take's own first.
 */
export async function drawPicture<More>(
  tools: StepTools,
  context: StepContext,
  order: PictureOrder,
  keep: (file: string, dir: string) => Promise<{ media: [NewMedia, ...NewMedia[]]; more: More }>,
): Promise<Drawn<More>> {
  const { image } = tools.providers;
  const { kind, subjectId } = order;
  const label = labelOf(tools, order);
  const standing = await context.standing<ImageAnswer, TakeLabel>('image');
  const usable = standing ? undefined : await findUsableTake(context, { ...order, inputHash: label.inputHash });
  if (usable) return { reused: true, take: usable };
  const bought = standing?.status === 'succeeded' ? standing : await buy(tools, context, order, label);
  const { media, more } = await fetchPicture(tools, context, bought.answer, keep);
  const take: NewTake = {
    kind,
    subjectId,
    ...(bought.label ?? label),
    userId: context.step.userId,
    stepId: context.step.id,
    mediaId: media[0].id,
    vendor: image.vendor,
    model: bought.model,
    costMicros: bought.costMicros,
  };
  return { reused: false, take, media, more };
}

function labelOf({ providers: { image } }: StepTools, { kind, prompt, size, references }: PictureOrder): TakeLabel {
  const { sent, dropped } = chooseReferences(references, image.capabilities.maxReferences);
  const shown = references.map(({ sha256 }) => sha256.toString('hex'));
  const inputHash = pictureHash({ kind, model: image.model, prompt, size, references: shown });
  return { prompt, referencesSent: sent.map(({ id }) => id), referencesDropped: dropped, inputHash };
}

async function buy(
  tools: StepTools,
  context: StepContext,
  { prompt, size, references }: PictureOrder,
  label: TakeLabel,
): Promise<Bought<ImageAnswer, TakeLabel>> {
  const { image } = tools.providers;
  const attached = await attachReferences(tools, references, image.capabilities);
  return context.pay<ImageAnswer, TakeLabel>({
    vendor: 'gemini',
    purpose: 'image',
    model: image.model,
    request: { prompt, size, references: attached.sent },
    label,
    maxCostMicros: costMicros(tools, image.model),
    send: (call) => image.generate({ prompt, size, references: attached.urls }, call),
    lookup: (key, signal) => image.lookup(key, signal),
  });
}

async function fetchPicture<Kept>(
  { media, providers }: StepTools,
  { signal }: StepContext,
  answer: ImageAnswer,
  keep: (file: string, dir: string) => Promise<Kept>,
): Promise<Kept> {
  return media.withJobDir(async (dir) => {
    const file = join(dir, 'answer');
    await providers.image.download(answer, file, signal);
    try {
      return await keep(file, dir);
    } catch (error) {
      if (error instanceof UnreadableMedia) throw badOutput(providers.image.vendor, error);
      throw error;
    }
  });
}

/** What the vendor left for us is not what was asked for; fetching it again may help, buying it again is the user's choice. */
export function badOutput(vendor: string, error: UnreadableMedia): VendorError {
  const failure = { code: 7003, key: 'provider_bad_output', params: { vendor, reason: error.reason } } as const;
  return new VendorError(failure, { accepted: 'no', retryable: true, cause: error });
}

/** Re-encodes a picture, so that nothing but pixels of the vendor's file is ever served, and stores it. */
export async function keepPicture(
  { media, store }: StepTools,
  { step }: StepContext,
  file: string,
  dir: string,
): Promise<NewMedia> {
  const clean = join(dir, 'picture');
  return keepWritten(store, step, clean, await media.cleanPicture(file, clean, { maxSide: 4096 }));
}

export function keepWritten(
  store: StepTools['store'],
  step: StepContext['step'],
  file: string,
  { format, width, height }: Pick<WrittenPicture, 'format' | 'width' | 'height'>,
): Promise<NewMedia> {
  const extension = format === 'jpeg' ? 'jpg' : format;
  return keepFile(store, step, file, { type: 'image', mimeType: `image/${format}`, extension, width, height });
}
