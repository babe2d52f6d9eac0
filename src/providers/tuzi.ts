import { z } from 'zod';
import { VendorError } from '../errors.ts';
import type { ClipRequest, ClipState, VendorSettings, VideoProvider } from './abilities.ts';
import { downloadMedia } from './download.ts';
import { vendorFetch } from './http.ts';
import { lookUp } from './lookUp.ts';
import { isRefusal, presentable, type VendorWords, wordsOf } from './vendorWords.ts';

const submitMs = 300_000;
/** Shorter than the 30 s for which the poll loop holds a clip. */
const pollTimeoutMs = 20_000;
const maxBytes = 1024 * 1024;

const Id = z
  .union([z.string(), z.int()])
  .transform(String)
  .pipe(
    z
      .string()
      .max(500)
      .regex(/^(?!\.+$)[\x21-\x7e]+$/),
  );
const Submitted = z.object({ id: Id });
const Standing = z.looseObject({
  status: z.string().nullish(),
  progress: z.union([z.number(), z.string()]).nullish(),
  video_url: z.string().nullish(),
  url: z.string().nullish(),
  unsigned_urls: z.array(z.string()).nullish(),
});
const Listed = z.looseObject({ data: z.array(z.looseObject({ id: Id, created_at: z.number() })) }).optional();
const Cancelled = z.looseObject({ deleted: z.boolean().optional() }).optional();

/** Gateways' own words for the two ends of a clip; whatever else they say means that it is still being made. */
const completed = /^(completed?|succeed(ed)?|success|done|finished)$/i;
const failed = /^(failed|failure|error|cancell?ed|expired|rejected|nsfw|blocked|moderation_blocked)$/i;

function toForm(model: string, { prompt, seconds, firstFrame, references }: ClipRequest): FormData {
  const form = new FormData();
  form.set('model', model);
  form.set('prompt', prompt);
  form.set('seconds', String(seconds));
  if (firstFrame !== undefined) form.set('input_reference', firstFrame);
  for (const [index, reference] of references.entries()) form.set(`input_reference_${index}`, reference);
  return form;
}

function percentOf(progress: number | string | null | undefined): { progress?: number } {
  const value = typeof progress === 'string' ? Number.parseFloat(progress) : progress;
  return typeof value === 'number' && Number.isFinite(value) ? { progress: Math.min(100, Math.max(0, value)) } : {};
}

function failedState(settings: VendorSettings, status: string, words: VendorWords): ClipState {
  const reason = presentable(words.message || words.code, settings) || status;
  return { status: 'failed', refused: isRefusal(words) || /nsfw|blocked|rejected/i.test(status), reason };
}

function toState(settings: VendorSettings, standing: z.infer<typeof Standing>): ClipState {
  const status = standing.status ?? '';
  if (failed.test(status)) return failedState(settings, status, wordsOf(standing));
  if (!completed.test(status)) return { status: 'running', ...percentOf(standing.progress) };
  const url = standing.video_url || standing.url || standing.unsigned_urls?.[0];
  return { status: 'completed', ...(url ? { url } : {}) };
}

const pathOf = (vendorId: string) => `/v1/videos/${encodeURIComponent(vendorId)}`;

/** Clips by the `/v1/videos` protocol: submit a multipart form, poll, fetch. */
export function tuzi(settings: VendorSettings & { pollMs: number; giveUpMs: number }): VideoProvider {
  const { vendor, model, idempotency, pollMs, giveUpMs } = settings;
  return {
    vendor,
    model,
    capabilities: { seconds: [5, 10, 15], maxReferences: 4, idempotency, pollMs, giveUpMs, timeoutMs: submitMs },
    async submit(clip, call) {
      const form = toForm(model, clip);
      const asked = { method: 'POST', form, call, timeoutMs: submitMs, maxBytes, schema: Submitted } as const;
      const { id } = await vendorFetch(settings, '/v1/videos', asked);
      return { vendorId: id };
    },
    async lookup(key, signal) {
      const found = await lookUp(settings, key, { signal, timeoutMs: pollTimeoutMs, maxBytes, schema: Submitted });
      return found && { vendorId: found.id };
    },
    async poll(vendorId, signal) {
      const asked = { method: 'GET', call: { signal }, timeoutMs: pollTimeoutMs, maxBytes, schema: Standing } as const;
      return toState(settings, await vendorFetch(settings, pathOf(vendorId), asked));
    },
    async download(vendorId, { url }, file, signal) {
      const address = url ?? `${settings.baseUrl}${pathOf(vendorId)}/content`;
      await downloadMedia(settings, address, { kind: 'video', file, signal });
    },
    async list(signal) {
      const asked = {
        method: 'GET',
        call: { signal },
        timeoutMs: pollTimeoutMs,
        maxBytes,
        schema: Listed,
        whenMissing: { answer: undefined },
      } as const;
      const listed = await vendorFetch(settings, '/v1/videos?limit=100&order=desc', asked);
      return listed?.data.map(({ id, created_at: seconds }) => ({ id, createdAt: new Date(seconds * 1_000) }));
    },
    async cancel(vendorId, signal) {
      const asked = {
        method: 'DELETE',
        call: { signal },
        timeoutMs: pollTimeoutMs,
        maxBytes,
        schema: Cancelled,
      } as const;
      try {
        return (await vendorFetch(settings, pathOf(vendorId), asked))?.deleted !== false;
      } catch (error) {
        if (error instanceof VendorError) return false;
        throw error;
      }
    },
  };
}
