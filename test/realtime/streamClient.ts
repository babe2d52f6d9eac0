import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { createParser } from 'eventsource-parser';
import { eventually } from '../support/eventually.ts';

export interface Received {
  id: number;
  event: string | undefined;
  data: string;
}

export interface StreamClient {
  status: number;
  response: IncomingMessage;
  events: Received[];
  comments: string[];
  /** What the server asked to wait before coming back. */
  retryMs: number | undefined;
  /** Resolves when the connection has ended, whoever ended it. */
  ended: Promise<void>;
  close(): void;
  /** Waits for the event with this number and gives all received so far. */
  until(id: number, withinMs?: number): Promise<Received[]>;
}

function openRequest(
  url: string,
  after: number | undefined,
): Promise<{ request: ClientRequest; response: IncomingMessage }> {
  const headers = after === undefined ? {} : { 'last-event-id': String(after) };
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, (response) => resolve({ request, response }));
    request.on('error', reject);
  });
}

/** Opens a stream as a browser would; `paused`: the body is not read before somebody resumes the response. */
export async function openStream(
  url: string,
  { after, paused }: { after?: number; paused?: boolean } = {},
): Promise<StreamClient> {
  const { request, response } = await openRequest(url, after);
  const client: StreamClient = {
    status: response.statusCode ?? 0,
    response,
    events: [],
    comments: [],
    retryMs: undefined,
    ended: new Promise((resolve) => response.once('close', resolve)),
    close: () => request.destroy(),
    async until(id, withinMs) {
      await eventually(`event ${id}`, () => client.events.some((event) => event.id >= id), withinMs);
      return client.events;
    },
  };
  const parser = createParser({
    onEvent: ({ id, event, data }) => client.events.push({ id: Number(id), event, data }),
    onComment: (comment) => client.comments.push(comment),
    onRetry: (ms) => {
      client.retryMs = ms;
    },
  });
  response.setEncoding('utf8');
  response.on('error', () => client.close());
  if (!paused) response.on('data', (chunk: string) => parser.feed(chunk));
  return client;
}

export const idsOf = (events: readonly Received[]): number[] => events.map(({ id }) => id);
export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
