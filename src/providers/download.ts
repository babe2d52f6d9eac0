import { rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { VendorError } from '../errors.ts';
import { ClosedHost, pinned, publicAddresses, type Resolve, resolveHost } from '../publicHosts.ts';
import type { VendorSettings } from './abilities.ts';
import { withDeadline } from './deadline.ts';
import { bearer } from './http.ts';
import { retryAfterMs } from './retryAfter.ts';
import { headBytes, isMedia, type MediaKind } from './sniff.ts';
import { failureOfAnswer, failureOfTransport, unusable, vendorError } from './vendorFailure.ts';
import { writeMedia } from './writeMedia.ts';

/** Bounds of a result: its bytes, and the time from the first look-up to the last byte. */
const mediaBounds: Record<MediaKind, { maxBytes: number; timeoutMs: number }> = {
  picture: { maxBytes: 50_000_000, timeoutMs: 120_000 },
  video: { maxBytes: 500_000_000, timeoutMs: 300_000 },
};
const connectMs = 5_000;
const hopsAtMost = 3;

export interface Download {
  kind: MediaKind;
  file: string;
  signal: AbortSignal;
  maxBytes?: number;
  /** Decides on the first address and on every redirect; `aim` unless told. */
  aim?: (address: string) => Promise<Target>;
}

export interface Target {
  url: URL;
  /** The vendor's configured origin: reached as configured, with our credentials; anything else is a stranger. */
  own: boolean;
  lookup?: LookupFunction;
}

/**
 * Fetches a result into a file. The address may be of the vendor's configured origin, or https (port 443) of a public host, connected
 * to at the very address that was checked. The file exists only if it is whole and begins like media of its kind.
 */
export async function downloadMedia(settings: VendorSettings, address: string, given: Download): Promise<void> {
  const { kind, file, signal } = given;
  try {
    await withDeadline(signal, mediaBounds[kind].timeoutMs, async (ending) => {
      const response = await open(settings, address, { ...given, signal: ending });
      await writeMedia(settings, response, { kind, file, maxBytes: given.maxBytes ?? mediaBounds[kind].maxBytes });
    });
  } catch (error) {
    await rm(file, { force: true });
    if (signal.aborted && error === signal.reason) throw error;
    if (error instanceof ClosedHost) throw forbidden(settings, error);
    throw error instanceof VendorError ? error : failureOfTransport(settings, error, false);
  }
}

/** Asking again gets the same address, so the step is not tried again. */
const forbidden = (settings: VendorSettings, cause: ClosedHost): VendorError =>
  vendorError(settings, 'provider_bad_output', { reason: cause.message }, { accepted: 'no', retryable: false, cause });

/** Writes a picture that came as base64 into a file. */
export async function keepBase64(settings: VendorSettings, base64: string, file: string): Promise<void> {
  const bytes = base64.length > mediaBounds.picture.maxBytes * 1.4 ? undefined : Buffer.from(base64, 'base64');
  if (!bytes || bytes.length > mediaBounds.picture.maxBytes)
    throw unusable(settings, false, 'the picture is too large');
  if (!isMedia('picture', bytes.subarray(0, headBytes))) throw unusable(settings, false, 'the result is not a picture');
  await writeFile(file, bytes);
}

async function open(settings: VendorSettings, address: string, given: Download): Promise<IncomingMessage> {
  const decide = given.aim ?? ((next: string) => aim(settings, next));
  let target = await decide(address);
  for (let hop = 0; ; hop += 1) {
    const response = await send(settings, target, given.signal);
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    response.destroy();
    const next = response.headers.location;
    if (status < 300 || status > 399 || !next) throw failed(settings, response, target);
    if (target.own || hop === hopsAtMost)
      throw new ClosedHost('not_absolute', 'the result is behind too many redirects');
    target = await decide(new URL(next, target.url).href);
  }
}

/**
 * Decides whether an address may be asked at all, before anything is connected. The sandbox that drew a picture may have been killed
 * since: the one that took its place, on another port, has the same files.
 */
export async function aim(settings: VendorSettings, address: string, resolve: Resolve = resolveHost): Promise<Target> {
  const url = URL.canParse(address, settings.baseUrl) ? new URL(address, settings.baseUrl) : undefined;
  if (!url) throw new ClosedHost('not_absolute', 'the result has no readable address');
  if (url.username || url.password)
    throw new ClosedHost('has_credentials', 'the address of the result carries credentials');
  const home = new URL(settings.baseUrl);
  if (settings.sandbox && url.hostname === home.hostname) url.port = home.port;
  if (url.protocol === home.protocol && url.host === home.host) return { url, own: true };
  if (url.protocol !== 'https:' || url.port)
    throw new ClosedHost('not_https', 'the address of the result is not plain https');
  return { url, own: false, lookup: pinned(await publicAddresses(url.hostname, { resolve })) };
}

function send(settings: VendorSettings, { url, own, lookup }: Target, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { accept: '*/*', 'accept-encoding': 'identity', ...(own ? { authorization: bearer(settings) } : {}) };
  const options = { agent: false, headers, signal, ...(lookup ? { lookup } : {}) } as const;
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, resolve);
    const late = setTimeout(() => request.destroy(new Error(`no connection within ${connectMs / 1000} s`)), connectMs);
    const connected = url.protocol === 'https:' ? 'secureConnect' : 'connect';
    request.once('socket', (socket) => socket.once(connected, () => clearTimeout(late)));
    request.once('close', () => clearTimeout(late));
    request.on('error', reject);
    request.end();
  });
}

/** What a stranger says about a failure is not repeated. */
function failed(settings: VendorSettings, response: IncomingMessage, { own }: Target): VendorError {
  const status = response.statusCode ?? 0;
  const after = retryAfterMs(response.headers['retry-after']);
  if (own) return failureOfAnswer(settings, { status, body: '', retryAfterMs: after, paid: false });
  return unusable(settings, false, `the result could not be fetched (HTTP ${status})`);
}
