import { parse } from 'node:querystring';
import type { Request, Response } from 'express';
import type { InputOf, OperationId } from '../contract/operation.ts';
import { errors } from '../errors.ts';
import { accepts } from '../operations/accepts.ts';
import type { Accounts } from '../operations/accounts/accounts.ts';
import { apiKeyIn } from '../operations/accounts/tokens.ts';
import { adminOnly } from '../operations/admin/index.ts';
import type { ApiServices, Context, UserContext, Wire } from '../operations/context.ts';
import { operations, streamOperations } from '../operations/index.ts';
import { ownerOnly } from '../operations/ownerOnly.ts';
import { answerAsPreferred } from '../operations/taskWaits.ts';
import { createSemaphore } from '../semaphore.ts';
import { fileDigest } from '../storage/digest.ts';
import { type AnswerCheck, watchAnswer } from './answerCheck.ts';
import { refusalOf } from './authentication.ts';
import { withBody } from './body.ts';
import type { Exchange } from './exchange.ts';
import { type Answer, idempotently } from './idempotency.ts';
import { sendProblem } from './problem.ts';
import type { RateLimiter } from './rateLimit.ts';
import { factsOf } from './requestFacts.ts';
import { allowed, type FindRoutes, type Route, takesHead } from './routes.ts';
import type { Validator } from './validator.ts';

export interface ApiParts {
  services: ApiServices;
  accounts: Accounts;
  find: FindRoutes;
  validator: Validator;
  limiter: RateLimiter;
  prefix: string;
  isWarm(): boolean;
  checkAnswer?: AnswerCheck;
}

/** Input of any operation; that it is what its own handler takes is what the validator has checked, by the same operationId. */
type Checked = Record<keyof InputOf<OperationId>, unknown>;
type Handler = (ctx: Context & Partial<UserContext>, input: Checked) => Promise<Answer>;
type StreamHandler = (ctx: Context & Partial<UserContext>, input: Checked, wire: Wire) => Promise<void>;
const handlers = new Map(Object.entries(operations).map(([id, handler]) => [id, handler as Handler]));
const streamHandlers = new Map(Object.entries(streamOperations).map(([id, handler]) => [id, handler as StreamHandler]));

/**
 * One request to the API, from its first byte to its answer. The order is the point: who asks and whether they may is settled
 * before anything of the body is read.
 */
export async function serve(parts: ApiParts, req: Request, res: Response): Promise<void> {
  const path = req.originalUrl.split('?', 1)[0] ?? '';
  const match = parts.find(path.slice(parts.prefix.length));
  if (!match) throw errors.noRoute();
  if (req.method === 'OPTIONS') return void res.status(204).set('allow', allowed(match.routes)).end();
  const route = routeFor(req, match.routes);
  Object.assign(res.locals, { operationId: route.operationId, route: route.path });
  if (!parts.isWarm()) throw errors.unavailable();
  const exchange = exchangeOf(parts, req, path, route, match.params);
  const { checkAnswer } = parts;
  const refuse = (error: Error) => sendProblem(req, res, error, factsOf(req));
  if (checkAnswer) watchAnswer(checkAnswer, route.operationId, res, refuse);
  await admit(parts, exchange, req, res);
  await withBody(parts.services, exchange, [req, res], async () => {
    await parts.validator.check(exchange);
    await answer(parts, exchange, req, res);
  });
}

function routeFor(req: Request, routes: ReadonlyMap<string, Route>): Route {
  const method = req.method === 'HEAD' ? 'GET' : req.method;
  const route = routes.get(method);
  const refused = !route || (req.method === 'HEAD' && !takesHead(route));
  if (refused) throw errors.methodNotAllowed(req.method, allowed(routes));
  if (streamHandlers.has(route.operationId)) return route;
  if (!accepts(req.headers.accept, 'application/json')) throw errors.notAcceptable('application/json');
  return route;
}

function exchangeOf(
  { validator }: ApiParts,
  req: Request,
  path: string,
  route: Route,
  params: Record<string, string>,
): Exchange {
  const { originalUrl, headers } = req;
  const mark = originalUrl.indexOf('?');
  return {
    method: route.method,
    path,
    originalUrl: mark < 0 ? '/' : `/${originalUrl.slice(mark)}`,
    headers,
    query: mark < 0 ? {} : parse(originalUrl.slice(mark + 1)),
    params,
    body: undefined,
    openapi: validator.openapiOf(route, params),
    route,
    access: {},
  };
}

