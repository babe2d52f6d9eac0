import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { openApiDocument } from '../contract/document.ts';
import type { Listener } from '../db/listeners.ts';
import { errors } from '../errors.ts';
import { createAccounts } from '../operations/accounts/accounts.ts';
import { checkPassword } from '../operations/accounts/passwords.ts';
import type { ApiServices } from '../operations/context.ts';
import type { Tracer } from '../tracing/tracer.ts';
import type { AnswerCheck } from './answerCheck.ts';
import { authenticateSocket, securityHandlers } from './authentication.ts';
import { docs, docsPaths } from './docs.ts';
import { crossOrigin, securityHeaders } from './headers.ts';
import { type MetricsSource, metricsPage } from './metricsPage.ts';
import { noteAnswers, type OnAnswered } from './noteAnswers.ts';
import { readOnly } from './pages.ts';
import { sendProblem } from './problem.ts';
import { createRateLimiter } from './rateLimit.ts';
import { factsOf, requestFacts } from './requestFacts.ts';
import { createRoutes } from './routes.ts';
import { sendJson } from './sendJson.ts';
import { type ApiParts, serve } from './serve.ts';
import { studio, studioPaths } from './studio.ts';
import { traceRequests } from './traceRequests.ts';
import { createValidator } from './validator.ts';

export interface AppOptions {
  /** Answers that it finds fault with become 500; for tests. */
  checkAnswer?: AnswerCheck;
  /** Express's `trust proxy`: which proxies in front may say where a request came from. Nobody by default. */
  trustProxy?: number | string;
  /** Told of every request to the API when it is over. */
  onAnswered?: OnAnswered | undefined;
  /** Where files come from that this service does not send itself; the studio may show them. */
  mediaOrigins?: readonly string[] | undefined;
  /** Every request to the API is a span of it. */
  tracer?: Tracer | undefined;
  /** Shown at `/metrics`; nothing is there without it. */
  metrics?: MetricsSource | undefined;
}

export interface HttpApp {
  express: Express;
  /** Compiles the validator for every operation; until then the API answers 503. */
  warmUp(): Promise<void>;
  /** For the WebSocket adapter: who it is and what lets them in, or undefined for credentials that are no good. */
  authenticateSocket(credentials: {
    ticket: string | undefined;
    token: string | undefined;
  }): Promise<Listener | undefined>;
}

const prefix = '/api/v1';

/** The HTTP edge over these services. */
export function createApp(services: ApiServices, options: AppOptions = {}): HttpApp {
  const { db, config, log } = services;
  const accounts = createAccounts(services);
  const { all, find } = createRoutes(openApiDocument());
  const security = securityHandlers(services, accounts);
  const validator = createValidator({ security });
  const limiter = createRateLimiter(db, config.rateLimitPerMinute);
  let warm = false;
  const parts: ApiParts = {
    services,
    accounts,
    find,
    validator,
    limiter,
    prefix,
    isWarm: () => warm,
    ...(options.checkAnswer && { checkAnswer: options.checkAnswer }),
  };

  const app = express();
  app
    .disable('x-powered-by')
    .disable('etag')
    .set('trust proxy', options.trustProxy ?? false);
  app.response.json = sendJson;
  app.use(requestFacts(log), securityHeaders());
  if (options.tracer) app.use(`${prefix}/`, traceRequests(options.tracer, prefix));
  if (config.corsOrigins.length > 0) app.use(crossOrigin(config.corsOrigins));
  if (options.onAnswered) app.use(`${prefix}/`, noteAnswers(options.onAnswered));
  app.use((req, res, next) => {
    if (!req.originalUrl.startsWith(`${prefix}/`)) return next();
    return serve(parts, req, res);
  });
  if (options.metrics) app.get('/metrics', metricsPage(options.metrics));
  app.use(readOnly([...studioPaths, ...docsPaths]), studio(options.mediaOrigins), docs());
  app.use(() => {
    throw errors.noRoute();
  });
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => {
    sendProblem(req, res, error, factsOf(req));
  });

  return {
    express: app,
    async warmUp() {
      await validator.warmUp(all, prefix);
      await checkPassword(undefined, 'the first login shall not wait for the hash that stands for no account');
      warm = true;
    },
    authenticateSocket: (credentials) => authenticateSocket(services, accounts, credentials),
  };
}
