import type { RequestHandler } from 'express';
import { errors } from '../errors.ts';

const read = new Set(['GET', 'HEAD']);
const allow = 'GET, HEAD, OPTIONS';

/** What lies outside the API can be read and nothing else: other methods are answered 405, and OPTIONS with what there is. */
export const readOnly =
  (paths: readonly string[]): RequestHandler =>
  (req, res, next) => {
    if (read.has(req.method) || !paths.includes(req.path)) return next();
    if (req.method !== 'OPTIONS') throw errors.methodNotAllowed(req.method, allow);
    res.status(204).set('allow', allow).end();
  };
