import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { endOrphanedTools, host, isAlive } from './orphans.ts';

const inUse = new Set<string>();
const jobName = /^job-([0-9a-f]{8})-(\d+)-/;

/** Makes a directory of its own for one job under `base`, and removes it with all its contents however the work ends. */
export async function withJobDir<T>(base: string, work: (dir: string) => Promise<T>): Promise<T> {
  await mkdir(base, { recursive: true });
  const dir = await mkdtemp(path.join(path.resolve(base), `job-${host}-${process.pid}-`));
  inUse.add(dir);
  try {
    return await work(dir);
  } finally {
    inUse.delete(dir);
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes job directories whose process is gone from this machine, with what it left running there, and any other older than `olderThanMs`; returns how many. */
export async function sweepJobDirs(base: string, olderThanMs: number): Promise<number> {
  const dirOf = (name: string) => path.join(path.resolve(base), name);
  await endOrphanedTools();
  const names = await readdir(base).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  let swept = 0;
  for (const name of names)
    if ((await isLeftOver(dirOf(name), name, olderThanMs)) && (await sweepAway(dirOf(name)))) swept += 1;
  return swept;
}

/** False where something still writes, such as an ffmpeg that outlives its program for a moment: that is left for the next sweep. */
async function sweepAway(dir: string): Promise<boolean> {
  return rm(dir, { recursive: true, force: true, maxRetries: 3 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTEMPTY') return false;
      throw error;
    },
  );
}

/** Its process is gone from this machine. */
function isOrphan(dir: string, name: string): boolean {
  const owner = jobName.exec(name);
  if (!owner || inUse.has(dir)) return false;
  const pid = Number(owner[2]);
  return owner[1] === host && (pid === process.pid || !isAlive(pid));
}

async function isLeftOver(dir: string, name: string, olderThanMs: number): Promise<boolean> {
  if (!jobName.test(name) || inUse.has(dir)) return false;
  if (isOrphan(dir, name)) return true;
  const facts = await stat(dir).catch(() => undefined);
  return facts !== undefined && Date.now() - facts.mtimeMs > olderThanMs;
}
