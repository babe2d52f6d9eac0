import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Language } from '../errors.ts';
import type { Log } from '../log.ts';
import { withOrigin } from '../tracing/origin.ts';
import { addressOf } from './address.ts';
import { languageOf } from './language.ts';

/** What is known of every request from its first moment on. */
export interface RequestFacts {
  requestId: string;
  language: Language;
  address: string;
  log: Log;
}

const facts = new WeakMap<Request, RequestFacts>();
const idForm = /^[A-Za-z0-9._-]{1,128}$/;

/** Gives a request its id (the caller's, where that is a sane one), its language and its address, and notes how it ended. */
export const requestFacts =
  (log: Log): RequestHandler =>
  (req: Request, res: Response, next: NextFunction) => {
    const given = req.headers['x-request-id'];
    const requestId = typeof given === 'string' && idForm.test(given) ? given : randomUUID();
    const language = languageOf(req.headers['accept-language']);
    facts.set(req, { requestId, language, address: addressOf(req.ip), log });
    res.setHeader('X-Request-Id', requestId);
    res.setHeader('Vary', 'Accept-Language');
    if (log.isLevelEnabled('info')) noteEnd(log, req, res, requestId);
    withOrigin({ requestId }, next);
  };

const quiet = new Set(['getLiveness', 'getReadiness']);

/**
 * One line per request to the API; what probes and pages ask for is for `debug`. The query is left out, since it may hold a ticket or a
 * signature, and so is the path of what is no route, since anything may stand there.
 */
function noteEnd(log: Log, req: Request, res: Response, requestId: string): void {
  const startedAt = performance.now();
  const { method, originalUrl } = req;
  res.once('close', () => {
    const { operationId: operation, route, userId } = res.locals;
    const level = operation === undefined || quiet.has(operation) ? 'debug' : 'info';
    if (!log.isLevelEnabled(level)) return;
    const path = route === undefined ? undefined : originalUrl.split('?', 1)[0];
    const ms = Math.round((performance.now() - startedAt) * 10) / 10;
    const whole = res.writableFinished ? {} : { whole: false };
    log[level]({ requestId, method, operation, path, status: res.statusCode, ms, userId, ...whole }, 'request');
  });
}

export function factsOf(req: Request): RequestFacts {
  const known = facts.get(req);
  if (!known) throw new Error('requestFacts has not seen this request');
  return known;
}
