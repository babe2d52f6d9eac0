import { readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

/** What a running server says about itself in `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

const pidFile = (data: string) => join(data, 'postmaster.pid');

/** Lines of the file: pid, data directory, start time, port, socket folder, address, shared memory, state. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(data), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Math.abs(Number(lines[0])), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether the process is a server of this cluster, and not a stranger that got a dead server's number. */
async function serves(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  if (process.platform === 'linux') {
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    return folder === (await realpath(data));
  }
  const { output } = await run('/bin/ps', ['-p', String(pid), '-o', 'command=']);
  return output.includes(data);
}

/** The server that is running on this cluster, whoever started it. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const postmaster = await readPostmaster(data);
  return postmaster && (await serves(postmaster.pid, data)) ? postmaster : undefined;
}

/**
 * Makes a dead server's pid file harmless when a stranger has its process number by now. Naming the new server's parent (us) in it
 * passes the server's own check of the number, and keeps its check that no process still uses the old shared memory.
 */
export async function disarmStalePidFile(data: string): Promise<void> {
  const file = pidFile(data);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const pid = Number.parseInt(text, 10);
  if (Number.isNaN(pid)) return rm(file, { force: true });
  if (!isAlive(pid)) return;
  if (process.platform === 'win32') return rm(file, { force: true });
  await writeFile(file, text.replace(/^.*/, String(process.pid)));
}
