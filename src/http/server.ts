import { createServer, type RequestListener, type Server } from 'node:http';
import { answerBrokenRequests } from './brokenRequests.ts';

const maxHeaderSize = 16 * 1024;

/** An HTTP server that nobody can hold up by being slow: headers within 15 s, a whole request within 60 s. Idle connections outlive a proxy’s. */
export function createHttpServer(handler: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: 15_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize,
      connectionsCheckingInterval: 5_000,
      highWaterMark: 16 * 1024,
    },
    handler,
  );
  server.maxConnections = 10_000;
  server.maxHeadersCount = 100;
  answerBrokenRequests(server, maxHeaderSize);
  return server;
}
