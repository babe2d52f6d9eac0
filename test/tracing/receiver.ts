import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it came over the wire, its attributes as an object. */
export interface Received {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: Record<string, unknown>;
  /** 2 for an error. */
  status?: { code?: number };
  /** Of the process that sent it. */
  resource: Record<string, unknown>;
}

interface Pair {
  key: string;
  value: Record<string, unknown>;
}

interface Batch {
  resourceSpans: {
    resource: { attributes: Pair[] };
    scopeSpans: { spans: (Omit<Received, 'attributes' | 'resource'> & { attributes: Pair[] })[] }[];
  }[];
}

export interface Receiver {
  url: string;
  spans: Received[];
  /** The headers of every batch. */
  shown: NodeJS.Dict<string | string[]>[];
  close(): Promise<void>;
}

const flat = (pairs: Pair[]) => Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]]));

/** An OTLP/HTTP receiver of traces on loopback. */
export async function startReceiver(): Promise<Receiver> {
  const spans: Received[] = [];
  const shown: Receiver['shown'] = [];
  const server = createServer(async (req, res) => {
    assert.equal(`${req.method} ${req.url}`, 'POST /v1/traces');
    shown.push(req.headers);
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const { resourceSpans }: Batch = JSON.parse(Buffer.concat(chunks).toString());
    for (const { resource, scopeSpans } of resourceSpans)
      for (const span of scopeSpans.flatMap((scope) => scope.spans))
        spans.push({ ...span, attributes: flat(span.attributes), resource: flat(resource.attributes) });
    res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    shown,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
