import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evidence } from './evidence.ts';

/** Every file the database names is there, byte for byte. */
export async function checkFiles({ db, dataDir }: Evidence): Promise<string[]> {
  const faults: string[] = [];
  const media: { storage_path: string; sha256: Buffer }[] = await db('media_files').select('storage_path', 'sha256');
  for (const { storage_path: path, sha256 } of media) {
    const bytes = await readFile(join(dataDir, 'media', path)).catch(() => undefined);
    if (!bytes) faults.push(`${path} is not in the store`);
    else if (!createHash('sha256').update(bytes).digest().equals(sha256)) faults.push(`${path} has other bytes`);
  }
  return faults;
}

/** Promise 8: no job folder, no process of the program or of its tools is left. Read once everything has stopped. */
export async function checkLeftovers({ dataDir }: Evidence): Promise<string[]> {
  const jobs = await readdir(join(dataDir, 'tmp', 'jobs')).catch(() => []);
  const left = await processesNaming(dataDir);
  return [
    ...(jobs.length > 0 ? [`${jobs.length} job folders are left`] : []),
    ...left.map((command) => `still running: ${command.slice(0, 120)}`),
  ];
}

async function processesNaming(text: string): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return commands.filter((command) => command.includes(text)).map((command) => command.replaceAll('\0', ' '));
}
