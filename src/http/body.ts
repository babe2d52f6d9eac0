import express, { type Request, type RequestHandler, type Response } from 'express';
import { errors, fault } from '../errors.ts';
import type { ApiServices } from '../operations/context.ts';
import type { Exchange } from './exchange.ts';
import { inspectBody } from './inspectBody.ts';
import { bodyLimit } from './limits.ts';
import { receiveFile } from './upload.ts';

const always = () => true;
const parsers: Record<string, RequestHandler> = {
  'application/json': express.json({ limit: bodyLimit.bytes, strict: false, inflate: false, type: always }),
  'application/x-www-form-urlencoded': express.urlencoded({
    limit: bodyLimit.bytes,
    extended: false,
    inflate: false,
    parameterLimit: 100,
    type: always,
  }),
};

/**
 * Reads the body an operation declares, and only that, then goes on with `next`. An uploaded file lies in a directory of its own
 * that is gone when `next` has ended. The content type shown to the validator is the contract's, bare: it compiles a validator
 * for each spelling.
 */
export async function withBody<T>(
  { media }: Pick<ApiServices, 'media'>,
  exchange: Exchange,
  [req, res]: [Request, Response],
  next: () => Promise<T>,
): Promise<T> {
  const { bodyType } = exchange.route;
  exchange.headers = { ...req.headers };
  delete exchange.headers['content-type'];
  if (bodyType === undefined) return next();
  refuseOtherType(req, bodyType);
  exchange.headers['content-type'] = bodyType;
  const parse = parsers[bodyType];
  if (parse) {
    exchange.body = await parsed(parse, req, res);
    return next();
  }
  return media.withJobDir(async (dir) => {
    exchange.upload = await receiveFile(req, res, dir);
    exchange.body = { file: '' };
    return next();
  });
}

function refuseOtherType(req: Request, bodyType: string): void {
  const given = req.headers['content-type'];
  if (given === undefined && !hasBody(req)) throw errors.invalid([fault('/body', 'required')]);
  const [bare, ...parameters] = (given ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((text) => text.startsWith('charset='))?.slice('charset='.length);
  if (bare !== bodyType || (charset && !/^"?utf-?8"?$/.test(charset)))
    throw errors.unsupportedMediaType((given ?? '').slice(0, 100));
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

async function parsed(parse: RequestHandler, req: Request, res: Response): Promise<unknown> {
  await new Promise<void>((resolve, reject) => {
    parse(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  const body: unknown = req.body;
  if (body === undefined) throw errors.invalid([fault('/body', 'required')]);
  inspectBody(body);
  return body;
}
