import type { Response } from 'express';

/**
 * In the place of Express's `res.json`, which works out the type, the encoding and whether the client has the answer already;
 * here they are known. A content type that was set before stays.
 */
export function sendJson(this: Response, body: unknown): Response {
  const text = JSON.stringify(body);
  if (!this.hasHeader('content-type')) this.setHeader('Content-Type', 'application/json; charset=utf-8');
  this.setHeader('Content-Length', Buffer.byteLength(text));
  return this.end(text);
}
