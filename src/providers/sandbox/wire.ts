import type { IncomingMessage, ServerResponse } from 'node:http';

const bodyLimitBytes = 64 * 1024 * 1024;

/** An answer in the shape the vendors give errors: `{error:{code,message}}`. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const badRequest = (message: string) => new WireError(400, 'invalid_request_error', message);
export const notFound = (what: string) => new WireError(404, 'not_found', `No such ${what}.`);

/** The client went away, or the sandbox is closing: nobody waits for an answer. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    if (!Buffer.isBuffer(chunk)) throw badRequest('The body is not binary.');
    size += chunk.length;
    if (size > bodyLimitBytes) throw new WireError(413, 'request_too_large', 'The body is larger than 64 MiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw badRequest('The body is not valid JSON.');
  }
}

/** Fields of a multipart form in their order; a file part counts as its bytes. */
export async function parseForm(body: Buffer, contentType: string | undefined): Promise<[string, string | Buffer][]> {
  if (!contentType?.startsWith('multipart/form-data')) throw badRequest('The body must be multipart/form-data.');
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    const fields: [string, string | Buffer][] = [];
    for (const [name, value] of form) {
      fields.push([name, typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer())]);
    }
    return fields;
  } catch {
    throw badRequest('The multipart form cannot be read.');
  }
}

export function sendBytes(res: ServerResponse, status: number, type: string, body: Uint8Array | string): void {
  res.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  res.end(body);
}

export const sendJson = (res: ServerResponse, status: number, body: unknown): void =>
  sendBytes(res, status, 'application/json; charset=utf-8', JSON.stringify(body));

export function sendError(res: ServerResponse, error: WireError): void {
  for (const [name, value] of Object.entries(error.headers)) res.setHeader(name, value);
  sendJson(res, error.status, { error: { code: error.code, message: error.message, type: error.code } });
}

/** Promises the whole body and sends half of it, so that the reader sees a broken answer, not a short one. */
export function sendHalf(res: ServerResponse, type: string, body: Uint8Array): void {
  res.writeHead(200, { 'content-type': type, 'content-length': body.length });
  res.write(body.subarray(0, Math.floor(body.length / 2)), () => res.destroy());
}

export function header(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function requireBearer(req: IncomingMessage): void {
  if (!/^Bearer \S+$/.test(header(req, 'authorization') ?? ''))
    throw new WireError(401, 'invalid_api_key', 'A bearer key is required.');
}

export const webPage = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';
