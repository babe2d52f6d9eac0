import { createHash, createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { v7 } from 'uuid';

export const tokenRules = { issuer: 'directorai', audience: 'directorai-api', algorithm: 'HS256' } as const;
export const accessTokenSeconds = 3600;
export const streamTicketSeconds = 60;

/** The key that access tokens are signed with: the secret itself, as RFC 7518 has it for HS256. */
export const accessKey = (secret: string): KeyObject => createSecretKey(Buffer.from(secret, 'utf8'));

/** Of keys that may have signed an access token the one that did; the first where none did, for verification to say so. */
export function signerOf(keys: readonly KeyObject[], token: string): KeyObject | undefined {
  if (keys.length === 1) return keys[0];
  const end = token.lastIndexOf('.');
  const given = hashSecret(token.slice(end + 1));
  const signed = (key: KeyObject) => createHmac('sha256', key).update(token.slice(0, end)).digest('base64url');
  return keys.find((key) => timingSafeEqual(hashSecret(signed(key)), given)) ?? keys[0];
}

/** The only header our tokens have. One with anything else in it (another algorithm, a key of its own) is not ours. */
export const tokenHeader = `${Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url')}.`;

/** What an access token says. `sid` is the session: the family of its refresh tokens. */
export interface AccessClaims {
  sub: string;
  sid: string;
  typ: 'access';
  jti: string;
  exp: number;
}

/** An access token of this session, good for an hour or until the session ends. */
export function signAccessToken(key: KeyObject, { userId, sessionId }: { userId: string; sessionId: string }): string {
  return jwt.sign({ sid: sessionId, typ: 'access' }, key, {
    algorithm: tokenRules.algorithm,
    issuer: tokenRules.issuer,
    audience: tokenRules.audience,
    subject: userId,
    jwtid: v7(),
    expiresIn: accessTokenSeconds,
  });
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** True for the payload of an access token; one without an end, or of another type, is none. */
export function isAccessClaims(payload: unknown): payload is AccessClaims {
  if (typeof payload !== 'object' || payload === null) return false;
  const { sub, sid, typ, exp } = payload as Record<string, unknown>;
  return (
    typ === 'access' && typeof exp === 'number' && [sub, sid].every((id) => typeof id === 'string' && uuid.test(id))
  );
}

/** 256 random bits, to be kept by the client only; the service keeps `hashSecret` of it. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** The id of the API key that let somebody in; undefined where it was no key. */
export const apiKeyIn = (grant: string | undefined): string | undefined =>
  grant?.startsWith('key:') ? grant.slice('key:'.length) : undefined;

const apiKeyForm = /^dai_[A-Za-z0-9_-]{51}$/;
const apiKeyPrefixLength = 12;

/** `dai_` and 306 random bits; the first eight characters of those are shown ever after, to tell keys apart. */
export function newApiKey(): { key: string; prefix: string } {
  const key = `dai_${randomBytes(39).toString('base64url').slice(0, 51)}`;
  return { key, prefix: key.slice(0, apiKeyPrefixLength) };
}

/** True for what may be an API key, and is no access token. */
export const isApiKey = (token: string): boolean => apiKeyForm.test(token);

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
