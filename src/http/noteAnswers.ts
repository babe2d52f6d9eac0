import type { RequestHandler } from 'express';

export type OnAnswered = (answer: { operation: string; method: string; status: number; seconds: number }) => void;

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Tells of every request how it ended, by operationId: paths and foreign methods would make as many series as clients please. */
export const noteAnswers =
  (tell: OnAnswered): RequestHandler =>
  ({ method: given }, res, next) => {
    const since = performance.now();
    const method = methods.has(given) ? given : 'other';
    res.once('close', () => {
      const operation = String(res.locals.operationId ?? 'none');
      tell({ operation, method, status: res.statusCode, seconds: (performance.now() - since) / 1000 });
    });
    next();
  };
