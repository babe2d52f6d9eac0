import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { errors, fault } from '../errors.ts';
import type { ApiServices } from '../operations/context.ts';
import type { Exchange } from './exchange.ts';
import { inspectBody } from './inspectBody.ts';
import { bodyLimit } from './limits.ts';
import { receiveFile } from './upload.ts';

const always = () => true;

/** Parsers put U+FFFD where bytes are no UTF-8, and what was meant would be lost without a word. */
function refuseOtherText(_req: IncomingMessage, _res: object, bytes: Buffer): void {
  if (!isUtf8(bytes)) throw Object.assign(new Error('the body is not UTF-8'), { type: 'body.not.utf8' });
}

const byteOf = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));

/** A form's bytes are written in ASCII, behind percent signs. */
const refuseOtherForm: typeof refuseOtherText = (req, res, bytes) => {
  refuseOtherText(req, res, bytes);
  const unescaped = bytes.toString('latin1').replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => byteOf(hex));
  refuseOtherText(req, res, Buffer.from(unescaped, 'latin1'));
};

const parsers: Record<string, RequestHandler> = {
  'application/json': express.json({
    limit: bodyLimit.bytes,
    strict: false,
    inflate: false,
    type: always,
    verify: refuseOtherText,
  }),
  'application/x-www-form-urlencoded': express.urlencoded({
    limit: bodyLimit.bytes,
    extended: false,
    inflate: false,
    parameterLimit: 100,
    type: always,
    verify: refuseOtherForm,
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
  const { bodyType, bodyOptional } = exchange.route;
  exchange.headers = { ...req.headers };
  delete exchange.headers['content-type'];
  if (bodyType === undefined) return next();
  if (bodyOptional && !hasBody(req)) {
    exchange.headers['content-type'] = bodyType;
    exchange.body = {};
    return next();
  }
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
  const encoding = req.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw errors.contentEncoding(encoding.slice(0, 100));
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
