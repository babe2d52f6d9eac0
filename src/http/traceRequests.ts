import type { RequestHandler } from 'express';
import { origin, withOrigin } from '../tracing/origin.ts';
import type { Tracer } from '../tracing/tracer.ts';

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * A span for every request, in the caller's trace where a `traceparent` says so, and what the request starts under it. It is named by its route,
 * which is known when it is over; the address itself, which may hold a ticket or a signature, is not told.
 */
export const traceRequests =
  (tracer: Tracer, prefix: string): RequestHandler =>
  ({ method: given, headers }, res, next) => {
    const { requestId } = origin();
    const method = methods.has(given) ? given : '_OTHER';
    const attributes = { 'http.request.method': method, 'directorai.request.id': requestId };
    const parent = typeof headers.traceparent === 'string' ? headers.traceparent : undefined;
    const span = tracer.start({ name: method, kind: 'server', attributes, foreign: true }, parent);
    res.once('close', () => {
      const { route, operationId, userId } = res.locals;
      if (route !== undefined) span.rename(`${method} ${prefix}${route}`);
      span.set({
        'http.response.status_code': res.statusCode,
        ...(route !== undefined && { 'http.route': `${prefix}${route}`, 'directorai.operation': operationId }),
        ...(userId !== undefined && { 'user.id': userId }),
      });
      if (res.statusCode >= 500) span.fail(String(res.statusCode));
      span.end();
    });
    withOrigin({ requestId, tracer, span, traceparent: span.traceparent }, next);
  };
