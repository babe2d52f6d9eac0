import { WebhookVerificationError } from './errors.js';
import { type TaskEndedEvent, TaskEndedEventFromJSON } from './generated/models/TaskEndedEvent.js';
import { type TaskReviewEvent, TaskReviewEventFromJSON } from './generated/models/TaskReviewEvent.js';
import { type WebhookTestEvent, WebhookTestEventFromJSON } from './generated/models/WebhookTestEvent.js';

/** What a webhook says; `type` tells which. Others may come later: pass over what you do not know. */
export type WebhookPayload = TaskEndedEvent | TaskReviewEvent | WebhookTestEvent;

export interface UnwrapOptions {
  /** `whsec_…`, or several while a secret is being replaced. Default: the client's `webhookSecret`. */
  secret?: string | readonly string[] | undefined;
  /** How old a webhook may be, or how far ahead of this clock, in seconds. Default 300. */
  toleranceSeconds?: number | undefined;
  /** For tests: the present moment, in milliseconds since 1970. */
  now?: number | undefined;
}

/** The headers as servers hand them over: `Headers`, Node's object, or pairs. */
export type WebhookHeaders = Headers | Iterable<[string, string]> | Record<string, string | string[] | undefined>;

const algorithm = { name: 'HMAC', hash: 'SHA-256' };
const prefix = 'whsec_';

/**
 * The event of a webhook whose signature is right, and recent (Standard Webhooks: HMAC-SHA-256 over `id.timestamp.body`). It needs the
 * body as it came, byte for byte. `id` is the same when the webhook is sent again: remember it to act once.
 */
export async function unwrap(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  { secret, toleranceSeconds = 300, now = Date.now() }: UnwrapOptions,
): Promise<WebhookPayload & { webhookId: string }> {
  const { id, timestamp, signatures } = signedBy(headers);
  checkAge(timestamp, toleranceSeconds, now);
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const secrets = typeof secret === 'string' ? [secret] : (secret ?? []);
  if (secrets.length === 0) throw new WebhookVerificationError('no webhook secret was given');
  const signed = concat(`${id}.${timestamp}.`, body);
  if (!(await isSigned(signed, signatures, secrets))) throw new WebhookVerificationError('no signature is right');
  try {
    return { ...payloadOf(JSON.parse(text)), webhookId: id };
  } catch (cause) {
    throw new WebhookVerificationError('the body is no JSON', { cause });
  }
}

const readers: Readonly<Record<string, (json: unknown) => WebhookPayload>> = {
  'task.completed': TaskEndedEventFromJSON,
  'task.failed': TaskEndedEventFromJSON,
  'task.cancelled': TaskEndedEventFromJSON,
  'task.needs_review': TaskReviewEventFromJSON,
  'webhook.test': WebhookTestEventFromJSON,
};

/** One of a kind that this package does not know yet is given as it came. */
function payloadOf(json: WebhookPayload): WebhookPayload {
  return readers[json.type]?.(json) ?? json;
}

/** Every signature is tried with every secret; the comparison is WebCrypto's own, in constant time. */
async function isSigned(
  signed: Uint8Array<ArrayBuffer>,
  signatures: readonly Uint8Array<ArrayBuffer>[],
  secrets: readonly string[],
): Promise<boolean> {
  let right = false;
  for (const secret of secrets) {
    const key = await crypto.subtle.importKey('raw', keyOf(secret), algorithm, false, ['verify']);
    for (const signature of signatures) {
      right = (await crypto.subtle.verify(algorithm, key, signature, signed)) || right;
    }
  }
  return right;
}

function signedBy(headers: WebhookHeaders) {
  const given = headersOf(headers);
  const id = given.get('webhook-id');
  const timestamp = given.get('webhook-timestamp');
  const signature = given.get('webhook-signature');
  if (!id || !timestamp || !signature) throw new WebhookVerificationError('the webhook headers are missing');
  const signatures = signature
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => bytesOf(one.slice(3)))
    .filter((bytes) => bytes !== undefined);
  return { id, timestamp, signatures };
}

function headersOf(headers: WebhookHeaders): Headers {
  if (headers instanceof Headers) return headers;
  if (Symbol.iterator in headers) return new Headers([...(headers as Iterable<[string, string]>)]);
  const pairs = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return new Headers(pairs);
}

function checkAge(timestamp: string, toleranceSeconds: number, now: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookVerificationError('the webhook has no time');
  const age = now / 1000 - Number(timestamp);
  if (age > toleranceSeconds) throw new WebhookVerificationError('the webhook is too old');
  if (age < -toleranceSeconds) throw new WebhookVerificationError('the webhook is of the future');
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const key = bytesOf(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret);
  if (!key || key.length === 0) throw new WebhookVerificationError('the webhook secret is not base64');
  return key;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function concat(head: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const first = encoder.encode(head);
  const second = typeof body === 'string' ? encoder.encode(body) : body;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
