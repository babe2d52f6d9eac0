import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts';

export const log = { info: () => undefined, error: () => undefined };

/** A folder every account gets through, so that root's server can live in it. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'directorai-postgres-'));
  await chmod(folder, 0o755);
  return folder;
}

export const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true });

export const start = (dataDir: string) => startEmbeddedPostgres({ dataDir, log });

/** Runs one statement and answers its first value. */
export async function ask(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query({ text: statement, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Tries until the check holds, for ten seconds at most. */
export async function eventually(check: () => Promise<boolean>): Promise<boolean> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await delay(20)) {
    if (await check().catch(() => false)) return true;
  }
  return false;
}

export async function serverPid(dataDir: string): Promise<number> {
  const file = await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8');
  return Number(file.split('\n')[0]);
}

/** Starts another process that owns the data directory; `kill` ends it with SIGKILL. */
export async function startOwner(dataDir: string, ...more: string[]): Promise<{ url: string; kill(): Promise<void> }> {
  const script = join(import.meta.dirname, 'owner.ts');
  const child: ChildProcess = spawn(process.execPath, [script, dataDir, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  if (!child.stdout) throw new Error('the owner has no output');
  for await (const url of createInterface({ input: child.stdout })) return { url, kill };
  throw new Error('the owner ended before it was ready');
}
