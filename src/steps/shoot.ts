import { join } from 'node:path';
import type { Media, NewMedia } from '../db/media.ts';
import type { NewTake } from '../db/takes.ts';
import type { StepContext, StepOutcome, UpstreamResult } from '../engine/step.ts';
import { UnreadableMedia } from '../media/failures.ts';
import { badOutput } from './drawPicture.ts';
import { keepFile } from './keepFile.ts';
import { attachReferences, firstFrameUrl } from './references.ts';
import { costMicros, type StepTools } from './tools.ts';

/** A clip to be shot: words, length, the picture it starts from and others to hold on to. */
export interface ClipOrder {
  subjectId: string | null;
  prompt: string;
  seconds: 5 | 10 | 15;
  firstFrame: Media | undefined;
  references: Media[];
  inputHash: string;
}

export interface Shot {
  take: NewTake;
  media: NewMedia;
}

/**
 * A clip takes two runs of its step: the first submits it and leaves it to the poll loop, the second, once the vendor is
 * done, fetches, checks and keeps it.
 */
export async function shoot(tools: StepTools, context: StepContext, order: ClipOrder): Promise<StepOutcome | Shot> {
  const collected = await context.collected();
  if (collected) return collect(tools, context, order, collected);
  const { video } = tools.providers;
  const { prompt, seconds, firstFrame } = order;
  const attached = await attachReferences(tools, order.references, video.capabilities.maxReferences);
  await context.pay({
    vendor: 'tuzi',
    purpose: 'video',
    model: video.model,
    request: { prompt, seconds, firstFrame: firstFrame?.id ?? null, references: attached.sent },
    maxCostMicros: costMicros(tools, video.model, seconds),
    send: async (call) => {
      const frame = firstFrame && (await firstFrameUrl(tools, firstFrame));
      const clip = { prompt, seconds, references: attached.urls, ...(frame && { firstFrame: frame }) };
      return video.submit(clip, call);
    },
    lookup: (key, signal) => video.lookup(key, signal),
    upstreamId: ({ vendorId }: { vendorId: string }) => vendorId,
  });
  return { end: 'waiting', pollMs: video.capabilities.pollMs, giveUpMs: video.capabilities.giveUpMs };
}

async function collect(
  tools: StepTools,
  context: StepContext,
  order: ClipOrder,
  { upstreamId, url, costMicros: cost }: UpstreamResult,
): Promise<Shot> {
  const { video } = tools.providers;
  const references = order.references.slice(0, video.capabilities.maxReferences);
  const media = await fetchClip(tools, context, upstreamId, url);
  const take: NewTake = {
    kind: 'clip',
    subjectId: order.subjectId,
    prompt: order.prompt,
    userId: context.step.userId,
    stepId: context.step.id,
    mediaId: media.id,
    vendor: video.vendor,
    model: video.model,
    referencesSent: [...(order.firstFrame ? [order.firstFrame.id] : []), ...references.map(({ id }) => id)],
    referencesDropped: order.references
      .slice(references.length)
      .map(({ id }) => ({ mediaId: id, reason: `the vendor takes ${references.length} references at most` })),
    costMicros: cost,
    inputHash: order.inputHash,
  };
  return { take, media };
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
