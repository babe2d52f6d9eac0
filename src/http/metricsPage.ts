import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestHandler } from 'express';
import { SetupError } from '../errors.ts';
import { localUrl } from '../localUrl.ts';
import { createHttpServer } from './server.ts';

/** The page of figures: what `text` gives, in the content type that a scraper expects. */
export interface MetricsSource {
  readonly contentType: string;
  text(): Promise<string>;
}

export const metricsPage =
  (source: MetricsSource): RequestHandler =>
  async (_, res) => {
    const text = await source.text();
    res.set({ 'cache-control': 'no-store', 'content-type': source.contentType }).send(text);
  };

/** The same page on a port of its own, for a worker, and for an API whose own port is open to the world. `/live` asks nobody. */
export async function serveMetrics(
  source: MetricsSource,
  { host, port }: { host: string; port: number },
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createHttpServer((req, res) => {
    if (req.url === '/live') return void res.writeHead(200).end('ok');
    if (req.url !== '/metrics' || req.method !== 'GET') return void res.writeHead(404).end();
    source.text().then(
      (text) => res.writeHead(200, { 'cache-control': 'no-store', 'content-type': source.contentType }).end(text),
      () => res.writeHead(500).end(),
    );
  });
  await listening(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `${localUrl(host, taken)}/metrics`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: Error) =>
      reject(
        new SetupError(`METRICS_PORT ${port} cannot be used: ${cause.message}. / 无法使用 METRICS_PORT。`, { cause }),
      ),
    );
    server.listen(port, host, resolve);
  });
}
