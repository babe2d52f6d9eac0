import { connect, type Socket } from 'node:net';
import pg from 'pg';
import { eventually } from '../../support/eventually.ts';
import { answerCommands, nowMs } from '../kit/helper.ts';

/**
 * Many readers in one process, as cheap as can be: sockets on which complete messages are counted, with the time each came. What they
 * were is looked at afterwards.
 */
export type ReaderCommand =
  | ({ do: 'open' } & ReaderGroup)
  | { do: 'openMany'; readers: ReaderGroup[] }
  | { do: 'read'; group: string; upTo: number; withinMs?: number }
  | { do: 'forget'; group: string }
  | { do: 'close'; group: string }
  | { do: 'listen'; databaseUrl: string; channel: string; query: string }
  | { do: 'heard'; count: number };

/** As many readers of one address as there are tokens. */
interface ReaderGroup {
  group: string;
  kind: 'sse' | 'ws';
  url: string;
  tokens: string[];
  after?: number;
}

/** What came since the readers were opened or last told to forget. */
export interface Reading {
  /** Of each reader, of each message, in order: when it came. */
  times: Float64Array[];
  /** Of each reader: the numbers in its messages, by `"done":`. */
  numbers: number[][];
  bytes: number;
}

interface Reader {
  socket: Socket;
  isOpen: boolean;
  chunks: Buffer[];
  times: number[];
}

const groups = new Map<string, Reader[]>();
const of = (group: string): Reader[] => groups.get(group) ?? [];

/** How many messages end in a chunk, and what of it is left over. */
type Count = (bytes: Buffer, socket: Socket) => { messages: number; rest: Buffer };

const none = Buffer.alloc(0);

/** Events end with an empty line, and the server's writes are whole events: an end is never torn apart. */
const countEvents: Count = (bytes) => {
  let messages = 0;
  for (let at = bytes.indexOf('\n\n'); at >= 0; at = bytes.indexOf('\n\n', at + 2)) messages += 1;
  return { messages, rest: bytes.at(-1) === 0x0a && bytes.at(-2) !== 0x0a ? bytes.subarray(-1) : none };
};

/** An empty answer to a ping, masked as a client has to. */
const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

const countFrames: Count = (bytes, socket) => {
  let at = 0;
  let messages = 0;
  while (at + 4 <= bytes.length) {
    const short = (bytes[at + 1] ?? 0) & 0x7f;
    const end = at + (short === 126 ? 4 + bytes.readUInt16BE(at + 2) : 2 + short);
    if (end > bytes.length) break;
    if (bytes[at] === 0x81) messages += 1;
    if (bytes[at] === 0x89) socket.write(pong);
    at = end;
  }
  return { messages, rest: bytes.subarray(at) };
};

function requestText(kind: 'sse' | 'ws', { host, pathname, search }: URL, token: string, after?: number): string {
  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
  ];
  return [
    `GET ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: Bearer ${token}`,
    ...(kind === 'ws' ? upgrade : ['Accept: text/event-stream']),
    ...(after === undefined ? [] : [`Last-Event-ID: ${after}`]),
    '\r\n',
  ].join('\r\n');
}
const key = Buffer.from('a key of 16 byte').toString('base64');

/** Where the head of the answer ends; for a stream its `:ok` belongs to it. */
const headEnd = (head: Buffer, kind: 'sse' | 'ws'): number => {
  const end = head.indexOf(kind === 'ws' ? '\r\n\r\n' : ':ok\n\n');
  return end < 0 ? -1 : end + (kind === 'ws' ? 4 : 5);
};

function openReader({ kind, url, after }: ReaderGroup, token: string): Reader {
  const address = new URL(url);
  const socket = connect(Number(address.port), address.hostname);
  const reader: Reader = { socket, isOpen: false, chunks: [], times: [] };
  const count = kind === 'ws' ? countFrames : countEvents;
  let rest: Buffer = none;
  socket.setNoDelay(true);
  socket.write(requestText(kind, address, token, after));
  socket.on('data', (chunk) => {
    const at = nowMs();
    let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    rest = bytes;
    if (!reader.isOpen) {
      const end = headEnd(bytes, kind);
      if (end < 0) return;
      reader.isOpen = true;
      bytes = bytes.subarray(end);
    }
    reader.chunks.push(chunk);
    const counted = count(bytes, socket);
    rest = counted.rest;
    for (let made = 0; made < counted.messages; made += 1) reader.times.push(at);
  });
  socket.on('error', () => socket.destroy());
  return reader;
}

async function open(wanted: readonly ReaderGroup[]): Promise<number> {
  const began = nowMs();
  for (const one of wanted)
    groups.set(
      one.group,
      one.tokens.map((token) => openReader(one, token)),
    );
  const readers = wanted.flatMap(({ group }) => of(group));
  await eventually('all are open', () => readers.every(({ isOpen }) => isOpen), 60_000);
  return nowMs() - began;
}

async function read(group: string, upTo: number, withinMs = 60_000): Promise<Reading> {
  const readers = of(group);
  await eventually(`${upTo} messages each`, () => readers.every(({ times }) => times.length >= upTo), withinMs);
  const texts = readers.map(({ chunks }) => Buffer.concat(chunks).toString('latin1'));
  return {
    times: readers.map(({ times }) => Float64Array.from(times)),
    numbers: texts.map((text) => [...text.matchAll(/"done":(\d+)/g)].map(([, number]) => Number(number))),
    bytes: texts.reduce((total, text) => total + text.length, 0),
  };
}

function forget(group: string): void {
  for (const reader of of(group)) Object.assign(reader, { chunks: [], times: [] });
}

function close(group: string): void {
  for (const { socket } of of(group)) socket.destroy();
  groups.delete(group);
}

const heard: number[] = [];

/** A bare listener: a notification, one select, done. */
async function listen({ databaseUrl, channel, query }: Extract<ReaderCommand, { do: 'listen' }>): Promise<void> {
  const [ear, hand] = [
    new pg.Client({ connectionString: databaseUrl }),
    new pg.Client({ connectionString: databaseUrl }),
  ];
  await Promise.all([ear.connect(), hand.connect()]);
  ear.on('notification', ({ payload }) => {
    hand.query(query, [payload]).then(
      () => heard.push(nowMs()),
      () => process.exit(1),
    );
  });
  await ear.query(`listen ${channel}`);
}

answerCommands<ReaderCommand>(async (command) => {
  if (command.do === 'open') return open([command]);
  if (command.do === 'openMany') return open(command.readers);
  if (command.do === 'read') return read(command.group, command.upTo, command.withinMs);
  if (command.do === 'forget') return forget(command.group);
  if (command.do === 'close') return close(command.group);
  if (command.do === 'listen') return listen(command);
  await eventually(`${command.count} notifications`, () => heard.length >= command.count, 60_000);
  return heard.splice(0);
});
