import type { KeyObject } from 'node:crypto';
import type { Request } from 'express';
import jwt from 'jsonwebtoken';
import { Passport } from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { useApiKey } from '../db/apiKeys.ts';
import type { Listener } from '../db/listeners.ts';
import { redeemStreamTicket } from '../db/streamTickets.ts';
import { findActiveUser, type User } from '../db/users.ts';
import { errors } from '../errors.ts';
import type { Accounts } from '../operations/accounts/accounts.ts';
import {
  type AccessClaims,
  hashSecret,
  isAccessClaims,
  isApiKey,
  signerOf,
  tokenHeader,
  tokenRules,
} from '../operations/accounts/tokens.ts';
import type { ApiServices } from '../operations/context.ts';
import { verifyMediaSignature } from '../storage/signatures.ts';
import type { Exchange } from './exchange.ts';
import { createKnownTokens, type KnownTokens } from './knownTokens.ts';
import type { SecurityHandler, SecurityHandlers } from './validator.ts';

interface Session {
  user: User;
  sessionId: string;
  grant: string;
}

type PassportAnswer = (error: unknown, session?: Session | false, info?: unknown) => void;

/** The types know only text and bytes as keys; jsonwebtoken takes key objects, and is spared making one per token. */
type TakesKey = (error: null, key: KeyObject | undefined) => void;

const fromHeader: (request: Pick<Exchange, 'headers'>) => string | null = ExtractJwt.fromAuthHeaderAsBearerToken();

/** An access token, or an API key in its place. */
function createBearer(services: ApiServices, accounts: Accounts): SecurityHandler {
  const known = createKnownTokens();
  const admitSession = createSessionBearer(accounts, known);
  return async (exchange) => {
    const token = fromHeader(exchange);
    if (token !== null && isApiKey(token)) return admitApiKey(services, token, exchange);
    const claims = token === null ? undefined : known.find(token);
    const session = claims && (await sessionOf(accounts, claims));
    if (!session) return admitSession(exchange);
    Object.assign(exchange.access, session);
    return true;
  };
}

/** A session's user, by way of passport and passport-jwt; the token's shape is looked at before any signature is computed. */
function createSessionBearer(accounts: Accounts, known: KnownTokens): SecurityHandler {
  const passport = new Passport();
  const jwtFromRequest = (req: Request) => {
    const token = fromHeader(req);
    return token?.startsWith(tokenHeader) ? token : null;
  };
  const verify = (req: Request, claims: unknown, done: PassportAnswer) => {
    if (!isAccessClaims(claims)) return done(null, false);
    known.remember(fromHeader(req) ?? '', claims);
    sessionOf(accounts, claims).then((session) => done(null, session), done);
  };
  const secretOrKeyProvider = (_req: Request, token: string, done: (error: null, key?: Buffer) => void) =>
    (done as TakesKey)(null, signerOf(accounts.keys, token));
  const { issuer, audience, algorithm } = tokenRules;
  passport.use(
    new Strategy(
      { jwtFromRequest, secretOrKeyProvider, issuer, audience, algorithms: [algorithm], passReqToCallback: true },
      verify,
    ),
  );
  return (exchange) =>
    new Promise((resolve, reject) => {
      const answer: PassportAnswer = (error, session, info) => {
        if (error) return reject(error);
        if (session) Object.assign(exchange.access, session);
        else
          exchange.access.refusal =
            info instanceof jwt.TokenExpiredError ? errors.tokenExpired() : errors.unauthenticated();
        resolve(Boolean(session));
      };
      passport.authenticate('jwt', { session: false }, answer)(exchange, {}, reject);
    });
}

async function sessionOf({ sessions }: Accounts, { sub, sid }: AccessClaims): Promise<Session | false> {
  const user = await sessions.find(sub, sid);
  return user ? { user, sessionId: sid, grant: `session:${sid}` } : false;
}

const textOf = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');

function createTicket(services: ApiServices): SecurityHandler {
  return async ({ query, access }) => {
    const holder = await redeemStreamTicket(services.db, hashSecret(textOf(query.ticket)));
    const user = holder && (await findActiveUser(services.db, holder.userId));
    if (user) Object.assign(access, { user, grant: holder.grant });
    else access.refusal ??= errors.unauthenticated();
    return user !== undefined;
  };
}

/** A key of a program in the place of an access token; looked up each time, so a revoked one is dead at once, everywhere. */
async function admitApiKey({ db }: ApiServices, token: string, { access }: Exchange): Promise<boolean> {
  const found = await useApiKey(db, hashSecret(token));
  if (found) Object.assign(access, { user: found.user, grant: `key:${found.apiKeyId}` });
  else access.refusal = errors.unauthenticated();
  return found !== undefined;
}

/** A signature stands for itself: whoever shows it may read that one file, and nothing else. */
function createMediaSignature({ secret, formerSecrets }: ApiServices): SecurityHandler {
  return async ({ params, query, route, access }) => {
    const good = verifyMediaSignature({
      secrets: [secret, ...formerSecrets],
      method: 'GET',
      mediaId: params.mediaId ?? '',
      variant: route.operationId === 'getMediaContent' ? 'content' : 'thumbnail',
      expiresAt: Number(textOf(query.expires)),
      download: query.download === 'true',
      signature: textOf(query.signature),
    });
    if (!good) access.refusal = errors.forbidden();
    return good;
  };
}

export const securityHandlers = (services: ApiServices, accounts: Accounts): SecurityHandlers => ({
  bearerAuth: createBearer(services, accounts),
  streamTicket: createTicket(services),
  mediaSignature: createMediaSignature(services),
});

/** For sockets, which know no operations: whom a ticket, an API key or an access token stands for. */
export async function authenticateSocket(
  services: ApiServices,
  accounts: Accounts,
  { ticket, token }: { ticket: string | undefined; token: string | undefined },
): Promise<Listener | undefined> {
  const { db } = services;
  if (ticket !== undefined) return redeemStreamTicket(db, hashSecret(ticket));
  if (token !== undefined && isApiKey(token)) {
    const found = await useApiKey(db, hashSecret(token));
    return found && { userId: found.user.id, grant: `key:${found.apiKeyId}` };
  }
  if (!token?.startsWith(tokenHeader)) return undefined;
  const claims = claimsOf(accounts, token);
  const session = claims && (await sessionOf(accounts, claims));
  return session ? { userId: session.user.id, grant: session.grant } : undefined;
}

function claimsOf({ key, keys }: Accounts, token: string): AccessClaims | undefined {
  const { issuer, audience, algorithm } = tokenRules;
  try {
    const claims: unknown = jwt.verify(token, signerOf(keys, token) ?? key, {
      issuer,
      audience,
      algorithms: [algorithm],
    });
    return isAccessClaims(claims) ? claims : undefined;
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError) return undefined;
    throw error;
  }
}

/** What to say after all security requirements failed: why the credential that was shown is no good, or that there is none. */
export function refusalOf({ access }: Exchange): Error {
  return access.refusal ?? errors.unauthenticated();
}
