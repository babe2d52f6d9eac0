import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { MediaVariant } from './keys.ts';

/** What a signed media URL allows: reading this one variant of this one media file, shown or saved, until then. */
export interface MediaGrant {
  mediaId: string;
  variant: MediaVariant;
  /** Unix time in seconds. */
  expiresAt: number;
  /** True for a URL that makes a browser save the file. */
  download: boolean;
}

export interface SignMediaUrlOptions extends MediaGrant {
  secret: string;
}

export interface VerifyMediaSignatureOptions extends MediaGrant {
  /** The present secret and, during a rotation, former ones. */
  secrets: readonly string[];
  method: string;
  signature: string;
  /** Milliseconds, as `Date.now()`. */
  now?: number;
}

const stepSeconds = 300;
const leastSeconds = 600;

/** Between 10 and 15 minutes from now, in 5-minute steps: the same URL comes back for a while, so that caches can keep its answer. */
export function mediaUrlExpiry(now: number = Date.now()): number {
  return Math.ceil((now / 1000 + leastSeconds) / stepSeconds) * stepSeconds;
}

/** A key of its own for this purpose, and a short name by which a rotation finds it again. */
function keyFor(secret: string): SigningKey {
  const known = derived.get(secret);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'directorai signed media url', 32));
  const made = { id: createHash('sha256').update(key).digest('base64url').slice(0, 8), key };
  derived.set(secret, made);
  return made;
}

interface SigningKey {
  id: string;
  key: Buffer;
}

/** A page of a hundred files is two hundred signatures; a process has one secret, or two while it is rotated. */
const derived = new Map<string, SigningKey>();

/** HEAD reads no more than GET, so both carry the same signature; no other method has one. */
function mac(key: Buffer, id: string, { mediaId, variant, expiresAt, download }: MediaGrant): Buffer {
  const text = ['GET', mediaId.toLowerCase(), variant, expiresAt, download ? 'attachment' : 'inline', id].join('\n');
  return createHmac('sha256', key).update(text).digest();
}

/** The query string of a signed media URL: `expires=…&signature=…`, and `download=true` where it saves. */
export function signMediaUrl({ secret, ...grant }: SignMediaUrlOptions): string {
  const { id, key } = keyFor(secret);
  const signature = `${id}.${mac(key, id, grant).toString('base64url')}`;
  return `expires=${grant.expiresAt}${grant.download ? '&download=true' : ''}&signature=${signature}`;
}

/** True when one of the secrets signed exactly this grant and it has not expired; compared in constant time. */
export function verifyMediaSignature({
  secrets,
  method,
  signature,
  now = Date.now(),
  ...grant
}: VerifyMediaSignatureOptions): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (!Number.isSafeInteger(grant.expiresAt) || grant.expiresAt * 1000 <= now) return false;
  const [id = '', given = '', ...rest] = signature.split('.');
  const signer = secrets.map(keyFor).find((candidate) => candidate.id === id);
  if (!signer || rest.length > 0) return false;
  const expected = mac(signer.key, id, grant).toString('base64url');
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
