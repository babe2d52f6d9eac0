import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { newId } from '../db/ids.ts';
import { errors, SetupError } from '../errors.ts';
import { createHttpServer } from './server.ts';

/** The listening server, and who answers. */
export interface Front {
  server: Server;
  handle: RequestListener;
  closing?: Promise<void>;
}

/** Takes the port first of all, so that a port in use is said at once; until the API is open it lives and answers 503. */
export async function openFront({ port, host }: { port: number; host: string }): Promise<Front> {
  const handler: RequestListener = (req, res) => front.handle(req, res);
  const front: Front = { handle: answerStarting, server: createHttpServer(handler) };
  const { server } = front;
  const opened = Promise.withResolvers<void>();
  server.once('error', opened.reject);
  server.listen(port, host, () => opened.resolve());
  try {
    await opened.promise;
  } catch (error) {
    throw listenFailure(error as NodeJS.ErrnoException, port, host);
  }
  return front;
}

function listenFailure(error: NodeJS.ErrnoException, port: number, host: string): SetupError {
  if (error.code === 'EADDRINUSE') {
    return new SetupError(
      `Port ${port} is in use; stop what uses it or set PORT. / 端口 ${port} 已被占用，请设置 PORT。`,
    );
  }
  return new SetupError(`Cannot listen on ${host}:${port}: ${error.message}. / 无法监听 ${host}:${port}。`);
}

function answerStarting({ url }: IncomingMessage, res: ServerResponse): void {
  const requestId = newId();
  const answer = (status: number, type: string, body: object, more: object = {}) =>
    res
      .writeHead(status, { ...more, 'x-request-id': requestId, 'content-type': `application/${type}` })
      .end(JSON.stringify(body));
  if (url === '/api/v1/health/live') {
    answer(200, 'json', { code: 200, message: 'OK', data: { status: 'ok', checks: [] } });
    return;
  }
  const { status, code, key, message: detail, headers } = errors.unavailable(1);
  const body = { type: `urn:directorai:problem:${key}`, title: detail, status, detail, code, requestId, errors: [] };
  answer(status, 'problem+json', body, headers);
}

const cutAfterMs = 10_000;

/** Lets nobody new in, and waits until all who are inside have their answers, or for 10 s; called again it waits for the same. */
export function closeFront(front: Front): Promise<void> {
  front.closing ??= closeServer(front.server);
  return front.closing;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 500);
  const cut = setTimeout(() => server.closeAllConnections(), cutAfterMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
