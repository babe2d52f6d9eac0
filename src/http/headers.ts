import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const none = ["'none'"];
const self = ["'self'"];

/** Headers of every answer. An API answer may load nothing and be framed by nobody. */
export const securityHeaders = (): RequestHandler =>
  asSetBy(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: none, frameAncestors: none } },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
  );

/** Sets what this handler sets, without asking it each time: helmet's thirteen functions say the same of every request. */
function asSetBy(handler: ReturnType<typeof helmet>): RequestHandler {
  const req = new IncomingMessage(new Socket());
  const dry = new ServerResponse(req);
  handler(req, dry, () => undefined);
  const headers = dry.getHeaderNames().map((name) => [name, String(dry.getHeader(name))] as const);
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
}

/** For the pages served here: everything comes from here. Redoc writes its styles into the page and searches in a worker. */
export const pageHeaders = (): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: self,
        connectSrc: self,
        workerSrc: ["'self'", 'blob:'],
        baseUri: none,
        formAction: none,
        frameAncestors: none,
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });

const shown = [
  'X-Request-Id',
  'Location',
  'Retry-After',
  'Allow',
  'WWW-Authenticate',
  'Content-Language',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Idempotent-Replayed',
  'Preference-Applied',
  'Content-Disposition',
  'Content-Range',
  'Accept-Ranges',
  'ETag',
];

/**
 * Pages of exactly these origins may call the API; others get no word of permission. Tokens are headers, so no credentials.
 * The route answers the preflight itself, since it knows what it allows.
 */
export const crossOrigin = (origins: readonly string[]): RequestHandler =>
  cors({
    origin: origins.filter((origin) => origin !== '*' && origin !== 'null'),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Accept-Language',
      'Idempotency-Key',
      'Last-Event-ID',
      'Prefer',
      'X-Request-Id',
      'Range',
      'If-None-Match',
      'If-Range',
    ],
    exposedHeaders: shown,
    maxAge: 600,
    preflightContinue: true,
  });
