import type { z } from 'zod';
import { origin } from '../tracing/origin.ts';
import type { VendorSettings } from './abilities.ts';
import { withDeadline } from './deadline.ts';
import { retryAfterMs } from './retryAfter.ts';
import { credentialsRejected, failureInside, failureOfAnswer, failureOfTransport, unusable } from './vendorFailure.ts';

export interface VendorRequest<T> {
  method: 'GET' | 'POST' | 'DELETE';
  json?: unknown;
  form?: FormData;
  /** `key` is sent as `Idempotency-Key`; `signal` ends the call with its own reason. */
  call: { key?: string; signal: AbortSignal; leaving?: () => void };
  timeoutMs: number;
  /** Of the body after decompression. */
  maxBytes: number;
  schema: z.ZodType<T>;
  /** What a 404 in the vendor's own words (JSON) means, where it is an answer and no failure. */
  whenMissing?: { answer: T };
  accept?: string;
}

const errorBodyBytes = 64 * 1024;

/**
 * One request to a vendor: never repeated, never redirected, its answer bounded and checked. Every failure is a `VendorError` that
 * says whether money may have been spent; only the caller's own abort comes through as its reason. A `POST` costs, all else is free.
 */
export const vendorFetch = <T>(settings: VendorSettings, path: string, request: VendorRequest<T>): Promise<T> =>
  vendorExchange(settings, path, request, (response) => readAnswer(settings, request, response));

/** Like `vendorFetch`, with a reader of its own for an answer that is no failure. */
export async function vendorExchange<T, Result>(
  settings: VendorSettings,
  path: string,
  request: VendorRequest<T>,
  read: (response: Response) => Promise<Result>,
): Promise<Result> {
  const { call, timeoutMs, method } = request;
  const paid = method === 'POST';
  const init = toInit(settings, request);
  call.leaving?.();
  try {
    return await withDeadline(call.signal, timeoutMs, async (signal) => {
      const response = await fetch(`${settings.baseUrl}${path}`, { ...init, signal });
      noteExchange(settings, method, response.status);
      return await read(response);
    });
  } catch (error) {
    if (call.signal.aborted && error === call.signal.reason) throw error;
    throw failureOfTransport(settings, error, paid);
  }
}

/** For the span of the call, by OpenTelemetry's names. The trace itself is not told to vendors: it is nothing of theirs. */
function noteExchange({ baseUrl }: VendorSettings, method: string, status: number): void {
  const { span } = origin();
  if (!span) return;
  const { hostname, port, protocol } = new URL(baseUrl);
  span.set({
    'http.request.method': method,
    'http.response.status_code': status,
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
  });
}

function toInit(settings: VendorSettings, { method, json, form, call, accept }: VendorRequest<unknown>): RequestInit {
  const headers = new Headers({ accept: accept ?? 'application/json', authorization: bearer(settings) });
  if (call.key !== undefined) headers.set('idempotency-key', call.key);
  if (json !== undefined) headers.set('content-type', 'application/json');
  const body = json === undefined ? form : JSON.stringify(json);
  return { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) };
}

/** A key that no header can carry is refused before anything is sent, as the vendor would. */
export function bearer(settings: VendorSettings): string {
  const key = settings.apiKey.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) throw credentialsRejected(settings);
  return `Bearer ${key}`;
}

/** The whole answer in the asked shape, or the failure it stands for. */
export async function readAnswer<T>(
  settings: VendorSettings,
  request: VendorRequest<T>,
  response: Response,
): Promise<T> {
  const paid = request.method === 'POST';
  if (!response.ok) {
    const body = (await readText(response, errorBodyBytes).catch(() => undefined)) ?? '';
    if (response.status === 404 && request.whenMissing && body.startsWith('{')) return request.whenMissing.answer;
    const after = retryAfterMs(response.headers.get('retry-after'));
    throw failureOfAnswer(settings, { status: response.status, body, retryAfterMs: after, paid });
  }
  const text = await readText(response, request.maxBytes);
  if (text === undefined) throw unusable(settings, paid, `more than ${request.maxBytes} bytes`);
  return checked(settings, request.schema, { paid, body: parseJson(settings, text, paid) });
}

export function parseJson(settings: VendorSettings, text: string, paid: boolean): unknown {
  try {
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch (cause) {
    throw unusable(settings, paid, 'the answer is not JSON', cause);
  }
}

/** The answer in the asked shape; the reason names the field at fault and quotes nothing. */
export function checked<T>(
  settings: VendorSettings,
  schema: z.ZodType<T>,
  { paid, body }: { paid: boolean; body: unknown },
): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') || 'the answer';
  throw failureInside(settings, paid, body) ?? unusable(settings, paid, `${field} is missing or of the wrong type`);
}

/** The body as text, or undefined where it is longer than `maxBytes`. */
async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
