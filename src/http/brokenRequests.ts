import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { v7 } from 'uuid';
import { AppError, errors, fault } from '../errors.ts';
import { problemOf } from './problem.ts';

/** Answers what is no HTTP request, or never becomes a whole one, with a problem like any other failure. */
export function answerBrokenRequests(server: Server, maxHeaderSize: number): void {
  const answering = new WeakSet<Duplex>();
  server.on('request', ({ socket }: IncomingMessage, res: ServerResponse) => {
    answering.add(socket);
    res.once('close', () => answering.delete(socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET' || answering.has(socket)) return void socket.destroy();
    const text = answerTo(failureOf(error.code, maxHeaderSize));
    socket.end(text, () => socket.destroy());
  });
}

function failureOf(code: string | undefined, maxHeaderSize: number): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new AppError(1003, 431, 'too_large', { limit: `${Math.floor(maxHeaderSize / 1024)} KiB` });
  }
  if (code !== 'ERR_HTTP_REQUEST_TIMEOUT') return errors.invalid();
  return new AppError(1000, 408, 'invalid', {}, { faults: [fault('/body', 'incomplete')] });
}

function answerTo(failure: AppError): string {
  const requestId = v7();
  const body = JSON.stringify(problemOf(failure, { language: 'en', requestId }));
  const lines = [
    `HTTP/1.1 ${failure.status} ${STATUS_CODES[failure.status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