/** A request without a good credential counts against its address, so that guessing is limited too. */
async function admit({ validator, limiter }: ApiParts, exchange: Exchange, req: Request, res: Response): Promise<void> {
  if (exchange.route.path.startsWith('/health/')) return;
  const refusal = await validator.secure(exchange).then(
    () => undefined,
    () => refusalOf(exchange),
  );
  res.locals.userId = exchange.access.user?.id;
  const who = exchange.access.user ? `user ${exchange.access.user.id}` : `from ${factsOf(req).address}`;
  const taken = limiter.take(who);
  const { allowed: may, limit, remaining, resetSeconds } = taken instanceof Promise ? await taken : taken;
  res.setHeader('RateLimit-Limit', limit);
  res.setHeader('RateLimit-Remaining', remaining);
  res.setHeader('RateLimit-Reset', resetSeconds);
  if (!may) throw errors.rateLimited(resetSeconds);
  if (refusal) throw refusal;
  refuseWhoMayNot(exchange);
}

/** Of somebody who is known: whether this account, by what let it in, may ask for the operation at all. */
function refuseWhoMayNot({ access: { grant, user }, route: { operationId } }: Exchange): void {
  const byKey = apiKeyIn(grant) !== undefined;
  if (byKey && (adminOnly.has(operationId) || ownerOnly.has(operationId))) throw errors.keyForbidden();
  if (adminOnly.has(operationId) && user?.isAdmin !== true) throw errors.forbidden();
}

async function answer(parts: ApiParts, exchange: Exchange, req: Request, res: Response): Promise<void> {
  const { params: path, query, headers: header, upload, route } = exchange;
  const body = upload ? { file: upload } : exchange.body;
  const input = { path, query, header, body };
  const ctx = contextOf(parts, exchange, req);
  const stream = streamHandlers.get(route.operationId);
  if (stream) return stream(ctx, input, { req, res, headersOnly: req.method === 'HEAD' });
  const handler = handlers.get(route.operationId);
  if (!handler) throw new Error(`${route.operationId} has no handler`);
  const key = route.idempotent ? header['idempotency-key'] : undefined;
  const { user } = ctx;
  const run = (within: Context & Partial<UserContext>) => handler(within, input);
  const answered =
    key && user ? await keyed({ ...ctx, user }, exchange, { key: String(key), path, body }, run) : await run(ctx);
  const result = user ? await preferred({ ...ctx, user }, exchange, res, answered) : answered;
  res.status(result.status).set(result.headers ?? {});
  res.setHeader('Content-Language', ctx.language);
  res.setHeader('Cache-Control', 'no-store');
  res.json(result.body);
}

/** Pictures are worked on while the key is held, and with it a connection of the pool: so many at once, and no more. */
const keyedUploads = createSemaphore(4);

async function keyed(
  ctx: UserContext,
  { upload, route: { operationId } }: Exchange,
  request: { key: string; path: object; body: unknown },
  run: (within: UserContext) => Promise<Answer>,
): Promise<Answer> {
  if (!upload) return idempotently(ctx, { ...request, operationId }, run);
  const sha256 = await fileDigest(upload.path, 'sha256');
  const body = { filename: upload.filename, mimeType: upload.mimeType, sha256 };
  return keyedUploads.run(() => idempotently(ctx, { ...request, body, operationId }, run));
}

/** Whoever waits for an answer may be gone before it. */
async function preferred(ctx: UserContext, { headers, route }: Exchange, res: Response, answer: Answer) {
  const { prefer } = headers;
  if (typeof prefer !== 'string') return answer;
  const left = new AbortController();
  res.once('close', () => left.abort());
  return answerAsPreferred(ctx, { operationId: route.operationId, prefer, gone: left.signal }, answer);
}

function contextOf(
  { services, accounts }: ApiParts,
  { access: { user, sessionId, grant } }: Exchange,
  req: Request,
): Context & Partial<UserContext> {
  const { db, config, log } = services;
  const { language, requestId, address } = factsOf(req);
  return {
    db,
    config,
    log: log.child({ requestId }),
    language,
    requestId,
    address,
    services,
    accounts,
    ...(user && { user }),
    ...(sessionId && { sessionId }),
    ...(grant && { grant }),
  };
}
