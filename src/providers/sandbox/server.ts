import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createFaults } from './faults.ts';
import { isErrno, sandboxFolders } from './files.ts';
import { openLedger } from './ledger.ts';
import { createLimit } from './limit.ts';
import type { Mode, Room } from './room.ts';
import { route } from './routes.ts';
import { Gone, readBody, sendError, WireError } from './wire.ts';

export interface SandboxOptions {
  /** Everything the sandbox must still know after SIGKILL lives here; several sandboxes may share it. */
  dir: string;
  /** 0 or absent: a free port is taken. */
  port?: number;
  /** Multiplies the vendors' usual latencies (text 2 s, picture 2 s, clip 6 s); 0 is as fast as possible. */
  latencyScale: number;
  idempotency?: Mode;
  ffmpegPath: string;
  /** Pictures and clips are made once per kind, size and length and used for every call. */
  prerendered?: boolean;
  log?: (line: string) => void;
}

export interface Sandbox {
  /** The origin of all three vendors, without a path. */
  url: string;
  /** Ends every connection and every process it started. */
  close(): Promise<void>;
}

const hourMs = 3_600_000;

/** Makes the folders, and removes drafts that killed processes left behind. */
async function prepareFolder(dir: string): Promise<void> {
  for (const folder of sandboxFolders) await mkdir(join(dir, folder), { recursive: true });
  for (const name of await readdir(join(dir, 'tmp'))) {
    const file = join(dir, 'tmp', name);
    const age = await stat(file).then(
      (stats) => Date.now() - stats.mtimeMs,
      () => 0,
    );
    if (age > hourMs) await rm(file, { force: true });
  }
}

function openRoom(options: SandboxOptions, signal: AbortSignal, origin: () => string): Room {
  const mode = options.idempotency ?? 'key';
  return {
    dir: options.dir,
    mode,
    latencyScale: options.latencyScale,
    prerendered: options.prerendered ?? false,
    ffmpegPath: options.ffmpegPath,
    faults: createFaults(),
    ledger: openLedger(options.dir, mode, !options.prerendered),
    requests: { chat: 0, images: 0, videos: 0, poll: 0, content: 0, media: 0, cancel: 0, lookup: 0 },
    signal,
    origin,
    log: options.log ?? (() => undefined),
    background: new Set(),
    drawing: createLimit(2),
    rendering: createLimit(2),
  };
}

const isGone = (error: unknown, room: Room): boolean =>
  error instanceof Gone ||
  room.signal.aborted ||
  isErrno(error, 'ERR_STREAM_PREMATURE_CLOSE') ||
  isErrno(error, 'ECONNRESET');

async function serve(room: Room, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const url = new URL(req.url ?? '/', 'http://sandbox');
    const handler = route(room, req, url);
    await handler(room, { req, res, url, body: await readBody(req) });
  } catch (error) {
    if (isGone(error, room) || res.headersSent) return void res.destroy();
    if (!(error instanceof WireError))
      room.log(`sandbox error: ${error instanceof Error ? error.stack : String(error)}`);
    sendError(res, error instanceof WireError ? error : new WireError(500, 'internal_error', 'The sandbox failed.'));
  }
}

/** Starts a loopback server that speaks the wire formats of the text, image and video vendors. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  await prepareFolder(options.dir);
  const closing = new AbortController();
  let url = '';
  const room = openRoom(options, closing.signal, () => url);
  const pending = new Set<Promise<void>>();
  const server = createServer({ keepAlive: true }, (req, res) => {
    const serving = serve(room, req, res).finally(() => pending.delete(serving));
    pending.add(serving);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    close: async () => {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.allSettled([closed, ...pending]);
      await Promise.allSettled(room.background);
    },
  };
}
