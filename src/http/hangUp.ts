import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyLimit } from './limits.ts';

const patienceMs = 1000;
const drainPatienceMs = 15_000;
const drainBytes = 128 * 1024 * 1024;

/** True while so much of the body is still to come that it is cheaper to hang up than to read it. */
export function hasUnreadBody({ headers, complete }: IncomingMessage): boolean {
  if (complete) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > bodyLimit.bytes;
}

/**
 * Answers while the client is still sending, and closes the connection when the client has gone or had time to see the answer: a
 * connection closed at once would take the answer with it. The rest of the body is not read, or with `drain` read and thrown away
 * within bounds, for clients that look at an answer only after they have sent everything.
 */
export function answerAndHangUp(
  req: IncomingMessage,
  res: ServerResponse,
  body: string,
  { drain }: { drain: boolean },
): void {
  res.setHeader('connection', 'close');
  res.setHeader('content-length', Buffer.byteLength(body));
  res.write(body);
  const close = () => {
    clearTimeout(timer);
    res.end();
    req.destroy();
  };
  const timer = setTimeout(close, drain ? drainPatienceMs : patienceMs);
  res.once('close', close);
  if (drain) throwAway(req, close);
  else req.pause();
}

function throwAway(req: IncomingMessage, enough: () => void): void {
  let bytes = 0;
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > drainBytes) enough();
  });
  req.once('end', enough).resume();
}
