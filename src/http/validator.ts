import { setImmediate as nextTurn } from 'node:timers/promises';
import { parse as parseUrl } from 'node:url';
import type { RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import { openApiDocument } from '../contract/document.ts';
import { validatorDocument } from '../contract/validatorDocument.ts';
import { errors } from '../errors.ts';
import { isVisible } from '../film/text.ts';
import { withAlternatives } from './alternatives.ts';
import type { Exchange } from './exchange.ts';
import { toAppError } from './failures.ts';
import type { Route } from './routes.ts';
import { asksForSomething } from './validatorFaults.ts';

/** Answers whether a credential is good; may note in `access` whose it is or why it is not. */
export type SecurityHandler = (exchange: Exchange) => Promise<boolean>;
export type SecurityHandlers = Record<'bearerAuth' | 'streamTicket' | 'mediaSignature', SecurityHandler>;

export interface Validator {
  /** Compiles everything, so that no request has to wait for it; nothing works before. */
  warmUp(routes: readonly Route[], prefix: string): Promise<void>;
  /** What the validator knows of an operation, with the parameters of this request. */
  openapiOf(route: Route, params: Record<string, string>): object;
  /** Rejects unless one of the operation's security requirements is met. */
  secure(exchange: Exchange): Promise<void>;
  /** Rejects unless parameters and body are as the contract says; fills in defaults and writes UUIDs in small letters. */
  check(exchange: Exchange): Promise<void>;
}

type ApiSpec = Parameters<typeof middleware>[0]['apiSpec'];
type Middleware = (req: object, res: object, next: (error?: unknown) => void) => unknown;
type Stage = 'metadataMiddleware' | 'securityMiddleware' | 'requestMiddleware';

/** express-openapi-validator, its stages apart, so that bodies are read after security and rate limits and before validation. */
export function createValidator(options: { security: SecurityHandlers }): Validator {
  const stages = new Map<string, Middleware>(
    middleware({
      apiSpec: seeingText(validatorDocument(openApiDocument(), { answers: false })) as ApiSpec,
      validateApiSpec: false,
      validateRequests: { allErrors: true },
      validateResponses: false,
      validateSecurity: { handlers: handlersFor(options.security) },
      fileUploader: false,
      // The quick forms let a thirteenth month through.
      ajvFormats: { mode: 'full' },
      formats: { visible: { type: 'string', validate: isVisible } },
      serDes: [uuidsInSmallLetters],
    }).map((stage) => [stage.name, stage as Middleware]),
  );
  const run = (name: Stage, req: object, res: object = {}) =>
    new Promise<void>((resolve, reject) => {
      const stage = stages.get(name);
      if (!stage) throw new Error(`the validator has no ${name}`);
      stage(req, res, (error) => (error === undefined ? resolve() : reject(error)));
    });
  const known = new Map<Route, object>();

  return {
    async warmUp(routes, prefix) {
      parseQuickly();
      for (const route of routes) {
        const request = dryRequest(route, prefix);
        await run('metadataMiddleware', request);
        known.set(route, { ...request.openapi });
        await run('requestMiddleware', request).catch(() => 'a dry request may well be refused');
        await nextTurn(); // Compiling takes seconds, and a worker in this process has to beat meanwhile.
      }
    },
    openapiOf: (route, params) => ({ ...known.get(route), pathParams: params }),
    secure: (exchange) => run('securityMiddleware', exchange),
    check: (exchange) =>
      run('requestMiddleware', exchange).catch((error: unknown) => {
        const failure = toAppError(error);
        if (failure.faults.length === 0) throw failure;
        throw errors.invalid(withAlternatives(failure.faults, exchange.route, exchange.body));
      }),
  };
}

/** To Postgres both spellings are one id; what compares ids here, or keeps them as text, is given the one that Postgres answers with. */
const uuidsInSmallLetters = { format: 'uuid', deserialize: (id: string) => id.toLowerCase() };

/** Patterns can't say in every regex dialect what is visible; where they ask for something that is, nothing but unseen characters will not do. */
function seeingText<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) seeingText(inner);
  if ('pattern' in value && typeof value.pattern === 'string' && asksForSomething(value.pattern))
    Object.assign(value, { format: 'visible' });
  return value;
}

/**
 * The validator asks Node's old `url.parse` for the query of every request, and Node looks each time who asks, since only libraries may do so
 * without a warning. It stops looking once it has warned: here, where the warning is not shown.
 */
function parseQuickly(): void {
  const shown = process.noDeprecation;
  process.noDeprecation = true;
  parseUrl('/');
  process.noDeprecation = shown ?? false;
}

/** The validator would answer whatever a handler throws with 401; here a database that is down stays what it is. */
const handlersFor = (security: SecurityHandlers) =>
  Object.fromEntries(
    Object.entries(security).map(([name, handler]) => {
      const safely = async (req: object) => {
        const exchange = req as Exchange;
        return handler(exchange).catch((error: Error) => {
          exchange.access.refusal = error;
          return false;
        });
      };
      return [name, safely];
    }),
  );

interface DryRequest {
  openapi?: object;
  method: string;
  path: string;
  baseUrl: string;
  originalUrl: string;
  headers: Record<string, string>;
  query: object;
  app: Pick<Parameters<RequestHandler>[0]['app'], 'enabled'>;
}

function dryRequest(route: Route, prefix: string): DryRequest {
  const path = prefix + route.path.replace(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000');
  const headers: Record<string, string> = route.bodyType === undefined ? {} : { 'content-type': route.bodyType };
  return {
    method: route.method,
    path,
    baseUrl: '',
    originalUrl: path,
    headers,
    query: {},
    app: { enabled: () => true },
  };
}
