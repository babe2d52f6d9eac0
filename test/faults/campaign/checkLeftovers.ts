import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evidence } from './evidence.ts';

/** Every file the database names is there, byte for byte; every other one is written down for removal, within a day and an hour at the latest. */
export async function checkFiles({ db, mediaDir }: Evidence): Promise<string[]> {
  const faults: string[] = [];
  const media: { storage_path: string; sha256: Buffer }[] = await db('media_files').select('storage_path', 'sha256');
  for (const { storage_path: path, sha256 } of media) {
    const bytes = await readFile(join(mediaDir, path)).catch(() => undefined);
    if (!bytes) faults.push(`${path} is not in the store`);
    else if (!createHash('sha256').update(bytes).digest().equals(sha256)) faults.push(`${path} has other bytes`);
  }
  const named = new Set(media.map(({ storage_path: path }) => path));
  const going = new Set<string>(await db('object_removals').pluck('storage_path'));
  const there = await readdir(join(mediaDir, 'media'), { recursive: true, withFileTypes: true }).catch(() => []);
  const keys = there
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(mediaDir.length + 1));
  const forgotten = keys.filter((key) => !named.has(key) && !going.has(key) && !key.includes('-thumbnail'));
  const doomed = [...named].filter((key) => going.has(key));
  if (doomed.length > 0) faults.push(`${doomed.length} files are in use and down for removal: ${doomed[0]}`);
  if (forgotten.length > 0) faults.push(`${forgotten.length} files belong to nobody: ${forgotten[0]}`);
  const late = await db('object_removals').whereRaw("not_before > now() + interval '25 hours'").pluck('storage_path');
  if (late.length > 0) faults.push(`${late.length} files wait longer than a day for their removal: ${late[0]}`);
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
