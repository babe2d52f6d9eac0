import { z } from 'zod';
import type { VendorSettings } from './abilities.ts';
import { checked, vendorFetch } from './http.ts';
import { failureOfAnswer } from './vendorFailure.ts';

const Kept = z.object({ status: z.int().min(100).max(599), body: z.unknown() });

/**
 * What a vendor answered to the call that carried this key; undefined where it says that no such call reached it. Asking a vendor
 * that keeps no such record is a mistake of ours: its silence would be taken for "never arrived" and the call be bought again.
 */
export async function lookUp<T>(
  settings: VendorSettings,
  key: string,
  asked: { signal: AbortSignal; timeoutMs: number; maxBytes: number; schema: z.ZodType<T> },
): Promise<T | undefined> {
  if (settings.idempotency !== 'lookup') throw new Error(`${settings.vendor} cannot look up calls`);
  const kept = await vendorFetch<z.infer<typeof Kept> | undefined>(
    { ...settings, baseUrl: new URL(settings.baseUrl).origin },
    `/v1/idempotency/${encodeURIComponent(key)}`,
    {
      method: 'GET',
      call: { signal: asked.signal },
      timeoutMs: asked.timeoutMs,
      maxBytes: asked.maxBytes,
      schema: Kept,
      whenMissing: { answer: undefined },
    },
  );
  if (!kept) return undefined;
  if (kept.status < 200 || kept.status > 299) {
    const body = JSON.stringify(kept.body ?? {});
    throw failureOfAnswer(settings, { status: kept.status, body, retryAfterMs: undefined, paid: true });
  }
  return checked(settings, asked.schema, { paid: true, body: kept.body });
}
