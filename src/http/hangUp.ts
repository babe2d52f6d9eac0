import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyLimit } from './limits.ts';

const patienceMs = 1000;

/** True while so much of the body is still to come that it is cheaper to hang up than to read it. */
export function hasUnreadBody({ headers, complete }: IncomingMessage): boolean {
  if (complete) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > bodyLimit.bytes;
}

/**
 * Answers while the client is still sending, reads no more of it, and closes the connection when the client has gone or had time
 * to see the answer: a connection closed at once would take the answer with it.
 */
export function answerAndHangUp(req: IncomingMessage, res: ServerResponse, body: string): void {
  req.pause();
  res.setHeader('connection', 'close');
  res.setHeader('content-length', Buffer.byteLength(body));
  res.write(body);
  const close = () => {
    clearTimeout(timer);
    res.end();
    req.destroy();
  };
  const timer = setTimeout(close, patienceMs);
  res.once('close', close);
}
