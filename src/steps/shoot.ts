import { join } from 'node:path';
import type { Media, NewMedia } from '../db/media.ts';
import type { NewTake, Take } from '../db/takes.ts';
import type { Standing, StepContext, StepOutcome } from '../engine/step.ts';
import { UnreadableMedia } from '../media/failures.ts';
import { badOutput } from './drawPicture.ts';
import { keepFile } from './keepFile.ts';
import { attachReferences, chooseReferences, firstFrameUrl, type TakeLabel } from './references.ts';
import { findUsableTake, type Selected } from './reuse.ts';
import { costMicros, type StepTools } from './tools.ts';

/** A clip to be shot: words, length, the picture it starts from and others to hold on to. */
export interface ClipOrder {
  subjectId: string | null;
  prompt: string;
  seconds: 5 | 10 | 15;
  firstFrame: Media | undefined;
  references: Media[];
  inputHash: string;
  selected?: Selected;
}

export type Shot = { reused: true; take: Take } | { reused: false; take: NewTake; media: NewMedia };

/** The vendor's word on a clip: its id when it was submitted, an address once it is done. */
type ClipAnswer = { vendorId: string; url?: string | null };

/**
 * A clip takes two runs of its step: the first submits it and leaves it to the poll loop, the second, once the vendor is done, fetches,
 * checks and keeps it. `orderNow` tells what would be asked for by now: nothing of that is used once a clip was submitted.
 */
export async function shoot(
  tools: StepTools,
  context: StepContext,
  orderNow: () => Promise<ClipOrder>,
): Promise<StepOutcome | Shot> {
  const { pollMs, giveUpMs } = tools.providers.video.capabilities;
  const submitted = await context.standing<ClipAnswer, TakeLabel>('video');
  if (submitted?.status === 'succeeded') return collect(tools, context, submitted, orderNow);
  if (submitted?.status !== 'accepted') {
    const order = await orderNow();
    const usable = submitted ? undefined : await findUsableTake(context, { ...order, kind: 'clip' });
    if (usable) return { reused: true, take: usable };
    await submit(tools, context, order);
  }
  return { end: 'waiting', pollMs, giveUpMs };
}

async function submit(tools: StepTools, context: StepContext, order: ClipOrder): Promise<void> {
  const { video } = tools.providers;
  const { prompt, seconds, firstFrame } = order;
  const attached = await attachReferences(tools, order.references, video.capabilities);
  const frame = firstFrame && (await firstFrameUrl(tools, firstFrame, video.capabilities));
  const clip = { prompt, seconds, references: attached.urls, ...(frame && { firstFrame: frame }) };
  await context.pay<ClipAnswer, TakeLabel>({
    vendor: 'tuzi',
    purpose: 'video',
    model: video.model,
    request: { prompt, seconds, firstFrame: firstFrame?.id ?? null, references: attached.sent },
    label: labelOf(order, video.capabilities.maxReferences),
    maxCostMicros: costMicros(tools, video.model, seconds),
    send: (call) => video.submit(clip, call),
    lookup: (key, signal) => video.lookup(key, signal),
    upstreamId: ({ vendorId }) => vendorId,
  });
}

function labelOf({ prompt, firstFrame, references, inputHash }: ClipOrder, atMost: number): TakeLabel {
  const { sent, dropped } = chooseReferences(references, atMost);
  const referencesSent = [...(firstFrame ? [firstFrame.id] : []), ...sent.map(({ id }) => id)];
  return { prompt, referencesSent, referencesDropped: dropped, inputHash };
}

/** The take tells what was bought, which an edit since changes nothing in. */
async function collect(
  tools: StepTools,
  context: StepContext,
  { answer, label, model, costMicros: cost, upstreamId }: Standing<ClipAnswer, TakeLabel>,
  orderNow: () => Promise<ClipOrder>,
): Promise<Shot> {
  const { video } = tools.providers;
  const { step } = context;
  const media = await fetchClip(tools, context, upstreamId ?? answer.vendorId, answer.url ?? null);
  const take: NewTake = {
    kind: 'clip',
    subjectId: step.subjectId,
    ...(label ?? labelOf(await orderNow(), video.capabilities.maxReferences)),
    userId: step.userId,
    stepId: step.id,
    mediaId: media.id,
    vendor: video.vendor,
    model,
    costMicros: cost,
  };
  return { reused: false, take, media };
}

async function fetchClip(
  { media, providers, store }: StepTools,
  { step, signal }: StepContext,
  upstreamId: string,
  url: string | null,
): Promise<NewMedia> {
  return media.withJobDir(async (dir) => {
    const file = join(dir, 'clip');
    await providers.video.download(upstreamId, url ? { url } : {}, file, signal);
    try {
      const probe = await media.probeClip(file, { signal });
      if (!probe.hasVideo || probe.videoSeconds < 0.2) throw new UnreadableMedia('no moving picture in it');
      const { width, height, durationSeconds: duration, container } = probe;
      const facts = { type: 'video' as const, mimeType: `video/${container}`, extension: container };
      return await keepFile(store, step, file, { ...facts, width, height, duration });
    } catch (error) {
      if (error instanceof UnreadableMedia) throw badOutput(providers.video.vendor, error);
      throw error;
    }
  });
}
