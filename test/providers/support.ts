import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import { VendorError } from '../../src/errors.ts';
import type { Idempotency, VendorName, VendorSettings } from '../../src/providers/abilities.ts';
import type { FaultRule } from '../../src/providers/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../src/providers/sandbox/server.ts';

export const secret = 'sk-very-secret-key-0123456789';

const models: Record<VendorName, string> = {
  glm: 'glm-4',
  gemini: 'gemini-3-pro-image-preview-hd',
  tuzi: 'sora-1',
};

export const settingsFor = (vendor: VendorName, origin: string, idempotency: Idempotency = 'none'): VendorSettings => ({
  vendor,
  baseUrl: vendor === 'glm' ? `${origin}/api/paas/v4` : origin,
  apiKey: secret,
  model: models[vendor],
  idempotency,
  sandbox: false,
});

export const never = new AbortController().signal;
export const callOf = (key: string, signal: AbortSignal = never) => ({ key, signal });

/** Runs what must fail with a `VendorError`, and gives what it means. */
export async function failureOf(work: Promise<unknown>): Promise<VendorError> {
  const error = await work.then(
    () => new Error('nothing failed'),
    (reason: unknown) => reason,
  );
  if (error instanceof VendorError) return error;
  throw error;
}

/** The four facts the engine decides by, in one line. */
export const meaningOf = ({ failure, accepted, retryable, coolDown }: VendorError): string =>
  [failure.code, failure.key, accepted, retryable ? 'retry' : 'final', ...(coolDown ? ['cool'] : [])].join(' ');

export interface TestSandbox {
  readonly url: string;
  readonly dir: string;
  /** Scripts misbehaviour for the rest of the test. */
  misbehave(...rules: FaultRule[]): Promise<void>;
  accepted(): Promise<number>;
}

/** Gives the surrounding `describe` a sandbox of its own and a folder that go away with it. */
export function useSandbox(idempotency: Idempotency = 'key'): TestSandbox {
  let open: { sandbox: Sandbox; dir: string } | undefined;
  const opened = () => {
    if (!open) throw new Error('the sandbox exists from the first `before` hook on');
    return open;
  };
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(`${opened().sandbox.url}/_sandbox/${path}`, init);
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  before(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'directorai-providers-'));
    open = { dir, sandbox: await startSandbox({ dir, latencyScale: 0, idempotency, ffmpegPath: ffmpeg.path }) };
  });
  afterEach(() => ask('faults', { method: 'DELETE' }));
  after(async () => {
    await opened().sandbox.close();
    await rm(opened().dir, { recursive: true, force: true });
  });
  return {
    get url() {
      return opened().sandbox.url;
    },
    get dir() {
      return opened().dir;
    },
    misbehave: async (...rules) => {
      await ask('faults', { method: 'POST', body: JSON.stringify(rules) });
    },
    accepted: async () => {
      const calls = await ask('accepted');
      return Array.isArray(calls) ? calls.length : -1;
    },
  };
}

/** Serves one handler on a loopback port while the work runs; `seen` counts the connections made. */
export async function serving<T>(
  handler: RequestListener,
  work: (origin: string, seen: () => number) => Promise<T>,
): Promise<T> {
  let connections = 0;
  const server = createServer(handler).on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  try {
    return await work(`http://127.0.0.1:${address.port}`, () => connections);
  } finally {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}
